import type { Expectation } from '../../streams/expectation.js';

/** What callers may say, as data: the words the embedded recogniser listens for. */
export interface Vocabulary {
  readonly intents: readonly {
    /** The intent that the patterns mean. */
    readonly tag: string;
    /**
     * Spoken English with the places `{date}`, `{time}`, `{partySize}`, `{name}`, `{phone}` and `{choice}`,
     * such as `i'd like to book a table for {partySize} {date} at {time}`.
     */
    readonly patterns: readonly string[];
    /** The questions at which these patterns are listened for; `*` is all of them. */
    readonly expecting: readonly (Expectation | '*')[];
  }[];
  /** Names that are listened for where a caller gives one. */
  readonly names: { readonly given: readonly string[]; readonly family: readonly string[] };
}
