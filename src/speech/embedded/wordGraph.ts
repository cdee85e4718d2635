import type { Phrase } from './phrase.js';

/**
 * A finite-state grammar: a graph whose paths from `start` to `final` are the sentences. Plain data, so that
 * it can be posted to a thread.
 */
export interface WordGraph {
  readonly states: number;
  readonly start: number;
  readonly final: number;
  /** From state, to state, word; a null word is passed without anything said. */
  readonly arcs: readonly (readonly [from: number, to: number, word: string | null])[];
}

const FINAL = 0;

/** What may come next: words with the states they lead to, and states that may be gone on from silently. */
interface Front {
  readonly arcs: ReadonlyMap<string, number>;
  readonly silent: ReadonlySet<number>;
}

/**
 * Compiles a phrase to a graph, from its end to its beginning, so that equal endings are one state and equal
 * beginnings one path. A decoder's work grows with the graph, and thousands of names in each of a hundred
 * sentences would be far too many.
 * @throws RangeError when the phrase can be silence only.
 */
export function wordGraph(phrase: Phrase): WordGraph {
  const fronts: Front[] = [EMPTY];
  const known = new Map<string, number>();
  const numbered = new WeakMap<Front, number>();
  const shared = new Map<Phrase, Map<number, Front>>();
  /** States that many others go on from silently; a copy of their arcs would be waste, or endless. */
  const entered = new Set<number>([FINAL]);

  function stateOf(front: Front): number {
    const state = numbered.get(front) ?? lookUp(front);
    numbered.set(front, state);
    return state;
  }

  function lookUp(front: Front): number {
    const [onward] = front.silent;
    if (front.arcs.size === 0 && front.silent.size === 1 && onward !== undefined) {
      return onward;
    }
    const arcs = [...front.arcs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([word, to]) => `${word}>${to}`);
    const key = `${arcs.join(' ')}|${[...front.silent].sort((a, b) => a - b).join(' ')}`;
    let state = known.get(key);
    if (state === undefined) {
      state = fronts.push(front) - 1;
      known.set(key, state);
    }
    return state;
  }

  function frontOf(state: number): Front {
    const front = fronts[state];
    return front === undefined || entered.has(state) ? { arcs: new Map(), silent: new Set([state]) } : front;
  }

  function eitherOf(choices: readonly Front[]): Front {
    const arcs = new Map<string, number>();
    const silent = new Set<number>();
    for (const choice of choices) {
      for (const [word, to] of choice.arcs) {
        const other = arcs.get(word) ?? to;
        arcs.set(word, other === to ? to : stateOf(eitherOf([frontOf(other), frontOf(to)])));
      }
      choice.silent.forEach((to) => silent.add(to));
    }
    return { arcs, silent };
  }

  function before(phrase: Phrase, next: Front): Front {
    switch (phrase.kind) {
      case 'word':
        return { arcs: new Map([[phrase.word, stateOf(next)]]), silent: new Set() };
      case 'sequence':
        return phrase.parts.reduceRight((front, part) => before(part, front), next);
      case 'oneOf':
        return eitherOf(phrase.choices.map((choice) => before(choice, next)));
      case 'optional':
        return eitherOf([before(phrase.phrase, next), next]);
      case 'repeated': {
        // The loop's state leads to itself, so it cannot be looked up by what it leads to.
        const loop = fronts.push(EMPTY) - 1;
        entered.add(loop);
        const once = before(phrase.phrase, { arcs: new Map(), silent: new Set([loop]) });
        fronts[loop] = eitherOf([once, next]);
        return once;
      }
      case 'shared': {
        const then = stateOf(next);
        const copies = shared.get(phrase.phrase) ?? new Map<number, Front>();
        shared.set(phrase.phrase, copies);
        const copy = copies.get(then);
        if (copy !== undefined) {
          return copy;
        }
        const state = stateOf(before(phrase.phrase, next));
        entered.add(state);
        const front: Front = { arcs: new Map(), silent: new Set([state]) };
        copies.set(then, front);
        return front;
      }
    }
  }

  /** All that can be reached without a word: PocketSphinx passes one silent arc at a time. */
  function passedTo(state: number): ReadonlySet<number> {
    const passed = new Set(fronts[state]?.silent);
    for (const further of passed) {
      fronts[further]?.silent.forEach((to) => passed.add(to));
    }
    passed.delete(state);
    return passed;
  }

  const start = stateOf(before(phrase, { arcs: new Map(), silent: new Set([FINAL]) }));
  if (start === FINAL) {
    throw new RangeError('a grammar needs at least one word; this phrase has none');
  }

  // Only what can be reached, numbered in the order it is met: merging leaves states behind.
  const numbers = new Map([
    [FINAL, FINAL],
    [start, 1],
  ]);
  const arcs: [number, number, string | null][] = [];
  for (const [state, from] of numbers) {
    const numberOf = (to: number): number => {
      const number = numbers.get(to) ?? numbers.size;
      numbers.set(to, number);
      return number;
    };
    if (state !== FINAL) {
      const front = fronts[state] ?? EMPTY;
      front.arcs.forEach((to, word) => arcs.push([from, numberOf(to), word]));
      passedTo(state).forEach((to) => arcs.push([from, numberOf(to), null]));
    }
  }
  return { states: numbers.size, start: 1, final: FINAL, arcs };
}

const EMPTY: Front = { arcs: new Map(), silent: new Set() };
