/** What callers say before and after the matter, whatever the matter is. */
const BEFORE = ['hi', 'hello', 'yes', 'yeah', 'okay', 'well', 'so', 'oh', 'yes hello', 'hi there', 'right', 'oh hi', 'good morning', 'sorry'].map((words) => words.split(' ')); // prettier-ignore
const AFTER = ['please', 'thanks', 'thank you', 'if that is okay', 'if possible', 'if you can', 'then'].map((words) => words.split(' ')); // prettier-ignore
/** Stands for a word that the recogniser got wrong; it is in no vocabulary. */
const UNHEARD = '\u0000';

/**
 * A pattern as it may reach the desk: with words of politeness around it, and now and then a word lost or
 * misheard. Patterns of one word are not cut, since nothing of them would be left.
 */
export function roughen(words: readonly string[], next: () => number): string[] {
  const rough: string[] = [];
  if (words.length > 1 && next() < 0.15) rough.push(...(BEFORE[Math.floor(next() * BEFORE.length)] ?? []));
  for (const word of words) {
    const draw = next();
    if (words.length > 2 && draw < 0.08) continue;
    rough.push(words.length > 2 && draw < 0.14 ? UNHEARD : word);
  }
  if (words.length > 1 && next() < 0.15) rough.push(...(AFTER[Math.floor(next() * AFTER.length)] ?? []));
  return rough.length > 0 ? rough : [...words];
}
