import { describe, expect, it } from 'vitest';
import { createUnderstander } from '../../src/nlu/createUnderstander.js';
import { deskIntents, deskModel, deskNames, deskUnderstander } from './deskModel.js';
import { HELD_OUT } from './heldOutPhrases.js';

/** A Wednesday, 10:00 in London. */
const now = new Date('2025-10-22T09:00:00Z');

describe('createUnderstander', () => {
  it('understands nine of ten phrasings that it was not trained on', () => {
    const patterns = new Set(deskIntents.intents.flatMap((intent) => intent.patterns));
    const wrong = HELD_OUT.flatMap(([text, intent, expecting]) => {
      const heard = deskUnderstander.understand(text, { now, ...(expecting && { expecting }) }).intent;
      return heard === intent ? [] : [`${text} → ${heard}, not ${intent}`];
    });
    const copied = HELD_OUT.filter(
      ([text, intent]) => patterns.has(text) && intent !== 'affirm' && intent !== 'deny',
    );
    expect(copied).toEqual([]);
    expect(HELD_OUT.length).toBeGreaterThanOrEqual(120);
    expect(wrong.length / HELD_OUT.length, wrong.join('\n')).toBeLessThanOrEqual(0.1);
  });

  it('rejects nine of ten utterances that are none of its business', () => {
    const outOfScope = HELD_OUT.filter(([, intent]) => intent === 'out_of_scope');
    const accepted = outOfScope.filter(
      ([text]) => deskUnderstander.understand(text, { now }).intent !== 'out_of_scope',
    );
    expect(accepted.length / outOfScope.length).toBeLessThanOrEqual(0.1);
  });

  it('fills every slot of a sentence that says several things', () => {
    const heard = deskUnderstander.understand(
      "hello i'd like to book a table for four tomorrow at half past two please",
      { now },
    );
    expect(heard.intent).toBe('book');
    expect(heard.slots).toEqual({ date: '2025-10-23', time: '14:30', partySize: 4 });
  });

  it('reads the same word by the question it answers', () => {
    const read = (expecting: 'time' | 'partySize') => deskUnderstander.understand('four', { now, expecting });
    expect(read('partySize')).toMatchObject({ intent: 'inform', slots: { partySize: 4 } });
    expect(read('time')).toMatchObject({ intent: 'inform', slots: { time: '16:00' } });
    expect(read('time').slots).not.toHaveProperty('partySize');
  });

  it('takes "no" with a fact for a refusal that says what is wanted instead', () => {
    expect(deskUnderstander.understand('no, wednesday', { now, expecting: 'confirmation' })).toMatchObject({
      intent: 'deny',
      slots: { date: '2025-10-22' },
    });
  });

  it('takes "yes" with a fact for agreement, unless it is taken back', () => {
    const understand = (text: string) =>
      deskUnderstander.understand(text, { now, expecting: 'confirmation' });
    expect(understand('yes tuesday at two').intent).toBe('affirm');
    expect(understand('yes but make it three o clock on friday').intent).not.toBe('affirm');
  });

  it('lists the next best intents beside the chosen one, best first', () => {
    const { intent, alternatives } = deskUnderstander.understand('can i move my appointment', { now });
    expect(alternatives.map((other) => other.intent)).not.toContain(intent);
    const confidences = alternatives.map((other) => other.confidence);
    expect(confidences).toEqual([...confidences].sort((a, b) => b - a));
  });

  it.each([
    ['', 'empty'],
    ['   ...!?', 'only punctuation'],
    ['😀😀', 'emoji'],
    ['你好，我想订位', 'another script'],
    ["'; drop table bookings; --", 'SQL'],
    ['blorptastic frumious bandersnatch', 'words that it does not know'],
  ])('answers %j (%s) with out of scope', (text) => {
    const heard = deskUnderstander.understand(text, { now });
    expect(heard.intent).toBe('out_of_scope');
    expect(heard.confidence).toBeGreaterThanOrEqual(0);
    expect(heard.confidence).toBeLessThanOrEqual(1);
    expect(heard.text).toBe(text);
  });

  it('reads ten thousand characters without failing', () => {
    expect(() => deskUnderstander.understand('ten to two '.repeat(1000), { now })).not.toThrow();
    expect(() => deskUnderstander.understand('x'.repeat(10_000), { now })).not.toThrow();
  });

  it('gives the same answer to the same words', () => {
    for (const [text, , expecting] of HELD_OUT) {
      const context = { now, ...(expecting && { expecting }) };
      expect(deskUnderstander.understand(text, context)).toEqual(deskUnderstander.understand(text, context));
    }
  });

  it('names the option and the fix when an hour is not written as HH:MM', () => {
    const options = { intents: deskIntents, names: deskNames, model: deskModel, timeZone: 'Europe/London' };
    expect(() => createUnderstander({ ...options, opens: '9am', closes: '18:00' })).toThrow(
      'opens is "9am". Write it as HH:MM',
    );
    expect(() =>
      createUnderstander({ ...options, opens: '09:00', closes: '18:00', timeZone: 'London' }),
    ).toThrow(RangeError);
  });
});
