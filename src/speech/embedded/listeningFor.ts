import { grammars, OWN_WORDS, type Grammars } from './grammars.js';
import { lexicon, type Lexicon } from './lexicon.js';
import { wordsIn } from './phrase.js';
import { slotPhrases } from './slotPhrases.js';
import { spokenWords } from './spokenWords.js';
import type { Vocabulary } from './vocabulary.js';

/**
 * Makes of a vocabulary what decoders work with: the pronunciations of its words and a grammar for each
 * question.
 * @param onWarning told of what is left out because it cannot be pronounced.
 * @throws when SoundSwallower's dictionary cannot be read.
 */
export function listeningFor(
  vocabulary: Vocabulary,
  onWarning: (message: string) => void,
): { readonly lexicon: Lexicon; readonly grammars: Grammars } {
  const { given, family } = vocabulary.names;
  const texts = [...vocabulary.intents.flatMap(({ patterns }) => patterns), ...given, ...family];
  const places = Object.values(slotPhrases({ given: [], family: [] }));
  const pronunciations = lexicon(
    new Set([...texts.flatMap(spokenWords), ...places.flatMap(wordsIn), ...OWN_WORDS]),
  );
  return {
    lexicon: pronunciations,
    grammars: grammars(vocabulary, (word) => pronunciations.has(word), onWarning),
  };
}
