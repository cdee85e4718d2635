/**
 * What the question just asked listens for. It flows back from the dialogue: it narrows the recogniser
 * (grammar or phrase hints) and the reading of the answer.
 */
export const EXPECTATIONS = [
  'open',
  'date',
  'time',
  'partySize',
  'name',
  'phone',
  'confirmation',
  'choice',
  'anythingElse',
] as const;

export type Expectation = (typeof EXPECTATIONS)[number];
