/** One piece of a normalised utterance. */
export type Token =
  /** A word, lower case. */
  | { readonly kind: 'word'; readonly text: string }
  /** A place of a training pattern, such as `{date}`. */
  | { readonly kind: 'place'; readonly text: string }
  /** A cardinal number that no other kind explains. */
  | { readonly kind: 'number'; readonly text: string; readonly value: number }
  /** `1st` to `31st`. */
  | { readonly kind: 'ordinal'; readonly text: string; readonly value: number }
  /** A time of day in minutes since midnight; `exact` when morning and afternoon are told apart. */
  | { readonly kind: 'clock'; readonly text: string; readonly minutes: number; readonly exact: boolean }
  /** A run of digits too long for a quantity, with its `+` when it had one: a phone number. */
  | { readonly kind: 'digits'; readonly text: string }
  /** A date in figures: `12/05`, `12/05/2026`, `2026-05-12`. */
  | { readonly kind: 'calendar'; readonly text: string };
