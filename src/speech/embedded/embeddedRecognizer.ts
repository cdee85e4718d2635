import { availableParallelism } from 'node:os';
import { finalize, Observable, Subject, type Subscription, type TimestampProvider } from 'rxjs';
import type { Expectation } from '../../streams/expectation.js';
import { keepLatest } from '../../streams/keepLatest.js';
import { decodeMuLaw } from '../../streams/muLaw.js';
import type { SpeechResult } from '../../streams/speechResult.js';
import type { Recognizer, RecognizerOptions } from '../recognizer.js';
import { createDecoderPool, type DecoderPool, type UtteranceJob } from './decoderPool.js';
import { segmenter, type SegmentEvent } from './segmenter.js';
import {
  VOICE_FRAME_MS,
  VOICE_FRAME_SAMPLES,
  loadVoiceActivity,
  type VoiceActivity,
} from './voiceActivity.js';
import type { Vocabulary } from './vocabulary.js';

export interface EmbeddedRecognizerOptions {
  /** What callers may say. */
  readonly vocabulary: Vocabulary;
  /** The most decoder threads; defaults to one less than the processors, at least one. */
  readonly workers?: number;
  /** Told of words that cannot be listened for and of threads that were replaced. */
  readonly onWarning?: (message: string) => void;
  /**
   * Told of each piece of audio that interim results did without, because newer audio came before a decoder was
   * free. Final results miss nothing.
   */
  readonly onDroppedAudio?: (milliseconds: number) => void;
  /** Measures recognition times; defaults to the process's monotonic clock. */
  readonly clock?: TimestampProvider;
}

/** A recogniser in this process: no account, no network. It understands the sentences of its vocabulary only. */
export interface EmbeddedRecognizer extends Recognizer {
  /** Ends the decoder threads. Streams that are still open hear nothing more. */
  close(): Promise<void>;
}

/**
 * Creates the embedded recogniser: SoundSwallower's 8 kHz English model in a pool of threads, the WebRTC voice
 * activity detector in this one. Detecting who speaks costs microseconds a frame and must not wait while a
 * thread decodes another call.
 *
 * Every `speechStart` is followed by one final result. Decoding begins at the first sign of silence, so that
 * most of it is done when the caller proves to have finished; what was decoded too early is an interim result.
 * @throws when the models cannot be read or the vocabulary has nothing that can be listened for.
 */
export async function createEmbeddedRecognizer(
  options: EmbeddedRecognizerOptions,
): Promise<EmbeddedRecognizer> {
  const { onWarning = () => undefined, onDroppedAudio = () => undefined, clock = performance } = options;
  const [newVoiceActivity, pool] = await Promise.all([
    loadVoiceActivity(),
    createDecoderPool({
      vocabulary: options.vocabulary,
      threads: options.workers ?? Math.max(1, availableParallelism() - 1),
      onWarning,
    }),
  ]);
  return {
    recognize: (audio$, recognizerOptions) =>
      recognition(audio$, recognizerOptions, newVoiceActivity, pool, onDroppedAudio, clock),
    close: () => pool.close(),
  };
}

/** A result, or the place of one that is still being decoded: results leave in the order they were heard. */
interface Outgoing {
  result?: SpeechResult;
}

interface Speculation {
  readonly expectation: Expectation;
  readonly utterance: Int16Array;
  readonly job: UtteranceJob;
}

/** One stretch of speech, and its way to interim results. */
interface Stretch {
  readonly pieces$: Subject<Int16Array>;
  readonly decoding: Subscription;
  text: string;
}

/**
 * Pieces of the segmenter, 200 ms each, that may wait for a decoder: about two seconds. Most answers are shorter, so
 * that nothing of them is lost to a decoder that comes free late, and it catches up with so much in about 0.3 s;
 * with more, the final result would be there before the interim ones.
 */
const WAITING_PIECES = 10;

