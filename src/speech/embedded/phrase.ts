/** A regular expression over words: what may be said at one place of a sentence. */
export type Phrase =
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'sequence'; readonly parts: readonly Phrase[] }
  | { readonly kind: 'oneOf'; readonly choices: readonly Phrase[] }
  | { readonly kind: 'optional'; readonly phrase: Phrase }
  /** The phrase once or more. */
  | { readonly kind: 'repeated'; readonly phrase: Phrase }
  /** A phrase used in many sentences; sentences that go on alike share one copy of it. */
  | { readonly kind: 'shared'; readonly phrase: Phrase };

/** The words of a text one after another, such as `the day after tomorrow`. */
export function words(text: string): Phrase {
  return sequence(...text.split(' ').map((word): Phrase => ({ kind: 'word', word })));
}

/** One phrase after another. */
export function sequence(...parts: readonly Phrase[]): Phrase {
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : { kind: 'sequence', parts };
}

/** Any one of the phrases; a text stands for its words. */
export function oneOf(...choices: readonly (Phrase | string)[]): Phrase {
  return { kind: 'oneOf', choices: choices.map((c) => (typeof c === 'string' ? words(c) : c)) };
}

/** The phrase or nothing; a text stands for its words. */
export function optional(phrase: Phrase | string): Phrase {
  return { kind: 'optional', phrase: typeof phrase === 'string' ? words(phrase) : phrase };
}

/** Every word that a phrase can contain. */
export function wordsIn(phrase: Phrase): string[] {
  switch (phrase.kind) {
    case 'word':
      return [phrase.word];
    case 'sequence':
      return phrase.parts.flatMap(wordsIn);
    case 'oneOf':
      return phrase.choices.flatMap(wordsIn);
    case 'optional':
    case 'repeated':
    case 'shared':
      return wordsIn(phrase.phrase);
  }
}
