import { describe, expect, it } from 'vitest';
import { EXPECTATIONS, type Expectation } from '../../../src/streams/expectation.js';
import { grammars } from '../../../src/speech/embedded/grammars.js';
import { accepts } from './accepts.js';
import { VOCABULARY } from './vocabularyFixture.js';

function warningsOf(patterns: readonly string[]): string[] {
  const warnings: string[] = [];
  grammars(
    { ...VOCABULARY, intents: [...VOCABULARY.intents, { tag: 'extra', patterns, expecting: ['open'] }] },
    (word) => word !== 'xyzzy',
    (message) => warnings.push(message),
  );
  return warnings;
}

describe('grammars', () => {
  const all = grammars(
    VOCABULARY,
    () => true,
    () => undefined,
  );

  it.each<[Expectation, string]>([
    ['open', "i'd like to book a table"],
    ['open', "um i'd like to book a table please"],
    ['open', "i'd like to book a table for two tomorrow at half past six"],
    ['open', "i'd like to book a table at seven o'clock on friday for four people"],
    ['anythingElse', 'cancel my booking'],
    ['anythingElse', 'no thank you'],
    ['date', 'the twenty third of november'],
    ['date', 'november the twenty third'],
    ['date', 'the day after tomorrow'],
    ['date', 'tuesday week'],
    ['date', 'next friday please'],
    ['date', 'tomorrow at two'],
    ['time', 'half past two'],
    ['time', 'quarter to three in the afternoon'],
    ['time', 'two thirty pm'],
    ['time', 'noon'],
    ['partySize', 'four of us'],
    ['partySize', 'just me'],
    ['name', 'john smith'],
    ['name', 'my name is mary jones'],
    ['name', 'taylor'],
    ['phone', 'oh seven double seven one two three'],
    ['choice', 'the first one'],
    ['choice', "the four o'clock one"],
    ['confirmation', 'yes please'],
    ['confirmation', "no it's tomorrow"],
  ])('at %s hears "%s"', (expectation, sentence) => {
    expect(accepts(all[expectation], sentence)).toBe(true);
  });

  it('hears a pattern for any question at every one', () => {
    expect(EXPECTATIONS.filter((expectation) => !accepts(all[expectation], 'stop'))).toEqual([]);
  });

  it.each<[Expectation, string]>([
    ['date', 'john smith'],
    ['partySize', 'tomorrow'],
    ['confirmation', 'john smith'],
    ['confirmation', 'the last one'],
    ['open', 'yes please'],
  ])('at %s does not hear "%s"', (expectation, sentence) => {
    expect(accepts(all[expectation], sentence)).toBe(false);
  });

  it('leaves out a pattern with a word that cannot be pronounced, and names both', () => {
    const [warning, ...others] = warningsOf(['say xyzzy', 'say please']);
    expect(warning).toContain('"say xyzzy" of "extra"');
    expect(warning).toContain('"xyzzy"');
    expect(others).toEqual([]);
  });

  it('leaves out a pattern without words', () => {
    expect(warningsOf([' … '])).toHaveLength(1);
  });

  it('leaves out the names of a vocabulary that has none', () => {
    const warnings: string[] = [];
    const without = grammars(
      { ...VOCABULARY, names: { given: [], family: [] } },
      () => true,
      (message) => warnings.push(message),
    );
    expect(accepts(without.name, 'stop')).toBe(true);
    expect(warnings).toHaveLength(2);
  });

  it('says which question has nothing to listen for', () => {
    expect(() =>
      grammars(
        { intents: [], names: VOCABULARY.names },
        () => true,
        () => undefined,
      ),
    ).toThrow(/"open"/);
  });
});