function recognition(
  audio$: Observable<Uint8Array>,
  { language, expectation$ }: RecognizerOptions,
  newVoiceActivity: () => VoiceActivity,
  pool: DecoderPool,
  onDroppedAudio: (milliseconds: number) => void,
  clock: TimestampProvider,
): Observable<SpeechResult> {
  return new Observable((subscriber) => {
    if (!/^en\b/i.test(language)) {
      subscriber.error(
        new Error(`the embedded recogniser hears English only, not "${language}"; choose en-GB or en-US`),
      );
      return;
    }
    const activity = newVoiceActivity();
    const segments = segmenter((frame) => activity.isVoiced(frame));
    let expectation: Expectation = 'open';
    let rest: Int16Array = new Int16Array(0);
    let outgoing: Outgoing[] = [];
    let speculation: Speculation | undefined;
    let stretch: Stretch | undefined;
    let over = false;

    function flush(): void {
      while (outgoing[0]?.result !== undefined) {
        const { result } = outgoing[0];
        outgoing = outgoing.slice(1);
        subscriber.next(result);
      }
      if (over && outgoing.length === 0) {
        subscriber.complete();
      }
    }

    function send(result: SpeechResult): void {
      outgoing.push({ result });
      flush();
    }

    function interim(of: Stretch, text: string): void {
      if (stretch === of && text !== '' && text !== of.text) {
        of.text = text;
        send({ type: 'interim', text });
      }
    }

    function beginStretch(): void {
      const live = pool.live(expectation);
      const pieces$ = new Subject<Int16Array>();
      const decoding = pieces$
        .pipe(
          keepLatest(WAITING_PIECES, (piece) => live.piece(piece), {
            onDrop: (piece) => {
              onDroppedAudio((piece.length / VOICE_FRAME_SAMPLES) * VOICE_FRAME_MS);
            },
          }),
          finalize(() => {
            live.end();
          }),
        )
        .subscribe({
          next: (text) => {
            interim(begun, text ?? '');
          },
          error: (error: unknown) => {
            subscriber.error(error);
          },
        });
      const begun: Stretch = { pieces$, decoding, text: '' };
      stretch = begun;
    }

    function endStretch(): void {
      stretch?.decoding.unsubscribe();
      stretch = undefined;
    }

    function dropSpeculation(): void {
      const dropped = speculation;
      const of = stretch;
      speculation = undefined;
      dropped?.job.cancel();
      if (dropped !== undefined && of !== undefined) {
        dropped.job.result.then(
          ({ text }) => {
            interim(of, text);
          },
          () => undefined,
        );
      }
    }

    function finish(endpointingMs: number, utterance: Int16Array | undefined): void {
      const decided = clock.now();
      const early = speculation;
      speculation = undefined;
      let job = early?.job;
      if (utterance !== undefined) {
        job = pool.utterance(expectation, utterance);
      } else if (early !== undefined && early.expectation !== expectation) {
        early.job.cancel();
        job = pool.utterance(expectation, early.utterance);
      }
      // Only now, or the decoder would go to another call's interim results before this final one.
      endStretch();
      const place: Outgoing = {};
      outgoing.push(place);
      job?.result.then(
        ({ text, confidence }) => {
          place.result = {
            type: 'final',
            text,
            confidence,
            endpointingMs,
            recognitionMs: clock.now() - decided,
          };
          flush();
        },
        (error: unknown) => {
          subscriber.error(error);
        },
      );
    }

    function handle(event: SegmentEvent): void {
      switch (event.type) {
        case 'start':
          beginStretch();
          send({ type: 'speechStart' });
          break;
        case 'speech':
          stretch?.pieces$.next(event.audio);
          break;
        case 'pause':
          speculation = {
            expectation,
            utterance: event.utterance,
            job: pool.utterance(expectation, event.utterance),
          };
          break;
        case 'resume':
          dropSpeculation();
          break;
        case 'end':
          finish(event.endpointingMs, event.utterance);
          break;
      }
    }

    subscriber.add(() => {
      speculation?.job.cancel();
      speculation = undefined;
      endStretch();
      outgoing = [];
      activity.free();
    });
    subscriber.add(
      expectation$.subscribe({
        next: (next) => {
          expectation = next;
          pool.prepare(next);
        },
        error: (error: unknown) => {
          subscriber.error(error);
        },
      }),
    );
    subscriber.add(
      audio$.subscribe({
        next: (chunk) => {
          const decoded = decodeMuLaw(chunk);
          const audio = rest.length === 0 ? decoded : joined([rest, decoded]);
          let at = 0;
          for (; at + VOICE_FRAME_SAMPLES <= audio.length && !subscriber.closed; at += VOICE_FRAME_SAMPLES) {
            segments.push(audio.subarray(at, at + VOICE_FRAME_SAMPLES)).forEach(handle);
          }
          rest = audio.subarray(at);
        },
        error: (error: unknown) => {
          subscriber.error(error);
        },
        complete: () => {
          segments.finish().forEach(handle);
          over = true;
          flush();
        },
      }),
    );
  });
}

function joined(pieces: readonly Int16Array[]): Int16Array<ArrayBuffer> {
  const audio = new Int16Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    audio.set(piece, at);
    at += piece.length;
  }
  return audio;
}
