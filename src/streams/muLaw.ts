import { audioMemory } from './audioMemory.js';

/**
 * The 8-bit μ-law companding of telephone audio, as ITU-T Recommendation G.711 (11/88), table 2 defines it.
 * Each byte, sent inverted, holds a sign, a three-bit segment s and a four-bit step q. Scaled from the
 * standard's 14 bits to 16-bit PCM its magnitude is `((2q + 33) · 2^s − 33) · 4`, at most 32124.
 */

/** 33 of the standard, in 16-bit units. */
const BIAS = 132;

const DECODED = Int16Array.from({ length: 256 }, (_, byte) => {
  const code = ~byte & 0xff;
  const segment = (code >> 4) & 0x07;
  const step = code & 0x0f;
  const magnitude = (((step << 3) + BIAS) << segment) - BIAS;
  return code & 0x80 ? -magnitude : magnitude;
});

/**
 * Indexed by the upper 14 of a sample's 16 bits, so that it fits a processor's first-level cache. The two
 * bits left out are below the standard's resolution.
 */
const ENCODED = Uint8Array.from({ length: 1 << 14 }, (_, index) => {
  const sample = (index << 18) >> 18;
  const sign = sample < 0 ? 0x80 : 0;
  // One's complement for negatives: the two halves mirror each other, and −1 … −4 are negative zero.
  const magnitude = Math.min((sample < 0 ? ~sample : sample) + (BIAS >> 2), 0x1fff);
  const segment = 26 - Math.clz32(magnitude);
  const step = (magnitude >> (segment + 1)) & 0x0f;
  return ~(sign | (segment << 4) | step) & 0xff;
});

/**
 * Linear samples to μ-law.
 * @param pcm signed 16-bit samples; magnitudes above the standard's range are clipped.
 * @returns one byte a sample.
 */
export function encodeMuLaw(pcm: Int16Array): Uint8Array {
  const bytes = new Uint8Array(pcm.length);
  for (let i = 0; i < pcm.length; i++) {
    bytes[i] = ENCODED[((pcm[i] ?? 0) >> 2) & 0x3fff] ?? 0;
  }
  return bytes;
}

/**
 * μ-law to linear samples.
 * @param bytes μ-law, one byte a sample.
 * @returns signed 16-bit samples, −32124 … 32124, in memory that other pieces share (see `audioMemory`).
 */
export function decodeMuLaw(bytes: Uint8Array): Int16Array {
  const pcm = audioMemory.samples(bytes.length);
  for (let i = 0; i < bytes.length; i++) {
    pcm[i] = DECODED[bytes[i] ?? 0] ?? 0;
  }
  return pcm;
}
