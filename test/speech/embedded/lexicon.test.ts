import { describe, expect, it } from 'vitest';
import { lexicon } from '../../../src/speech/embedded/lexicon.js';
import { letterToSound } from '../../../src/speech/embedded/letterToSound.js';
import { spokenWords } from '../../../src/speech/embedded/spokenWords.js';

describe('lexicon', () => {
  it('finds words in the dictionary with all their pronunciations', () => {
    expect(lexicon(new Set(['table', 'hello']))).toEqual(
      new Map([
        ['table', ['T EY B AH L']],
        ['hello', ['HH AH L OW', 'HH EH L OW']],
      ]),
    );
  });

  it('prefers what callers say to what the dictionary has', () => {
    expect(lexicon(new Set(['half'])).get('half')).toContain('HH AA F');
  });

  it('spells out a word that is in no dictionary, and leaves out what is no English word', () => {
    const found = lexicon(new Set(['aoife', '2nd']));
    expect([...found.keys()]).toEqual(['aoife']);
  });
});

describe('letter to sound', () => {
  it.each([
    ['blake', 'B L EY K'],
    ['knight', 'N AY T'],
    ['quick', 'K W IH K'],
    ['shelly', 'SH EH L IY'],
    ['phone', 'F OW N'],
  ])('says %s as %s', (word, phones) => {
    expect(letterToSound(word)).toBe(phones);
  });

  it.each(['', "'", 'naïve', 'a1'])('has no sound for "%s"', (word) => {
    expect(letterToSound(word)).toBeUndefined();
  });
});

describe('spoken words', () => {
  it('reads a text as it is said', () => {
    expect(spokenWords('Hi – I’d like {date}, José Anne-Marie!')).toEqual([
      'hi',
      "i'd",
      'like',
      '{date}',
      'jose',
      'anne',
      'marie',
    ]);
  });
});
