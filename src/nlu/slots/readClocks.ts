import { clockToken } from './clockToken.js';
import type { Token } from './token.js';
import { wordAt } from './wordAt.js';

const TO = new Set(['to', 'before', 'til', 'till', 'of']);
const PAST = new Set(['past', 'after', 'gone']);
/** Words that open a range, in which "ten to five" is not ten minutes before five. */
const RANGE_OPENERS = new Set(['from', 'between']);

function numberAt(tokens: readonly Token[], index: number, low: number, high: number): number | undefined {
  const token = tokens[index];
  return token?.kind === 'number' && token.value >= low && token.value <= high ? token.value : undefined;
}

/** The hour of "half past two" or "half past two o'clock". */
function hourAt(tokens: readonly Token[], index: number): number | undefined {
  return numberAt(tokens, index, 1, 12);
}

/** How many tokens at an index say `am` or `pm`, and which. */
function halfAt(tokens: readonly Token[], index: number): { half: 'am' | 'pm'; length: number } | undefined {
  const word = wordAt(tokens, index);
  if (word === 'am' || word === 'pm') return { half: word, length: 1 };
  if ((word === 'a' || word === 'p') && wordAt(tokens, index + 1) === 'm')
    return { half: word === 'a' ? 'am' : 'pm', length: 2 };
  if (word === 'in' && wordAt(tokens, index + 1) === 'the') {
    const part = wordAt(tokens, index + 2);
    if (part === 'morning') return { half: 'am', length: 3 };
    if (part === 'afternoon' || part === 'evening') return { half: 'pm', length: 3 };
  }
  if (word === 'at' && wordAt(tokens, index + 1) === 'night') return { half: 'pm', length: 2 };
  return undefined;
}

/** Minutes said after an hour, as in "two thirty" or "ten oh five". */
function minutesAfter(
  tokens: readonly Token[],
  index: number,
): { minutes: number; length: number } | undefined {
  const between = wordAt(tokens, index + 1);
  if (between === 'oh' || between === 'o') {
    const minutes = numberAt(tokens, index + 2, 1, 9);
    return minutes === undefined ? undefined : { minutes, length: 3 };
  }
  const minutes = numberAt(tokens, index + 1, 10, 59);
  if (minutes === undefined) return undefined;
  // "For two twelve o'clock" and "for two ten thirty" are two facts: the later pair is the time.
  if (wordAt(tokens, index + 2) === "o'clock") return undefined;
  if (minutes <= 12 && numberAt(tokens, index + 2, 10, 59) !== undefined) return undefined;
  const plain = minutes % 5 === 0 || wordAt(tokens, index - 1) === 'at';
  return plain ? { minutes, length: 2 } : undefined;
}

interface Reading {
  readonly minutes: number;
  readonly exact: boolean;
  readonly length: number;
}

function relativeToHour(tokens: readonly Token[], index: number): Reading | undefined {
  const first = wordAt(tokens, index);
  const second = wordAt(tokens, index + 1);
  if (first === 'half') {
    const past = PAST.has(second) ? 1 : 0;
    const hour = hourAt(tokens, index + 1 + past);
    return hour === undefined ? undefined : { minutes: hour * 60 + 30, exact: false, length: 2 + past };
  }
  let offset = first === 'quarter' ? 15 : numberAt(tokens, index, 1, 29);
  if (offset === undefined) return undefined;
  const saysMinutes = second === 'minutes' || second === 'minute';
  if (first !== 'quarter' && !saysMinutes && offset % 5 !== 0) return undefined;
  const at = index + (saysMinutes ? 2 : 1);
  const direction = wordAt(tokens, at);
  const hour = hourAt(tokens, at + 1);
  if (hour === undefined) return undefined;
  if (first !== 'quarter' && RANGE_OPENERS.has(wordAt(tokens, index - 1))) return undefined;
  if (TO.has(direction)) offset = -offset;
  else if (!PAST.has(direction)) return undefined;
  const minutes = hour * 60 + offset;
  return { minutes: minutes < 60 ? minutes + 720 : minutes, exact: false, length: at + 2 - index };
}

function readingAt(tokens: readonly Token[], index: number): Reading | undefined {
  const token = tokens[index];
  if (token === undefined) return undefined;
  if (token.kind === 'word') {
    if (token.text === 'midday' || token.text === 'noon') return { minutes: 720, exact: true, length: 1 };
    if (token.text === 'midnight') return { minutes: 0, exact: true, length: 1 };
    return token.text === 'half' || token.text === 'quarter' ? relativeToHour(tokens, index) : undefined;
  }
  if (token.kind === 'clock') return { minutes: token.minutes, exact: token.exact, length: 1 };
  if (token.kind !== 'number') return undefined;
  const relative = relativeToHour(tokens, index);
  if (relative) return relative;
  const next = wordAt(tokens, index + 1);
  if (token.value === 12 && (next === 'noon' || next === 'midday'))
    return { minutes: 720, exact: true, length: 2 };
  if (next === 'hours' && token.value >= 100 && token.value % 100 === 0 && token.value < 2400)
    return { minutes: (token.value / 100) * 60, exact: true, length: 2 };
  if (token.value < 1 || token.value > 23) return undefined;
  if (next === "o'clock") return { minutes: token.value * 60, exact: token.value > 12, length: 2 };
  const after = minutesAfter(tokens, index);
  if (after)
    return { minutes: token.value * 60 + after.minutes, exact: token.value > 12, length: after.length };
  if (token.value <= 12 && halfAt(tokens, index + 1))
    return { minutes: token.value * 60, exact: false, length: 1 };
  return undefined;
}

/**
 * Joins tokens that say a time of day into one: "half two" and "half past two" → 2:30, "quarter to three" →
 * 2:45, "ten oh five" → 10:05, "two thirty", "2 p m", "nine in the morning", "midday". A bare number stays a
 * number: whether it is an hour depends on what stands around it.
 */
export function readClocks(tokens: readonly Token[]): Token[] {
  const joined: Token[] = [];
  let index = 0;
  for (let token = tokens[index]; token !== undefined; token = tokens[index]) {
    const reading = readingAt(tokens, index);
    if (!reading) {
      joined.push(token);
      index++;
      continue;
    }
    const previous = joined.at(-1);
    if (
      token.kind === 'word' &&
      token.text === 'quarter' &&
      previous?.kind === 'word' &&
      previous.text === 'a'
    )
      joined.pop();
    index += reading.length;
    if (wordAt(tokens, index) === "o'clock") index++;
    let { minutes, exact } = reading;
    const half = halfAt(tokens, index);
    if (half) {
      index += half.length;
      const atNight = wordAt(tokens, index - 1) === 'night';
      if (!exact) {
        const twelve = minutes % 720;
        const isTwelveAtNight = atNight && minutes >= 720;
        minutes = half.half === 'pm' && !isTwelveAtNight ? twelve + 720 : twelve;
        exact = true;
      }
    }
    joined.push(clockToken(minutes, exact));
  }
  return joined;
}
