import { oneOf } from './phrase.js';

/** Said before an answer without changing what is meant. */
export const LEADING = oneOf(
  ...['um', 'uh', 'er', 'well', 'oh', 'okay', 'yes', 'yeah', 'no', 'hi', 'hello', 'sorry'],
);

/** Said after an answer. */
export const TRAILING = oneOf('please', 'thanks', 'thank you');
