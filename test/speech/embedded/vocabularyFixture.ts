import type { Vocabulary } from '../../../src/speech/embedded/vocabulary.js';

/** Small on purpose: decoders start in a moment. */
export const VOCABULARY: Vocabulary = {
  intents: [
    {
      tag: 'book',
      patterns: [
        'book a table',
        "i'd like to book a table",
        "i'd like to book a table for {partySize} {date} at {time}",
      ],
      expecting: ['open', 'anythingElse'],
    },
    {
      tag: 'cancel',
      patterns: ['cancel my booking', 'i want to cancel my booking'],
      expecting: ['open', 'anythingElse'],
    },
    { tag: 'stop', patterns: ['stop', 'goodbye'], expecting: ['*'] },
    {
      tag: 'affirm',
      patterns: ['yes', 'yes please', "that's right"],
      expecting: ['confirmation', 'anythingElse'],
    },
    { tag: 'deny', patterns: ['no', 'no thank you'], expecting: ['confirmation', 'anythingElse'] },
    {
      tag: 'inform',
      patterns: ['my name is {name}', "it's {date}", '{date} at {time}', 'the {choice} one', '{name}'],
      expecting: [],
    },
  ],
  names: {
    given: ['john', 'mary', 'david', 'sarah', 'peter'],
    family: ['smith', 'jones', 'williams', 'brown', 'taylor'],
  },
};
