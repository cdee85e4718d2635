import { asyncScheduler, map, merge, NEVER, of, Subject, take, timer, VirtualTimeScheduler } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { playout } from '../../src/streams/playout.js';
import type { PlayoutCommand, PlayoutEvent, PlayoutOptions } from '../../src/streams/playout.js';
import { virtualTime } from './virtualTime.js';

const FRAME = new Uint8Array(160).fill(0x11);
const audio = (frames: number): Uint8Array => new Uint8Array(frames * 160).fill(0x11);

const play = (id: string, frames: number): PlayoutCommand => ({ type: 'play', id, audio: audio(frames) });

/** a: 40 ms, b: 20 ms, z: nothing to hear, x: clear. */
const commands = {
  a: play('a', 2),
  b: play('b', 1),
  z: play('z', 0),
  x: { type: 'clear' } as PlayoutCommand,
};

const marks = { a: 'a', b: 'b' };

const finished = (id: string, heardMs: number, totalMs: number, ending: 'heard' | 'cut' | 'unconfirmed') =>
  ({
    type: 'finished',
    id,
    heardMs,
    totalMs,
    cut: ending === 'cut',
    confirmed: ending === 'heard',
  }) as const;

/** f: frame; s, m, e: started, mark and finished of a; t, n, g: the same of b; x: clear. */
const events: Record<string, PlayoutEvent> = {
  f: { type: 'media', payload: FRAME },
  x: { type: 'clear' },
  s: { type: 'started', id: 'a' },
  m: { type: 'mark', name: 'a' },
  e: finished('a', 40, 40, 'heard'),
  t: { type: 'started', id: 'b' },
  n: { type: 'mark', name: 'b' },
  g: finished('b', 20, 20, 'heard'),
  z: finished('z', 0, 0, 'heard'),
};

const options = (overrides: Partial<PlayoutOptions> = {}): PlayoutOptions => ({
  bufferedAmount: () => 0,
  highWaterBytes: 1000,
  pollMs: 5,
  markGrace: 100,
  ...overrides,
});

/** Everything an operator says of ordinary commands, with a far end that never answers, without a clock. */
function eventsOf(...given: PlayoutCommand[]): PlayoutEvent[] {
  const out: PlayoutEvent[] = [];
  const commands$ = new Subject<PlayoutCommand>();
  const subscription = commands$.pipe(playout(NEVER, options())).subscribe((event) => out.push(event));
  for (const command of given) commands$.next(command);
  subscription.unsubscribe();
  return out;
}

