import { encodeMuLaw } from '../../src/streams/muLaw.js';

/** A tone of 440 Hz as μ-law, loud enough to count as sound. */
export function tone(ms: number, amplitude = 8000): Uint8Array {
  const samples = Int16Array.from({ length: ms * 8 }, (_, i) =>
    Math.round(amplitude * Math.sin((2 * Math.PI * 440 * i) / 8000)),
  );
  return encodeMuLaw(samples);
}

/** Digital silence as μ-law. */
export function silence(ms: number): Uint8Array {
  return new Uint8Array(ms * 8).fill(0xff);
}

/** One after another. */
export function joined(...pieces: Uint8Array[]): Uint8Array {
  return Uint8Array.from(pieces.flatMap((piece) => [...piece]));
}
