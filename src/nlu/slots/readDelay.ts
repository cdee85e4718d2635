import type { Mention } from './mention.js';
import type { Token } from './token.js';
import { wordAt } from './wordAt.js';

/** "In half an hour", "in an hour", "in two hours' time", "in twenty minutes": minutes from now. */
export function readDelay(tokens: readonly Token[]): Mention<number> | undefined {
  for (let index = 0; index + 1 < tokens.length; index++) {
    if (wordAt(tokens, index) !== 'in') continue;
    const token = tokens[index + 1];
    let at = index + 2;
    let count = 1;
    if (token?.kind === 'number') count = token.value;
    else if (wordAt(tokens, index + 1) === 'half') {
      count = 0.5;
      if (wordAt(tokens, at) === 'an' || wordAt(tokens, at) === 'a') at++;
    } else if (wordAt(tokens, index + 1) !== 'an' && wordAt(tokens, index + 1) !== 'a') continue;
    const unit = wordAt(tokens, at).replace(/'s?$/, '');
    const minutes = /^hours?$/.test(unit) ? 60 : /^(?:minutes?|mins)$/.test(unit) ? 1 : undefined;
    if (minutes === undefined) continue;
    return { value: count * minutes, from: index, to: at + (wordAt(tokens, at + 1) === 'time' ? 2 : 1) };
  }
  return undefined;
}
