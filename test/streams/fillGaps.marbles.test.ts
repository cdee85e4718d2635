import fc from 'fast-check';
import { concat, from, NEVER, of, Subject, take, VirtualTimeScheduler } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { fillGaps } from '../../src/streams/fillGaps.js';
import { MU_LAW_SILENCE } from '../../src/streams/mediaFrame.js';
import type { MediaFrame } from '../../src/streams/mediaFrame.js';
import { virtualTime } from './virtualTime.js';

/** A frame of speech: 20 ms unless said otherwise. */
const speech = (timestamp: number, ms = 20): MediaFrame => ({
  timestamp,
  payload: new Uint8Array(ms * 8).fill(0x11),
});

const silence = (timestamp: number, ms = 20): MediaFrame => ({
  timestamp,
  payload: new Uint8Array(ms * 8).fill(MU_LAW_SILENCE),
});

/** Speech in a stream that began at 99 ms, a frame a digit; the same places in silence, a frame a letter. */
const frames: Record<string, MediaFrame> = {
  0: speech(99),
  1: speech(119),
  2: speech(139),
  3: speech(159),
  4: speech(179),
  a: silence(99),
  b: silence(119),
  c: silence(139),
  d: silence(159),
  e: silence(179),
};

const dropped = (given: MediaFrame[]): { out: MediaFrame[]; drops: MediaFrame[] } => {
  const out: MediaFrame[] = [];
  const drops: MediaFrame[] = [];
  from(given)
    .pipe(fillGaps({ onDrop: (frame) => drops.push(frame) }))
    .subscribe((frame) => out.push(frame));
  return { out, drops };
};

const bytes = (given: readonly MediaFrame[]): number =>
  given.reduce((sum, { payload }) => sum + payload.length, 0);

