import type { Mention } from './slots/mention.js';
import type { Token } from './slots/token.js';
import type { Slots } from './understanding.js';

/** Stands for figures that are in no slot. */
const FIGURES = '#';

/**
 * The words of an utterance with what the slots read replaced by its place, as the patterns have it: "book a
 * table for four tomorrow" → `book a table for {partySize} {date}`.
 */
export function delexicalise(
  tokens: readonly Token[],
  mentions: readonly Mention<keyof Slots>[],
): readonly string[] {
  const starts: (Mention<keyof Slots> | undefined)[] = [];
  for (const mention of mentions) starts[mention.from] = mention;
  const words: string[] = [];
  let index = 0;
  for (let token = tokens[index]; token !== undefined; token = tokens[index]) {
    const mention = starts[index];
    if (mention) {
      words.push(`{${mention.value}}`);
      index = mention.to;
      continue;
    }
    words.push(token.kind === 'word' || token.kind === 'place' ? token.text : FIGURES);
    index++;
  }
  return words;
}
