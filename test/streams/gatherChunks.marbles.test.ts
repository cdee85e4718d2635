import fc from 'fast-check';
import { from, take } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { gatherChunks } from '../../src/streams/gatherChunks.js';
import type { MediaFrame } from '../../src/streams/mediaFrame.js';
import { virtualTime } from './virtualTime.js';

const frame = (fill: number, ms = 20): MediaFrame => ({
  timestamp: 0,
  payload: new Uint8Array(ms * 8).fill(fill),
});

const chunk = (...fills: number[]): Uint8Array =>
  Uint8Array.from(fills.flatMap((fill) => new Array<number>(160).fill(fill)));

/** Frames of 20 ms; l is one of 100 ms and n one without audio. */
const frames = { a: frame(1), b: frame(2), c: frame(3), d: frame(4), l: frame(5, 100), n: frame(6, 0) };

const chunks = {
  x: chunk(1, 2),
  y: chunk(3, 4),
  z: chunk(3),
  l: chunk(5, 5, 5, 5, 5),
  m: chunk(1, 5, 5, 5, 5, 5),
};

const gathered = (given: MediaFrame[], ms: number): Uint8Array[] => {
  const out: Uint8Array[] = [];
  from(given)
    .pipe(gatherChunks({ ms }))
    .subscribe((bytes) => out.push(bytes));
  return out;
};

describe('gatherChunks', () => {
  it('joins frames until there is enough', () => {
    virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const frames$ = cold(' a--b--c--d--|', frames);
      const expected = '     ---x-----y--|';
      expectObservable(frames$.pipe(gatherChunks({ ms: 40 }))).toBe(expected, chunks);
      expectSubscriptions(frames$.subscriptions).toBe('^-----------!');
    });
  });

  it('takes one frame more when the frames do not add up', () => {
    virtualTime(({ cold, expectObservable }) => {
      const frames$ = cold(' a--b--c--d--|', frames);
      const expected = '     ---x-----y--|';
      expectObservable(frames$.pipe(gatherChunks({ ms: 30 }))).toBe(expected, chunks);
    });
  });

  it('gives what is left when the frames complete', () => {
    virtualTime(({ cold, expectObservable }) => {
      const frames$ = cold(' a--b--c--|', frames);
      const expected = '     ---x-----(z|)';
      expectObservable(frames$.pipe(gatherChunks({ ms: 40 }))).toBe(expected, chunks);
    });
  });

  it('passes a frame that is enough by itself on without a copy', () => {
    const long = frame(5, 100);
    expect(gathered([long], 100)[0]).toBe(long.payload);
  });

  it('joins a long frame to what waits before it', () => {
    virtualTime(({ cold, expectObservable }) => {
      const frames$ = cold(' l--a--l--|', frames);
      const expected = '     l-----m--|';
      expectObservable(frames$.pipe(gatherChunks({ ms: 40 }))).toBe(expected, chunks);
    });
  });

  it('leaves frames without audio out', () => {
    virtualTime(({ cold, expectObservable }) => {
      const frames$ = cold(' n--a--n--b--n--|', frames);
      const expected = '     ---------x-----|';
      expectObservable(frames$.pipe(gatherChunks({ ms: 40 }))).toBe(expected, chunks);
    });
  });

  it('gives nothing for a call without audio', () => {
    virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const empty$ = cold<MediaFrame>('--|');
      const never$ = cold<MediaFrame>('---');
      expectObservable(empty$.pipe(gatherChunks({ ms: 40 }))).toBe('--|');
      expectObservable(never$.pipe(gatherChunks({ ms: 40 }))).toBe('---');
      expectSubscriptions(empty$.subscriptions).toBe('^-!');
      expectSubscriptions(never$.subscriptions).toBe('^--');
    });
  });

  it('passes an error on at once, past what waits', () => {
    virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const frames$ = cold(' a--b--c--#', frames);
      const expected = '     ---x-----#';
      expectObservable(frames$.pipe(gatherChunks({ ms: 40 }))).toBe(expected, chunks);
      expectSubscriptions(frames$.subscriptions).toBe('^--------!');
    });
  });

  it('unsubscribes from the frames when it is unsubscribed from', () => {
    virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const frames$ = cold(' a--b--c--d--', frames);
      const subs = '         ^-------!';
      const expected = '     ---x-----';
      expectObservable(frames$.pipe(gatherChunks({ ms: 40 })), subs).toBe(expected, chunks);
      expectSubscriptions(frames$.subscriptions).toBe(subs);
      const once$ = cold('   a--b--c--d--', frames);
      expectObservable(once$.pipe(gatherChunks({ ms: 40 }), take(1))).toBe('---(x|)', chunks);
      expectSubscriptions(once$.subscriptions).toBe('^--!');
    });
  });

  it('refuses chunks of no length', () => {
    expect(() => gatherChunks({ ms: 0 })).toThrow(/ms is 0; give .* more than 0/);
  });

  it('neither loses nor changes a byte, and only the last chunk is short', () => {
    const payloads = fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 40 });
    fc.assert(
      fc.property(payloads, fc.integer({ min: 1, max: 100 }), (given, ms) => {
        const out = gathered(
          given.map((payload) => ({ timestamp: 0, payload })),
          ms,
        );
        expect(Buffer.concat(out)).toEqual(Buffer.concat(given));
        expect(out.slice(0, -1).every(({ length }) => length >= ms * 8)).toBe(true);
      }),
    );
  });
});
