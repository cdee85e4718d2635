import type { Token } from './token.js';

/** The word at an index of an utterance; empty when another kind of token, or none, is there. */
export function wordAt(tokens: readonly Token[], index: number): string {
  const token = tokens[index];
  return token?.kind === 'word' ? token.text : '';
}
