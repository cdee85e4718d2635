import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { INTENTS } from '../../src/nlu/understanding.js';
import { IntentsError } from '../../src/nlu/intentsError.js';
import { parseIntents } from '../../src/nlu/parseIntents.js';
import { deskIntents } from './deskModel.js';

const write = (intents: unknown): string => JSON.stringify({ intents }, null, 2);
const good = { tag: 'book', patterns: ['book a table'], responses: [] };

describe('parseIntents', () => {
  it('reads the intents of the desk: one for each that the dialogue knows', () => {
    const tags = deskIntents.intents.map(({ tag }) => tag);
    expect([...tags].sort()).toEqual([...INTENTS].sort());
  });

  it('lists only patterns that the embedded recogniser can pronounce', () => {
    const dictionary = new Set(
      readFileSync('node_modules/soundswallower/model/en-us/dict.txt', 'utf8')
        .split('\n')
        .map((line) => line.split(' ')[0]),
    );
    const unheard = deskIntents.intents
      .filter(({ expecting }) => expecting.length !== 0)
      .flatMap(({ patterns }) => patterns.flatMap((pattern) => pattern.split(' ')))
      .filter((word) => !word.startsWith('{') && !dictionary.has(word));
    expect(unheard).toEqual([]);
  });

  it('accepts a tag of the user’s own', () => {
    const own = {
      tag: 'MenuInquiry',
      patterns: ["what's on the menu"],
      responses: ['Soup.'],
      expecting: ['*'],
    };
    expect(parseIntents(write([good, own]), 'intents.json').intents[1]).toEqual(own);
  });

  it('expects what the file does not place when the desk asks an open question', () => {
    const [intent] = parseIntents(write([good]), 'intents.json').intents;
    expect(intent).toEqual({ ...good, expecting: ['open', 'anythingElse'] });
  });

  it('expects nowhere what the file places nowhere', () => {
    const [intent] = parseIntents(write([{ ...good, expecting: [] }]), 'intents.json').intents;
    expect(intent?.expecting).toEqual([]);
  });

  it.each([
    ['a syntax error', '{\n  "intents": [\n    oops\n  ]\n}', /intents\.json:3: not valid JSON/],
    ['no list', '{}', /no "intents" list/],
    ['no tag', write([{ patterns: ['x'], responses: [] }]), /intent 1 of the list has no "tag"/],
    [
      'no patterns',
      write([{ tag: 'book', responses: [] }]),
      /intents\.json:4: intent "book" has no "patterns"/,
    ],
    [
      'no responses',
      write([{ tag: 'book', patterns: ['x'] }]),
      /intents\.json:4: intent "book" has no "responses"/,
    ],
    [
      'a tag twice',
      write([good, { ...good, patterns: ['x'] }]),
      /intents\.json:11: tag "book" is used twice/,
    ],
    [
      'an unknown place',
      write([{ ...good, patterns: ['book {day}'] }]),
      /intents\.json:6: unknown place \{day\} in "book \{day\}"\. Use one of \{date\}/,
    ],
    [
      'an unknown question',
      write([{ ...good, expecting: ['colour'] }]),
      /"expecting" of intent "book" must be a list of open, date/,
    ],
    [
      'questions that are no list',
      write([{ ...good, expecting: 'open' }]),
      /"expecting" of intent "book" must be a list of open, date/,
    ],
    [
      'one pattern under two tags',
      write([good, { tag: 'cancel', patterns: ['book a table'], responses: [] }]),
      /intents\.json:6 and intents\.json:13: "book a table" is a pattern of both "book" and "cancel"/,
    ],
    [
      'one pattern under two tags in other writing',
      write([good, { tag: 'cancel', patterns: ['Book a table!'], responses: [] }]),
      /intents\.json:6 and intents\.json:13/,
    ],
  ])('refuses %s and says where and what to do', (_, source, message) => {
    expect(() => parseIntents(source, 'intents.json')).toThrow(IntentsError);
    expect(() => parseIntents(source, 'intents.json')).toThrow(message);
  });
});
