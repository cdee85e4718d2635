import { SAMPLES_PER_MS } from '../../streams/mediaFrame.js';
import type { Sound } from './flite.js';

/** Of full scale: −3 dB, room for the line. */
const PEAK = 32768 * 10 ** (-3 / 20);
/** Root mean square of what is spoken, of full scale: −16 dB, so that one prompt is as loud as the next. */
const LOUDNESS = 32768 * 10 ** (-16 / 20);
/** Below this part of the peak (−40 dB) it is silence. */
const SILENCE = 10 ** (-40 / 20);
/** Left before and after speech: soft sounds begin below the threshold. */
const MARGIN = 20 * SAMPLES_PER_MS;

/** Half the taps of the low-pass filter, and where it cuts: a telephone passes 3400 Hz. */
const REACH = 32;
const CUT_HERTZ = 3600;

const TELEPHONE_RATE = SAMPLES_PER_MS * 1000;

/**
 * Makes synthesised speech ready for the telephone: low-pass, 8000 Hz, silence at both ends cut, level set.
 * @param sound at 8000 Hz or a multiple of it.
 * @throws RangeError for another rate.
 */
export function telephoneAudio(sound: Sound): Int16Array {
  const step = sound.rate / TELEPHONE_RATE;
  if (!Number.isInteger(step)) {
    throw new RangeError(`cannot make ${TELEPHONE_RATE} Hz of ${sound.rate} Hz; it must be a multiple`);
  }
  return levelled(trimmed(step === 1 ? sound.pcm : decimated(sound, step)));
}

/** A windowed-sinc low-pass, computed only at the samples that are kept. */
function decimated({ pcm, rate }: Sound, step: number): Int16Array {
  const cut = (2 * CUT_HERTZ) / rate;
  const taps = Array.from({ length: 2 * REACH + 1 }, (_, i) => {
    const x = i - REACH;
    const sinc = x === 0 ? cut : Math.sin(Math.PI * cut * x) / (Math.PI * x);
    // Hamming window.
    return sinc * (0.54 + 0.46 * Math.cos((Math.PI * x) / (REACH + 1)));
  });
  return Int16Array.from({ length: Math.floor(pcm.length / step) }, (_, i) => {
    const sum = taps.reduce((total, tap, j) => total + tap * (pcm[i * step + j - REACH] ?? 0), 0);
    return Math.max(-32768, Math.min(32767, Math.round(sum)));
  });
}

function trimmed(pcm: Int16Array): Int16Array {
  const threshold = peakOf(pcm) * SILENCE;
  const first = pcm.findIndex((sample) => Math.abs(sample) > threshold);
  const last = pcm.findLastIndex((sample) => Math.abs(sample) > threshold);
  return first < 0 ? new Int16Array(0) : pcm.subarray(Math.max(0, first - MARGIN), last + 1 + MARGIN);
}

function levelled(pcm: Int16Array): Int16Array {
  const loudness = Math.sqrt(pcm.reduce((sum, sample) => sum + sample * sample, 0) / pcm.length);
  const gain = Math.min(LOUDNESS / loudness, PEAK / peakOf(pcm));
  return pcm.map((sample) => Math.round(sample * gain));
}

function peakOf(pcm: Int16Array): number {
  return pcm.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
}
