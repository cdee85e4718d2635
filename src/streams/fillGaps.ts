import { asyncScheduler, Observable } from 'rxjs';
import type { OperatorFunction, SchedulerLike, Subscription } from 'rxjs';
import { FRAME_BYTES, FRAME_MS, MU_LAW_SILENCE, SAMPLES_PER_MS } from './mediaFrame.js';
import type { MediaFrame } from './mediaFrame.js';

/** A jump further ahead than this says that the sender's clock changed, not that audio was lost. */
const LONGEST_GAP_MS = 10_000;

/** A step further back than this says that the sender's clock began again, not that a frame came late. */
const RESTART_MS = 1000;

/** Shared by every frame of silence, in pieces of up to a frame. */
const SILENCE = new Uint8Array(FRAME_BYTES).fill(MU_LAW_SILENCE);

export interface FillGapsOptions {
  /** Milliseconds without a frame until silence is made up as time goes by; default 200. */
  readonly patience?: number;
  /** Told of each frame that is dropped because all of it was received before. */
  readonly onDrop?: (frame: MediaFrame) => void;
  readonly scheduler?: SchedulerLike;
}

/**
 * Makes a call's audio continuous: each frame out begins where the one before it ended.
 *
 * ```
 * (numbers: frames by their timestamps, s: silence)
 * frames    0-1-2-----5--------6-6-7-
 * fillGaps  0-1-2-----(ss5)----6---7-
 * ```
 *
 * - A gap in the timestamps is filled with silence (μ-law 0xff) before the frame that shows it. Nothing is
 *   filled before the first frame: its timestamp is where the stream begins (Twilio's is 99 to 171 ms).
 * - A frame that lies wholly in what was received before, by timestamp, is dropped.
 * - When nothing comes for `patience` milliseconds, silence is made up at the pace of time until frames come
 *   again: Twilio may send no packets while the caller is silent, and a recogniser that waits for the end
 *   of speech needs to hear that silence. The patience itself is not made up then (a stall in the network
 *   looks the same and its words are still to come) but by the next frame's timestamp.
 * - Audio that comes late, after such a silence took its place, is passed on all the same: words are worth
 *   more than timing. Gaps that follow are filled with so much less, until the time is made good.
 * - A timestamp more than 10 s ahead is filled with 10 s; it, and one more than 1 s back, is where the stream
 *   begins anew. Only there are frames out not continuous by their timestamps.
 *
 * Errors and completes with its source, at once. Silence has a buffer in common: do not write to payloads.
 */
export function fillGaps({
  patience = 200,
  onDrop,
  scheduler = asyncScheduler,
}: FillGapsOptions = {}): OperatorFunction<MediaFrame, MediaFrame> {
  if (!(patience >= FRAME_MS)) {
    throw new RangeError(
      `fillGaps: patience is ${patience}; give the milliseconds without a frame, ${FRAME_MS} or more.`,
    );
  }

  return (frames$) =>
    new Observable((subscriber) => {
      /** Where the newest frame received ended, by its timestamp; undefined before the first. */
      let received: number | undefined;
      /** Where the audio passed on ends: ahead of `received` after silence was made up. */
      let filled = 0;
      let arrivedAt = 0;
      let watch: Subscription | undefined;

      const pass = (frame: MediaFrame, end: number): void => {
        const { timestamp, payload } = frame;
        received = end;
        arrivedAt = scheduler.now();
        if (timestamp === filled) {
          filled = end;
          subscriber.next(frame);
        } else {
          const begin = filled;
          filled += payload.length / SAMPLES_PER_MS;
          subscriber.next({ timestamp: begin, payload });
        }
      };

      const fill = (ms: number): void => {
        let bytes = Math.floor(ms * SAMPLES_PER_MS);
        while (bytes > 0) {
          const payload = bytes < SILENCE.length ? SILENCE.subarray(0, bytes) : SILENCE;
          const timestamp = filled;
          bytes -= payload.length;
          filled += payload.length / SAMPLES_PER_MS;
          subscriber.next({ timestamp, payload });
        }
      };

      // One timer looks at when the newest frame came: a timer set anew by each frame would cost more than
      // all the rest.
      const watchFor = (ms: number): void => {
        watch = scheduler.schedule(() => {
          const now = scheduler.now();
          const quietMs = now - arrivedAt;
          if (quietMs < patience) watchFor(patience - quietMs);
          else makeUp(now);
        }, ms);
      };

      /** Silence from now on until a frame comes; counted from its beginning, since timers are late. */
      const makeUp = (since: number): void => {
        const newest = received;
        let made = 0;
        const tick = (): void => {
          const now = scheduler.now();
          if (received !== newest) {
            watchFor(Math.max(0, patience - (now - arrivedAt)));
            return;
          }
          const due = Math.floor((now - since) / FRAME_MS) + 1;
          fill(Math.min((due - made) * FRAME_MS, LONGEST_GAP_MS));
          made = due;
          if (!subscriber.closed) watch = scheduler.schedule(tick, FRAME_MS);
        };
        tick();
      };

      subscriber.add(() => {
        watch?.unsubscribe();
      });
      subscriber.add(
        frames$.subscribe({
          next: (frame) => {
            const { timestamp, payload } = frame;
            const end = timestamp + payload.length / SAMPLES_PER_MS;
            if (received === undefined) {
              filled = timestamp;
              watchFor(patience);
            } else if (timestamp !== filled) {
              if (end <= received) {
                if (received - timestamp <= RESTART_MS) {
                  onDrop?.(frame);
                  return;
                }
                filled = timestamp;
              }
              const gap = timestamp - filled;
              fill(Math.min(gap, LONGEST_GAP_MS));
              if (gap > LONGEST_GAP_MS) filled = timestamp;
            }
            pass(frame, end);
          },
          error: (error: unknown) => {
            subscriber.error(error);
          },
          complete: () => {
            subscriber.complete();
          },
        }),
      );
    });
}
