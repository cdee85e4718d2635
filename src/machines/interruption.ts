import type { PromptKey } from './prompt.js';

/**
 * What of the caller's cuts a prompt: that they begin to speak, only words that were made out, or nothing.
 */
export type Interruption = 'speech' | 'words' | 'nothing';

const BY_KEY: ReadonlyMap<string, Interruption> = new Map<PromptKey, Interruption>([
  // A cough must not cut what became of a booking.
  ['booked', 'words'],
  ['notBooked', 'words'],
  // The end of these is the end of the call: nobody would ever hear the rest.
  ['goodbye', 'nothing'],
  ['stopped', 'nothing'],
  ['giveUp', 'nothing'],
  ['tooLong', 'nothing'],
  ['unreachable', 'nothing'],
  ['unconfirmed', 'nothing'],
]);

/** What cuts the prompt of a key; most are cut by speech. "Stop" ends the call all the same. */
export function interruptionOf(key: string): Interruption {
  return BY_KEY.get(key) ?? 'speech';
}
