import { FRAME_BYTES } from '../streams/mediaFrame.js';
import { decodeMuLaw } from '../streams/muLaw.js';

/** Root mean square of 16-bit samples, 46 dB below full scale: above line noise, below soft speech. */
const VOICED_RMS = 160;

/**
 * Finds sound by its energy, 20 ms at a time.
 * @param audio μ-law at 8000 Hz; a last piece shorter than 20 ms counts as a frame.
 * @returns the numbers of the frames that contain sound, in order.
 */
export function voicedFrames(audio: Uint8Array): number[] {
  const pcm = decodeMuLaw(audio);
  const voiced: number[] = [];
  for (let frame = 0; frame * FRAME_BYTES < pcm.length; frame++) {
    const samples = pcm.subarray(frame * FRAME_BYTES, (frame + 1) * FRAME_BYTES);
    let energy = 0;
    for (const sample of samples) energy += sample * sample;
    if (energy > VOICED_RMS * VOICED_RMS * samples.length) voiced.push(frame);
  }
  return voiced;
}
