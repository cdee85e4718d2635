import { defer, ignoreElements, map, merge, NEVER, type Observable, of } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { recognise } from '../../src/speech/recognise.js';
import type { Recognizer } from '../../src/speech/recognizer.js';
import type { Expectation } from '../../src/streams/expectation.js';
import type { SpeechResult } from '../../src/streams/speechResult.js';
import { virtualTime } from '../streams/virtualTime.js';

const OPTIONS = { language: 'en-GB', expectation$: of<Expectation>('open') };
const AUDIO = { a: Uint8Array.of(1) };
const SPEECH: SpeechResult = { type: 'speechStart' };
const FINAL = { type: 'final', text: 'yes', confidence: 1, endpointingMs: 400, recognitionMs: 0 } as const;
/** What ends speech that was being heard when the recogniser failed. */
const NOT_HEARD = { type: 'final', text: '', confidence: 0, endpointingMs: 0, recognitionMs: 0 } as const;
const RESULTS = { s: SPEECH, f: FINAL, n: NOT_HEARD };

/** Hears speech begin in every piece of audio, and errors and completes with it. */
const hearing: Recognizer = { recognize: (audio$) => audio$.pipe(map(() => SPEECH)) };

/** Listens to the audio, and gives a further one of these at each subscription. */
function giving(...streams: Observable<SpeechResult>[]): Recognizer {
  return {
    recognize: (audio$) => defer(() => merge(audio$.pipe(ignoreElements()), streams.shift() ?? NEVER)),
  };
}

const noError = (error: unknown) => {
  throw error;
};

describe('recognise', () => {
  it.each([
    ['never', '-----', '-----', '^'],
    ['empty', '----|', '----|', '^---!'],
    ['one', '--a-|', '--s-|', '^---!'],
    ['many', 'a-aa-|', 's-ss-|', '^----!'],
    ['never-ending', 'a-a-a-', 's-s-s-', '^'],
  ])('gives what the recogniser makes of the audio: %s', (_, audio, results, subscription) => {
    virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const audio$ = cold(audio, AUDIO);
      expectObservable(audio$.pipe(recognise(hearing, OPTIONS, noError))).toBe(results, RESULTS);
      expectSubscriptions(audio$.subscriptions).toBe(subscription);
    });
  });

  it('hands the language and the expectation to the recogniser', () => {
    virtualTime(({ cold, expectObservable }) => {
      const recognizer: Recognizer = {
        recognize: (_, options) => (options === OPTIONS ? cold('s|', RESULTS) : cold('|')),
      };
      expectObservable(cold<Uint8Array>('-').pipe(recognise(recognizer, OPTIONS, noError))).toBe('s|', RESULTS);
    });
  });

  it('starts one that fails again, each time after twice the wait, and hears the audio anew', () => {
    const errors: unknown[] = [];
    virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const audio$ = cold<Uint8Array>('-');
      const failing = giving(cold('-#', {}, 'a'), cold('-#', {}, 'b'), cold('-#', {}, 'c'), cold('s', RESULTS));
      const results$ = audio$.pipe(recognise(failing, OPTIONS, (error) => errors.push(error)));
      expectObservable(results$).toBe('703ms s', RESULTS);
      expectSubscriptions(audio$.subscriptions).toBe([
        '^!',
        '101ms ^!',
        '302ms ^!',
        '703ms ^',
      ]);
    });
    expect(errors).toEqual(['a', 'b', 'c']);
  });

  it('waits but the first wait again once there was a final result', () => {
    const errors: unknown[] = [];
    virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const audio$ = cold<Uint8Array>('-');
      const failing = giving(cold('-#'), cold('-#'), cold('f#', RESULTS), cold('s', RESULTS));
      const results$ = audio$.pipe(recognise(failing, OPTIONS, (error) => errors.push(error)));
      expectObservable(results$).toBe('302ms f 100ms s', RESULTS);
      expectSubscriptions(audio$.subscriptions).toBe([
        '^!',
        '101ms ^!',
        '302ms ^!',
        '403ms ^',
      ]);
    });
    expect(errors).toHaveLength(3);
  });

  it('ends speech that was being heard when it failed without words, and counts the start of it for no success', () => {
    const errors: unknown[] = [];
    virtualTime(({ cold, expectObservable }) => {
      const audio$ = cold<Uint8Array>('-');
      const failing = giving(cold('s-#', RESULTS), cold('s#', RESULTS), cold('sf-#', RESULTS), cold('s', RESULTS));
      const results$ = audio$.pipe(recognise(failing, OPTIONS, (error) => errors.push(error)));
      expectObservable(results$).toBe('s-n 99ms sn 199ms sf 101ms s', RESULTS);
    });
    expect(errors).toHaveLength(3);
  });

  it('gives one up that fails after five new starts: reports it, then hears nothing and does not end', () => {
    const errors: unknown[] = [];
    virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const fails$ = cold<SpeechResult>('#');
      const audio$ = cold<Uint8Array>('-');
      const results$ = audio$.pipe(recognise({ recognize: () => fails$ }, OPTIONS, (error) => errors.push(error)));
      expectObservable(results$, '^ 1m !').toBe('-');
      expectSubscriptions(fails$.subscriptions).toBe([
        '(^!)',
        '100ms (^!)',
        '300ms (^!)',
        '700ms (^!)',
        '1500ms (^!)',
        '3100ms (^!)',
      ]);
      expectSubscriptions(audio$.subscriptions).toBe([]);
    });
    expect(errors).toHaveLength(6);
  });

  it('takes an error of the audio for one of the recogniser, who passes it on', () => {
    const errors: unknown[] = [];
    virtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const audio$ = hot('-a-#', AUDIO);
      const results$ = audio$.pipe(recognise(hearing, OPTIONS, (error) => errors.push(error)));
      expectObservable(results$, '^ 50ms !').toBe('-s-n', RESULTS);
      expectSubscriptions(audio$.subscriptions).toBe('^--!');
    });
    expect(errors).toEqual(['error']);
  });

  it('gives the recogniser up when it is unsubscribed, and starts it no more', () => {
    virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const audio$ = cold('-a-a-', AUDIO);
      expectObservable(audio$.pipe(recognise(hearing, OPTIONS, noError)), '^-!').toBe('-s', RESULTS);
      expectSubscriptions(audio$.subscriptions).toBe('^-!');

      const fails$ = cold<SpeechResult>('-#');
      const silent$ = cold<Uint8Array>('-');
      const results$ = silent$.pipe(recognise({ recognize: () => fails$ }, OPTIONS, () => undefined));
      expectObservable(results$, '^ 50ms !').toBe('-');
      expectSubscriptions(fails$.subscriptions).toBe('^!');
    });
  });
});
