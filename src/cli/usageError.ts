/** What the user gave a command cannot be used; the message says what to give instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
