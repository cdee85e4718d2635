import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { io } from '@tensorflow/tfjs-core';

const WEIGHTS_FILE = 'weights.bin';

/**
 * Saves and loads a TensorFlow.js model as `model.json` and `weights.bin` in a directory, the layout of
 * TensorFlow.js's own file handler, which exists in tfjs-node only.
 */
export function directoryHandler(directory: string): io.IOHandler {
  return {
    async save(artifacts) {
      const { weightData, weightSpecs, modelTopology, ...rest } = artifacts;
      // The weights arrive whole or in pieces.
      const pieces = weightData === undefined ? [] : Array.isArray(weightData) ? weightData : [weightData];
      const bytes = Buffer.concat(pieces.map((piece) => Buffer.from(piece)));
      const model = {
        modelTopology,
        format: rest.format,
        generatedBy: rest.generatedBy,
        convertedBy: null,
        weightsManifest: [{ paths: [WEIGHTS_FILE], weights: weightSpecs }],
      };
      await mkdir(directory, { recursive: true });
      await writeFile(join(directory, WEIGHTS_FILE), bytes);
      await writeFile(join(directory, 'model.json'), `${JSON.stringify(model)}\n`);
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    },
    async load() {
      const model = JSON.parse(await readFile(join(directory, 'model.json'), 'utf8')) as io.ModelJSON;
      const bytes = await readFile(join(directory, WEIGHTS_FILE));
      return {
        modelTopology: model.modelTopology,
        weightSpecs: model.weightsManifest.flatMap((group) => group.weights),
        weightData: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
      };
    },
  };
}
