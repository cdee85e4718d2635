import type { Worker } from 'node:worker_threads';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createDecoderPool, type DecoderPool } from '../../../src/speech/embedded/decoderPool.js';
import { createFliteSynthesizer } from '../../../src/speech/embedded/fliteSynthesizer.js';
import { startWorker } from '../../../src/speech/startWorker.js';
import type { Expectation } from '../../../src/streams/expectation.js';
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

  it('lets an utterance fail that no one waits for', async () => {
    await openPool(1);
    const unwanted = pool.utterance('nonsense' as Expectation, yes);
    unwanted.cancel();
    expect((await pool.utterance('confirmation', yes).result).text).toBe('yes please');
    await expect(unwanted.result).rejects.toThrow('the speech decoder failed');
  });

  it('loses live decoding to an utterance', async () => {
    await openPool(1);
    const live = pool.live('confirmation');
    const pieces = [live.piece(yes.subarray(0, 5000)), live.piece(yes.subarray(5000))];
    const utterance = pool.utterance('name', yes);
    expect(await Promise.all(pieces)).toEqual([expect.any(String), undefined]);
    await utterance.result;
    expect(await live.piece(yes)).toBeUndefined();
  });

  it('decodes the pieces of a stretch one after the other', async () => {
    await openPool(1);
    const live = pool.live('confirmation');
    const texts = await Promise.all(
      [0, 1, 2, 3, 4].map((i) => live.piece(yes.subarray(2000 * i, 2000 * (i + 1)))),
    );
    expect(texts.at(-1)).toMatch(/^yes/);
  });

  it('decodes a piece when the utterances before it are decoded, also those that came later', async () => {
    await openPool(1);
    const order: string[] = [];
    const tell = (name: string) => () => order.push(name);
    const live = pool.live('confirmation');
    await Promise.all([
      pool.utterance('confirmation', yes).result.then(tell('first utterance')),
      live.piece(yes).then(tell('piece')),
      pool.utterance('confirmation', yes).result.then(tell('second utterance')),
    ]);
    expect(order).toEqual(['first utterance', 'second utterance', 'piece']);
  });

  it('gives the decoder to another live decoding when one is over', async () => {
    await openPool(1);
    const first = pool.live('confirmation');
    const second = pool.live('confirmation');
    await first.piece(yes.subarray(0, 5000));
    let decoded = false;
    const waiting = second.piece(yes.subarray(0, 5000)).finally(() => {
      decoded = true;
    });
    await first.piece(yes.subarray(5000));
    expect(decoded).toBe(false);
    first.end();
    expect(await waiting).toEqual(expect.any(String));
    expect(await first.piece(yes)).toBeUndefined();
  });

  it('never decodes a piece that waits when its stretch ends', async () => {
    await openPool(1);
    const utterance = pool.utterance('confirmation', yes);
    const ended = pool.live('confirmation');
    const waiting = ended.piece(yes);
    ended.end();
    expect(await waiting).toBeUndefined();
    await utterance.result;
    expect(await pool.live('confirmation').piece(yes)).toMatch(/^yes/);
  });

  it('ends live decoding when its thread dies, and decodes what else waits on the next thread', async () => {
    await openPool(1);
    const live = pool.live('confirmation');
    const other = pool.live('confirmation');
    const pieces = [live.piece(yes), live.piece(yes), other.piece(yes)];
    await workers[0]?.terminate();
    expect(await Promise.all(pieces)).toEqual([undefined, undefined, expect.stringMatching(/^yes/)]);
    expect(await live.piece(yes)).toBeUndefined();
  });

  it('ends live decoding when its thread dies between two pieces', async () => {
    await openPool(1);
    const live = pool.live('confirmation');
    expect(await live.piece(yes)).toMatch(/^yes/);
    await workers[0]?.terminate();
    expect(await live.piece(yes)).toBeUndefined();
  });

  it('ends live decoding that waits when no thread can be started any more', async () => {
    await openPool(1);
    const live = pool.live('confirmation');
    await workers[0]?.terminate();
    const waiting = live.piece(yes);
    await workers[1]?.terminate();
    expect(await waiting).toBeUndefined();
    expect((await pool.utterance('confirmation', yes).result).text).toBe('yes please');
  });

  it('ends live decoding that fails, and tells why', async () => {
    await openPool(1);
    const live = pool.live('nonsense' as Expectation);
    expect(await Promise.all([live.piece(yes), live.piece(yes)])).toEqual([undefined, undefined]);
    expect(warnings).toEqual([expect.stringContaining('the speech decoder failed')]);
    expect(await pool.live('confirmation').piece(yes)).toMatch(/^yes/);
  });

  it('ends live decoding when it closes, and starts no thread any more', async () => {
    await openPool(1);
    const live = pool.live('confirmation');
    const pieces = [live.piece(yes), live.piece(yes), pool.live('confirmation').piece(yes)];
    await pool.close();
    expect(await Promise.all(pieces)).toEqual([undefined, undefined, undefined]);
    expect(await live.piece(yes)).toBeUndefined();
    pool.utterance('confirmation', yes);
    expect(workers).toHaveLength(1);
  });

  it('tells of what it cannot listen for, once', async () => {
    const told: string[] = [];
    const extra = { tag: 'extra', patterns: ['say 2nd'], expecting: ['open'] } as const;
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
