import { FRAME_BYTES, MU_LAW_SILENCE } from '../streams/mediaFrame.js';

/** What a tick of the line brings from the buffer. */
export interface PlaybackTick {
  /** Marks whose audio has all been played by now. */
  readonly marks: readonly string[];
  /** The 20 ms that play from now on, filled up with silence; undefined when there is nothing to play. */
  readonly frame: Uint8Array | undefined;
}

/** What was thrown away before it was heard. */
export interface Discarded {
  readonly bytes: number;
  readonly marks: readonly string[];
}

/**
 * The far end of a media stream: holds what the desk sends and plays it in real time, 20 ms a tick.
 * A mark counts as reached when all before it has been played, so a tick after its last audio was taken.
 */
export class PlaybackBuffer {
  #waiting: (Uint8Array | string)[] = [];
  #reached: string[] = [];

  /** Audio waits its turn. */
  play(audio: Uint8Array): void {
    this.#waiting.push(audio);
  }

  /** A mark waits for what is before it. */
  mark(name: string): void {
    this.#waiting.push(name);
  }

  /** Empties the buffer; the marks in it are to be sent back as if they had been reached. */
  clear(): Discarded {
    const marks = this.#waiting.filter((item) => typeof item === 'string');
    const bytes = this.#waiting.reduce((sum, item) => sum + (typeof item === 'string' ? 0 : item.length), 0);
    const discarded = { bytes, marks: [...this.#reached, ...marks] };
    this.#waiting = [];
    this.#reached = [];
    return discarded;
  }

  /** Called every 20 ms. */
  tick(): PlaybackTick {
    const marks = this.#reached;
    this.#reached = [];
    const frame = new Uint8Array(FRAME_BYTES).fill(MU_LAW_SILENCE);
    let filled = 0;
    while (this.#waiting.length > 0 && filled < FRAME_BYTES) {
      const [item = ''] = this.#waiting;
      if (typeof item === 'string') {
        (filled === 0 ? marks : this.#reached).push(item);
        this.#waiting.shift();
        continue;
      }
      const taken = item.subarray(0, FRAME_BYTES - filled);
      frame.set(taken, filled);
      filled += taken.length;
      if (taken.length === item.length) this.#waiting.shift();
      else this.#waiting[0] = item.subarray(taken.length);
    }
    return { marks, frame: filled > 0 ? frame : undefined };
  }
}
