import { MU_LAW_SILENCE } from '../../../src/streams/mediaFrame.js';
import { encodeMuLaw } from '../../../src/streams/muLaw.js';

/** Digital silence in μ-law. */
export function silence(ms: number): Uint8Array {
  return new Uint8Array(8 * ms).fill(MU_LAW_SILENCE);
}

/** White noise that is the same in every run. */
export function noise(ms: number, amplitude: number): Uint8Array {
  let seed = 1;
  return encodeMuLaw(
    Int16Array.from({ length: 8 * ms }, () => {
      // Numerical Recipes' linear congruential generator.
      seed = (Math.imul(seed, 1664525) + 1013904223) | 0;
      return (seed / 2 ** 31) * amplitude;
    }),
  );
}
