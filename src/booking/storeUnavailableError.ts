/** The store that `DATABASE_URL` names cannot be used; the message says why and what to do. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';

  /**
   * @param problem what is wrong, such as `is not a database`
   * @param fix what to do about it, as a sentence
   */
  constructor(store: string, problem: string, fix: string, options?: ErrorOptions) {
    super(`DATABASE_URL: ${store} ${problem}. ${fix}`, options);
  }
}
