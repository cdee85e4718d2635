import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { audioMemory } from '../../src/streams/audioMemory.js';

describe('audioMemory', () => {
  it('gives pieces that are zero, of the length asked for, and never overlap', () => {
    const piece = fc.record({ isBytes: fc.boolean(), length: fc.integer({ min: 0, max: 20_000 }) });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 200 }), (asked) => {
        const pieces = asked.map(({ isBytes, length }) =>
          isBytes ? audioMemory.bytes(length) : audioMemory.samples(length),
        );
        pieces.forEach((each, i) => {
          expect(each.length).toBe(asked[i]?.length);
          expect(each.every((value) => value === 0)).toBe(true);
          each.fill((i % 100) + 1);
        });
        pieces.forEach((each, i) => {
          expect(each.every((value) => value === (i % 100) + 1)).toBe(true);
        });
      }),
      { numRuns: 30 },
    );
  });
});
