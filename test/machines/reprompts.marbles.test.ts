import { describe, expect, it } from 'vitest';
import { enGB } from '../../src/machines/phrasebooks/enGB.js';
import type { Prompt } from '../../src/machines/prompt.js';
import { virtualTime } from '../streams/virtualTime.js';
import { conversation } from './conversation.js';
import { CALLER, DESK } from './marbleWords.js';

const KEYS = { ...DESK, 1: 'miss, howCanIHelp', 2: 'miss, askDate', 3: 'miss, askTime', 4: 'miss, confirm' };

const CONTEXT = { now: new Date('2026-11-23T09:00:00Z'), timeZone: 'Europe/London', business: 'the desk', opening: { opens: '09:00', closes: '18:00' } };
const spoken = (prompt: Prompt) => enGB.sentences(prompt, CONTEXT).join(' ');

describe('a caller who says nothing', () => {
  it('is asked again twice, each time differently, then the call ends politely', () => {
    const prompts: Prompt[] = [];
    virtualTime(({ cold, expectObservable }) => {
      // Each prompt is heard for a second, then seven seconds of silence are waited for.
      const desk = 'G 7999ms 1 7999ms 1 7999ms Z 999ms |';
      expectObservable(cold('-', CALLER).pipe(conversation({ prompts }))).toBe(desk, KEYS);
    });
    expect(prompts.slice(1).map(({ preface, content }) => preface ?? content)).toEqual([
      { key: 'miss', miss: { kind: 'noInput', count: 1 } },
      { key: 'miss', miss: { kind: 'noInput', count: 2 } },
      { key: 'giveUp', kind: 'noInput' },
    ]);
    expect(new Set(prompts.map(spoken)).size).toBe(4);
  });

  it('is not hurried while the desk still speaks', () => {
    virtualTime(({ cold, expectObservable }) => {
      const said$ = cold('-', CALLER).pipe(conversation({ promptMs: 20_000 }));
      expectObservable(said$, '^ 28s !').toBe('G 26999ms 1', KEYS);
    });
  });

  it('is given time again after an answer', () => {
    virtualTime(({ cold, expectObservable }) => {
      const caller = '10s              b';
      const desk = 'G 7999ms 1 1999ms D 7999ms 2 7999ms 2 7999ms Z 999ms |';
      expectObservable(cold(caller, CALLER).pipe(conversation())).toBe(desk, KEYS);
    });
  });
});

describe('a caller who is not understood', () => {
  it.each([
    ['speaks of something else', 'o'],
    ['cannot be made out', '?'],
  ])('%s: is asked again twice, each time differently, then the call ends politely', (_, turn) => {
    const prompts: Prompt[] = [];
    virtualTime(({ cold, expectObservable }) => {
      const caller = `2s      b 1999ms ${turn} 1999ms ${turn} 1999ms ${turn}`;
      const desk = '  G 1999ms D 1999ms 2 1999ms 2 1999ms Z 999ms |';
      expectObservable(cold(caller, CALLER).pipe(conversation({ prompts }))).toBe(desk, KEYS);
    });
    expect(prompts.at(-1)?.content).toEqual({ key: 'giveUp', kind: 'noMatch' });
    expect(new Set(prompts.map(spoken)).size).toBe(5);
  });

  it('counts silence and misunderstanding together', () => {
    virtualTime(({ cold, expectObservable }) => {
      const caller = '2s      o 9999ms o';
      const desk = '  G 1999ms 1 7999ms 1 1999ms Z 999ms |';
      expectObservable(cold(caller, CALLER).pipe(conversation())).toBe(desk, KEYS);
    });
  });

  it('starts from nothing again after a good answer', () => {
    const prompts: Prompt[] = [];
    virtualTime(({ cold, expectObservable }) => {
      const caller = '2s      b 1999ms o 1999ms o 1999ms d 1999ms o 1999ms o 1999ms t 1999ms |';
      const desk = '  G 1999ms D 1999ms 2 1999ms 2 1999ms T 1999ms 3 1999ms 3 1999ms N 1999ms |';
      expectObservable(cold(caller, CALLER).pipe(conversation({ prompts }))).toBe(desk, KEYS);
    });
    expect(prompts.flatMap(({ preface }) => (preface?.key === 'miss' ? [preface.miss.count] : []))).toEqual([
      ...[1, 2, 1, 2],
    ]);
  });

  it('is bounded too when the caller talks on and no turn ever ends', () => {
    virtualTime(({ cold, expectObservable }) => {
      const caller = '2s      v 24999ms        v 24999ms        v';
      // A turn is waited for twenty seconds.
      const desk = '  G 21999ms 1 24999ms 1 24999ms Z 999ms |';
      expectObservable(cold(caller, CALLER).pipe(conversation())).toBe(desk, KEYS);
    });
  });

  it('is not taken to be silent while they speak', () => {
    virtualTime(({ cold, expectObservable }) => {
      const caller = '6s      v 10s     b 9ms |';
      const desk = '  G 16000ms D 9ms |';
      expectObservable(cold(caller, CALLER).pipe(conversation())).toBe(desk, KEYS);
    });
  });
});

describe('a prompt whose end is never reported', () => {
  it('does not stop the conversation', () => {
    virtualTime(({ cold, expectObservable }) => {
      // 45 s for the longest prompt, then the silence; a goodbye keeps the line open for 15 s.
      const desk = 'G 51999ms 1 51999ms 1 51999ms Z 14999ms |';
      expectObservable(cold('-', CALLER).pipe(conversation({ promptMs: Infinity }))).toBe(desk, KEYS);
    });
  });

  it('does not stop a caller from answering', () => {
    virtualTime(({ cold, expectObservable }) => {
      const caller = '2s      a 1999ms y 1999ms g';
      const desk = '  G 1999ms C 1999ms B 1999ms F 14999ms |';
      expectObservable(cold(caller, CALLER).pipe(conversation({ promptMs: Infinity }))).toBe(desk, KEYS);
    });
  });
});

describe('a caller who speaks over the desk', () => {
  it('is heard, and the end of the prompt that was cut off changes nothing', () => {
    virtualTime(({ cold, expectObservable }) => {
      const caller = '500ms  v 999ms b 9ms |';
      const desk = '  G 1499ms D 9ms |';
      expectObservable(cold(caller, CALLER).pipe(conversation())).toBe(desk, KEYS);
    });
  });
});

describe('the longest call', () => {
  it('ends politely at its cap, whatever the caller goes on saying', () => {
    virtualTime(({ cold, expectObservable }) => {
      const caller = `2s     ${Array.from({ length: 400 }, () => 'r').join(' 2999ms ')}`;
      const desk = `  G 1999ms ${Array.from({ length: 300 }, () => 'H').join(' 2999ms ')} 999ms Y 999ms |`;
      expectObservable(cold(caller, CALLER).pipe(conversation())).toBe(desk, KEYS);
    });
  });
});
