/** A value and the tokens that it was read from: `from` inclusive, `to` exclusive. */
export interface Mention<T> {
  readonly value: T;
  readonly from: number;
  readonly to: number;
}
