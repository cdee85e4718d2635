/** There is no usable model; the message says what to run. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
}
