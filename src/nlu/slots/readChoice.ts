import type { Expectation } from '../../streams/expectation.js';
import { LISTED_NOUNS } from './listedNouns.js';
import type { Mention } from './mention.js';
import type { Token } from './token.js';
import { wordAt } from './wordAt.js';

const LAST = new Set(['last', 'latter', 'latest', 'final']);
const FIRST = new Set(['former', 'earliest']);
const OPTIONS = new Set(['one', 'option', 'choice', 'slot']);

/**
 * Which of the options on offer an utterance picks, counted from 1; -1 is the last. A bare number is no
 * choice ("two" among offered hours is two o'clock), "number two" is.
 */
export function readChoice(
  tokens: readonly Token[],
  isClaimed: (index: number) => boolean,
  expecting: Expectation,
): Mention<number>[] {
  const mentions: Mention<number>[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (token === undefined || isClaimed(index)) continue;
    const mention = { from: index, to: index + 1 };
    if (token.kind === 'number') {
      if (LISTED_NOUNS.has(wordAt(tokens, index - 1)) && token.value >= 1 && token.value <= 9)
        mentions.push({ ...mention, value: token.value });
      continue;
    }
    const isOption = expecting === 'choice' || OPTIONS.has(wordAt(tokens, index + 1));
    if (!isOption) continue;
    if (token.kind === 'ordinal') mentions.push({ ...mention, value: token.value });
    else if (token.kind === 'word') {
      if (LAST.has(token.text)) mentions.push({ ...mention, value: -1 });
      else if (FIRST.has(token.text)) mentions.push({ ...mention, value: 1 });
      else if (token.text === 'middle') mentions.push({ ...mention, value: 2 });
    }
  }
  return mentions;
}
