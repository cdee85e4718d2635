import type { Worker } from 'node:worker_threads';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createDecoderPool, type DecoderPool } from '../../../src/speech/embedded/decoderPool.js';
import { createFliteSynthesizer } from '../../../src/speech/embedded/fliteSynthesizer.js';
import { startWorker } from '../../../src/speech/startWorker.js';
import { decodeMuLaw } from '../../../src/streams/muLaw.js';
import { silence } from './lineNoise.js';
import { VOCABULARY } from './vocabularyFixture.js';

const source = new URL('../../../src/speech/embedded/decoderPool.ts', import.meta.url).href;

let yes: Int16Array;
let workers: Worker[];
let warnings: string[];
let pool: DecoderPool;

async function openPool(threads: number): Promise<void> {
  workers = [];
  warnings = [];
  pool = await createDecoderPool({
    vocabulary: VOCABULARY,
    threads,
    onWarning: (message) => warnings.push(message),
    start: (workerData) => {
      const worker = startWorker('./decoderWorker', source, { workerData });
      workers.push(worker);
      return worker;
    },
  });
}

beforeAll(async () => {
  const caller = await createFliteSynthesizer({ voice: 'rms' });
  yes = decodeMuLaw(
    Uint8Array.from([...silence(300), ...(await caller.synthesize('yes please')), ...silence(100)]),
  );
  await caller.close();
});
afterEach(() => pool.close());

describe('decoder pool', () => {
  it('decodes with the grammar that was asked for', async () => {
    await openPool(1);
    const [confirmation, name] = await Promise.all([
      pool.utterance('confirmation', yes).result,
      pool.utterance('name', yes).result,
    ]);
    expect(confirmation.text).toBe('yes please');
    expect(confirmation.confidence).toBeGreaterThan(0.6);
    expect(name.text).not.toContain('yes please');
  });

  it('starts a second decoder only when utterances wait', async () => {
    await openPool(2);
    expect(pool.size).toBe(1);
    await Promise.all([1, 2, 3].map(() => pool.utterance('confirmation', yes).result));
    expect(pool.size).toBe(2);
  });

  it('decodes an utterance again when the thread died under it, and replaces the thread', async () => {
    await openPool(1);
    const { result } = pool.utterance('confirmation', yes);
    await workers[0]?.terminate();
    expect((await result).text).toBe('yes please');
    expect(workers).toHaveLength(2);
    expect(warnings).toHaveLength(1);
  });

  it('gives an utterance up that killed two threads, and goes on with the next', async () => {
    await openPool(1);
    const { result } = pool.utterance('confirmation', yes);
    const failed = expect(result).rejects.toThrow('failed on this utterance');
    await workers[0]?.terminate();
    workers[1]?.on('message', ({ type }: { type: string }) => {
      if (type === 'ready') {
        void workers[1]?.terminate();
      }
    });
    await failed;
    expect((await pool.utterance('confirmation', yes).result).text).toBe('yes please');
  });

  it('never decodes what was cancelled before its turn', async () => {
    await openPool(1);
    const first = pool.utterance('confirmation', yes);
    const cancelled = pool.utterance('confirmation', yes);
    const last = pool.utterance('confirmation', yes);
    let decoded = false;
    void cancelled.result.then(() => {
      decoded = true;
    });
    cancelled.cancel();
    await Promise.all([first.result, last.result]);
    expect(decoded).toBe(false);
  });

  it('loses live decoding to an utterance', async () => {
    await openPool(1);
    const live = pool.live('confirmation');
    const piece = live.piece(yes.subarray(0, 5000));
    expect(live.piece(yes.subarray(5000))).toBe('busy');
    expect(await piece).toEqual(expect.any(String));
    await pool.utterance('name', yes).result;
    expect(live.piece(yes.subarray(5000))).toBe('lost');
  });

  it('gives the decoder to another live decoding when one is over', async () => {
    await openPool(1);
    const first = pool.live('confirmation');
    const second = pool.live('confirmation');
    await first.piece(yes.subarray(0, 5000));
    expect(second.piece(yes.subarray(0, 5000))).toBe('busy');
    first.end();
    expect(await second.piece(yes.subarray(0, 5000))).toEqual(expect.any(String));
    expect(first.piece(yes.subarray(5000))).toBe('lost');
  });

  it('tells of what it cannot listen for, once', async () => {
    const told: string[] = [];
    const extra = { tag: 'extra', patterns: ['say 2nd'] };
    await openPool(1);
    const warned = await createDecoderPool({
      vocabulary: { ...VOCABULARY, intents: [...VOCABULARY.intents, extra] },
      threads: 1,
      onWarning: (message) => told.push(message),
    });
    await warned.close();
    expect(told).toEqual([expect.stringContaining('"2nd"')]);
  });

  it('does not open with a vocabulary that leaves nothing to listen for', async () => {
    await openPool(1);
    const empty = createDecoderPool({
      vocabulary: { intents: [], names: VOCABULARY.names },
      threads: 1,
      onWarning: () => undefined,
    });
    await expect(empty).rejects.toThrow('"open"');
  });

  it('does not open when the decoder cannot start', async () => {
    await openPool(1);
    const broken = createDecoderPool({
      vocabulary: VOCABULARY,
      threads: 1,
      onWarning: () => undefined,
      start: () => startWorker('./noSuchModule', source),
    });
    await expect(broken).rejects.toThrow(/noSuchModule/);
  });
});
