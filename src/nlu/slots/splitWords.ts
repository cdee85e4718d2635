const PIECE =
  /\{\w+\}|\+?\d+(?:[:./-]\d+)*(?:st|nd|rd|th|am|pm)?|[ap]\.\s?m\b\.?|\p{L}+(?:'\p{L}+)*|\+(?=\s?\d)/giu;

/** Hesitations, which carry no meaning. */
const HESITATIONS = new Set(['um', 'umm', 'uh', 'er', 'erm', 'hmm', 'mm', 'ah', 'ish']);

/**
 * Splits what a recogniser or a keyboard wrote into lower-case words, figures and `{places}`; punctuation
 * and hesitations are dropped, `p.m.` becomes `pm`.
 */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  for (const piece of text.replaceAll(/[’‘]/g, "'").match(PIECE) ?? []) {
    if (piece.startsWith('{')) {
      words.push(piece);
      continue;
    }
    const word = piece.toLowerCase();
    if (word.startsWith('a.')) words.push('am');
    else if (word.startsWith('p.')) words.push('pm');
    else if (!HESITATIONS.has(word)) words.push(word);
  }
  return words;
}
