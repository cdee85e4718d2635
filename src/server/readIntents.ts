import { readFile } from 'node:fs/promises';
import { ConfigurationError } from './configurationError.js';
import { packageFile } from './packageFile.js';

/** An intents file as it is read, and where the network trained on it belongs. */
export interface IntentsSource {
  readonly file: string;
  /** What the file holds: JSON, not yet checked. */
  readonly source: string;
  /** The folder of the same name: `models/intents/` for `models/intents.json`. */
  readonly modelFolder: string;
}

/**
 * Reads an intents file.
 * @param file ends in `.json`; the package's own when absent
 * @throws {ConfigurationError} when it cannot be read
 */
export async function readIntents(file = packageFile('models/intents.json')): Promise<IntentsSource> {
  try {
    return { file, source: await readFile(file, 'utf8'), modelFolder: file.replace(/\.json$/, '') };
  } catch (cause) {
    throw new ConfigurationError([`intents: ${file} cannot be read; name an intents file`], 'the desk', {
      cause,
    });
  }
}
