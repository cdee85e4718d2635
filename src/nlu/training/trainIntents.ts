import type { LayersModel } from '@tensorflow/tfjs-layers';
import { decideIntent, OUT_OF_SCOPE } from '../decideIntent.js';
import { featureReader } from '../features.js';
import type { Intents } from '../intents.js';
import type { ModelMetadata } from '../model.js';
import { network, type DenseLayer } from '../network.js';
import { patternsHash } from '../patternsHash.js';
import { namesBeside } from '../namesBeside.js';
import { patternWords } from '../patternWords.js';
import { stemWords } from '../stemWords.js';
import { buildVocabulary } from './buildVocabulary.js';
import { fitNetwork, type Example } from './fitNetwork.js';
import { random } from './random.js';
import { shuffle } from './shuffle.js';
import { startTensorflow } from './startTensorflow.js';

/** How far a training is. */
export interface TrainingProgress {
  /** `validate` fits four fifths of the patterns to judge the rest, `fit` all of them. */
  readonly phase: 'validate' | 'fit';
  readonly epoch: number;
  readonly epochs: number;
  readonly loss: number;
}

/** What is trained, and how. */
export interface TrainingOptions {
  readonly intents: Intents;
  readonly epochs?: number;
  readonly seed?: number;
  readonly onEpoch?: (progress: TrainingProgress) => void;
}

/** What came of a training. */
export interface TrainingReport {
  /** `wasm` or `cpu` */
  readonly backend: string;
  readonly patterns: number;
  readonly inputs: number;
  /** Share of the patterns kept from training whose intent was right, out of scope included. */
  readonly validationAccuracy: number;
  /** Share of the out-of-scope patterns kept from training that were rejected. */
  readonly rejection: number;
  /** Fitted so that 95 % of the patterns kept from training, of tags other than out of scope, pass it. */
  readonly threshold: number;
  readonly finalLoss: number;
  readonly seconds: number;
}

/** A trained network, as a TensorFlow.js model and what is kept beside it. */
export interface Training {
  readonly model: LayersModel;
  readonly metadata: ModelMetadata;
  readonly report: TrainingReport;
}

const EPOCHS = 50;
const SEED = 20;
/** One pattern of five judges and is not trained on. */
const VALIDATION = 5;
/** Share of in-scope patterns that the threshold keeps. */
const KEPT = 0.95;
const LOWEST_THRESHOLD = 0.2;
const HIGHEST_THRESHOLD = 0.5;

/** Dense layers of a TensorFlow.js model: kernel and bias by turns. */
function denseLayers(model: LayersModel): DenseLayer[] {
  const weights = model.getWeights().map((tensor) => tensor.dataSync<'float32'>());
  return weights.flatMap((kernel, index) => {
    const bias = weights[index + 1];
    return index % 2 === 0 && bias ? [{ units: bias.length, kernel, bias }] : [];
  });
}

interface Judged {
  readonly example: Example;
  readonly intent: string;
  readonly confidence: number;
}

/**
 * Trains the intent network: once on four fifths of the patterns, to judge it and to fit the threshold on the
 * fifth that it has not seen, then on all. Reproducible: the same intents and seed give the same weights
 * on the same backend.
 */
export async function trainIntents(options: TrainingOptions): Promise<Training> {
  const { intents, epochs = EPOCHS, seed = SEED, onEpoch } = options;
  const started = performance.now();
  const backend = await startTensorflow();
  const tags = intents.intents.map((intent) => intent.tag);
  // Patterns hold {name}, never a name, so no list is needed.
  const book = namesBeside(intents, { given: [], family: [] });
  const examples: Example[] = intents.intents.flatMap(({ patterns }, tag) =>
    patterns.map((pattern) => ({ words: patternWords(pattern, book), tag })),
  );
  const tagCount = tags.length;
  let finalLoss = 0;
  const fit = async (phase: TrainingProgress['phase'], taught: readonly Example[]) => {
    const vocabulary = buildVocabulary(taught.map((example) => stemWords(example.words)));
    const model = await fitNetwork({
      examples: taught,
      tagCount,
      vocabulary,
      epochs,
      seed,
      onEpoch(epoch, loss) {
        finalLoss = loss;
        onEpoch?.({ phase, epoch, epochs, loss });
      },
    });
    return { model, vocabulary };
  };

  // Every fifth of each tag's patterns, so that no tag goes untaught or unjudged.
  const next = random(seed);
  const isKept = new Set(
    tags.flatMap((_, tag) =>
      shuffle(
        examples.filter((example) => example.tag === tag),
        next,
      ).filter((_example, index) => index % VALIDATION === VALIDATION - 1),
    ),
  );
  const trial = await fit(
    'validate',
    examples.filter((example) => !isKept.has(example)),
  );
  const features = featureReader(trial.vocabulary);
  const predict = network(denseLayers(trial.model));
  const judge = (threshold: number): Judged[] =>
    [...isKept].map((example) => {
      const input = features(stemWords(example.words));
      const weights = tags.map(() => 1);
      const { intent, confidence } = decideIntent(tags, predict(input), weights, input.coverage, threshold);
      return { example, intent, confidence };
    });
  const scores = judge(0)
    .filter(({ example, intent }) => tags[example.tag] !== OUT_OF_SCOPE && intent === tags[example.tag])
    .map(({ confidence }) => confidence)
    .sort((a, b) => a - b);
  const fitted = scores[Math.floor(scores.length * (1 - KEPT))] ?? LOWEST_THRESHOLD;
  const threshold = Math.round(Math.min(HIGHEST_THRESHOLD, Math.max(LOWEST_THRESHOLD, fitted)) * 1000) / 1000;
  const judged = judge(threshold);
  const share = (items: readonly Judged[]): number =>
    items.filter(({ example, intent }) => intent === tags[example.tag]).length / Math.max(1, items.length);
  const rejection = share(judged.filter(({ example }) => tags[example.tag] === OUT_OF_SCOPE));
  trial.model.dispose();

  const { model, vocabulary } = await fit('fit', examples);
  return {
    model,
    metadata: { patterns: patternsHash(intents), tags, vocabulary, threshold },
    report: {
      backend,
      patterns: examples.length,
      inputs: vocabulary.idf.length,
      validationAccuracy: share(judged),
      rejection,
      threshold,
      finalLoss,
      seconds: (performance.now() - started) / 1000,
    },
  };
}
