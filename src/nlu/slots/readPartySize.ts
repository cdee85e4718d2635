import type { Expectation } from '../../streams/expectation.js';
import { OTHER_COUNTED, PEOPLE } from './countedNouns.js';
import type { Mention } from './mention.js';
import type { Token } from './token.js';
import { wordAt } from './wordAt.js';

/** More people than this are not a party that a telephone books; "for 1990" is something else. */
const LARGEST_PARTY = 99;

const HOLDERS = new Set(['table', 'booking', 'reservation', 'room', 'space', 'party', 'group', 'seats', 'lunch', 'dinner', 'tables', 'meal', 'brunch', 'breakfast', 'tea']); // prettier-ignore
const CHILDREN = new Set(['children', 'kids', 'child', 'kid']);
const ALONE = new Set(['me', 'myself']);

function partyAt(tokens: readonly Token[], index: number): number | undefined {
  const token = tokens[index];
  return token?.kind === 'number' && token.value >= 1 && token.value <= LARGEST_PARTY
    ? token.value
    : undefined;
}

/** "Four people", "four of us", "two adults and three children". */
function counted(tokens: readonly Token[], index: number): Mention<number> | undefined {
  const value = partyAt(tokens, index);
  if (value === undefined) return undefined;
  const next = wordAt(tokens, index + 1);
  if (next === 'of' && /^(?:us|them)$/.test(wordAt(tokens, index + 2)))
    return { value, from: index, to: index + 3 };
  if (!PEOPLE.has(next)) return undefined;
  const more = wordAt(tokens, index + 2) === 'and' ? partyAt(tokens, index + 3) : undefined;
  const moreNoun = wordAt(tokens, index + 4);
  if (more !== undefined && (CHILDREN.has(moreNoun) || PEOPLE.has(moreNoun)))
    return { value: value + more, from: index, to: index + 5 };
  return { value, from: index, to: index + 2 };
}

/** "Just me", "me and my wife", "my husband and I". */
function unnumbered(tokens: readonly Token[], index: number): Mention<number> | undefined {
  const word = wordAt(tokens, index);
  const next = wordAt(tokens, index + 1);
  if ((word === 'just' || word === 'only') && ALONE.has(next)) {
    if (wordAt(tokens, index + 2) !== 'and') return { value: 1, from: index, to: index + 2 };
  }
  if (ALONE.has(word) && next === 'and' && /^(?:my|a|another)$/.test(wordAt(tokens, index + 2))) {
    const isMore = wordAt(tokens, index + 4) === 'and';
    return isMore ? undefined : { value: 2, from: index, to: index + 4 };
  }
  if (
    word === 'my' &&
    wordAt(tokens, index + 2) === 'and' &&
    /^(?:i|me|myself)$/.test(wordAt(tokens, index + 3))
  )
    return { value: 2, from: index, to: index + 4 };
  if (word === 'on' && next === 'my' && wordAt(tokens, index + 2) === 'own')
    return { value: 1, from: index, to: index + 3 };
  if (word === 'the' && next === 'both' && wordAt(tokens, index + 2) === 'of')
    return { value: 2, from: index, to: index + 4 };
  if (word === 'both' && next === 'of' && wordAt(tokens, index + 2) === 'us')
    return { value: 2, from: index, to: index + 3 };
  if (word === 'a' && (next === 'dozen' || next === 'couple')) {
    const of = wordAt(tokens, index + 2) === 'of' && PEOPLE.has(wordAt(tokens, index + 3)) ? 2 : 0;
    const isFor = wordAt(tokens, index - 1) === 'for';
    if (of > 0 || isFor) return { value: next === 'dozen' ? 12 : 2, from: index, to: index + 2 + of };
  }
  return undefined;
}

/** Whether a number after "for" is an hour: "an appointment for four", or the hour was asked for. */
function forMeansHour(tokens: readonly Token[], expecting: Expectation): boolean {
  if (expecting === 'time' || expecting === 'choice') return true;
  if (expecting === 'partySize') return false;
  let isAppointment = false;
  for (const token of tokens) {
    if (token.kind === 'clock') return false;
    if (token.kind !== 'word') continue;
    if (token.text === 'at' || HOLDERS.has(token.text)) return false;
    isAppointment ||= token.text === 'appointment' || token.text === 'slot';
  }
  return isAppointment;
}

/** "A table for four", "party of six", "for two", or a bare number when the party was asked for. */
function uncounted(
  tokens: readonly Token[],
  index: number,
  expecting: Expectation,
): Mention<number> | undefined {
  const value = partyAt(tokens, index);
  if (value === undefined || OTHER_COUNTED.has(wordAt(tokens, index + 1))) return undefined;
  const before = wordAt(tokens, index - 1);
  const mention = { value, from: index, to: index + 1 };
  if (before === 'for') return forMeansHour(tokens, expecting) ? undefined : mention;
  if (before === 'of' && HOLDERS.has(wordAt(tokens, index - 2))) return mention;
  if (expecting === 'partySize') return before === 'at' ? undefined : mention;
  // "There will be four" and "we are six", without a noun.
  const isCount = /^(?:be|are|we're|there're)$/.test(before);
  return isCount && index + 1 === tokens.length ? mention : undefined;
}

/**
 * How many people an utterance says are coming. Numbers that another reader claimed are passed over.
 * @param isClaimed whether a token already belongs to a date or a telephone number
 */
export function readPartySize(
  tokens: readonly Token[],
  isClaimed: (index: number) => boolean,
  expecting: Expectation,
): Mention<number>[] {
  const mentions: Mention<number>[] = [];
  let index = 0;
  while (index < tokens.length) {
    const mention = isClaimed(index)
      ? undefined
      : (counted(tokens, index) ?? unnumbered(tokens, index) ?? uncounted(tokens, index, expecting));
    if (mention) mentions.push(mention);
    index = mention?.to ?? index + 1;
  }
  return mentions;
}
