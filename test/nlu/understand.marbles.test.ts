import { NEVER } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { understand, type Understood } from '../../src/nlu/understand.js';
import type { ReadingContext, Understander } from '../../src/nlu/understander.js';
import type { Understanding } from '../../src/nlu/understanding.js';
import type { Utterance } from '../../src/streams/utterance.js';
import { virtualTime } from '../streams/virtualTime.js';

const utterance = (text: string): Utterance => ({ text, confidence: 0.9, endpointingMs: 300, recognitionMs: 50 });

const meaning = (text: string): Understanding => ({ text, intent: 'book', confidence: 1, slots: {}, alternatives: [] });

const UTTERANCES = { t: utterance('a table'), n: utterance('noon'), e: utterance('') };

/** What an utterance that came at a time is to be given out as. */
const understood = (of: Utterance, at: number): Understood => ({
  at,
  utterance: of,
  ...(of.text !== '' && { understanding: meaning(of.text) }),
  understoodAt: at,
});

const understander: Understander = { understand: meaning };
const context = (): ReadingContext => ({ now: new Date(0) });

describe('understand', () => {
  it.each([
    ['never', '-----', '^'],
    ['empty', '----|', '^---!'],
    ['error', '----#', '^---!'],
  ])('errors and completes with the utterances: %s', (_, marbles, subscription) => {
    virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const utterances$ = cold<Utterance>(marbles);
      expectObservable(utterances$.pipe(understand(understander, context))).toBe(marbles);
      expectSubscriptions(utterances$.subscriptions).toBe(subscription);
    });
  });

  it('gives each utterance with its meaning and its times at once', () => {
    virtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const utterances$ = hot('--t--(nt)--|', UTTERANCES);
      expectObservable(utterances$.pipe(understand(understander, context))).toBe('--a--(bc)--|', {
        a: understood(UTTERANCES.t, 2),
        b: understood(UTTERANCES.n, 5),
        c: understood(UTTERANCES.t, 5),
      });
      expectSubscriptions(utterances$.subscriptions).toBe('^----------!');
    });
  });

  it('asks nothing about speech that could not be made out', () => {
    virtualTime(({ hot, expectObservable }) => {
      const asked = () => {
        throw new Error('asked');
      };
      expectObservable(hot('-e-|', UTTERANCES).pipe(understand({ understand: asked }, asked))).toBe('-a-|', {
        a: understood(UTTERANCES.e, 1),
      });
    });
  });

  it('reads the question and the clock anew for each utterance', () => {
    const read: unknown[] = [];
    virtualTime(({ hot, expectObservable }) => {
      const contexts: ReadingContext[] = [
        { expecting: 'open', now: new Date(1) },
        { expecting: 'time', now: new Date(2) },
      ];
      const reading: Understander = {
        understand: (text, against) => {
          read.push([text, against]);
          return meaning(text);
        },
      };
      const utterances$ = hot('t-e-n-', UTTERANCES);
      expectObservable(utterances$.pipe(understand(reading, () => contexts.shift() ?? context()))).toBe('a-b-c-', {
        a: understood(UTTERANCES.t, 0),
        b: understood(UTTERANCES.e, 2),
        c: understood(UTTERANCES.n, 4),
      });
    });
    expect(read).toEqual([
      ['a table', { expecting: 'open', now: new Date(1) }],
      ['noon', { expecting: 'time', now: new Date(2) }],
    ]);
  });

  it('tells how long the reading took', () => {
    virtualTime(({ hot, expectObservable }) => {
      let now = 10;
      const clock = { now: () => now, schedule: () => NEVER.subscribe() };
      const slow: Understander = {
        understand: (text) => {
          now += 7;
          return meaning(text);
        },
      };
      expectObservable(hot('t', UTTERANCES).pipe(understand(slow, context, clock))).toBe('a', {
        a: { ...understood(UTTERANCES.t, 10), understoodAt: 17 },
      });
    });
  });

  it('errors when the understander does, and leaves the utterances', () => {
    virtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const failure = new Error('no model');
      const failing: Understander = {
        understand: () => {
          throw failure;
        },
      };
      const utterances$ = hot('--t--', UTTERANCES);
      expectObservable(utterances$.pipe(understand(failing, context))).toBe('--#', {}, failure);
      expectSubscriptions(utterances$.subscriptions).toBe('^-!');
    });
  });

  it('leaves the utterances when it is unsubscribed', () => {
    virtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const utterances$ = hot('-t-t-', UTTERANCES);
      expectObservable(utterances$.pipe(understand(understander, context)), '^-!').toBe('-a', {
        a: understood(UTTERANCES.t, 1),
      });
      expectSubscriptions(utterances$.subscriptions).toBe('^-!');
    });
  });
});
