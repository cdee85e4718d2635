import { describe, expect, it } from 'vitest';
import { interruptionOf } from '../../src/machines/interruption.js';

describe('interruptionOf', () => {
  it.each(['greeting', 'askDate', 'confirm', 'refused'] as const)('lets any speech cut %s', (key) => {
    expect(interruptionOf(key)).toBe('speech');
  });

  it.each(['booked', 'notBooked'] as const)('lets only words cut %s, which a cough must not', (key) => {
    expect(interruptionOf(key)).toBe('words');
  });

  it.each(['goodbye', 'stopped', 'giveUp', 'tooLong', 'unreachable', 'unconfirmed'] as const)(
    'lets nothing cut %s: its end is the end of the call',
    (key) => {
      expect(interruptionOf(key)).toBe('nothing');
    },
  );
});
