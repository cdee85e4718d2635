import { describe, expect, it } from 'vitest';
import { spokenNumber } from '../../../src/machines/phrasebooks/spokenNumber.js';

describe('spokenNumber', () => {
  it.each([
    [0, 'zero'],
    [1, 'one'],
    [13, 'thirteen'],
    [20, 'twenty'],
    [21, 'twenty-one'],
    [99, 'ninety-nine'],
    [100, 'one hundred'],
    [105, 'one hundred and five'],
    [342, 'three hundred and forty-two'],
    [999, 'nine hundred and ninety-nine'],
  ])('says %i as "%s"', (count, words) => {
    expect(spokenNumber(count)).toBe(words);
  });

  it('says every number up to 999 differently', () => {
    expect(new Set(Array.from({ length: 1_000 }, (_, count) => spokenNumber(count))).size).toBe(1_000);
  });

  it('leaves in digits what it has no words for', () => {
    expect([1_000, -1, 2.5].map(spokenNumber)).toEqual(['1000', '-1', '2.5']);
  });
});
