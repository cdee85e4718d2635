import { describe, it } from 'vitest';
import { bargeIn } from '../../src/streams/bargeIn.js';
import type { BargeIn, Playback } from '../../src/streams/bargeIn.js';
import type { SpeechResult } from '../../src/streams/speechResult.js';
import { virtualTime } from './virtualTime.js';

const final = (text: string): SpeechResult => ({
  type: 'final',
  text,
  confidence: 0.9,
  endpointingMs: 300,
  recognitionMs: 50,
});

/** s: speech start; i: interim, f: final with words; j, g: the same without. */
const results: Record<string, SpeechResult> = {
  s: { type: 'speechStart' },
  i: { type: 'interim', text: 'book a' },
  f: final('book a table'),
  j: { type: 'interim', text: '' },
  g: final(''),
};

/** p: a prompt begins; n: one that is not interruptible; o: it is over. */
const playback: Record<string, Playback> = {
  p: { playing: true, interruptible: true },
  n: { playing: true, interruptible: false },
  o: { playing: false },
};

const bargeIns = Object.fromEntries(
  Object.entries(results).map(([key, cause]): [string, BargeIn] => [key, { type: 'bargeIn', cause }]),
);

/** Runs one picture with everything subscribed from the start. */
function picture(resultMarbles: string, playbackMarbles: string, expected: string): void {
  virtualTime(({ hot, expectObservable }) => {
    const playback$ = hot(playbackMarbles, playback);
    const results$ = hot(resultMarbles, results);
    expectObservable(results$.pipe(bargeIn(playback$))).toBe(expected, bargeIns);
  });
}

describe('bargeIn', () => {
  it('counts the start of speech while a prompt plays, and no more of that speech', () => {
    picture(
      '-----s-i-i-f---',
      '--p--------o---',
      '-----s---------',
    );
  });

  it('counts once until the next prompt begins', () => {
    picture(
      '---s-f-s-f---s-f--',
      '--p--------p------',
      '---s---------s----',
    );
  });

  it('does not count speech while the desk is silent', () => {
    picture(
      's-i-f-----s-i-f---',
      '------p--o--------',
      '------------------',
    );
  });

  it('does not count speech before it knows what plays', () => {
    picture(
      's-i-f---',
      '--------',
      '--------',
    );
  });

  it('counts speech that began before the prompt once it goes on to words', () => {
    picture(
      '-s---j-i-f---',
      '---p---------',
      '-------i-----',
    );
    picture(
      '-s-----f-----',
      '---p---------',
      '-------f-----',
    );
  });

  it('does not count a noise that began before the prompt and of which nothing could be made', () => {
    picture(
      '-s---j-g-----',
      '---p---------',
      '-------------',
    );
  });

  it('counts only settled words while a prompt plays that is not interruptible', () => {
    picture(
      '-s-i-g-s-i-f-s-f--',
      'n-----------------',
      '-----------f------',
    );
  });

  it('goes by the prompt that plays now', () => {
    picture(
      '-s-----s----s---',
      'n----p---o------',
      '-------s--------',
    );
  });

  it('follows both streams from its subscription to the end of the results', () => {
    virtualTime(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const playback$ = hot(' p------', playback);
      const results$ = cold(' --s--|', results);
      const expected = '      --s--|';
      expectObservable(results$.pipe(bargeIn(playback$))).toBe(expected, bargeIns);
      expectSubscriptions(results$.subscriptions).toBe('^----!');
      expectSubscriptions(playback$.subscriptions).toBe('^----!');
    });
  });

  it('goes on with what it knows when playback completes', () => {
    virtualTime(({ cold, expectObservable }) => {
      const playback$ = cold('(p|)', playback);
      const results$ = cold(' ------s--|', results);
      const expected = '      ------s--|';
      expectObservable(results$.pipe(bargeIn(playback$))).toBe(expected, bargeIns);
    });
  });

  it('is empty when the results are, and never ends when they do not', () => {
    virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const playback$ = cold<Playback>('p-p-p-', playback);
      const empty$ = cold<SpeechResult>('--|');
      const never$ = cold<SpeechResult>('---');
      expectObservable(empty$.pipe(bargeIn(playback$))).toBe('--|');
      expectObservable(never$.pipe(bargeIn(playback$))).toBe('---');
      expectSubscriptions(empty$.subscriptions).toBe('^-!');
      expectSubscriptions(never$.subscriptions).toBe('^--');
    });
  });

  it('passes an error of either on at once and lets the other go', () => {
    virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const playing$ = cold('p----', playback);
      const failed$ = cold(' --s-#', results);
      expectObservable(failed$.pipe(bargeIn(playing$))).toBe('--s-#', bargeIns);
      expectSubscriptions(playing$.subscriptions).toBe('^---!');

      const broken$ = cold('p---#', playback);
      const heard$ = cold(' --s----', results);
      expectObservable(heard$.pipe(bargeIn(broken$))).toBe('--s-#', bargeIns);
      expectSubscriptions(heard$.subscriptions).toBe('^---!');
    });
  });

  it('unsubscribes from both when it is unsubscribed from', () => {
    virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const playback$ = cold('p-------', playback);
      const results$ = cold(' --s-----', results);
      const subs = '          ^----!';
      expectObservable(results$.pipe(bargeIn(playback$)), subs).toBe('--s-----', bargeIns);
      expectSubscriptions(playback$.subscriptions).toBe(subs);
      expectSubscriptions(results$.subscriptions).toBe(subs);
    });
  });
});
