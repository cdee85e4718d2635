import * as tf from '@tensorflow/tfjs-core';
import { initializers, layers, sequential, type LayersModel } from '@tensorflow/tfjs-layers';
import { featureReader, type Vocabulary } from '../features.js';
import { stemWords } from '../stemWords.js';
import { random } from './random.js';
import { roughen } from './roughen.js';
import { shuffle } from './shuffle.js';

/** One thing to learn. */
export interface Example {
  /** A pattern's words, with places. */
  readonly words: readonly string[];
  /** Index of its tag. */
  readonly tag: number;
}

/** How a network is fitted. */
export interface FitOptions {
  readonly examples: readonly Example[];
  readonly tagCount: number;
  readonly vocabulary: Vocabulary;
  readonly epochs: number;
  readonly seed: number;
  readonly onEpoch: (epoch: number, loss: number) => void;
}

const BATCH = 32;
const LEARNING_RATE = 0.001;
const DROPOUT = 0.5;
/** Share of a target that is spread over all tags, so that the network is never certain. */
const SMOOTHING = 0.1;

/** Dense 128 ReLU → Dropout 0.5 → Dense 64 ReLU → Dropout 0.5 → softmax. */
function build(inputs: number, tagCount: number, seed: number): { model: LayersModel; dropouts: object[] } {
  const model = sequential();
  const kernel = (step: number) => ({ kernelInitializer: initializers.glorotUniform({ seed: seed + step }) });
  const dropouts = [layers.dropout({ rate: DROPOUT }), layers.dropout({ rate: DROPOUT })] as const;
  model.add(layers.dense({ inputShape: [inputs], units: 128, activation: 'relu', ...kernel(1) }));
  model.add(dropouts[0]);
  model.add(layers.dense({ units: 64, activation: 'relu', ...kernel(2) }));
  model.add(dropouts[1]);
  model.add(layers.dense({ units: tagCount, activation: 'softmax', ...kernel(3) }));
  return { model, dropouts: [...dropouts] };
}

/**
 * Fits the intent network with Adam (0.001) in batches of 32. Every epoch sees each pattern roughened anew,
 * and a seed makes all of it repeatable.
 * @returns the fitted model; dispose of it when done
 */
export async function fitNetwork(options: FitOptions): Promise<LayersModel> {
  const { examples, tagCount, vocabulary, epochs, seed, onEpoch } = options;
  const inputs = vocabulary.idf.length;
  const { model, dropouts } = build(inputs, tagCount, seed);
  model.compile({ optimizer: tf.train.adam(LEARNING_RATE), loss: 'categoricalCrossentropy' });
  const next = random(seed);
  const features = featureReader(vocabulary);
  let step = seed;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    let loss = 0;
    let batches = 0;
    const order = shuffle(examples, next);
    for (let start = 0; start < order.length; start += BATCH) {
      const batch = order.slice(start, start + BATCH);
      const x = new Float32Array(batch.length * inputs);
      const y = new Float32Array(batch.length * tagCount).fill(SMOOTHING / tagCount);
      batch.forEach(({ words, tag }, row) => {
        const { indices, values } = features(stemWords(roughen(words, next)));
        indices.forEach((index, at) => (x[row * inputs + index] = values[at] ?? 0));
        y[row * tagCount + tag] = 1 - SMOOTHING + SMOOTHING / tagCount;
      });
      // A dropout layer with a seed drops the same units every time; without one it cannot be repeated. So
      // each batch gets a seed of its own.
      for (const dropout of dropouts) Object.assign(dropout, { seed: ++step });
      const xs = tf.tensor2d(x, [batch.length, inputs]);
      const ys = tf.tensor2d(y, [batch.length, tagCount]);
      const [batchLoss] = [await model.trainOnBatch(xs, ys)].flat();
      loss += batchLoss ?? 0;
      batches++;
      tf.dispose([xs, ys]);
    }
    onEpoch(epoch, loss / batches);
  }
  return model;
}
