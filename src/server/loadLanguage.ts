import { readFile } from 'node:fs/promises';
import { openingSpan } from '../booking/openingSpan.js';
import { createUnderstander } from '../nlu/createUnderstander.js';
import { loadModel } from '../nlu/loadModel.js';
import { parseIntents } from '../nlu/parseIntents.js';
import type { Names } from '../nlu/slots/nameBook.js';
import type { Business } from './configuration.js';
import { packageFile } from './packageFile.js';
import { readIntents } from './readIntents.js';

/**
 * Reads what callers may say: the intents file, the names, and the network trained on the former, which lies
 * in the folder of the same name (`models/intents.json`, `models/intents/`).
 * @throws naming the file and the fix; a model that is missing or older than its intents says what to run.
 */
export async function loadLanguage(business: Business) {
  const { file, source, modelFolder } = await readIntents(business.intents);
  const intents = parseIntents(source, file);
  // Ours, not the user's: published with the package, so its shape is taken as it is.
  const names = JSON.parse(await readFile(packageFile('models/names.json'), 'utf8')) as Names;
  const understander = createUnderstander({
    intents,
    names,
    model: loadModel(modelFolder, intents),
    timeZone: business.timeZone,
    ...openingSpan(business.weekly),
  });
  return { intents, names, understander };
}
