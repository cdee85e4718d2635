import type { Token } from './token.js';

const CHANGE = /^(?:mov(?:e|ing)|chang|swap|reschedul|rearrang|push|bring|switch)/;

/** Whether an utterance asks for something to be moved, so that "to four" and "to thursday" are its goal. */
export function isChange(tokens: readonly Token[]): boolean {
  return tokens.some((token) => token.kind === 'word' && CHANGE.test(token.text));
}
