import { describe, expect, it } from 'vitest';
import { maskPersonal, maskSlots } from '../../src/server/maskPersonal.js';

describe('maskPersonal', () => {
  it.each([
    ["it's john smith", ['John Smith'], "it's [redacted]"],
    ["You're booked, John Smith.", ['John Smith'], "You're booked, [redacted]."],
    ['just john', ['John Smith'], 'just [redacted]'],
    ['cannot, says ann', ['Ann'], 'cannot, says [redacted]'],
    ["o'brien (it's a (bracket", ["O'Brien", '(bracket'], "[redacted] (it's a [redacted]"],
    ['zoë kraus', ['Zoë Kraus'], '[redacted]'],
    ['a table at two for four', [], 'a table at two for four'],
    ['my name is lost', [''], 'my name is lost'],
  ])('masks the name in "%s"', (text, names, masked) => {
    expect(maskPersonal(text, names)).toBe(masked);
  });

  it.each([
    'call me on +44 1632 960 123',
    'call me on 01632-960123',
    'call me on oh one six three two nine six oh one two three',
    'call me on double oh four four one six three two',
  ])('masks the number in "%s"', (text) => {
    expect(maskPersonal(text, [])).toBe('call me on [redacted]');
  });

  it.each(['tomorrow at two thirty', 'on 2026-11-24 at 14:00', 'nine to six'])(
    'leaves "%s" as it is',
    (text) => {
      expect(maskPersonal(text, [])).toBe(text);
    },
  );
});

describe('maskSlots', () => {
  it('masks the name and the number, and leaves the rest', () => {
    expect(
      maskSlots({ date: '2026-11-24', time: '14:00', partySize: 2, name: 'Ann', phone: '+441632960123' }),
    ).toEqual({ date: '2026-11-24', time: '14:00', partySize: 2, name: '[redacted]', phone: '[redacted]' });
  });

  it('adds nothing that was not said', () => {
    expect(maskSlots({ time: '14:00' })).toEqual({ time: '14:00' });
  });
});
