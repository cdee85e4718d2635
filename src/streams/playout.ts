import { asyncScheduler, Observable } from 'rxjs';
import type { OperatorFunction, SchedulerLike, Subscription } from 'rxjs';
import { FRAME_BYTES, SAMPLES_PER_MS } from './mediaFrame.js';

/** What the far end is to be told: play this after what is already in line, or drop all of it. */
export type PlayoutCommand =
  | {
      readonly type: 'play';
      /** Names the prompt in every event about it; also the name of its mark. */
      readonly id: string;
      /** μ-law at 8000 Hz without a header. Frames are views of it: do not write to it afterwards. */
      readonly audio: Uint8Array;
    }
  | { readonly type: 'clear' };

/** The end of a prompt: what of it the caller heard. */
export interface PlayoutFinished {
  readonly type: 'finished';
  readonly id: string;
  /** Milliseconds of it that were heard: all, or when it was cut an estimate from the clock. */
  readonly heardMs: number;
  readonly totalMs: number;
  /** True when a clear came before its end. */
  readonly cut: boolean;
  /** True when the far end said that it played all of it; false for an estimate. */
  readonly confirmed: boolean;
}

/** `media`, `mark` and `clear` are for the socket; `started` and `finished` are for the dialogue. */
export type PlayoutEvent =
  | { readonly type: 'media'; readonly payload: Uint8Array }
  | { readonly type: 'mark'; readonly name: string }
  | { readonly type: 'clear' }
  | { readonly type: 'started'; readonly id: string }
  | PlayoutFinished;

export interface PlayoutOptions {
  /** Bytes that wait in the socket. Looked at before every frame. */
  readonly bufferedAmount: () => number;
  /** Above this many waiting bytes nothing is sent; default 65,536, about four seconds of frames as JSON. */
  readonly highWaterBytes?: number;
  /** Milliseconds until a full socket is looked at again; default 20. */
  readonly pollMs?: number;
  /** Milliseconds after a prompt's expected end until it counts as finished without its mark; default 1,500. */
  readonly markGrace?: number;
  readonly scheduler?: SchedulerLike;
}

/** A prompt that is not finished. */
interface Unfinished {
  readonly id: string;
  readonly audio: Uint8Array;
  /** Bytes sent. */
  sent: number;
  /** True once its mark is sent. */
  marked: boolean;
  /** When the far end will have played what was sent of it, on the scheduler's clock. */
  playedAt: number;
}

/**
 * Sends prompts to the far end and knows what was heard of them.
 *
 * Frames go out back to back, since the far end keeps its own buffer and the pace, but none while the
 * socket's buffer is over its mark: a stalled reader would otherwise hold every prompt in memory.
 *
 * Bytes sent are not bytes heard. The far end is taken to play 8 bytes a millisecond from a prompt's first
 * frame, or from the end of what was sent before it. Twilio echoes a mark when playback reaches it, and
 * also when it was cleared: an echo before a clear proves that the prompt (and each one before it) was
 * heard; echoes of cleared marks are ignored.
 *
 * ```
 * (p: play 40 ms, f: media, s: started, m: mark, e: finished)
 * commands  p-------------------
 * marks     -------------------m
 * playout   (sffm)-------------e
 * ```
 *
 * An empty prompt finishes as soon as nothing is in line before it, without a frame or a mark. A prompt
 * that is cleared before its first frame finishes without having started. When the commands complete, what
 * is in line is still played; completes when all of it is finished. Errors when the commands or the marks
 * do, or when `bufferedAmount` throws.
 *
 * @param marks$ names of the marks that the far end echoes. It may complete: the grace then decides.
 */
