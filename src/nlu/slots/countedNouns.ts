/** Nouns that make a number a count of people. */
export const PEOPLE: ReadonlySet<string> = new Set(
  'people persons person guests guest adults adult diners covers heads pax seats'.split(' '),
);

/** Nouns that make a number neither an hour nor a party. */
export const OTHER_COUNTED: ReadonlySet<string> = new Set(
  'minutes minute mins hours hour days day weeks week months month years year pounds pence percent miles times kids children child babies tables table seconds o'.split(
    ' ',
  ),
);
