import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withPromptCache } from '../../src/speech/promptCache.js';
import type { Synthesizer } from '../../src/speech/synthesizer.js';

/** Says a text's own bytes, and counts how often it was asked. */
function recordingVoice(voice = 'test/one'): Synthesizer & { readonly spoken: string[] } {
  const spoken: string[] = [];
  return {
    voice,
    spoken,
    synthesize: (text) => {
      spoken.push(text);
      return text === 'unspeakable'
        ? Promise.reject(new Error('the voice failed'))
        : Promise.resolve(new TextEncoder().encode(text));
    },
  };
}

const heard = (audio: Uint8Array): string => new TextDecoder().decode(audio);

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'prompts-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

/** Files are written behind the caller's back: waits until so many are whole. */
async function written(count: number): Promise<string[]> {
  for (;;) {
    const files = (await readdir(directory)).filter((file) => !file.endsWith('.part'));
    if (files.length >= count) {
      return files.map((file) => join(directory, file));
    }
  }
}

describe('prompt cache', () => {
  it('synthesises a text once and speaks it from memory afterwards', async () => {
    const voice = recordingVoice();
    const cached = withPromptCache(voice, { directory });
    expect(heard(await cached.synthesize('hello'))).toBe('hello');
    expect(heard(await cached.synthesize('hello'))).toBe('hello');
    expect(voice.spoken).toEqual(['hello']);
    expect(cached.stats()).toEqual({ hits: 1, diskHits: 0, misses: 1 });
  });

  it('leaves nothing on the disk but what it was warmed with: the rest may name callers', async () => {
    const cached = withPromptCache(recordingVoice(), { directory });
    await cached.synthesize('in the name of Smith');
    await cached.warm(['hello']);
    const [file = ''] = await written(1);
    expect((await readFile(file)).toString()).toContain('hello');
    expect(await readdir(directory)).toHaveLength(1);
  });

  it('synthesises once for requests at the same time', async () => {
    const voice = recordingVoice();
    const cached = withPromptCache(voice, { directory });
    await Promise.all(['hello', 'hello', 'hello'].map((text) => cached.synthesize(text)));
    expect(voice.spoken).toEqual(['hello']);
  });

  it('finds on disk what an earlier process spoke', async () => {
    await withPromptCache(recordingVoice(), { directory }).warm(['hello']);
    await written(1);
    const voice = recordingVoice();
    const cached = withPromptCache(voice, { directory });
    await cached.warm(['hello']);
    expect(heard(await cached.synthesize('hello'))).toBe('hello');
    expect(voice.spoken).toEqual([]);
    expect(cached.stats()).toEqual({ hits: 1, diskHits: 1, misses: 0 });
  });

  it('keeps the voices apart', async () => {
    await withPromptCache(recordingVoice('test/one'), { directory }).warm(['hello']);
    await written(1);
    const other = recordingVoice('test/two');
    await withPromptCache(other, { directory }).warm(['hello']);
    expect(other.spoken).toEqual(['hello']);
    await written(2);
  });

  it.each([
    ['cut short', (whole: Buffer) => whole.subarray(0, -1)],
    ['altered', (whole: Buffer) => Buffer.concat([whole.subarray(0, -1), Buffer.from('?')])],
    ['empty', () => Buffer.alloc(0)],
  ])('synthesises anew when a file was %s', async (_, damage) => {
    await withPromptCache(recordingVoice(), { directory }).warm(['hello']);
    const [file = ''] = await written(1);
    await writeFile(file, damage(await readFile(file)));
    const warnings: string[] = [];
    const voice = recordingVoice();
    const cached = withPromptCache(voice, { directory, onWarning: (message) => warnings.push(message) });
    await cached.warm(['hello']);
    expect(heard(await cached.synthesize('hello'))).toBe('hello');
    expect(voice.spoken).toEqual(['hello']);
    expect(warnings).toEqual([expect.stringContaining('damaged')]);
    await written(1);
  });

  it('forgets the longest unused text when memory is full', async () => {
    const voice = recordingVoice();
    const cached = withPromptCache(voice, { directory, maxMemoryBytes: 8 });
    await cached.synthesize('aaaa');
    await cached.synthesize('bbbb');
    await cached.synthesize('aaaa');
    await cached.synthesize('cccc');
    await cached.synthesize('aaaa');
    await cached.synthesize('bbbb');
    expect(cached.stats()).toEqual({ hits: 2, diskHits: 0, misses: 4 });
  });

  it('speaks on without a disk, and says what is wrong with it', async () => {
    const file = join(directory, 'a-file');
    await writeFile(file, '');
    const warned = new Promise<string>((resolve) => {
      const cached = withPromptCache(recordingVoice(), {
        directory: file,
        onWarning: (message) => {
          if (message.includes('write')) {
            resolve(message);
          }
        },
      });
      void cached
        .warm(['hello'])
        .then(() => cached.synthesize('hello'))
        .then((audio) => {
          expect(heard(audio)).toBe('hello');
        });
    });
    expect(await warned).toContain(file);
  });

  it('passes on what the voice throws and asks it again the next time', async () => {
    const voice = recordingVoice();
    const cached = withPromptCache(voice, { directory });
    await expect(cached.synthesize('unspeakable')).rejects.toThrow('the voice failed');
    await expect(cached.synthesize('unspeakable')).rejects.toThrow('the voice failed');
    expect(voice.spoken).toHaveLength(2);
  });

  it('warms every text that can be spoken before it reports the one that cannot', async () => {
    const cached = withPromptCache(recordingVoice(), { directory });
    await expect(cached.warm(['one', 'unspeakable', 'two'])).rejects.toThrow('the voice failed');
    await cached.synthesize('one');
    await cached.synthesize('two');
    expect(cached.stats()).toMatchObject({ hits: 2 });
    await written(2);
  });
});
