import { debounceTime, map, merge, Observable } from 'rxjs';
import { describe, it } from 'vitest';
import { createActor, createMachine, emit } from 'xstate';
import { rxClock } from '../../src/machines/rxClock.js';
import { virtualTime } from '../streams/virtualTime.js';

const machine = createMachine({
  initial: 'waiting',
  states: {
    waiting: {
      on: { go: 'gone' },
      after: { 5_000: 'gone' },
    },
    gone: { entry: emit({ type: 'gone' }), type: 'final' },
  },
});

const gone$ = (event$: Observable<unknown>) =>
  new Observable<string>((subscriber) => {
    const actor = createActor(machine, { clock: rxClock() });
    actor.on('gone', () => {
      subscriber.next('g');
    });
    actor.start();
    subscriber.add(() => actor.stop());
    subscriber.add(
      event$.subscribe(() => {
        actor.send({ type: 'go' });
      }),
    );
  });

describe('rxClock', () => {
  it("runs a machine's delays in the same virtual time as the operators around it", () => {
    virtualTime(({ cold, expectObservable }) => {
      const debounced$ = cold('1s a', { a: 'd' }).pipe(debounceTime(4_500));
      expectObservable(merge(gone$(cold('-')), debounced$)).toBe('5s g 499ms d');
    });
  });

  it('clears a delay that is no longer waited for', () => {
    virtualTime(({ cold, expectObservable }) => {
      expectObservable(gone$(cold('1s a')).pipe(map((value) => value)), '^ 10s !').toBe('1s g');
    });
  });
});
