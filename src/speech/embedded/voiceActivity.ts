import createFvad from '@echogarden/fvad-wasm';
import { SAMPLES_PER_MS } from '../../streams/mediaFrame.js';

/** Milliseconds of a frame that voice activity is decided for. */
export const VOICE_FRAME_MS = 20;

/** Samples of such a frame. */
export const VOICE_FRAME_SAMPLES = VOICE_FRAME_MS * SAMPLES_PER_MS;

/** Says of one stream's frames, in their order, whether someone speaks. It adapts to the noise it hears. */
export interface VoiceActivity {
  /** @param frame {@link VOICE_FRAME_SAMPLES} samples at 8000 Hz. */
  isVoiced(frame: Int16Array): boolean;
  /** Frees the memory; nothing may be asked afterwards. */
  free(): void;
}

/** The most reluctant to call noise speech (0–3). */
const MODE = 3;

/**
 * Loads the WebRTC voice activity detector (libfvad) once; each stream then takes one of its own.
 * @returns a factory of detectors.
 */
export async function loadVoiceActivity(): Promise<() => VoiceActivity> {
  const fvad = await createFvad();
  return () => {
    const detector = fvad._fvad_new();
    if (
      detector === 0 ||
      fvad._fvad_set_mode(detector, MODE) < 0 ||
      fvad._fvad_set_sample_rate(detector, SAMPLES_PER_MS * 1000) < 0
    ) {
      throw new Error('the voice activity detector has no memory left for another stream');
    }
    const address = fvad._malloc(VOICE_FRAME_SAMPLES * Int16Array.BYTES_PER_ELEMENT);
    return {
      isVoiced(frame) {
        fvad.HEAP16.set(frame, address / Int16Array.BYTES_PER_ELEMENT);
        return fvad._fvad_process(detector, address, VOICE_FRAME_SAMPLES) === 1;
      },
      free() {
        fvad._free(address);
        fvad._fvad_free(detector);
      },
    };
  };
}
