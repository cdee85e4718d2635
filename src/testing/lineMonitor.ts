import { FRAME_MS, SAMPLES_PER_MS } from '../streams/mediaFrame.js';
import { voicedFrames } from './voicedFrames.js';

/** How long an answer took, measured from the audio of both sides. */
export interface Answer {
  /** When the sound of the desk began. */
  readonly at: number;
  /** End of the last 20 ms of the caller's line in which there was sound. */
  readonly lastVoicedAt: number;
  /** From the one to the other. */
  readonly latencyMs: number;
  /** The desk was already speaking as the caller ended: no measure of how fast it answers. */
  readonly overlapped: boolean;
}

/**
 * Listens to both sides of a line and measures each answer: from the end of the caller's last sound to the
 * desk's first sound, which begins when its audio arrives, or when what waits before it has been played.
 */
export class LineMonitor {
  #lastVoicedAt: number | undefined;
  #overlapped = false;
  #deskBusy = false;
  #playsUntil = 0;

  /** The caller's last sound of an utterance ended. */
  callerEnded(at: number): void {
    this.#lastVoicedAt = at;
    this.#overlapped = this.#deskBusy;
  }

  /** Audio came from the desk; answers when it is the first sound after the caller's end. */
  deskSent(audio: Uint8Array, at: number): Answer | undefined {
    const begins = Math.max(at, this.#playsUntil);
    this.#playsUntil = begins + audio.length / SAMPLES_PER_MS;
    const lastVoicedAt = this.#lastVoicedAt;
    // What an overlapping desk still says is no answer; wait until it has been quiet.
    const speakingOver = this.#overlapped && this.#deskBusy;
    this.#deskBusy = true;
    if (lastVoicedAt === undefined || speakingOver) return undefined;
    const [firstVoiced] = voicedFrames(audio);
    if (firstVoiced === undefined) return undefined;
    this.#lastVoicedAt = undefined;
    const soundAt = begins + firstVoiced * FRAME_MS;
    return { at: soundAt, lastVoicedAt, latencyMs: soundAt - lastVoicedAt, overlapped: this.#overlapped };
  }

  /** Nothing of the desk's is left to play: all was played, or cleared. */
  deskQuiet(at: number): void {
    this.#deskBusy = false;
    this.#playsUntil = at;
  }
}
