import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { featureReader } from '../../../src/nlu/features.js';
import type { Intents } from '../../../src/nlu/intents.js';
import { loadModel } from '../../../src/nlu/loadModel.js';
import { network } from '../../../src/nlu/network.js';
import { stemWords } from '../../../src/nlu/stemWords.js';
import { directoryHandler } from '../../../src/nlu/training/directoryHandler.js';
import { random } from '../../../src/nlu/training/random.js';
import { startTensorflow } from '../../../src/nlu/training/startTensorflow.js';
import { train } from '../../../src/nlu/training/train.js';
import { trainIntents, type TrainingProgress } from '../../../src/nlu/training/trainIntents.js';
import { deskIntents, deskModel } from '../deskModel.js';
import { HELD_OUT } from '../heldOutPhrases.js';

const small: Intents = {
  intents: [
    { tag: 'book', patterns: ['book a table', 'a table for {partySize}', 'book a table {date}', 'reserve a table', 'may i book'], responses: [], expecting: ['open'] }, // prettier-ignore
    { tag: 'cancel', patterns: ['cancel my booking', 'cancel the table', 'please cancel', 'i want to cancel', 'cancel it'], responses: [], expecting: ['open'] }, // prettier-ignore
    { tag: 'out_of_scope', patterns: ['sing me a song', 'tell me a joke', 'what is the weather', 'play music', 'who won'], responses: [], expecting: [] }, // prettier-ignore
  ],
};

describe('the served network', () => {
  it('gives what TensorFlow.js gives for the same weights', async () => {
    await startTensorflow();
    const model = await loadLayersModel(directoryHandler('models/intents'));
    const features = featureReader(deskModel.vocabulary);
    const predict = network(deskModel.layers);
    const texts = [
      ...deskIntents.intents.flatMap((intent) => intent.patterns),
      ...HELD_OUT.map(([text]) => text),
      'none of these words is known perhaps',
      '',
    ];
    const inputs = texts.map((text) => features(stemWords(text.split(' '))));
    const width = deskModel.vocabulary.idf.length;
    const dense = new Float32Array(texts.length * width);
    inputs.forEach(({ indices, values }, row) => {
      indices.forEach((index, at) => (dense[row * width + index] = values[at] ?? 0));
    });
    const output = model.predict(tf.tensor2d(dense, [texts.length, width])) as tf.Tensor2D;
    const expected = await output.data();
    let difference = 0;
    inputs.forEach((input, row) => {
      predict(input).forEach((probability, tag) => {
        const other = expected[row * deskModel.tags.length + tag] ?? NaN;
        difference = Math.max(difference, Math.abs(probability - other));
      });
    });
    expect(texts.length).toBeGreaterThan(900);
    expect(difference).toBeLessThanOrEqual(1e-6);
    tf.dispose(output);
    model.dispose();
  });
});

describe('trainIntents', () => {
  it('gives the same weights again from the same intents and seed', async () => {
    const runs = [];
    for (let run = 0; run < 2; run++) {
      const { model, metadata } = await trainIntents({ intents: small, epochs: 3 });
      runs.push({ weights: model.getWeights().map((weight) => [...weight.dataSync()]), metadata });
      model.dispose();
    }
    expect(runs[0]).toEqual(runs[1]);
  });

  it('builds the network 128, 64 and one output for each tag, with dropout of a half between', async () => {
    const { model } = await trainIntents({ intents: small, epochs: 1 });
    const shape = model.layers.map((layer) => {
      const { units, activation, rate } = layer.getConfig();
      return JSON.stringify(units === undefined ? { rate } : { units, activation });
    });
    expect(shape).toEqual([
      '{"units":128,"activation":"relu"}',
      '{"rate":0.5}',
      '{"units":64,"activation":"relu"}',
      '{"rate":0.5}',
      '{"units":3,"activation":"softmax"}',
    ]);
    model.dispose();
  });

  it('reports every epoch and a loss that falls', async () => {
    const progress: TrainingProgress[] = [];
    const { model, report } = await trainIntents({
      intents: small,
      epochs: 8,
      onEpoch: (epoch) => progress.push(epoch),
    });
    model.dispose();
    expect(progress.map(({ phase, epoch }) => `${phase} ${epoch}`)).toEqual(
      ['validate', 'fit'].flatMap((phase) => [1, 2, 3, 4, 5, 6, 7, 8].map((epoch) => `${phase} ${epoch}`)),
    );
    expect(report.finalLoss).toBeLessThan(progress[8]?.loss ?? 0);
    expect(report.patterns).toBe(15);
    expect(['wasm', 'cpu']).toContain(report.backend);
  });
});

describe('train', () => {
  let directory = '';
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'frontdesk-train-'));
  });
  afterAll(() => rm(directory, { recursive: true }));

  it('saves a model that can be loaded and that belongs to its intents', async () => {
    const intentsFile = join(directory, 'intents.json');
    const outputDirectory = join(directory, 'model');
    await writeFile(intentsFile, JSON.stringify(small));
    await train({ intentsFile, outputDirectory, epochs: 1 });
    const model = loadModel(outputDirectory, small);
    expect(model.tags).toEqual(['book', 'cancel', 'out_of_scope']);
    expect(model.layers.map((layer) => layer.units)).toEqual([128, 64, 3]);
  });
});

describe('random', () => {
  it('repeats itself for a seed, spread over zero to one', () => {
    const draw = (seed: number): number[] => Array.from({ length: 1000 }, random(seed));
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
    const mean = draw(3).reduce((sum, value) => sum + value, 0) / 1000;
    expect(mean).toBeGreaterThan(0.45);
    expect(mean).toBeLessThan(0.55);
  });
});
