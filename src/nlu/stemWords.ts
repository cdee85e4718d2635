import stemmers from 'natural/lib/natural/stemmers/index.js';

/** Spoken contractions in full, so that "i'd like" and "i would like" are one. */
const CONTRACTIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ["can't", ['can', 'not']],
  ['cannot', ['can', 'not']],
  ["won't", ['will', 'not']],
  ["shan't", ['shall', 'not']],
  ["let's", ['let', 'us']],
  ['gonna', ['going', 'to']],
  ['wanna', ['want', 'to']],
  ['ok', ['okay']],
  ['ya', ['you']],
]);
const ENDINGS: ReadonlyMap<string, string> = new Map([
  ['d', 'would'],
  ['ll', 'will'],
  ['m', 'am'],
  ['re', 'are'],
  ['ve', 'have'],
  ['s', 'is'],
]);
/** Words whose stem is remembered; more are stemmed afresh each time. */
const REMEMBERED = 20_000;
const known = new Map<string, readonly string[]>();

function expand(word: string): readonly string[] {
  const whole = CONTRACTIONS.get(word);
  if (whole) return whole;
  if (word.endsWith("n't")) return [word.slice(0, -3), 'not'];
  const apostrophe = word.lastIndexOf("'");
  if (apostrophe > 0) {
    const ending = ENDINGS.get(word.slice(apostrophe + 1));
    if (ending !== undefined) return [word.slice(0, apostrophe), ending];
  }
  return [word];
}

function stem(word: string): string {
  return /^[a-z]{3,}$/.test(word) ? stemmers.PorterStemmer.stem(word) : word;
}

/** Words to stems (Porter), contractions written out; places and figures stay as they are. */
export function stemWords(words: readonly string[]): string[] {
  const stems: string[] = [];
  for (const word of words) {
    let own = known.get(word);
    if (own === undefined) {
      own = word.startsWith('{') ? [word] : expand(word).map(stem);
      if (known.size < REMEMBERED) known.set(word, own);
    }
    stems.push(...own);
  }
  return stems;
}
