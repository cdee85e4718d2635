/** What is wrong with an intents file, and where. */
export class IntentsError extends Error {
  override readonly name = 'IntentsError';
}
