/** A name as it is written: `john o'neill` → `John O'Neill`, `mcdonald` → `McDonald`. */
export function capitaliseName(words: readonly string[]): string {
  return words
    .map((word) =>
      word
        .replace(/^\p{L}/u, (letter) => letter.toUpperCase())
        .replace(/^(O'|Mc)(\p{L})/u, (_, prefix: string, letter: string) => prefix + letter.toUpperCase()),
    )
    .join(' ');
}
