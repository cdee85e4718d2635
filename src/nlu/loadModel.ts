import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Intents } from './intents.js';
import type { IntentModel, ModelMetadata } from './model.js';
import { ModelError } from './modelError.js';
import type { DenseLayer } from './network.js';
import { patternsHash } from './patternsHash.js';

/** The part of a TensorFlow.js `model.json` that serving needs. */
interface SavedModel {
  readonly weightsManifest: readonly {
    readonly paths: readonly string[];
    readonly weights: readonly {
      readonly name: string;
      readonly shape: readonly number[];
      readonly dtype: string;
    }[];
  }[];
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function readLayers(directory: string): DenseLayer[] {
  const saved = JSON.parse(readFileSync(join(directory, 'model.json'), 'utf8')) as SavedModel;
  const layers: DenseLayer[] = [];
  for (const group of saved.weightsManifest) {
    const bytes = Buffer.concat(group.paths.map((path) => readFileSync(join(directory, path))));
    let offset = 0;
    let kernel: Float32Array | undefined;
    for (const { name, shape, dtype } of group.weights) {
      if (dtype !== 'float32')
        throw new ModelError(`${directory}: weight ${name} is ${dtype}, not float32. Run: npm run train`);
      const length = shape.reduce((product, size) => product * size, 1);
      if (offset + length * 4 > bytes.byteLength)
        throw new ModelError(`${directory}: the weights are cut short at ${name}. Run: npm run train`);
      // Copied, so that the view begins on a multiple of four bytes.
      const values = new Float32Array(
        bytes.buffer.slice(bytes.byteOffset + offset, bytes.byteOffset + offset + length * 4),
      );
      offset += length * 4;
      if (shape.length === 2) kernel = values;
      else if (kernel) {
        layers.push({ units: length, kernel, bias: values });
        kernel = undefined;
      }
    }
  }
  return layers;
}

/**
 * Reads a trained network: `model.json` and its weights (a TensorFlow.js LayersModel) and `metadata.json`.
 * @param directory where `npm run train` wrote them
 * @param intents what the network must have been trained from
 * @throws ModelError when it is missing, damaged, or was trained from other patterns
 */
export function loadModel(directory: string, intents: Intents): IntentModel {
  let metadata: ModelMetadata;
  let layers: DenseLayer[];
  try {
    metadata = JSON.parse(readFileSync(join(directory, 'metadata.json'), 'utf8')) as ModelMetadata;
    layers = readLayers(directory);
  } catch (error) {
    if (error instanceof ModelError) throw error;
    const problem = isMissing(error)
      ? 'there is no trained model'
      : `the model cannot be read (${String(error)})`;
    throw new ModelError(`${directory}: ${problem}. Run: npm run train`, { cause: error });
  }
  if (metadata.patterns !== patternsHash(intents))
    throw new ModelError(
      `${directory}: the model was trained from other patterns than the intents file has. Run: npm run train`,
    );
  return { ...metadata, layers };
}
