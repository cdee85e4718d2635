/** Nouns that make the number after them one of several on offer, as in "option two". */
export const LISTED_NOUNS: ReadonlySet<string> = new Set(['number', 'option', 'choice']);
