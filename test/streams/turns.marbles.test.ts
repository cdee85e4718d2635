import { of, Subject, VirtualTimeScheduler } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { SpeechResult } from '../../src/streams/speechResult.js';
import { turns } from '../../src/streams/turns.js';
import type { Utterance } from '../../src/streams/utterance.js';
import { virtualTime } from './virtualTime.js';

const final = (text: string): SpeechResult => ({
  type: 'final',
  text,
  confidence: 0.9,
  endpointingMs: 300,
  recognitionMs: 50,
});

const utterance = (text: string): Utterance => ({
  text,
  confidence: 0.9,
  endpointingMs: 300,
  recognitionMs: 50,
});

const unconfirmed = (text: string, endpointingMs: number): Utterance => ({
  text,
  confidence: 0.5,
  endpointingMs,
  recognitionMs: 0,
});

/** s: speech start; interims i and j; finals: y as j, t on, e without words. */
const results: Record<string, SpeechResult> = {
  s: { type: 'speechStart' },
  h: { type: 'interim', text: '' },
  i: { type: 'interim', text: 'tomorrow' },
  j: { type: 'interim', text: 'tomorrow at two' },
  y: final(' Tomorrow, at two. '),
  t: final('thank you'),
  e: final(''),
};

/** Y, T, E: of the finals; I, J: of the interims, after a patience of 10 ms. */
const utterances: Record<string, Utterance> = {
  Y: utterance('tomorrow, at two.'),
  T: utterance('thank you'),
  E: utterance(''),
  I: unconfirmed('tomorrow', 10),
  J: unconfirmed('tomorrow at two', 10),
};

const patience = { interimPatience: 10 };

/** Runs one picture with a patience of 10 ms. */
function picture(resultMarbles: string, expected: string): void {
  virtualTime(({ hot, expectObservable }) => {
    const results$ = hot(resultMarbles, results);
    expectObservable(results$.pipe(turns(patience))).toBe(expected, utterances);
  });
}

describe('turns', () => {
  it('makes a final result an utterance at once, trimmed and in lower case', () => {
    picture(
      '-s-i--j--y-------------',
      '---------Y-------------',
    );
  });

  it('makes speech that could not be made out an utterance without words', () => {
    picture(
      '-s---e--s-i--e------------',
      '-----E-------E------------',
    );
  });

  it('keeps every final, equal ones too', () => {
    picture(
      '-t-t-s-t--|',
      '-T-T---T--|',
    );
  });

  it('says nothing of speech that has no words', () => {
    picture(
      '-s-h--------------s----',
      '-----------------------',
    );
  });

  it('takes words back when an empty interim replaces them', () => {
    picture(
      '-s-i-h-----------------',
      '-----------------------',
    );
  });

  describe('words that no final follows', () => {
    it('become an utterance, unconfirmed, when patience is over', () => {
      picture(
        '-s-i--j-----------------',
        '----------------J-------',
      );
    });

    it('wait two seconds unless told otherwise', () => {
      virtualTime(({ hot, expectObservable }) => {
        const results$ = hot('i-i', results);
        const expected = '    -- 2000ms I';
        expectObservable(results$.pipe(turns())).toBe(expected, { I: unconfirmed('tomorrow', 2000) });
      });
    });

    it('wait on while the caller speaks on', () => {
      picture(
        '-s-i------s--------i-----------',
        '-----------------------------I-',
      );
    });

    it('are kept when new speech brings no words', () => {
      virtualTime(({ hot, expectObservable }) => {
        const results$ = hot('-s-i------s--------------', results);
        const expected = '    --------------------I----';
        expectObservable(results$.pipe(turns(patience))).toBe(expected, { I: unconfirmed('tomorrow', 17) });
      });
    });

    it('are an utterance as soon as the results complete', () => {
      virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
        const results$ = cold('-s-i--|', results);
        const expected = '     ------(I|)';
        expectObservable(results$.pipe(turns(patience))).toBe(expected, { I: unconfirmed('tomorrow', 3) });
        expectSubscriptions(results$.subscriptions).toBe('^-----!');
      });
    });

    it('are not said twice when their final comes late', () => {
      picture(
        '-s-j--------------y---t---',
        '-------------J--------T---',
      );
    });

    it('are not said twice when the recogniser repeats them', () => {
      picture(
        '-s-j------------j--------------y--',
        '-------------J--------------------',
      );
    });

    it('do not stand in for a late final that says something else', () => {
      picture(
        '-s-i--------------y---',
        '-------------I----Y---',
      );
    });

    it('do not stand in for the same words said again', () => {
      picture(
        '-s-j--------------s---y---',
        '-------------J--------Y---',
      );
      picture(
        '-s-j--------------y---y---',
        '-------------J--------Y---',
      );
    });

    it('do not stand in for speech that could not be made out', () => {
      picture(
        '-s-j--------------e---',
        '-------------J----E---',
      );
    });
  });

  it('is empty when the results are, and never ends when they do not', () => {
    virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const empty$ = cold<SpeechResult>('--|');
      const never$ = cold<SpeechResult>('---');
      expectObservable(empty$.pipe(turns(patience))).toBe('--|');
      expectObservable(never$.pipe(turns(patience))).toBe('---');
      expectSubscriptions(empty$.subscriptions).toBe('^-!');
      expectSubscriptions(never$.subscriptions).toBe('^--');
    });
  });

  it('passes an error on at once', () => {
    virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const results$ = cold('-t-s-i-#', results);
      const expected = '     -T-----#';
      expectObservable(results$.pipe(turns(patience))).toBe(expected, utterances);
      expectSubscriptions(results$.subscriptions).toBe('^------!');
    });
  });

  it('says nothing more once it is unsubscribed from', () => {
    virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const results$ = cold('-t-s-i--------------', results);
      const subs = '         ^--------!';
      const expected = '     -T------------------';
      expectObservable(results$.pipe(turns(patience)), subs).toBe(expected, utterances);
      expectSubscriptions(results$.subscriptions).toBe(subs);
    });
  });

  it('leaves no timer behind', () => {
    const scheduler = new VirtualTimeScheduler();
    const open = (): number => scheduler.actions.filter(({ closed }) => !closed).length;
    const results$ = new Subject<SpeechResult>();
    const subscription = results$.pipe(turns({ scheduler })).subscribe();
    results$.next({ type: 'interim', text: 'tomorrow' });
    results$.next({ type: 'interim', text: 'tomorrow at' });
    expect(open()).toBe(1);
    results$.next(final('tomorrow at two'));
    expect(open()).toBe(0);
    results$.next({ type: 'interim', text: 'yes' });
    subscription.unsubscribe();
    expect(open()).toBe(0);
    of<SpeechResult>({ type: 'interim', text: 'yes' }).pipe(turns({ scheduler })).subscribe();
    expect(open()).toBe(0);
  });

  it('refuses a patience that is none', () => {
    expect(() => turns({ interimPatience: 0 })).toThrow(/interimPatience is 0; give .* more than 0/);
  });
});
