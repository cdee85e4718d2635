const COUNT =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen';
const ORDER =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth';
const BY_TEN = 'twenty thirty forty fifty sixty seventy eighty ninety';

/** `zero` to `nineteen`. */
export const UNITS: ReadonlyMap<string, number> = new Map(COUNT.split(' ').map((word, n) => [word, n]));

/** `twenty` to `ninety`. */
export const TENS: ReadonlyMap<string, number> = new Map(
  BY_TEN.split(' ').map((word, n) => [word, (n + 2) * 10]),
);

/** `first` to `nineteenth`, `twentieth` and `thirtieth`: the days of a month that are one word. */
export const ORDINALS: ReadonlyMap<string, number> = new Map([
  ...ORDER.split(' ').map((word, n): [string, number] => [word, n + 1]),
  ['twentieth', 20],
  ['thirtieth', 30],
]);
