import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseIntents } from '../parseIntents.js';
import { directoryHandler } from './directoryHandler.js';
import { trainIntents, type TrainingProgress, type TrainingReport } from './trainIntents.js';

/** Which files a training reads and writes. */
export interface TrainOptions {
  /** `models/intents.json` */
  readonly intentsFile: string;
  /** Gets `model.json`, `weights.bin` and `metadata.json`. */
  readonly outputDirectory: string;
  readonly epochs?: number;
  readonly onProgress?: (progress: TrainingProgress) => void;
}

/**
 * Trains the intent network of a file of intents and saves it.
 * @throws IntentsError when the intents are not sound; what the directory holds is then left as it is
 */
export async function train(options: TrainOptions): Promise<TrainingReport> {
  const { intentsFile, outputDirectory, epochs, onProgress } = options;
  const intents = parseIntents(await readFile(intentsFile, 'utf8'), intentsFile);
  const { model, metadata, report } = await trainIntents({
    intents,
    ...(epochs !== undefined && { epochs }),
    ...(onProgress && { onEpoch: onProgress }),
  });
  await model.save(directoryHandler(outputDirectory));
  await writeFile(join(outputDirectory, 'metadata.json'), `${JSON.stringify(metadata)}\n`);
  model.dispose();
  return report;
}
