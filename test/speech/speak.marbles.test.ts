import { type Observable, throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { prepare } from '../../src/speech/prepare.js';
import { speak, type SpokenPrompt } from '../../src/speech/speak.js';
import type { PlayoutCommand } from '../../src/streams/playout.js';
import { virtualTime } from '../streams/virtualTime.js';

const HELLO = Uint8Array.of(1, 2);
const BYE = Uint8Array.of(3);
const play = (id: string, ...audio: number[]): PlayoutCommand => ({ type: 'play', id, audio: Uint8Array.from(audio) });
const two = (id: string) => ({ id, sentences: ['Hello.', 'Bye.'] });

/** A voice that takes 2 ms for a hello and 4 ms for a goodbye. */
const voice = (cold: (marbles: string, values: Record<string, Uint8Array>) => Observable<Uint8Array>) => ({
  synthesize: (text: string) => (text === 'Hello.' ? cold('--(h|)', { h: HELLO }) : cold('----(b|)', { b: BYE })),
});

const noError = (error: unknown) => {
  throw error;
};

describe('speak', () => {
  it('stays silent for as long as no prompt comes, and completes and errors with the prompts', () => {
    virtualTime(({ cold, expectObservable }) => {
      expectObservable(cold<SpokenPrompt>('-').pipe(speak(voice(cold), noError))).toBe('-');
      expectObservable(cold<SpokenPrompt>('--|').pipe(speak(voice(cold), noError))).toBe('--|');
      expectObservable(cold<SpokenPrompt>('--#').pipe(speak(voice(cold), noError))).toBe('--#');
    });
  });

  it('synthesises the sentences of a prompt at the same time and joins them in their order', () => {
    virtualTime(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const prompts = hot('-p--------|', { p: two('p') });
      expectObservable(prompts.pipe(speak(voice(cold), noError))).toBe('-----a----|', { a: play('p', 1, 2, 3) });
      expectSubscriptions(prompts.subscriptions).toBe('^---------!');
    });
  });

  it('keeps the order of prompts that come while another is being synthesised', () => {
    virtualTime(({ hot, cold, expectObservable }) => {
      const prompts = hot('pq|', { p: two('p'), q: two('q') });
      expectObservable(prompts.pipe(speak(voice(cold), noError))).toBe('----a---(b|)', {
        a: play('p', 1, 2, 3),
        b: play('q', 1, 2, 3),
      });
    });
  });

  it('reports a sentence that cannot be spoken and says the rest', () => {
    const errors: unknown[] = [];
    virtualTime(({ hot, cold, expectObservable }) => {
      const failing = {
        synthesize: (text: string) =>
          text === 'Hello.' ? throwError(() => 'no voice') : cold('-(b|)', { b: BYE }),
      };
      const prompts = hot('p---|', { p: two('p') });
      expectObservable(prompts.pipe(speak(failing, (error) => errors.push(error)))).toBe('-a--|', {
        a: play('p', 3),
      });
    });
    expect(errors).toEqual(['no voice']);
  });

  it('does not wait for ever for a voice that does not answer', () => {
    const errors: unknown[] = [];
    virtualTime(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const mute = cold<Uint8Array>('-');
      const prompts = hot('-p----', { p: { id: 'p', sentences: ['Hello.'] } });
      const spoken$ = prompts.pipe(speak({ synthesize: () => mute }, (error) => errors.push(error)));
      expectObservable(spoken$).toBe('- 5s a', { a: play('p') });
      expectSubscriptions(mute.subscriptions).toBe('-^ 4999ms !');
    });
    expect(errors).toEqual([expect.objectContaining({ name: 'TimeoutError' })]);
  });

  it('plays empty audio for a prompt without sentences, so that its end is known', () => {
    virtualTime(({ hot, cold, expectObservable }) => {
      const prompts = hot('p---|', { p: { id: 'p', sentences: [] } });
      expectObservable(prompts.pipe(speak(voice(cold), noError))).toBe('a---|', { a: play('p') });
    });
  });

  it('gives the voice and the prompts up when it is unsubscribed', () => {
    virtualTime(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const slow = cold('----------(b|)', { b: BYE });
      const prompts = hot('-p--------', { p: { id: 'p', sentences: ['Bye.'] } });
      expectObservable(prompts.pipe(speak({ synthesize: () => slow }, noError)), '^---!').toBe('-----');
      expectSubscriptions(slow.subscriptions).toBe('-^--!');
      expectSubscriptions(prompts.subscriptions).toBe('^---!');
    });
  });
});

describe('prepare', () => {
  it('has each sentence spoken at once, says nothing, and completes when all are done', () => {
    virtualTime(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const spoken = cold('---(b|)', { b: BYE });
      const sentences = hot('-ab|', { a: 'Hello.', b: 'Bye.' });
      expectObservable(sentences.pipe(prepare({ synthesize: () => spoken }))).toBe('-----|');
      expectSubscriptions(spoken.subscriptions).toBe(['-^--!', '--^--!']);
    });
  });

  it('goes on after a sentence that cannot be spoken', () => {
    virtualTime(({ hot, expectObservable }) => {
      const sentences = hot('-a-|', { a: 'Hello.' });
      expectObservable(sentences.pipe(prepare({ synthesize: () => throwError(() => 'no voice') }))).toBe('---|');
    });
  });

  it('passes an error of its source on, and gives the voice up when it is unsubscribed', () => {
    virtualTime(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const slow = cold('----------(b|)', { b: BYE });
      expectObservable(hot('-#').pipe(prepare({ synthesize: () => slow }))).toBe('-#');
      const sentences = hot('--a-------', { a: 'Bye.' });
      expectObservable(sentences.pipe(prepare({ synthesize: () => slow })), '^----!').toBe('------');
      expectSubscriptions(slow.subscriptions).toBe('--^--!');
    });
  });
});
