import { oneOf } from './phrase.js';

/** Said while thinking; they carry no meaning, and breath is taken for them. */
export const HESITATIONS: readonly string[] = ['um', 'uh', 'er'];

/** Said before an answer without changing what is meant. */
export const LEADING = oneOf(
  ...HESITATIONS,
  ...['well', 'oh', 'okay', 'yes', 'yeah', 'no', 'hi', 'hello', 'sorry'],
);

/** Said after an answer. */
export const TRAILING = oneOf('please', 'thanks', 'thank you');
