import { createHash } from 'node:crypto';
import type { Intents } from './intents.js';

/**
 * SHA-256 of all that a network is trained from: tags and patterns, in order. A changed response or
 * expectation needs no training and leaves it the same.
 */
export function patternsHash(intents: Intents): string {
  const trained = intents.intents.map(({ tag, patterns }) => [tag, patterns]);
  return createHash('sha256').update(JSON.stringify(trained)).digest('hex');
}
