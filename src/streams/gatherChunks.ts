import { Observable } from 'rxjs';
import type { OperatorFunction } from 'rxjs';
import { audioMemory } from './audioMemory.js';
import { SAMPLES_PER_MS } from './mediaFrame.js';
import type { MediaFrame } from './mediaFrame.js';

const NOTHING = new Uint8Array();

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
 * A chunk lies in memory that other pieces share (see `audioMemory`); a frame that is enough by itself is passed on
 * without a copy. What is left when the frames complete is
 * the last chunk; an error passes it by.
 */
export function gatherChunks({ ms }: GatherChunksOptions): OperatorFunction<MediaFrame, Uint8Array> {
  if (!(ms > 0)) {
    throw new RangeError(`gatherChunks: ms is ${ms}; give the milliseconds of a chunk, more than 0.`);
  }
  const enough = ms * SAMPLES_PER_MS;

  return (frames$) =>
    new Observable((subscriber) => {
      let chunk = NOTHING;
      let bytes = 0;

      const give = (): void => {
        const full = bytes === chunk.length ? chunk : chunk.subarray(0, bytes);
        chunk = NOTHING;
        bytes = 0;
        subscriber.next(full);
      };

      subscriber.add(
        frames$.subscribe({
          next: ({ payload }) => {
            if (bytes === 0 && payload.length >= enough) {
              subscriber.next(payload);
              return;
            }
            if (payload.length === 0) return;
            if (bytes + payload.length > chunk.length) {
              // Room for as many frames of this length as it takes: lengths seldom change within a call.
              const expected = Math.ceil(enough / payload.length) * payload.length;
              const larger = audioMemory.bytes(Math.max(expected, bytes + payload.length));
              if (bytes > 0) larger.set(chunk.subarray(0, bytes));
              chunk = larger;
            }
            chunk.set(payload, bytes);
            bytes += payload.length;
            if (bytes >= enough) give();
          },
          error: (error: unknown) => {
            subscriber.error(error);
          },
          complete: () => {
            if (bytes > 0) give();
            subscriber.complete();
          },
        }),
      );
    });
}
