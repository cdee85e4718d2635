/** Names of people that a desk knows, lower case: the shape of `models/names.json`. */
export interface Names {
  readonly given: readonly string[];
  readonly family: readonly string[];
}

/** Names ready to be looked up, and the words that are never taken for one. */
export interface NameBook {
  readonly given: ReadonlySet<string>;
  readonly family: ReadonlySet<string>;
  /** Words of the desk's own language, which a name that is in no list must not be. */
  readonly ordinary: ReadonlySet<string>;
}

/** @param ordinary lower-case words that callers say to the desk for other reasons */
export function nameBook(names: Names, ordinary: Iterable<string>): NameBook {
  return { given: new Set(names.given), family: new Set(names.family), ordinary: new Set(ordinary) };
}
