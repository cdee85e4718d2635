import { VirtualTimeScheduler } from 'rxjs';
import { afterEach, describe, expect, it } from 'vitest';
import {
  createFliteSynthesizer,
  type FliteSynthesizer,
} from '../../../src/speech/embedded/fliteSynthesizer.js';
import { decodeMuLaw } from '../../../src/streams/muLaw.js';

let synthesizer: FliteSynthesizer;

afterEach(() => synthesizer.close());

const seconds = (audio: Uint8Array): number => audio.length / 8000;

describe('flite synthesizer', () => {
  it('speaks a sentence at a comfortable level', async () => {
    synthesizer = await createFliteSynthesizer();
    const audio = await synthesizer.synthesize('For what day would you like to book a table?');
    expect(seconds(audio)).toBeGreaterThan(1.5);
    expect(seconds(audio)).toBeLessThan(4);
    const peak = decodeMuLaw(audio).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    expect(peak).toBeGreaterThan(8000);
    expect(peak).toBeLessThan(32768 * 10 ** (-3 / 20) + 1100);
  });

  it('answers requests at the same time each with its own text', async () => {
    synthesizer = await createFliteSynthesizer({ voice: 'kal' });
    const [short, long] = await Promise.all([
      synthesizer.synthesize('Yes.'),
      synthesizer.synthesize('We have a table at two, at four, and at half past six in the evening.'),
    ]);
    expect(seconds(short)).toBeLessThan(1);
    expect(seconds(long)).toBeGreaterThan(2.5);
  });

  it('speaks a text of many sentences to its end', async () => {
    synthesizer = await createFliteSynthesizer({ voice: 'kal' });
    const one = await synthesizer.synthesize('We are open every day.');
    const twenty = await synthesizer.synthesize('We are open every day. '.repeat(20));
    expect(seconds(twenty)).toBeGreaterThan(18 * seconds(one));
  });

  it.each(['', '  ', '…', '—!?'])('has no audio for "%s"', async (text) => {
    synthesizer = await createFliteSynthesizer();
    expect(await synthesizer.synthesize(text)).toHaveLength(0);
  });

  it('says names with accents, and a text that looks like an option', async () => {
    synthesizer = await createFliteSynthesizer({ voice: 'kal' });
    expect(seconds(await synthesizer.synthesize('Thank you, José.'))).toBeGreaterThan(0.5);
    expect(seconds(await synthesizer.synthesize('--help'))).toBeGreaterThan(0.1);
  });

  it('ends its thread when it has had nothing to say for a while, and starts it again', async () => {
    const scheduler = new VirtualTimeScheduler();
    synthesizer = await createFliteSynthesizer({ voice: 'kal', scheduler });
    const first = await synthesizer.synthesize('Hello.');
    scheduler.flush();
    expect(await synthesizer.synthesize('Hello.')).toEqual(first);
  });

  it('rejects what was asked of it when it is closed', async () => {
    synthesizer = await createFliteSynthesizer({ voice: 'kal' });
    const speaking = synthesizer.synthesize('Hello.');
    const settled = expect(speaking).rejects.toThrow('closed');
    await synthesizer.close();
    await settled;
    await expect(synthesizer.synthesize('Hello.')).rejects.toThrow('closed');
  });
});
