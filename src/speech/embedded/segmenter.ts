import { VOICE_FRAME_MS, VOICE_FRAME_SAMPLES } from './voiceActivity.js';

/** What happened to the stretches of speech in a stream with its latest frame. */
export type SegmentEvent =
  /** Someone began to speak. */
  | { readonly type: 'start' }
  /** More was said; `audio` is the piece since the last event that carried any. */
  | { readonly type: 'speech'; readonly audio: Int16Array }
  /** The first sign of silence: the utterance, if it ends here. */
  | { readonly type: 'pause'; readonly utterance: Int16Array }
  /** Speech went on after a pause. */
  | { readonly type: 'resume' }
  /** The caller had finished. `utterance` is absent when that of the last pause is the whole of it. */
  | { readonly type: 'end'; readonly utterance?: Int16Array; readonly endpointingMs: number };

/** Finds the stretches of speech in a stream of audio. */
export interface Segmenter {
  /** @param frame {@link VOICE_FRAME_SAMPLES} samples; kept, not copied. */
  push(frame: Int16Array): SegmentEvent[];
  /** The stream is over: ends the stretch that is going on. */
  finish(): SegmentEvent[];
}

/** The detector calls the first frames of any stream voiced until it knows the line's noise. */
const SETTLING_FRAMES = 400 / VOICE_FRAME_MS;
/** Speech has begun when so many of the last frames are voiced: a click or a knock is shorter. */
const ONSET = { voiced: 5, of: 6 };
/** Speech is over when hardly any of the last frames are voiced; SoundSwallower's Endpointer decides alike. */
const END = { voiced: 1, of: 15 };
/** So many quiet frames are the first sign of silence; the stops inside words are shorter. */
const PAUSE_FRAMES = 4;
/** Audio kept from before the onset was noticed: soft beginnings are not voiced. */
const PRE_ROLL_FRAMES = 420 / VOICE_FRAME_MS;
/** A stretch is cut here: what goes on so long is music or a television. */
const LONGEST_FRAMES = 20_000 / VOICE_FRAME_MS;
/** Pieces for interim results. */
const PIECE_FRAMES = 200 / VOICE_FRAME_MS;
/** A frame this far below the loudest of its stretch (30 dB) is taken for silence, voiced or not. */
const QUIET_RATIO = 10 ** (-30 / 10);

/**
 * Every `start` is followed by one `end`. What is too short to start – under about 100 ms of voice – is no
 * event at all, so that a cough or a click neither interrupts the desk nor is answered.
 * @param isVoiced asked once for every frame, in order.
 */
export function segmenter(isVoiced: (frame: Int16Array) => boolean): Segmenter {
  let seen = 0;
  /** Of the last frames, the newest last. */
  let voiced: boolean[] = [];
  /** While no one speaks the pre-roll, else the whole stretch. */
  let frames: Int16Array[] = [];
  let speaking = false;
  let paused = false;
  let quietFrames = 0;
  let loudest = 0;
  /** Frames of the stretch: up to its last loud one, and handed out for interim results. */
  let spoken = 0;
  let handedOut = 0;

  function begin(): SegmentEvent[] {
    speaking = true;
    paused = false;
    quietFrames = 0;
    loudest = Math.max(...frames.slice(-ONSET.of).map(energy));
    spoken = frames.length;
    handedOut = 0;
    return [{ type: 'start' }];
  }

  function end(): SegmentEvent[] {
    const endpointingMs = (frames.length - spoken) * VOICE_FRAME_MS;
    const event: SegmentEvent = paused
      ? { type: 'end', endpointingMs }
      : { type: 'end', endpointingMs, utterance: joined(frames) };
    speaking = false;
    frames = frames.slice(-PRE_ROLL_FRAMES);
    voiced = [];
    return [event];
  }

  function goOn(frame: Int16Array): SegmentEvent[] {
    const level = energy(frame);
    loudest = Math.max(loudest, level);
    const events: SegmentEvent[] = [];
    if (voiced.at(-1) === true && level > loudest * QUIET_RATIO) {
      quietFrames = 0;
      spoken = frames.length;
      if (paused) {
        paused = false;
        events.push({ type: 'resume' });
      }
    } else {
      quietFrames += 1;
    }
    if (voiced.length === END.of && voiced.filter(Boolean).length <= END.voiced) {
      return [...events, ...end()];
    }
    if (frames.length >= LONGEST_FRAMES) {
      return [...events, ...end()];
    }
    if (quietFrames === PAUSE_FRAMES && !paused) {
      paused = true;
      events.push({ type: 'pause', utterance: joined(frames) });
    } else if (!paused && frames.length - handedOut >= PIECE_FRAMES) {
      events.push({ type: 'speech', audio: joined(frames.slice(handedOut)) });
      handedOut = frames.length;
    }
    return events;
  }

  return {
    push(frame) {
      const isSpeech = isVoiced(frame) && seen >= SETTLING_FRAMES;
      seen += 1;
      voiced = [...voiced, isSpeech].slice(-END.of);
      frames.push(frame);
      if (speaking) {
        return goOn(frame);
      }
      frames = frames.slice(-PRE_ROLL_FRAMES);
      return voiced.slice(-ONSET.of).filter(Boolean).length >= ONSET.voiced ? begin() : [];
    },
    finish() {
      return speaking ? end() : [];
    },
  };
}

/** Mean square. */
function energy(frame: Int16Array): number {
  return frame.reduce((sum, sample) => sum + sample * sample, 0) / frame.length;
}

function joined(frames: readonly Int16Array[]): Int16Array {
  const audio = new Int16Array(frames.length * VOICE_FRAME_SAMPLES);
  frames.forEach((frame, i) => {
    audio.set(frame, i * VOICE_FRAME_SAMPLES);
  });
  return audio;
}