export function playout(
  marks$: Observable<string>,
  {
    bufferedAmount,
    highWaterBytes = 65_536,
    pollMs = 20,
    markGrace = 1500,
    scheduler = asyncScheduler,
  }: PlayoutOptions,
): OperatorFunction<PlayoutCommand, PlayoutEvent> {
  if (!(pollMs > 0)) {
    throw new RangeError(`playout: pollMs is ${pollMs}; give the milliseconds between looks, more than 0.`);
  }

  return (commands$) =>
    new Observable((subscriber) => {
      /** In order of play. */
      let line: Unfinished[] = [];
      /** When the far end will have played all that was sent. */
      let playhead = 0;
      let sending = false;
      let completed = false;
      let gate: Subscription | undefined;
      let deadline: Subscription | undefined;
      /** Echoes still to come of marks that were cleared, by name. */
      const clearedMarks = new Map<string, number>();

      const send = (): void => {
        // A subscriber may answer an event with a command: the loop that is running takes it up.
        if (sending || gate) return;
        sending = true;
        try {
          let prompt: Unfinished | undefined;
          while (!subscriber.closed && (prompt = line.find(({ marked }) => !marked))) {
            if (prompt.sent === prompt.audio.length) {
              prompt.marked = true;
              if (prompt.sent > 0) subscriber.next({ type: 'mark', name: prompt.id });
              settle();
            } else if (bufferedAmount() > highWaterBytes) {
              gate = scheduler.schedule(() => {
                gate = undefined;
                send();
              }, pollMs);
              break;
            } else {
              sendFrame(prompt);
            }
          }
        } catch (error) {
          subscriber.error(error);
        } finally {
          sending = false;
        }
      };

      const sendFrame = (prompt: Unfinished): void => {
        const payload = prompt.audio.subarray(prompt.sent, prompt.sent + FRAME_BYTES);
        const first = prompt.sent === 0;
        prompt.sent += payload.length;
        playhead = Math.max(playhead, scheduler.now()) + payload.length / SAMPLES_PER_MS;
        prompt.playedAt = playhead;
        if (first) {
          subscriber.next({ type: 'started', id: prompt.id });
          // A clear in answer to `started` took the prompt out of line.
          if (!line.includes(prompt)) return;
        }
        subscriber.next({ type: 'media', payload });
      };

      /** Finishes empty prompts at the head of the line, then waits for the head's mark, or completes. */
      const settle = (): void => {
        while (line[0]?.marked && line[0].audio.length === 0) finish(1, true);
        deadline?.unsubscribe();
        deadline = undefined;
        if (subscriber.closed) return;
        const [head] = line;
        if (head?.marked) {
          const wait = Math.max(0, head.playedAt + markGrace - scheduler.now());
          deadline = scheduler.schedule(() => {
            finish(1, false);
            settle();
          }, wait);
        } else if (!head && completed) {
          subscriber.complete();
        }
      };

      const finish = (count: number, confirmed: boolean): void => {
        for (const { id, audio } of line.splice(0, count)) {
          const totalMs = audio.length / SAMPLES_PER_MS;
          subscriber.next({ type: 'finished', id, heardMs: totalMs, totalMs, cut: false, confirmed });
        }
      };

      const echo = (name: string): void => {
        const cleared = clearedMarks.get(name) ?? 0;
        if (cleared > 0) {
          clearedMarks.set(name, cleared - 1);
          return;
        }
        const index = line.findIndex(({ id, marked }) => marked && id === name);
        const prompt = line[index];
        if (!prompt) return;
        // The far end is here now, whatever was expected: what follows begins here.
        const late = scheduler.now() - prompt.playedAt;
        playhead += late;
        for (const following of line.slice(index + 1)) following.playedAt += late;
        finish(index + 1, true);
        settle();
      };

      const clear = (): void => {
        if (line.length === 0) return;
        const now = scheduler.now();
        const cut = line;
        line = [];
        playhead = now;
        gate?.unsubscribe();
        gate = undefined;
        subscriber.next({ type: 'clear' });
        for (const { id, audio, sent, marked, playedAt } of cut) {
          if (marked && sent > 0) clearedMarks.set(id, (clearedMarks.get(id) ?? 0) + 1);
          const sentMs = sent / SAMPLES_PER_MS;
          const heardMs = Math.max(0, sentMs - Math.max(0, playedAt - now));
          const totalMs = audio.length / SAMPLES_PER_MS;
          subscriber.next({ type: 'finished', id, heardMs, totalMs, cut: true, confirmed: false });
        }
        settle();
      };

      subscriber.add(() => {
        gate?.unsubscribe();
        deadline?.unsubscribe();
      });
      subscriber.add(
        marks$.subscribe({
          next: echo,
          error: (error: unknown) => {
            subscriber.error(error);
          },
        }),
      );
      subscriber.add(
        commands$.subscribe({
          next: (command) => {
            if (command.type === 'clear') {
              clear();
            } else {
              line.push({ id: command.id, audio: command.audio, sent: 0, marked: false, playedAt: 0 });
              send();
            }
          },
          error: (error: unknown) => {
            subscriber.error(error);
          },
          complete: () => {
            completed = true;
            settle();
          },
        }),
      );
    });
}
