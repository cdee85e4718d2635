import { describe, expect, it } from 'vitest';
import { parseDeskHours } from '../../src/booking/deskHours.js';
import { openingSpan } from '../../src/booking/openingSpan.js';

const { weekly } = parseDeskHours({});
const closed = { monday: [], tuesday: [], wednesday: [], thursday: [], friday: [], saturday: [], sunday: [] };

describe('openingSpan', () => {
  it('reaches from the earliest opening of the week to the latest closing', () => {
    const friday = [
      { open: '07:30', close: '12:00' },
      { open: '18:00', close: '24:00' },
    ];
    expect(openingSpan({ ...weekly, friday })).toEqual({ opens: '07:30', closes: '24:00' });
    expect(openingSpan(weekly)).toEqual({ opens: '09:00', closes: '18:00' });
  });

  it('is the whole day of a desk that never opens', () => {
    expect(openingSpan(closed)).toEqual({ opens: '00:00', closes: '24:00' });
  });
});
