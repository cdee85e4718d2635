import { NEVER, of, range, Subject, take } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { keepLatest } from '../../src/streams/keepLatest.js';
import { virtualTime } from './virtualTime.js';

describe('keepLatest', () => {
  it('works values off one after another, in order', () => {
    virtualTime(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const inners = {
        a: cold('           --x--y|                     ', { x: 'a1', y: 'a2' }),
        b: cold('                 --x--y|               ', { x: 'b1', y: 'b2' }),
        c: cold('                               --x--y| ', { x: 'c1', y: 'c2' }),
      };
      const source$ = hot(' a--b----------------c-----|    ');
      const expected = '    --p--q--r--s----------t--u|    ';
      const subs = '        ^-------------------------!    ';
      expectObservable(source$.pipe(keepLatest(2, (key) => inners[key as 'a']))).toBe(expected, {
        p: 'a1', q: 'a2', r: 'b1', s: 'b2', t: 'c1', u: 'c2',
      });
      expectSubscriptions(source$.subscriptions).toBe(subs);
      expectSubscriptions(inners.a.subscriptions).toBe('^-----!');
      expectSubscriptions(inners.b.subscriptions).toBe('------^-----!');
      expectSubscriptions(inners.c.subscriptions).toBe('--------------------^-----!');
    });
  });

  it('drops the value that has waited longest when there is no room, and reports it', () => {
    const dropped: string[] = [];
    virtualTime(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const work = {
        a: cold('            -----(a|)'),
        b: cold('                 -----(b|)'),
        c: cold('                 -----(c|)'),
        d: cold('                 -----(d|)'),
        e: cold('                      -----(e|)'),
      };
      const source$ = hot('  abcde----------------');
      const subs = '         ^-------------------!';
      const expected = '     -----a----d----e-----';
      const onDrop = (value: string): void => {
        dropped.push(value);
      };
      expectObservable(source$.pipe(keepLatest(2, (key) => work[key as 'a'], { onDrop })), subs).toBe(expected);
      expectSubscriptions(work.a.subscriptions).toBe('^----!');
      expectSubscriptions(work.b.subscriptions).toBe([]);
      expectSubscriptions(work.c.subscriptions).toBe([]);
      expectSubscriptions(work.d.subscriptions).toBe('-----^----!');
      expectSubscriptions(work.e.subscriptions).toBe('----------^----!');
    });
    expect(dropped).toEqual(['b', 'c']);
  });

  it('completes after the queue is worked off', () => {
    virtualTime(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const source$ = hot(' abc|');
      const inner$ = cold(' ----(r|)');
      const expected = '    ----r---r---(r|)';
      expectObservable(source$.pipe(keepLatest(2, () => inner$))).toBe(expected);
      expectSubscriptions(source$.subscriptions).toBe('^--!');
      expectSubscriptions(inner$.subscriptions).toBe(['^---!', '----^---!', '--------^---!']);
    });
  });

  it('completes at once with an empty source, and stays open with one that never ends', () => {
    virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const empty$ = cold('--|');
      const never$ = cold('---');
      expectObservable(empty$.pipe(keepLatest(1, () => of(1)))).toBe('--|');
      expectObservable(never$.pipe(keepLatest(1, () => of(1)))).toBe('---');
      expectSubscriptions(empty$.subscriptions).toBe('^-!');
      expectSubscriptions(never$.subscriptions).toBe('^--');
    });
  });

  it('never takes up what waits behind work that never ends', () => {
    virtualTime(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const source$ = hot(' a-b-|');
      const inner$ = cold(' -r---');
      expectObservable(source$.pipe(keepLatest(1, () => inner$))).toBe('-r---');
      expectSubscriptions(inner$.subscriptions).toBe('^');
    });
  });

  it('passes an error of the source on at once and cancels the work', () => {
    virtualTime(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const source$ = hot(' a-b-#');
      const inner$ = cold(' -r----|');
      expectObservable(source$.pipe(keepLatest(1, () => inner$))).toBe('-r--#');
      expectSubscriptions(inner$.subscriptions).toBe('^---!');
    });
  });

  it('passes an error of the work on at once and lets the source go', () => {
    virtualTime(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const source$ = hot(' a-b-----');
      const inner$ = cold(' -r-#');
      expectObservable(source$.pipe(keepLatest(1, () => inner$))).toBe('-r-#');
      expectSubscriptions(source$.subscriptions).toBe('^--!');
      expectSubscriptions(inner$.subscriptions).toBe('^--!');
    });
  });

  it('errors when the work cannot be begun', () => {
    virtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const source$ = hot(' --a--');
      const refuse = () => {
        throw new Error('no recogniser');
      };
      expectObservable(source$.pipe(keepLatest(1, refuse))).toBe('--#', {}, new Error('no recogniser'));
      expectSubscriptions(source$.subscriptions).toBe('^-!');
    });
  });

  it('cancels the work when it is unsubscribed from', () => {
    virtualTime(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const source$ = hot(' a-b-----');
      const inner$ = cold(' -r---r|');
      const subs = '        ^--!';
      expectObservable(source$.pipe(keepLatest(1, () => inner$)), subs).toBe('-r--');
      expectSubscriptions(source$.subscriptions).toBe(subs);
      expectSubscriptions(inner$.subscriptions).toBe(subs);
    });
  });

  it('begins nothing more when a result is what ends it', () => {
    const begun: number[] = [];
    const source$ = new Subject<number>();
    source$
      .pipe(
        keepLatest(3, (value) => {
          begun.push(value);
          return of(value, -value);
        }),
        take(1),
      )
      .subscribe();
    source$.next(1);
    source$.next(2);
    expect(begun).toEqual([1]);
    expect(source$.observed).toBe(false);
  });

  it('drops nothing while the work completes at once, however many values there are', () => {
    let sum = 0;
    range(1, 100_000)
      .pipe(keepLatest(1, (value) => of(value)))
      .subscribe((value) => (sum += value));
    expect(sum).toBe(5_000_050_000);
  });

  it('does not nest as deep as a queue of work that completes at once', () => {
    const results: number[] = [];
    const first$ = new Subject<number>();
    const source$ = new Subject<number>();
    const subscription = source$
      .pipe(keepLatest(50_000, (value) => (value === 0 ? first$ : of(value))))
      .subscribe((value) => results.push(value));
    for (let value = 0; value <= 50_000; value++) source$.next(value);
    expect(results).toEqual([]);
    first$.complete();
    expect(results).toHaveLength(50_000);
    expect(results.at(-1)).toBe(50_000);
    subscription.unsubscribe();
  });

  it('takes the values up that arrive while it reports a result', () => {
    const results: number[] = [];
    const source$ = new Subject<number>();
    const subscription = source$.pipe(keepLatest(2, (value) => of(value))).subscribe((value) => {
      results.push(value);
      if (value < 5) source$.next(value + 1);
    });
    source$.next(1);
    expect(results).toEqual([1, 2, 3, 4, 5]);
    subscription.unsubscribe();
  });

  it('refuses a queue without room', () => {
    for (const capacity of [0, -1, 1.5, NaN]) {
      expect(() => keepLatest(capacity, () => NEVER)).toThrow(/capacity is .*; give a whole number/);
    }
  });
});
