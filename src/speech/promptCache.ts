import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Synthesizer } from './synthesizer.js';

export interface PromptCacheOptions {
  /** Where the prompts of `warm` are kept between runs; created when absent. */
  readonly directory: string;
  /** Audio kept in memory, the longest unused leaves first; defaults to 16 MB, 35 minutes of speech. */
  readonly maxMemoryBytes?: number;
  /** Told when the directory cannot be read or written; speech goes on without it. */
  readonly onWarning?: (message: string) => void;
}

/** A synthesiser that says nothing twice. */
export interface CachedSynthesizer extends Synthesizer {
  /**
   * Makes sure that texts are ready to be spoken, one after another, and stay so over a restart.
   * @throws what the synthesiser throws, after the other texts were tried.
   */
  warm(texts: Iterable<string>): Promise<void>;
  /** Requests answered from memory, from disk and by the synthesiser. */
  stats(): { readonly hits: number; readonly diskHits: number; readonly misses: number };
}

/** Part of the key: raise it when what the files hold changes. */
const FORMAT = 'mulaw-8000/1';

/** A digest before the audio tells a damaged or cut file from a whole one. */
const DIGEST_BYTES = 32;

/**
 * Keeps what a synthesiser spoke in memory, and what it was warmed with on disk too, by text, voice and format.
 * Requests for one text at the same time are synthesised once. Files are written whole or not at all; a damaged
 * one is synthesised anew.
 */
export function withPromptCache(synthesizer: Synthesizer, options: PromptCacheOptions): CachedSynthesizer {
  const { directory, maxMemoryBytes = 16 * 1024 * 1024, onWarning = () => undefined } = options;
  /** In the order of their last use. */
  const memory = new Map<string, Uint8Array>();
  const inProgress = new Map<string, Promise<Uint8Array>>();
  /** What `warm` was asked for. All else may hold a caller's name and is not left on the disk. */
  const kept = new Set<string>();
  const counts = { hits: 0, diskHits: 0, misses: 0 };
  let bytes = 0;

  function remember(key: string, audio: Uint8Array): void {
    bytes += audio.length - (memory.get(key)?.length ?? 0);
    memory.delete(key);
    memory.set(key, audio);
    for (const [oldest, { length }] of memory) {
      if (bytes <= maxMemoryBytes) {
        return;
      }
      memory.delete(oldest);
      bytes -= length;
    }
  }

  async function read(key: string): Promise<Uint8Array | undefined> {
    try {
      const file = await readFile(join(directory, key));
      const audio = new Uint8Array(file.subarray(DIGEST_BYTES));
      if (digest(audio).equals(file.subarray(0, DIGEST_BYTES))) {
        return audio;
      }
      onWarning(`the cached prompt ${join(directory, key)} is damaged; it is made anew`);
    } catch (error) {
      if (!isNodeError(error) || error.code !== 'ENOENT') {
        onWarning(`the prompt cache cannot read ${join(directory, key)}: ${String(error)}`);
      }
    }
    return undefined;
  }

  async function write(key: string, audio: Uint8Array): Promise<void> {
    const temporary = join(directory, `${key}.${randomUUID()}.part`);
    try {
      await mkdir(directory, { recursive: true });
      await writeFile(temporary, Buffer.concat([digest(audio), audio]));
      await rename(temporary, join(directory, key));
    } catch (error) {
      onWarning(`the prompt cache cannot write to ${directory}: ${String(error)}`);
      // What is left of a file that could not be finished; it may not even exist.
      await rm(temporary, { force: true }).catch(() => undefined);
    }
  }

  async function load(key: string, text: string): Promise<Uint8Array> {
    const stored = kept.has(key) ? await read(key) : undefined;
    if (stored !== undefined) {
      counts.diskHits += 1;
      remember(key, stored);
      return stored;
    }
    counts.misses += 1;
    const audio = await synthesizer.synthesize(text);
    remember(key, audio);
    // The caller need not wait for the disk.
    if (kept.has(key)) void write(key, audio);
    return audio;
  }

  const keyOf = (text: string) =>
    createHash('sha256').update(`${FORMAT}\n${synthesizer.voice}\n${text}`).digest('hex');

  async function synthesize(text: string): Promise<Uint8Array> {
    const key = keyOf(text);
    const known = memory.get(key);
    if (known !== undefined) {
      counts.hits += 1;
      remember(key, known);
      return known;
    }
    const running = inProgress.get(key);
    if (running !== undefined) {
      counts.hits += 1;
      return running;
    }
    const loading = load(key, text).finally(() => inProgress.delete(key));
    inProgress.set(key, loading);
    return loading;
  }

  return {
    voice: synthesizer.voice,
    synthesize,
    async warm(texts) {
      let failure: Error | undefined;
      for (const text of texts) {
        kept.add(keyOf(text));
        try {
          await synthesize(text);
        } catch (error) {
          failure ??= error instanceof Error ? error : new Error(String(error));
        }
      }
      if (failure !== undefined) {
        throw failure;
      }
    },
    stats: () => ({ ...counts }),
  };
}

function digest(audio: Uint8Array): Buffer {
  return createHash('sha256').update(audio).digest();
}

function isNodeError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error;
}
