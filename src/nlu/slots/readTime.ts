import type { Expectation } from '../../streams/expectation.js';
import { OTHER_COUNTED, PEOPLE } from './countedNouns.js';
import { isChange } from './isChange.js';
import { LISTED_NOUNS } from './listedNouns.js';
import type { Mention } from './mention.js';
import { resolveHour, type PartOfDay } from './resolveHour.js';
import type { Token } from './token.js';
import { wordAt } from './wordAt.js';

/** What a bare number is measured against. */
export interface TimeContext {
  readonly expecting: Expectation;
  /** Minutes since midnight. */
  readonly opens: number;
  /** Minutes since midnight. */
  readonly closes: number;
  /** Whether a token already belongs to a date, a party or a telephone number. */
  readonly isClaimed: (index: number) => boolean;
}

const PARTS: ReadonlyMap<string, PartOfDay> = new Map<string, PartOfDay>([
  ['morning', 'morning'],
  ['afternoon', 'afternoon'],
  ['lunchtime', 'afternoon'],
  ['evening', 'evening'],
  ['tonight', 'evening'],
  ['night', 'evening'],
]);
/** Words before a number that make it an hour, whatever was asked. */
const HOUR_OPENERS = new Set(['at', 'from', 'after', 'until', 'till', 'by']);
/** Words that do so unless a number of people was asked for. */
const LOOSE_OPENERS = new Set(['around', 'about', 'approximately', 'roughly', 'say', 'nearer', 'nearly']);
const ALTERNATIVES = new Set(['and', 'or', 'to']);

/** The one part of the day that was said; "good morning" is none. */
function partOfDay(tokens: readonly Token[]): PartOfDay | undefined {
  let said: PartOfDay | undefined;
  for (let index = 0; index < tokens.length; index++) {
    const part = PARTS.get(wordAt(tokens, index));
    if (part === undefined || wordAt(tokens, index - 1) === 'good') continue;
    if (said !== undefined && said !== part) return undefined;
    said = part;
  }
  return said;
}

/** Whether the number at an index stands where an hour would. */
function isHour(
  tokens: readonly Token[],
  index: number,
  context: TimeContext,
  previous: Mention<number> | undefined,
): boolean {
  const after = wordAt(tokens, index + 1);
  if (PEOPLE.has(after) || OTHER_COUNTED.has(after)) return false;
  if (after === 'of' && wordAt(tokens, index + 2) === 'us') return false;
  const before = wordAt(tokens, index - 1);
  if (LISTED_NOUNS.has(before)) return false;
  if (HOUR_OPENERS.has(before) || (before === 'to' && isChange(tokens))) return true;
  // "At about four", "at around four".
  if (LOOSE_OPENERS.has(before) && wordAt(tokens, index - 2) === 'at') return true;
  const { expecting } = context;
  if (expecting === 'time' || expecting === 'choice') return true;
  if (expecting === 'partySize') return false;
  if (LOOSE_OPENERS.has(before) || before === 'for') return true;
  // "Two or three o'clock".
  if (after === 'or' && tokens[index + 2]?.kind === 'clock') return true;
  // "Between two and four": both are hours, or neither.
  if (before === 'between') return true;
  if (ALTERNATIVES.has(before) && previous?.to === index - 1) return true;
  return index > 0 && context.isClaimed(index - 1) && tokens[index - 1]?.kind !== 'digits';
}

/**
 * The times of day that an utterance says, in minutes since midnight, those without morning or afternoon
 * resolved by opening hours. Limits that are no wish ("before ten") are left out, and so is every time of a
 * range, of which only its bounds are known.
 */
export function readTime(tokens: readonly Token[], context: TimeContext): Mention<number>[] {
  const part = partOfDay(tokens);
  const mentions: Mention<number>[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (token === undefined || context.isClaimed(index)) continue;
    const before = wordAt(tokens, index - 1);
    if (before === 'before') continue;
    if (token.kind === 'clock') {
      const value = token.exact
        ? token.minutes
        : resolveHour(token.minutes, context.opens, context.closes, part);
      mentions.push({ value, from: index, to: index + 1 });
    } else if (token.kind === 'number' && token.value >= 1 && token.value <= 23) {
      if (!isHour(tokens, index, context, mentions.at(-1))) continue;
      const minutes = token.value * 60;
      const value = token.value > 12 ? minutes : resolveHour(minutes, context.opens, context.closes, part);
      mentions.push({ value, from: index, to: index + 1 });
    }
  }
  return mentions;
}
