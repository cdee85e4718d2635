import { clockTime } from './clockTime.js';
import type { Token } from './token.js';

/**
 * A time of day as one piece of an utterance, its text as it is said: `9:05`.
 * @param minutes since midnight
 * @param exact whether morning and afternoon are told apart
 */
export function clockToken(minutes: number, exact: boolean): Token {
  return { kind: 'clock', text: clockTime(minutes).replace(/^0/, ''), minutes, exact };
}
