import { of, throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { createActor } from 'xstate';
import type { AvailabilityOutcome } from '../../src/booking/booking.js';
import { dialogueActors } from '../../src/machines/dialogueActors.js';
import { virtualTime } from '../streams/virtualTime.js';
import { conversation, services } from './conversation.js';
import { CALLER, DESK } from './marbleWords.js';

describe('a service that fails', () => {
  it.each([
    ['rejects', () => throwError(() => new Error('disk full'))],
    [
      'throws at once',
      () => {
        throw new Error('disk full');
      },
    ],
  ])('and %s is an event for the dialogue and an error for the log', (_, check) => {
    const errors: unknown[] = [];
    const actors = dialogueActors(services({ check }), (error) => errors.push(error));
    virtualTime(({ flush }) => {
      const actor = createActor(actors.checkSlot, { input: { date: '2026-11-24', time: '14:00' } });
      actor.start();
      flush();
      expect(actor.getSnapshot().status).toBe('done');
    });
    expect(errors).toEqual([new Error('disk full')]);
  });

  it('as a promise does too', async () => {
    const errors: unknown[] = [];
    const actors = dialogueActors(
      services({ check: () => Promise.reject(new Error('disk full')) }),
      (error) => errors.push(error),
    );
    const actor = createActor(actors.checkSlot, { input: { date: '2026-11-24', time: '14:00' } });
    const done = new Promise<void>((resolve) => {
      actor.subscribe({ complete: resolve });
    });
    actor.start();
    await done;
    expect(errors).toEqual([new Error('disk full')]);
  });
});

describe('a service that answers more than once', () => {
  it('is believed the first time: a later answer finds nobody who asked', () => {
    virtualTime(({ cold, expectObservable }) => {
      const free: AvailabilityOutcome = { type: 'free', slot: { date: '2026-11-24', time: '14:00' } };
      const refused: AvailabilityOutcome = { type: 'refused', reason: 'taken', alternatives: [] };
      const desk = services({ check: () => of(free, refused) });
      expectObservable(cold('2s a 9ms |', CALLER).pipe(conversation({ desk }))).toBe(
        'G 1999ms C 9ms |',
        DESK,
      );
    });
  });
});
