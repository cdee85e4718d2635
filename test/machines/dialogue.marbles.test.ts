import { ignoreElements, map, tap } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { BookingOutcome } from '../../src/booking/booking.js';
import { dialogue, type DialogueOutput } from '../../src/machines/dialogue.js';
import { dialogueActors } from '../../src/machines/dialogueActors.js';
import { dialogueMachine } from '../../src/machines/dialogueMachine.js';
import { virtualTime } from '../streams/virtualTime.js';
import { INPUT, rowOf, services } from './conversation.js';
import { CALLER } from './marbleWords.js';

const machineOf = (desk = services()) =>
  dialogueMachine.provide({ actors: dialogueActors(desk, () => undefined) });

/** One word for each output: a prompt's key, or where the dialogue is. */
const word = map((output: DialogueOutput) =>
  output.type === 'say' ? output.prompt.content.key : `${output.state.task} ${output.state.turn}`,
);

const WORDS = {
  G: 'greeting',
  g: 'active.greeting speaking',
  i: 'active.greeting hearing',
  l: 'active.greeting listening',
  h: 'howCanIHelp',
  Z: 'giveUp',
  f: 'farewell speaking',
  k: 'farewell listening',
  D: 'askDate',
  d: 'active.collecting.askingDate speaking',
  C: 'confirm',
  c: 'active.collecting.confirming speaking',
  j: 'active.collecting.checking working',
  w: 'active.booking.writing working',
  e: 'ended over',
};

describe('dialogue', () => {
  it('never: greets, asks again and ends by itself, leaving the source', () => {
    virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold<never>('-');
      expectObservable(source$.pipe(dialogue(machineOf(), INPUT), word)).toBe(
        '(Gg) 44996ms l 6999ms (hg) 44996ms l 6999ms (hg) 44996ms l 6999ms (Zf) 14996ms (e|)',
        WORDS,
      );
      expectSubscriptions(source$.subscriptions).toBe('^ 170999ms !');
    });
  });

  it('empty: a caller who is gone at once is greeted and let go', () => {
    virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold<never>('|');
      expectObservable(source$.pipe(dialogue(machineOf(), INPUT), word)).toBe('(Gge|)', WORDS);
      expectSubscriptions(source$.subscriptions).toBe('(^!)');
    });
  });

  it('one: answers an event and says where it is', () => {
    virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('1s b 9ms |', CALLER);
      expectObservable(source$.pipe(dialogue(machineOf(), INPUT), word)).toBe(
        '(Gg) 996ms (Dd) 6ms (e|)',
        WORDS,
      );
      expectSubscriptions(source$.subscriptions).toBe('^ 1009ms !');
    });
  });

  it('many: tells apart whose turn it is', () => {
    virtualTime(({ cold, expectObservable }) => {
      const source$ = cold('1s v 999ms b', CALLER);
      expectObservable(source$.pipe(dialogue(machineOf(), INPUT), word), '^ 2100ms !').toBe(
        '(Gg) 996ms i 999ms (Dd)',
        WORDS,
      );
    });
  });

  it('error: passes on an error of the source and stops what was under way', () => {
    virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const book$ = cold<BookingOutcome>('-');
      const source$ = cold('1s a 999ms y 999ms #', CALLER, new Error('line noise'));
      expectObservable(
        source$.pipe(dialogue(machineOf(services({ book: () => book$ })), INPUT), word),
      ).toBe('(Gg) 996ms (jCc) 995ms w 999ms #', WORDS, new Error('line noise'));
      expectSubscriptions(source$.subscriptions).toBe('^ 2999ms !');
      expectSubscriptions(book$.subscriptions).toBe('2s ^ 999ms !');
    });
  });

  it('error: passes on an error of the machine and leaves the source', () => {
    virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const machine = machineOf().provide({
        actions: {
          fillDraft: () => {
            throw new Error('a broken action');
          },
        },
      });
      const source$ = cold('1s a', CALLER);
      expectObservable(source$.pipe(dialogue(machine, INPUT), word)).toBe(
        '(Gg) 996ms #',
        WORDS,
        new Error('a broken action'),
      );
      expectSubscriptions(source$.subscriptions).toBe('^ 999ms !');
    });
  });

  it('early unsubscribe: stops the machine, its timers and its actors', () => {
    virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const check$ = cold<never>('-');
      const source$ = cold('1s a', CALLER);
      const output$ = source$.pipe(dialogue(machineOf(services({ check: () => check$ })), INPUT), word);
      expectObservable(output$, '^ 1500ms !').toBe('(Gg) 996ms j', WORDS);
      expectSubscriptions(source$.subscriptions).toBe('^ 1500ms !');
      expectSubscriptions(check$.subscriptions).toBe('1s ^ 500ms  !');
    });
  });

  it('gives each subscription a conversation of its own', () => {
    virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('1s b 9ms |', CALLER);
      const output$ = source$.pipe(dialogue(machineOf(), INPUT), word);
      expectObservable(output$).toBe('(Gg) 996ms (Dd) 6ms (e|)', WORDS);
      expectObservable(output$, '500ms ^').toBe('500ms (Gg) 996ms (Dd) 6ms (e|)', WORDS);
      expectSubscriptions(source$.subscriptions).toBe(['^ 1009ms !', '500ms ^ 1009ms !']);
    });
  });

  it.each([
    ['carries the rows that were booked with every state', '1s a 999ms y 1999ms |', 'active.anythingElse'],
    ['counts a row that is written after the caller hung up', '1s a 999ms y 499ms |', 'ended'],
  ])('%s', (_, caller, bookedAt) => {
    const booked: [string, ...string[]][] = [];
    virtualTime(({ cold, expectObservable }) => {
      const desk = services({
        book: (request) =>
          cold<BookingOutcome>('1s (b|)', { b: { type: 'committed', booking: rowOf(request) } }),
      });
      const output$ = cold(caller, CALLER).pipe(
        dialogue(machineOf(desk), INPUT),
        tap((output) => {
          if (output.type === 'state') booked.push([output.state.task, ...output.booked.map(({ id }) => id)]);
        }),
      );
      expectObservable(output$.pipe(ignoreElements()), '^ 10s !').toBe(
        bookedAt === 'ended' ? '3s |' : '4s |',
      );
    });
    expect(booked.find(([, row]) => row !== undefined)).toEqual([bookedAt, 'CA1/2026-11-24T14:00#1']);
    expect(booked.at(-1)).toEqual(['ended', 'CA1/2026-11-24T14:00#1']);
  });
});
