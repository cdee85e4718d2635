import { describe, expect, it } from 'vitest';
import { changesDraft, draftChanges } from '../../src/machines/bookingDraft.js';

describe('what a sentence adds to a booking', () => {
  it('is what differs from what is known', () => {
    const draft = { date: '2026-11-24', time: '14:00', partySize: 2, name: 'Smith', phone: '+441632960001' };
    expect(draftChanges({ ...draft, time: '15:00' }, draft)).toEqual({ time: '15:00' });
    expect(draftChanges(draft, {})).toEqual(draft);
    expect(changesDraft(draft, draft)).toBe(false);
  });

  it('is nothing when only a place in a list was said', () => {
    expect(changesDraft({ choice: 2 }, {})).toBe(false);
  });
});