describe('playout', () => {
  it('sends a prompt back to back with its mark, and finishes it when the mark comes back', () => {
    virtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const commands$ = hot('--a------------', commands);
      const marks$ = hot('   ----------a----', marks);
      const subs = '         ^-------------!';
      const expected = '     --(sffm)--e----';
      expectObservable(commands$.pipe(playout(marks$, options())), subs).toBe(expected, events);
      expectSubscriptions(commands$.subscriptions).toBe(subs);
      expectSubscriptions(marks$.subscriptions).toBe(subs);
    });
  });

  it('says nothing while there are no commands', () => {
    virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const commands$ = cold<PlayoutCommand>('-');
      const marks$ = cold('-');
      expectObservable(commands$.pipe(playout(marks$, options()))).toBe('-');
      expectSubscriptions(commands$.subscriptions).toBe('^');
      expectSubscriptions(marks$.subscriptions).toBe('^');
    });
  });

  it('completes at once when the commands complete with nothing in line', () => {
    virtualTime(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const commands$ = cold<PlayoutCommand>('---|');
      const marks$ = hot('            ----');
      expectObservable(commands$.pipe(playout(marks$, options()))).toBe('---|');
      expectSubscriptions(commands$.subscriptions).toBe('^--!');
      expectSubscriptions(marks$.subscriptions).toBe('^--!');
    });
  });

  it('plays prompts in order and finishes each by its own mark', () => {
    virtualTime(({ hot, expectObservable }) => {
      const commands$ = hot('--(ab)----------------', commands);
      const marks$ = hot('   ------------a------b--', marks);
      const subs = '         ^--------------------!';
      const expected = '     --(sffmtfn)-e------g--';
      expectObservable(commands$.pipe(playout(marks$, options())), subs).toBe(expected, events);
    });
  });

  it('takes the mark of a later prompt as proof of the ones before it', () => {
    virtualTime(({ hot, expectObservable }) => {
      const commands$ = hot('--(ab)-------------', commands);
      const marks$ = hot('   ------------b------', marks);
      const subs = '         ^-----------------!';
      const expected = '     --(sffmtfn)-(eg)---';
      expectObservable(commands$.pipe(playout(marks$, options())), subs).toBe(expected, events);
    });
  });

  it('ignores a mark that it never sent', () => {
    virtualTime(({ hot, expectObservable }) => {
      const commands$ = hot('--a------------', commands);
      const marks$ = hot('   b---------b-a--', marks);
      const subs = '         ^-------------!';
      const expected = '     --(sffm)----e--';
      expectObservable(commands$.pipe(playout(marks$, options())), subs).toBe(expected, events);
    });
  });

  it('sends a short last frame as it is, without padding', () => {
    const [started, first, last, mark] = eventsOf({ type: 'play', id: 'p', audio: new Uint8Array(200) });
    expect(started).toEqual({ type: 'started', id: 'p' });
    expect(first).toEqual({ type: 'media', payload: new Uint8Array(160) });
    expect(last).toEqual({ type: 'media', payload: new Uint8Array(40) });
    expect(mark).toEqual({ type: 'mark', name: 'p' });
  });

  it('sends views of the prompt, not copies', () => {
    const prompt = audio(2);
    const frames = eventsOf({ type: 'play', id: 'p', audio: prompt }).filter(({ type }) => type === 'media');
    expect(frames.map((event) => event.type === 'media' && event.payload.buffer)).toEqual([prompt.buffer, prompt.buffer]);
  });

  describe('an empty prompt', () => {
    it('finishes at once, without a frame or a mark', () => {
      virtualTime(({ hot, expectObservable }) => {
        const commands$ = hot('--z--z--|', commands);
        const expected = '     --z--z--|';
        expectObservable(commands$.pipe(playout(NEVER, options()))).toBe(expected, events);
      });
    });

    it('waits for what is in line before it', () => {
      virtualTime(({ hot, expectObservable }) => {
        const commands$ = hot('--(azz)-----------', commands);
        const marks$ = hot('   ----------a-------', marks);
        const subs = '         ^----------------!';
        const expected = '     --(sffm)--(ezz)---';
        expectObservable(commands$.pipe(playout(marks$, options())), subs).toBe(expected, events);
      });
    });
  });

  describe('clear', () => {
    it('says how much was heard, although everything had been sent', () => {
      virtualTime(({ hot, expectObservable }) => {
        const commands$ = hot('a 14ms x--', commands);
        const subs = '         ^ 16ms --!';
        const expected = '     (sffm) 9ms (xc)';
        expectObservable(commands$.pipe(playout(NEVER, options())), subs).toBe(expected, {
          ...events,
          c: finished('a', 15, 40, 'cut'),
        });
      });
    });

    it('counts a prompt that waited in line from the end of the one before it', () => {
      virtualTime(({ hot, expectObservable }) => {
        const commands$ = hot('(ab)      46ms x', commands);
        const subs = '         ^         99ms !';
        const expected = '     (sffmtfn) 41ms (xcd)';
        expectObservable(commands$.pipe(playout(NEVER, options())), subs).toBe(expected, {
          ...events,
          c: finished('a', 40, 40, 'cut'),
          d: finished('b', 10, 20, 'cut'),
        });
      });
    });

    it('counts a prompt that waited in line from the mark of the one before it, when that came late', () => {
      virtualTime(({ hot, expectObservable }) => {
        const commands$ = hot('(ab)      66ms           x', commands);
        const marks$ = hot('             60ms a', marks);
        const subs = '         ^         99ms           !';
        const expected = '     (sffmtfn) 51ms e    9ms  (xd)';
        expectObservable(commands$.pipe(playout(marks$, options())), subs).toBe(expected, {
          ...events,
          d: finished('b', 10, 20, 'cut'),
        });
      });
    });

    it('counts a prompt that comes after a silence from its own first frame', () => {
      virtualTime(({ hot, expectObservable }) => {
        const commands$ = hot('a      59ms        b      4ms x', commands);
        const marks$ = hot('          45ms a', marks);
        const subs = '         ^      99ms               !';
        const expected = '     (sffm) 39ms e 14ms (tfn)      (xd)';
        expectObservable(commands$.pipe(playout(marks$, options())), subs).toBe(expected, {
          ...events,
          d: finished('b', 5, 20, 'cut'),
        });
      });
    });

    it('is not passed on when nothing is unfinished', () => {
      virtualTime(({ hot, expectObservable }) => {
        const commands$ = hot('x-a---------x--', commands);
        const marks$ = hot('   ----------a----', marks);
        const subs = '         ^-------------!';
        const expected = '     --(sffm)--e----';
        expectObservable(commands$.pipe(playout(marks$, options())), subs).toBe(expected, events);
      });
    });

    it('ignores the echoes of the marks that it cleared, also when a prompt of the same name follows', () => {
      virtualTime(({ hot, expectObservable }) => {
        const commands$ = hot('a        9ms x   9ms a', commands);
        const marks$ = hot('            25ms            a 19ms a', marks);
        const subs = '         ^        99ms                    !';
        const expected = '     (sffm)   4ms (xc) 6ms (sffm) 19ms e';
        expectObservable(commands$.pipe(playout(marks$, options())), subs).toBe(expected, {
          ...events,
          c: finished('a', 10, 40, 'cut'),
        });
      });
    });

    it('drops the frames that wait for the socket', () => {
      virtualTime(({ hot, expectObservable }) => {
        const waiting = [0];
        const commands$ = hot('a    19ms x', commands);
        const subs = '         ^    99ms !';
        const expected = '     (sf) 16ms (xc)';
        const bufferedAmount = () => waiting.shift() ?? 1001;
        expectObservable(commands$.pipe(playout(NEVER, options({ bufferedAmount }))), subs).toBe(expected, {
          ...events,
          c: finished('a', 20, 40, 'cut'),
        });
      });
    });

    it('drops a prompt that was in line behind them, unheard and without having started', () => {
      virtualTime(({ hot, expectObservable }) => {
        const commands$ = hot('(ab) 16ms x', commands);
        const subs = '         ^    99ms !';
        const expected = '     20ms      (xcd)';
        const bufferedAmount = () => 1001;
        expectObservable(commands$.pipe(playout(NEVER, options({ bufferedAmount }))), subs).toBe(expected, {
          ...events,
          c: finished('a', 0, 40, 'cut'),
          d: finished('b', 0, 20, 'cut'),
        });
      });
    });

    it('stops the frames of a prompt when it comes in answer to its start', () => {
      const out: PlayoutEvent[] = [];
      const commands$ = new Subject<PlayoutCommand>();
      const subscription = commands$.pipe(playout(NEVER, options())).subscribe((event) => {
        out.push(event);
        if (event.type === 'started') commands$.next({ type: 'clear' });
      });
      commands$.next(play('l', 50));
      expect(out).toEqual([{ type: 'started', id: 'l' }, { type: 'clear' }, finished('l', 0, 1000, 'cut')]);
      subscription.unsubscribe();
    });
  });

  describe('the gate', () => {
    it('looks at the socket before every frame, and again after a pause while it is full', () => {
      virtualTime(({ hot, expectObservable }) => {
        // What waits in the socket at each look.
        const waiting = [0, 1001, 1001, 1000];
        const commands$ = hot('a-----------------', commands);
        const subs = '         ^----------------!';
        const expected = '     (sf)------(fm)----';
        const bufferedAmount = () => waiting.shift() ?? NaN;
        expectObservable(commands$.pipe(playout(NEVER, options({ bufferedAmount }))), subs).toBe(expected, events);
        // toBe is checked after the run: the looks are counted there too.
        expectObservable(timer(17).pipe(map(() => waiting.length))).toBe('17ms (n|)', { n: 0 });
      });
    });

    it('keeps prompts in order behind a full socket', () => {
      virtualTime(({ hot, expectObservable }) => {
        const commands$ = hot('a--b--------------------', commands);
        const subs = '         ^----------------------!';
        const expected = '     ----------(sffmtfn)-----';
        const bufferedAmount = () => (asyncScheduler.now() < 10 ? 1001 : 0);
        expectObservable(commands$.pipe(playout(NEVER, options({ bufferedAmount }))), subs).toBe(expected, events);
      });
    });

    it('never lets a stalled socket hold more than its mark and a frame', () => {
      let held = 0;
      const commands$ = new Subject<PlayoutCommand>();
      const subscription = commands$
        .pipe(playout(NEVER, options({ bufferedAmount: () => held, highWaterBytes: 1600 })))
        .subscribe((event) => (held += event.type === 'media' ? event.payload.length : 0));
      for (let i = 0; i < 20; i++) commands$.next(play(`p${i}`, 500));
      expect(held).toBe(1760);
      subscription.unsubscribe();
    });
  });

  describe('a mark that never comes back', () => {
    it('finishes its prompt, unconfirmed, a grace after its expected end', () => {
      virtualTime(({ hot, expectObservable }) => {
        const commands$ = hot('a', commands);
        const subs = '         ^      199ms !';
        const expected = '     (sffm) 134ms u';
        expectObservable(commands$.pipe(playout(NEVER, options())), subs).toBe(expected, {
          ...events,
          u: finished('a', 40, 40, 'unconfirmed'),
        });
      });
    });

    it('finishes each prompt in line by its own end', () => {
      virtualTime(({ hot, expectObservable }) => {
        const commands$ = hot('(ab)', commands);
        const subs = '         ^         299ms !';
        const expected = '     (sffmtfn) 131ms u 19ms v';
        expectObservable(commands$.pipe(playout(NEVER, options())), subs).toBe(expected, {
          ...events,
          u: finished('a', 40, 40, 'unconfirmed'),
          v: finished('b', 20, 20, 'unconfirmed'),
        });
      });
    });

    it('changes nothing when it comes after that', () => {
      virtualTime(({ hot, expectObservable }) => {
        const commands$ = hot('a', commands);
        const marks$ = hot('   150ms          a', marks);
        const subs = '         ^      199ms    !';
        const expected = '     (sffm) 134ms u';
        expectObservable(commands$.pipe(playout(marks$, options())), subs).toBe(expected, {
          ...events,
          u: finished('a', 40, 40, 'unconfirmed'),
        });
      });
    });
  });

  describe('completion', () => {
    it('waits for the marks of what is in line', () => {
      virtualTime(({ hot, expectObservable, expectSubscriptions }) => {
        const commands$ = hot('--(ab|)---------------', commands);
        const marks$ = hot('   ------------a------b--', marks);
        const expected = '     --(sffmtfn)-e------(g|)';
        expectObservable(commands$.pipe(playout(marks$, options()))).toBe(expected, events);
        expectSubscriptions(commands$.subscriptions).toBe('^-!');
        expectSubscriptions(marks$.subscriptions).toBe('^------------------!');
      });
    });

    it('waits no longer than the grace', () => {
      virtualTime(({ cold, hot, expectObservable }) => {
        const commands$ = cold('(a|)', commands);
        const marks$ = hot('    |', marks);
        const expected = '      (sffm) 134ms (u|)';
        expectObservable(commands$.pipe(playout(marks$, options()))).toBe(expected, {
          ...events,
          u: finished('a', 40, 40, 'unconfirmed'),
        });
      });
    });

    it('waits for frames that the socket does not take yet', () => {
      virtualTime(({ cold, hot, expectObservable }) => {
        const waiting = [1001, 1001, 0, 0];
        const commands$ = cold('(a|)', commands);
        const marks$ = hot('    --------------------a', marks);
        const expected = '      ----------(sffm)----(e|)';
        const bufferedAmount = () => waiting.shift() ?? 0;
        expectObservable(commands$.pipe(playout(marks$, options({ bufferedAmount })))).toBe(expected, events);
      });
    });
  });

  describe('failure', () => {
    it('passes an error of the commands on at once', () => {
      virtualTime(({ hot, expectObservable, expectSubscriptions }) => {
        const commands$ = hot('a-----#', commands);
        const marks$ = hot('   -------', marks);
        const expected = '     (sffm)#';
        expectObservable(commands$.pipe(playout(marks$, options()))).toBe(expected, events);
        expectSubscriptions(commands$.subscriptions).toBe('^-----!');
        expectSubscriptions(marks$.subscriptions).toBe('^-----!');
      });
    });

    it('passes an error of the marks on at once', () => {
      virtualTime(({ hot, expectObservable, expectSubscriptions }) => {
        const commands$ = hot('a------', commands);
        const marks$ = hot('   ------#', marks);
        const expected = '     (sffm)#';
        expectObservable(commands$.pipe(playout(marks$, options()))).toBe(expected, events);
        expectSubscriptions(commands$.subscriptions).toBe('^-----!');
        expectSubscriptions(marks$.subscriptions).toBe('^-----!');
      });
    });

    it('errors when the socket cannot be asked', () => {
      virtualTime(({ hot, expectObservable }) => {
        const gone = new Error('the socket is gone');
        const commands$ = hot('--a', commands);
        const expected = '     --#';
        const bufferedAmount = () => {
          throw gone;
        };
        expectObservable(commands$.pipe(playout(NEVER, options({ bufferedAmount })))).toBe(expected, events, gone);
      });
    });

    it('refuses a pause that would keep the process busy', () => {
      expect(() => playout(NEVER, options({ pollMs: 0 }))).toThrow(/pollMs is 0; give .* more than 0/);
    });
  });

  describe('unsubscribing', () => {
    it('stops in the middle of a prompt', () => {
      virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
        const commands$ = cold('a-----', commands);
        const marks$ = cold('   ------', marks);
        const expected = '      (sf|)';
        expectObservable(commands$.pipe(playout(marks$, options()), take(2))).toBe(expected, events);
        expectSubscriptions(commands$.subscriptions).toBe('(^!)');
        expectSubscriptions(marks$.subscriptions).toBe('(^!)');
      });
    });

    it('leaves no timer behind, whether it waits for a socket or for a mark', () => {
      for (const bufferedAmount of [() => 0, () => 1001]) {
        const scheduler = new VirtualTimeScheduler();
        const subscription = merge(of(play('a', 2)), NEVER)
          .pipe(playout(NEVER, options({ bufferedAmount, scheduler })))
          .subscribe();
        expect(scheduler.actions).toHaveLength(1);
        subscription.unsubscribe();
        expect(scheduler.actions.filter(({ closed }) => !closed)).toEqual([]);
      }
    });

    it('leaves no timer behind when it is the mark that ends it', () => {
      const scheduler = new VirtualTimeScheduler();
      of(play('a', 1))
        .pipe(playout(NEVER, options({ scheduler })), take(3))
        .subscribe();
      expect(scheduler.actions.filter(({ closed }) => !closed)).toEqual([]);
    });
  });
});
