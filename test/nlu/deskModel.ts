import { readFileSync } from 'node:fs';
import { createUnderstander } from '../../src/nlu/createUnderstander.js';
import { loadModel } from '../../src/nlu/loadModel.js';
import { parseIntents } from '../../src/nlu/parseIntents.js';
import type { Names } from '../../src/nlu/slots/nameBook.js';

const FILE = 'models/intents.json';

/** The desk's own intents, names and trained network, as they are in `models/`. */
export const deskIntents = parseIntents(readFileSync(FILE, 'utf8'), FILE);
export const deskNames = JSON.parse(readFileSync('models/names.json', 'utf8')) as Names;
export const deskModel = loadModel('models/intents', deskIntents);

export const deskUnderstander = createUnderstander({
  intents: deskIntents,
  names: deskNames,
  model: deskModel,
  timeZone: 'Europe/London',
  opens: '09:00',
  closes: '18:00',
});
