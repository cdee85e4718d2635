import type { Expectation } from '../../streams/expectation.js';
import { capitaliseName } from './capitaliseName.js';
import type { Mention } from './mention.js';
import type { NameBook } from './nameBook.js';
import type { Token } from './token.js';
import { wordAt } from './wordAt.js';

/** Phrases that only a name follows. */
const STRONG_OPENERS = [
  ['my', 'name', 'is'],
  ["my", "name's"],
  ['the', 'name', 'is'],
  ['the', "name's"],
  ['name', 'is'],
  ["name's"],
  ['in', 'the', 'name', 'of'],
  ['the', 'name', 'of'],
  ['under', 'the', 'name'],
  ['under'],
  ['it', 'is', 'under'],
  ["i'm", 'called'],
  ['first', 'name', 'is'],
  ['surname', 'is'],
]; // prettier-ignore
/** Phrases that a name may follow: only a listed one is believed, unless a name was asked for. */
const WEAK_OPENERS = [
  ["it's"],
  ['it', 'is'],
  ['this', 'is'],
  ["i'm"],
  ['i', 'am'],
  ['is', 'that'],
  ['for'],
  ['call', 'me'],
  ['name'],
]; // prettier-ignore
const TITLES = new Set(['mr', 'mrs', 'ms', 'miss', 'dr', 'doctor', 'mister']);
/** What may stand around a name that answers the question. */
const AROUND = new Set(
  'yes yeah yep yup ok okay sure well so oh hi hello hey please thanks thank you cheers here again of course'.split(
    ' ',
  ),
);
/** Words that no name in English begins or ends with in an answer. */
const NEVER = new Set(
  'a an and any are at be but can cannot could did do does for from get give got had has have he her him his how i if in is it its just let me mine my name no nope not of on or our put say she that the their them then there they this to told under us was we were what when where which who why will with would yes you your yours uh-huh hang hold wait sorry pardon one table booking appointment today tomorrow tonight morning afternoon evening'.split(
    ' ',
  ),
);
const LONGEST = 3;

function openerLength(
  tokens: readonly Token[],
  index: number,
  openers: readonly (readonly string[])[],
): number {
  for (const opener of openers) {
    if (opener.every((word, offset) => wordAt(tokens, index + offset) === word)) return opener.length;
  }
  return 0;
}

function isNever(word: string): boolean {
  // Contractions are no names, but O'Neill and D'Souza are.
  return NEVER.has(word) || (word.includes("'") && !/^[od]'/.test(word));
}

/** The name that begins at an index: listed words, or with `isTrusted` any that could be a name. */
function nameAt(
  tokens: readonly Token[],
  start: number,
  isClaimed: (index: number) => boolean,
  book: NameBook,
  isTrusted: boolean,
): Mention<string> | undefined {
  let from = start;
  if (TITLES.has(wordAt(tokens, from))) from++;
  const isTitled = from > start;
  const words: string[] = [];
  for (let index = from; words.length < LONGEST; index++) {
    const word = wordAt(tokens, index);
    if (word === '' || isClaimed(index) || isNever(word) || AROUND.has(word)) break;
    const isListed = book.given.has(word) || book.family.has(word);
    // After a listed given name, a word that the desk knows is the rest of the sentence.
    if (!isListed && (words.length > 0 || !isTitled) && (!isTrusted || book.ordinary.has(word))) break;
    words.push(word);
  }
  const [first] = words;
  if (first === undefined) return undefined;
  if (!isTrusted && !isTitled && !book.given.has(first) && words.length < 2) return undefined;
  return { value: capitaliseName(words), from, to: from + words.length };
}

function wholeAnswer(
  tokens: readonly Token[],
  isClaimed: (index: number) => boolean,
  book: NameBook,
): Mention<string> | undefined {
  let from = 0;
  let to = tokens.length;
  while (from < to && AROUND.has(wordAt(tokens, from))) from++;
  if (wordAt(tokens, from) === 'no') from++;
  while (to > from && AROUND.has(wordAt(tokens, to - 1))) to--;
  const name = nameAt(tokens, from, isClaimed, book, true);
  return name?.to === to ? name : undefined;
}

/**
 * The name that an utterance gives: after a phrase such as "my name is", or the whole answer when a name was
 * asked for. A name in no list is believed only in those places.
 */
export function readName(
  tokens: readonly Token[],
  isClaimed: (index: number) => boolean,
  expecting: Expectation,
  book: NameBook,
): Mention<string>[] {
  const mentions: Mention<string>[] = [];
  for (let index = 0; index < tokens.length; index++) {
    if (tokens[index]?.kind !== 'word') continue;
    const strong = openerLength(tokens, index, STRONG_OPENERS);
    const length = strong || openerLength(tokens, index, WEAK_OPENERS);
    if (length === 0) continue;
    const isTrusted = strong > 0 || (expecting === 'name' && wordAt(tokens, index) !== 'for');
    const name = nameAt(tokens, index + length, isClaimed, book, isTrusted);
    if (!name) continue;
    mentions.push(name);
    index = name.to - 1;
  }
  if (mentions.length === 0 && expecting === 'name') {
    const whole = wholeAnswer(tokens, isClaimed, book);
    if (whole) mentions.push(whole);
  }
  return mentions;
}
