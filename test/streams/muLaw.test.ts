import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MU_LAW_SILENCE } from '../../src/streams/mediaFrame.js';
import { decodeMuLaw, encodeMuLaw } from '../../src/streams/muLaw.js';

const EVERY_BYTE = Uint8Array.from({ length: 256 }, (_, byte) => byte);

/**
 * Rows of G.711's table 2a: a character signal and the quantised value it stands for, in the standard's
 * 14-bit units. The first and last of each of the eight segments.
 */
const STANDARD: readonly (readonly [byte: number, value: number])[] = [
  [0b1000_0000, 8031],
  [0b1000_1111, 4191],
  [0b1001_0000, 3999],
  [0b1001_1111, 2079],
  [0b1010_0000, 1983],
  [0b1010_1111, 1023],
  [0b1011_0000, 975],
  [0b1011_1111, 495],
  [0b1100_0000, 471],
  [0b1100_1111, 231],
  [0b1101_0000, 219],
  [0b1101_1111, 99],
  [0b1110_0000, 93],
  [0b1110_1111, 33],
  [0b1111_0000, 30],
  [0b1111_1110, 2],
  [0b1111_1111, 0],
];

describe('decodeMuLaw', () => {
  it("gives the standard's values", () => {
    const bytes = Uint8Array.from(STANDARD, ([byte]) => byte);
    expect([...decodeMuLaw(bytes)]).toEqual(STANDARD.map(([, value]) => value * 4));
  });

  it("gives the negative of the standard's values when the sign bit is clear", () => {
    const bytes = Uint8Array.from(STANDARD, ([byte]) => byte & 0x7f);
    expect([...decodeMuLaw(bytes)]).toEqual(STANDARD.map(([, value]) => (value === 0 ? 0 : value * -4)));
  });

  it('decodes the byte of silence to zero', () => {
    expect([...decodeMuLaw(Uint8Array.of(MU_LAW_SILENCE))]).toEqual([0]);
  });

  it('falls as the positive bytes rise: no two codes of a sign share a value', () => {
    const values = [...decodeMuLaw(EVERY_BYTE.subarray(0x80))];
    expect(values).toEqual([...new Set(values)].sort((a, b) => b - a));
  });

  it('reads a view into a larger buffer from where the view begins', () => {
    const message = Uint8Array.of(1, 2, 0x80, 0xff, 3);
    expect([...decodeMuLaw(message.subarray(2, 4))]).toEqual([32124, 0]);
  });

  it('takes no audio and gives none', () => {
    expect(decodeMuLaw(new Uint8Array())).toEqual(new Int16Array());
  });
});

describe('encodeMuLaw', () => {
  it("moves to the next code at the standard's decision values", () => {
    // Table 2a: segments end at 31, 95, 223, 479, 991, 2015 and 4063 of 14 bits.
    for (const decision of [31, 95, 223, 479, 991, 2015, 4063]) {
      const [below, at] = encodeMuLaw(Int16Array.of(decision * 4 - 1, decision * 4));
      expect((at ?? 0) + 1).toBe(below);
    }
  });

  it('clips what is louder than the standard can say', () => {
    expect([...encodeMuLaw(Int16Array.of(32767, 32636, -32768))]).toEqual([0x80, 0x80, 0x00]);
  });

  it('gives every code back for its own value, negative zero as positive zero', () => {
    const codes = [...encodeMuLaw(decodeMuLaw(EVERY_BYTE))];
    expect(codes).toEqual([...EVERY_BYTE].map((byte) => (byte === 0x7f ? 0xff : byte)));
  });

  it('stays within half a step of every sample, and settles at once', () => {
    fc.assert(
      fc.property(fc.int16Array({ min: -32636, max: 32635 }), (pcm) => {
        const once = decodeMuLaw(encodeMuLaw(pcm));
        expect(decodeMuLaw(encodeMuLaw(once))).toEqual(once);
        for (const [i, sample] of pcm.entries()) {
          const error = Math.abs(sample - (once[i] ?? 0));
          // A step is 1/16 of a segment that doubles with the magnitude: at most 1/32 of the biased value.
          expect(error).toBeLessThanOrEqual(4 + (Math.abs(sample) + 132) / 32);
        }
      }),
    );
  });

  it('never turns loudness round: a larger sample never has a smaller value', () => {
    const ramp = Int16Array.from({ length: 65536 }, (_, i) => i - 32768);
    const heard = decodeMuLaw(encodeMuLaw(ramp));
    expect(heard.every((value, i) => i === 0 || value >= (heard[i - 1] ?? 0))).toBe(true);
  });
});
