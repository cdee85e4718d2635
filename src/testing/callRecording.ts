import { FRAME_BYTES, FRAME_MS, SAMPLES_PER_MS } from '../streams/mediaFrame.js';
import { decodeMuLaw } from '../streams/muLaw.js';

const SAMPLE_RATE = SAMPLES_PER_MS * 1000;
const WAV_HEADER_BYTES = 44;

/** Both sides of a call on one timeline, as the caller's telephone heard and spoke them. */
export class CallRecording {
  readonly #caller: Uint8Array[] = [];
  readonly #desk: Uint8Array[] = [];

  /** Adds the same 20 ms of both sides. */
  push(caller: Uint8Array, desk: Uint8Array): void {
    this.#caller.push(caller);
    this.#desk.push(desk);
  }

  /** Milliseconds recorded. */
  get durationMs(): number {
    return this.#caller.length * FRAME_MS;
  }

  /** μ-law at 8000 Hz from the moment the call was answered. */
  get caller(): Uint8Array {
    return joined(this.#caller);
  }

  /** μ-law at 8000 Hz, sample by sample beside the caller's; silence where the desk said nothing. */
  get desk(): Uint8Array {
    return joined(this.#desk);
  }

  /** A WAV file: 16-bit PCM at 8000 Hz, the caller on the left and the desk on the right. */
  toWav(): Uint8Array {
    const left = decodeMuLaw(this.caller);
    const right = decodeMuLaw(this.desk);
    const wav = Buffer.alloc(WAV_HEADER_BYTES + left.length * 4);
    wav.write('RIFF', 0);
    wav.writeUInt32LE(wav.length - 8, 4);
    wav.write('WAVEfmt ', 8);
    wav.writeUInt32LE(16, 16); // bytes of the format that follows
    wav.writeUInt16LE(1, 20); // PCM
    wav.writeUInt16LE(2, 22); // channels
    wav.writeUInt32LE(SAMPLE_RATE, 24);
    wav.writeUInt32LE(SAMPLE_RATE * 4, 28); // bytes a second
    wav.writeUInt16LE(4, 32); // bytes of one sample of both channels
    wav.writeUInt16LE(16, 34); // bits a sample
    wav.write('data', 36);
    wav.writeUInt32LE(left.length * 4, 40);
    for (let i = 0; i < left.length; i++) {
      wav.writeInt16LE(left[i] ?? 0, WAV_HEADER_BYTES + i * 4);
      wav.writeInt16LE(right[i] ?? 0, WAV_HEADER_BYTES + i * 4 + 2);
    }
    return new Uint8Array(wav);
  }
}

function joined(frames: readonly Uint8Array[]): Uint8Array {
  const audio = new Uint8Array(frames.length * FRAME_BYTES);
  frames.forEach((frame, index) => {
    audio.set(frame, index * FRAME_BYTES);
  });
  return audio;
}
