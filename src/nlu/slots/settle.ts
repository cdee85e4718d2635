import { isChange } from './isChange.js';
import type { Mention } from './mention.js';
import type { Token } from './token.js';
import { wordAt } from './wordAt.js';

/** Words by which a speaker takes back what was just said. */
const CORRECTIONS = new Set([
  'no',
  'nope',
  'sorry',
  'actually',
  'wait',
  'rather',
  'mean',
  'meant',
  'make',
  'correction',
  'oops',
  'better',
]);
/** Words right before a value that is not wanted. */
const REFUSALS = new Set(['not', 'except', 'of', 'than', 'but']);
/** "Instead of", "rather than". */
const TWO_WORD_REFUSALS = new Set(['instead of', 'rather than']);
const UNABLE = new Set(["can't", 'cannot', "couldn't", "won't"]);

function isRefused(tokens: readonly Token[], from: number, isOnly: boolean): boolean {
  let at = from - 1;
  if (wordAt(tokens, at) === 'on' || wordAt(tokens, at) === 'at' || wordAt(tokens, at) === 'for') at--;
  const before = wordAt(tokens, at);
  if (REFUSALS.has(before)) {
    if (before === 'of' || before === 'than')
      return TWO_WORD_REFUSALS.has(`${wordAt(tokens, at - 1)} ${before}`);
    return before !== 'but' || wordAt(tokens, at - 1) === 'anything';
  }
  // "I can't make tuesday, can I come wednesday": the first day is only refused beside another.
  if (isOnly) return false;
  return UNABLE.has(wordAt(tokens, at - 1)) || UNABLE.has(before) || UNABLE.has(wordAt(tokens, at - 2));
}

/**
 * Chooses among the values of one kind that an utterance mentions: refused ones fall out ("not tuesday"), a
 * correction leaves the last ("tuesday, no, wednesday"), and so does a move ("from tuesday to thursday").
 * Different values with nothing to choose by give undefined, since a wrong value is worse than none.
 */
export function settle<T>(mentions: readonly Mention<T>[], tokens: readonly Token[]): T | undefined {
  const wanted = mentions.filter((mention) => !isRefused(tokens, mention.from, mentions.length === 1));
  const last = wanted.at(-1);
  if (last === undefined) return undefined;
  const before = wanted.at(-2);
  if (before === undefined || wanted.every((mention) => mention.value === last.value)) return last.value;
  for (let index = before.to; index < last.from; index++) {
    if (CORRECTIONS.has(wordAt(tokens, index))) return last.value;
  }
  const isMove = wordAt(tokens, before.from - 1) === 'from' && wordAt(tokens, last.from - 1) === 'to';
  return isMove && isChange(tokens) ? last.value : undefined;
}
