import { describe, expect, it } from 'vitest';
import { foreseeablePrompts } from '../../src/machines/foreseeablePrompts.js';
import { enGB } from '../../src/machines/phrasebooks/enGB.js';

const context = {
  now: new Date('2026-11-23T09:00:00Z'),
  timeZone: 'Europe/London',
  business: 'Frontdesk',
  opening: { opens: '09:00', closes: '18:00' },
};

describe('foreseeablePrompts', () => {
  it('foresees, at the confirmation, the very words that a booking is told in', () => {
    const draft = { date: '2026-11-24', time: '14:00', name: 'Smith', partySize: 2 };
    const [foreseen] = foreseeablePrompts({ key: 'confirm', draft });
    const booking = { ...draft, id: 'b1', status: 'booked' } as const;
    const words = (content: Parameters<typeof foreseeablePrompts>[0]) =>
      enGB.sentences({ id: 1, content, expectation: 'anythingElse' }, context);
    expect(foreseen && words(foreseen)).toEqual(words({ key: 'booked', booking }));
  });

  it('foresees nothing after any other prompt, nor with a fact missing', () => {
    expect(foreseeablePrompts({ key: 'askName' })).toEqual([]);
    expect(foreseeablePrompts({ key: 'confirm', draft: { date: '2026-11-24' } })).toEqual([]);
  });
});