describe('fillGaps', () => {
  it('passes frames that follow one another on as they are', () => {
    virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const frames$ = cold(' 0-1-2-3-|', frames);
      const subs = '         ^-------!';
      const expected = '     0-1-2-3-|';
      expectObservable(frames$.pipe(fillGaps())).toBe(expected, frames);
      expectSubscriptions(frames$.subscriptions).toBe(subs);
    });
    const frame = speech(99);
    expect(dropped([frame]).out[0]).toBe(frame);
  });

  it('fills nothing before the first frame, whatever its timestamp and however long it takes', () => {
    virtualTime(({ cold, expectObservable }) => {
      const frames$ = cold(' 999ms 0-1|', frames);
      const expected = '     999ms 0-1|';
      expectObservable(frames$.pipe(fillGaps())).toBe(expected, frames);
    });
  });

  it('is silent for ever when no frame ever comes', () => {
    virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const frames$ = cold<MediaFrame>('-');
      expectObservable(frames$.pipe(fillGaps())).toBe('-');
      expectSubscriptions(frames$.subscriptions).toBe('^');
    });
  });

  it('completes with an empty call', () => {
    virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const frames$ = cold<MediaFrame>('--|');
      expectObservable(frames$.pipe(fillGaps())).toBe('--|');
      expectSubscriptions(frames$.subscriptions).toBe('^-!');
    });
  });

  it('passes an error on at once', () => {
    virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const frames$ = cold(' 0-1-#', frames);
      const expected = '     0-1-#';
      expectObservable(frames$.pipe(fillGaps())).toBe(expected, frames);
      expectSubscriptions(frames$.subscriptions).toBe('^---!');
    });
  });

  describe('a gap in the timestamps', () => {
    it('becomes silence before the frame that shows it', () => {
      virtualTime(({ cold, expectObservable }) => {
        const frames$ = cold(' 0-----3-----4-|', frames);
        const expected = '     0-----(bc3)-4-|';
        expectObservable(frames$.pipe(fillGaps())).toBe(expected, frames);
      });
    });

    it('is filled to the sample when it is not whole frames', () => {
      expect(dropped([speech(99), speech(150)]).out).toEqual([speech(99), silence(119), silence(139, 11), speech(150)]);
    });

    it('is filled with at most ten seconds, and the stream begins anew after it', () => {
      const { out } = dropped([speech(99), speech(60_000), speech(60_020)]);
      expect(bytes(out)).toBe((20 + 10_000 + 20 + 20) * 8);
      expect(out.at(-3)).toEqual(silence(10_099));
      expect(out.slice(-2)).toEqual([speech(60_000), speech(60_020)]);
    });

    it('does not grow from timestamps that waver by a millisecond', () => {
      const given = Array.from({ length: 500 }, (_, i) => speech(99 + i * 20 + (i % 3)));
      expect(bytes(dropped(given).out)).toBe((500 * 20 + 2) * 8);
    });
  });

  describe('a frame that was received before', () => {
    it('is dropped and reported', () => {
      virtualTime(({ cold, expectObservable }) => {
        const drops: MediaFrame[] = [];
        const frames$ = cold(' 0-0-1-0-1-2|', frames);
        const expected = '     0---1-----2|';
        expectObservable(frames$.pipe(fillGaps({ onDrop: (frame) => drops.push(frame) }))).toBe(expected, frames);
      });
      const again = speech(99);
      expect(dropped([speech(99), speech(119), again]).drops).toEqual([again]);
    });

    it('is dropped when silence took its place because a later one overtook it', () => {
      expect(dropped([speech(99), speech(139), speech(119)]).out).toEqual([speech(99), silence(119), speech(139)]);
    });

    it('is passed on whole when a part of it is new', () => {
      const { out, drops } = dropped([speech(99), speech(109), speech(139)]);
      expect(out).toEqual([speech(99), speech(119), speech(139)]);
      expect(drops).toEqual([]);
    });

    it('does not count as a sign of life', () => {
      virtualTime(({ hot, expectObservable }) => {
        const frames$ = hot('0 29ms 0 29ms 0', frames);
        const subs = '       ^ 59ms !';
        const expected = '   0 39ms b';
        expectObservable(frames$.pipe(fillGaps({ patience: 40 })), subs).toBe(expected, frames);
      });
    });
  });

  it('begins anew when the timestamps do', () => {
    const { out, drops } = dropped([speech(5000), speech(5020), speech(0), speech(20)]);
    expect(out).toEqual([speech(5000), speech(5020), speech(0), speech(20)]);
    expect(drops).toEqual([]);
  });

  describe('when no frames come', () => {
    it('makes silence up at the pace of time once its patience is over', () => {
      virtualTime(({ hot, expectObservable, expectSubscriptions }) => {
        const frames$ = hot('0', frames);
        const subs = '       ^         250ms                !';
        const expected = '   0 199ms b 19ms c 19ms d';
        expectObservable(frames$.pipe(fillGaps()), subs).toBe(expected, frames);
        expectSubscriptions(frames$.subscriptions).toBe(subs);
      });
    });

    it('counts its patience from the newest frame', () => {
      virtualTime(({ hot, expectObservable }) => {
        const frames$ = hot('0 29ms 1 29ms 2', frames);
        const subs = '       ^              115ms !';
        const expected = '   0 29ms 1 29ms 2 39ms d';
        expectObservable(frames$.pipe(fillGaps({ patience: 40 })), subs).toBe(expected, frames);
      });
    });

    it('stops making it up when frames come, and fills what their timestamp still lacks', () => {
      virtualTime(({ hot, expectObservable }) => {
        const frames$ = hot('0 79ms          4', frames);
        const subs = '       ^ 79ms          9ms   !';
        const expected = '   0 39ms b 19ms c 19ms (d4)';
        expectObservable(frames$.pipe(fillGaps({ patience: 40 })), subs).toBe(expected, frames);
      });
    });

    it('makes silence up again when frames stop again', () => {
      virtualTime(({ hot, expectObservable }) => {
        const frames$ = hot('0 59ms        2', frames);
        const subs = '       ^ 59ms          55ms !';
        const expected = '   0 39ms b 19ms 2 39ms d';
        expectObservable(frames$.pipe(fillGaps({ patience: 40 })), subs).toBe(expected, frames);
      });
    });

    it('passes audio on that comes late, after silence took its place', () => {
      virtualTime(({ hot, expectObservable }) => {
        const frames$ = hot('0 49ms          (12)', frames);
        const subs = '       ^ 59ms !';
        const expected = '   0 39ms b 9ms    (12)';
        expectObservable(frames$.pipe(fillGaps({ patience: 40 })), subs).toBe(expected, {
          ...frames,
          1: speech(139),
          2: speech(159),
        });
      });
    });

    it('makes the time good by filling less of the next gap', () => {
      virtualTime(({ hot, expectObservable }) => {
        const frames$ = hot('0 49ms          (14)', frames);
        const subs = '       ^ 59ms !';
        const expected = '   0 39ms b 9ms    (1d4)';
        // One frame of silence was made up and two are missing, so one is filled.
        expectObservable(frames$.pipe(fillGaps({ patience: 40 })), subs).toBe(expected, {
          ...frames,
          1: speech(139),
        });
      });
    });

    it('keeps the pace when timers are late, but makes up no more than ten seconds at once', () => {
      const scheduler = new VirtualTimeScheduler();
      const out: MediaFrame[] = [];
      const subscription = concat(of(speech(0)), NEVER).pipe(fillGaps({ scheduler })).subscribe((frame) => out.push(frame));
      const runNext = (at: number): void => {
        scheduler.frame = at;
        const action = scheduler.actions.find(({ closed }) => !closed);
        scheduler.actions.length = 0;
        action?.execute(undefined, 0);
      };
      runNext(200);
      expect(out.splice(0)).toEqual([speech(0), silence(20)]);
      runNext(255);
      expect(out.splice(0)).toEqual([silence(40), silence(60)]);
      runNext(262);
      expect(out.splice(0)).toEqual([silence(80)]);
      runNext(60_000);
      expect(bytes(out)).toBe(10_000 * 8);
      subscription.unsubscribe();
    });
  });

  describe('unsubscribing', () => {
    it('stops in the middle of a gap', () => {
      virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
        const frames$ = cold(' 0-----4--', frames);
        const expected = '     0-----(bc|)';
        expectObservable(frames$.pipe(fillGaps(), take(3))).toBe(expected, frames);
        expectSubscriptions(frames$.subscriptions).toBe('^-----!');
      });
    });

    it('leaves no timer behind', () => {
      const scheduler = new VirtualTimeScheduler();
      const open = (): number => scheduler.actions.filter(({ closed }) => !closed).length;
      const frames$ = new Subject<MediaFrame>();
      const subscription = frames$.pipe(fillGaps({ scheduler })).subscribe();
      expect(open()).toBe(0);
      frames$.next(speech(0));
      expect(open()).toBe(1);
      subscription.unsubscribe();
      expect(open()).toBe(0);
      of(speech(0)).pipe(fillGaps({ scheduler })).subscribe();
      expect(open()).toBe(0);
      NEVER.pipe(fillGaps({ scheduler })).subscribe().unsubscribe();
      expect(open()).toBe(0);
    });

    it('leaves no timer behind when made-up silence is what ends it', () => {
      virtualTime(({ hot, expectObservable, expectSubscriptions }) => {
        const frames$ = hot('0', frames);
        const expected = '   0 199ms (b|)';
        expectObservable(frames$.pipe(fillGaps(), take(2))).toBe(expected, frames);
        expectSubscriptions(frames$.subscriptions).toBe('^ 199ms !');
      });
    });
  });

  it('refuses a patience shorter than a frame', () => {
    expect(() => fillGaps({ patience: 5 })).toThrow(/patience is 5; give .* 20 or more/);
  });

  it('never loses a frame that goes on, and leaves no hole, whatever is missing', () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 60 })), { maxLength: 50 });
    fc.assert(
      fc.property(steps, (given) => {
        let at = 99;
        const sent = given.map(([gap, ms]) => {
          const frame = speech(at + gap, ms);
          at += gap + ms;
          return frame;
        });
        const { out, drops } = dropped(sent);
        expect(drops).toEqual([]);
        expect(out.filter(({ payload }) => payload[0] !== MU_LAW_SILENCE)).toEqual(sent);
        for (const [i, { timestamp }] of out.entries()) {
          const before = out[i - 1];
          if (before) expect(timestamp).toBe(before.timestamp + before.payload.length / 8);
        }
      }),
    );
  });
});
