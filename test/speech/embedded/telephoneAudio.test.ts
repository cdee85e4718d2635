import { describe, expect, it } from 'vitest';
import { telephoneAudio } from '../../../src/speech/embedded/telephoneAudio.js';

function tone(hertz: number, rate: number, amplitude = 10000, seconds = 0.5): Int16Array {
  return Int16Array.from({ length: rate * seconds }, (_, i) =>
    Math.round(amplitude * Math.sin((2 * Math.PI * hertz * i) / rate)),
  );
}

function silenceAround(pcm: Int16Array, samples: number): Int16Array {
  const padded = new Int16Array(pcm.length + 2 * samples);
  padded.set(pcm, samples);
  return padded;
}

const peak = (pcm: Int16Array): number => pcm.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);

describe('telephone audio', () => {
  it('brings 16 kHz down to 8 kHz', () => {
    const pcm = telephoneAudio({ pcm: tone(500, 16000), rate: 16000 });
    expect(pcm.length / 8000).toBeCloseTo(0.5, 1);
  });

  it('lets nothing fold back from above the telephone band', () => {
    const speech = tone(500, 16000);
    const hiss = tone(5500, 16000);
    const mixed = speech.map((sample, i) => sample + (hiss[i] ?? 0));
    const pure = telephoneAudio({ pcm: speech, rate: 16000 });
    const filtered = telephoneAudio({ pcm: mixed, rate: 16000 });
    // The ends differ: hiss is cut where it stops.
    const difference = pure.subarray(400, 3600).map((sample, i) => sample - (filtered[400 + i] ?? 0));
    expect(peak(difference) / peak(pure)).toBeLessThan(0.02);
  });

  it('cuts the silence at both ends down to a margin', () => {
    const pcm = telephoneAudio({ pcm: silenceAround(tone(500, 8000), 4000), rate: 8000 });
    expect(pcm.length / 8).toBeCloseTo(500 + 2 * 20, -1);
  });

  it.each([500, 5000, 30000])('makes speech of amplitude %d as loud as any other', (amplitude) => {
    const pcm = telephoneAudio({ pcm: tone(500, 8000, amplitude), rate: 8000 });
    const expected = 32768 * 10 ** (-16 / 20) * Math.SQRT2;
    expect(Math.abs(peak(pcm) - expected) / expected).toBeLessThan(0.06);
  });

  it('leaves silence silent', () => {
    expect(telephoneAudio({ pcm: new Int16Array(1000), rate: 16000 })).toHaveLength(0);
  });

  it('refuses a rate that it cannot divide', () => {
    expect(() => telephoneAudio({ pcm: tone(500, 11025), rate: 11025 })).toThrow(/11025/);
  });
});
