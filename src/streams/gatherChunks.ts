import { Observable } from 'rxjs';
import type { OperatorFunction } from 'rxjs';
import { SAMPLES_PER_MS } from './mediaFrame.js';
import type { MediaFrame } from './mediaFrame.js';

export interface GatherChunksOptions {
  /** Milliseconds of audio that a chunk holds at least; more only by what its last frame brings too much. */
  readonly ms: number;
}

/**
 * Gathers frames into chunks for a recogniser that wants larger pieces, or is paid for by the message.
 *
 * ```
 * (frames of 20 ms, ms: 60)
 * frames        a-b-c-d-e-f-g-|
 * gatherChunks  ----x-----y---(z|)   x = abc, y = def, z = g
 * ```
 *
 * A frame that is enough by itself is passed on without a copy. What is left when the frames complete is
 * the last chunk; an error passes it by.
 */
export function gatherChunks({ ms }: GatherChunksOptions): OperatorFunction<MediaFrame, Uint8Array> {
  if (!(ms > 0)) {
    throw new RangeError(`gatherChunks: ms is ${ms}; give the milliseconds of a chunk, more than 0.`);
  }
  const enough = ms * SAMPLES_PER_MS;

  return (frames$) =>
    new Observable((subscriber) => {
      let waiting: Uint8Array[] = [];
      let bytes = 0;

      const join = (): Uint8Array => {
        const pieces = waiting;
        waiting = [];
        if (pieces.length === 1 && pieces[0]) {
          bytes = 0;
          return pieces[0];
        }
        const chunk = new Uint8Array(bytes);
        bytes = 0;
        let offset = 0;
        for (const piece of pieces) {
          chunk.set(piece, offset);
          offset += piece.length;
        }
        return chunk;
      };

      subscriber.add(
        frames$.subscribe({
          next: ({ payload }) => {
            if (payload.length === 0) return;
            waiting.push(payload);
            bytes += payload.length;
            if (bytes >= enough) subscriber.next(join());
          },
          error: (error: unknown) => {
            subscriber.error(error);
          },
          complete: () => {
            if (bytes > 0) subscriber.next(join());
            subscriber.complete();
          },
        }),
      );
    });
}
