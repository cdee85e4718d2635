import { readFile } from 'node:fs/promises';
import { flitePath } from './flitePath.js';
import { runInMemory } from './memoryWasi.js';
import type { FliteVoice } from './fliteVoice.js';

/** Samples with their rate. */
export interface Sound {
  readonly pcm: Int16Array;
  /** Hertz. */
  readonly rate: number;
}

/** Bytes of a WAV file before its samples, as flite writes it. */
const HEADER_BYTES = 44;
/** Where the sampling rate stands in it. */
const RATE_OFFSET = 24;

/**
 * Loads the flite synthesiser, 22 MB with all its voices.
 * @returns a function that speaks a text, which rejects when flite fails.
 */
export async function loadFlite(): Promise<(voice: FliteVoice, text: string) => Promise<Sound>> {
  const program = await WebAssembly.compile(await readFile(flitePath()));
  return async (voice, text) => {
    const files = await runInMemory(program, ['flite', '-voice', voice, '-t', text, '-o', '/speech.wav']);
    const wav = files.get('speech.wav');
    if (wav === undefined || wav.length < HEADER_BYTES) {
      throw new Error(`flite wrote no audio for "${text}"`);
    }
    const samples = wav.slice(HEADER_BYTES);
    return {
      pcm: new Int16Array(samples.buffer, 0, samples.length >> 1),
      rate: new DataView(wav.buffer, wav.byteOffset).getUint32(RATE_OFFSET, true),
    };
  };
}
