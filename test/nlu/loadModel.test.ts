import { cp, mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadModel } from '../../src/nlu/loadModel.js';
import { ModelError } from '../../src/nlu/modelError.js';
import { deskIntents } from './deskModel.js';

describe('loadModel', () => {
  let directory = '';
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'frontdesk-model-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('loads the model of the repository', () => {
    expect(loadModel('models/intents', deskIntents).tags).toEqual(deskIntents.intents.map(({ tag }) => tag));
  });

  it('says what to run when there is no model', () => {
    expect(() => loadModel(join(directory, 'none'), deskIntents)).toThrow(ModelError);
    expect(() => loadModel(join(directory, 'none'), deskIntents)).toThrow(
      /there is no trained model\. Run: npm run train/,
    );
  });

  it('says what to run when a pattern was added since the training', () => {
    const [first, ...rest] = deskIntents.intents;
    if (!first) throw new Error('the desk has no intents');
    const widened = { intents: [{ ...first, patterns: [...first.patterns, 'ahoy'] }, ...rest] };
    expect(() => loadModel('models/intents', widened)).toThrow(/other patterns.*Run: npm run train/);
  });

  it('needs no training for a changed response', () => {
    const changed = { intents: deskIntents.intents.map((intent) => ({ ...intent, responses: ['Indeed.'] })) };
    expect(() => loadModel('models/intents', changed)).not.toThrow();
  });

  it('says what to run when the weights are cut short', async () => {
    await cp('models/intents', directory, { recursive: true });
    await truncate(join(directory, 'weights.bin'), 1000);
    expect(() => loadModel(directory, deskIntents)).toThrow(/cut short.*Run: npm run train/);
  });
});
