import { EXPECTATIONS, type Expectation } from '../../streams/expectation.js';
import { LEADING, TRAILING } from './courtesies.js';
import { oneOf, optional, sequence, words, wordsIn, type Phrase } from './phrase.js';
import { PLACES, slotPhrases, type Place } from './slotPhrases.js';
import { spokenWords } from './spokenWords.js';
import type { Vocabulary } from './vocabulary.js';
import { wordGraph, type WordGraph } from './wordGraph.js';

/** What an expectation listens for: one graph each. */
export type Grammars = Readonly<Record<Expectation, WordGraph>>;

/** The places that an answer to a question may fill; an offered hour may be chosen by its time. */
const ANSWERS: Readonly<Partial<Record<Expectation, readonly Place[]>>> = {
  date: ['date', 'time'],
  time: ['time', 'date'],
  partySize: ['partySize'],
  name: ['name'],
  phone: ['phone'],
  choice: ['choice', 'time', 'date'],
};

/** Stands before a detail, and changes with it. */
const PREPOSITIONS = ['for', 'on', 'at', 'around', 'about'];

/** Words that grammars have whatever the vocabulary, apart from those of the places. */
export const OWN_WORDS: readonly string[] = [
  ...wordsIn(LEADING),
  ...wordsIn(TRAILING),
  ...PREPOSITIONS,
  ...['the', 'one'],
];

/**
 * Builds what is listened for at each question from a vocabulary. An expectation hears the patterns that
 * list it (or `*`). A question for a slot also hears the slot by itself and, of `inform`, every pattern with a
 * place that answers it and no other: a thousand names beside the days of the week would only be misheard.
 * `confirmation` hears `affirm`, `deny` and `inform`, since a caller may correct what is read back.
 *
 * Where a pattern tells a date or a time, the details of a booking may be told in any order and number:
 * no list of patterns has all of them.
 * @throws RangeError when nothing is left for some expectation.
 * @param pronounceable whether a word can be listened for.
 * @param onWarning told of each pattern and name left out, with the reason.
 */
export function grammars(
  vocabulary: Vocabulary,
  pronounceable: (word: string) => boolean,
  onWarning: (message: string) => void,
): Grammars {
  const places = slotPhrases({
    given: pronounceableNames(vocabulary.names.given, pronounceable, onWarning),
    family: pronounceableNames(vocabulary.names.family, pronounceable, onWarning),
  });
  const allDetails = anyOrder(places, true);
  const dateAndTime = anyOrder(places, false);
  const listening = new Map<Expectation, Phrase[]>(EXPECTATIONS.map((expectation) => [expectation, []]));

  for (const { tag, patterns, expecting } of vocabulary.intents) {
    const hasPartySize = patterns.some((pattern) => pattern.includes('{partySize}'));
    for (const pattern of patterns) {
      const spoken = spokenWords(pattern);
      const unheard = spoken.filter((word) => !isPlace(word) && !pronounceable(word));
      const empty = spoken.find((word) => word === '{name}' && !hasNames(vocabulary));
      if (spoken.length === 0 || unheard.length > 0 || empty !== undefined) {
        const reason =
          unheard.length > 0
            ? `no pronunciation for ${unheard.map((word) => `"${word}"`).join(', ')}; spell it in English letters`
            : empty === undefined
              ? 'it has no words'
              : 'the vocabulary has no names';
        onWarning(`the pattern "${pattern}" of "${tag}" is not listened for: ${reason}`);
        continue;
      }
      const literal = sequence(
        ...spoken.map((word) => (isPlace(word) ? shared(places[placeOf(word)]) : words(word))),
      );
      const loose = withDetails(spoken, places, hasPartySize ? allDetails : dateAndTime);
      for (const expectation of EXPECTATIONS) {
        if (isListenedFor(expectation, tag, spoken, expecting)) {
          // The answer to a question for one detail is that detail.
          listening.get(expectation)?.push(expectation in ANSWERS ? literal : loose);
        }
      }
    }
  }

  const graph = (expectation: Expectation): WordGraph => {
    const answers = (ANSWERS[expectation] ?? []).filter((place) => place !== 'name' || hasNames(vocabulary));
    const choices = [
      ...(listening.get(expectation) ?? []),
      ...answers.map((place) => bare(place, shared(places[place]))),
    ];
    if (choices.length === 0) {
      throw new RangeError(
        `the vocabulary has nothing to listen for at "${expectation}"; add an intent whose "expecting" lists it`,
      );
    }
    const sentences = oneOf(...choices);
    return wordGraph(sequence(optional(LEADING), shared(sentences), optional(TRAILING)));
  };
  return Object.fromEntries(
    EXPECTATIONS.map((expectation) => [expectation, graph(expectation)]),
  ) as unknown as Grammars;
}

function isListenedFor(
  expectation: Expectation,
  tag: string,
  spoken: readonly string[],
  expecting: readonly (Expectation | '*')[],
): boolean {
  const answers = ANSWERS[expectation];
  if (tag === 'inform' && answers !== undefined) {
    const said = spoken.filter(isPlace).map(placeOf);
    return said.length === 0
      ? expecting.includes(expectation)
      : said.some((place) => answers.includes(place));
  }
  if (tag === 'inform' && expectation === 'confirmation') {
    // Nothing is on offer, and a name that nothing announces is a "no thank you" misheard.
    return !spoken.includes('{choice}') && spoken.join(' ') !== '{name}';
  }
  return (
    expecting.includes(expectation) ||
    expecting.includes('*') ||
    (expectation === 'confirmation' && (tag === 'affirm' || tag === 'deny'))
  );
}

/** A slot as a whole answer: `tomorrow`, `the first one`, `the four o'clock one`. */
function bare(place: Place, phrase: Phrase): Phrase {
  return place === 'choice' || place === 'time' ? sequence(optional('the'), phrase, optional('one')) : phrase;
}

function withDetails(
  spoken: readonly string[],
  places: Readonly<Record<Place, Phrase>>,
  details: Phrase,
): Phrase {
  const parts: Phrase[] = [];
  for (let at = 0; at < spoken.length;) {
    const run = detailsAt(spoken, at);
    const word = spoken[at] ?? '';
    if (run.some((detail) => detail === '{date}' || detail === '{time}')) {
      parts.push(details);
      at += run.length;
    } else {
      parts.push(isPlace(word) ? shared(places[placeOf(word)]) : words(word));
      at += 1;
    }
  }
  return sequence(...parts);
}

/** The dates, times and party sizes, with what stands before each, from a position of a pattern on. */
function detailsAt(spoken: readonly string[], start: number): readonly string[] {
  let end = start;
  for (;;) {
    const at = PREPOSITIONS.includes(spoken[end] ?? '') ? end + 1 : end;
    if (!['{date}', '{time}', '{partySize}'].includes(spoken[at] ?? '')) {
      return spoken.slice(start, end);
    }
    end = at + 1;
  }
}

/** Details of a booking in any order. */
function anyOrder(places: Readonly<Record<Place, Phrase>>, hasPartySize: boolean): Phrase {
  const detail = oneOf(
    sequence(optional(oneOf('for', 'on')), shared(places.date)),
    sequence(optional(oneOf('at', 'for', 'around', 'about')), shared(places.time)),
    ...(hasPartySize ? [sequence(optional('for'), shared(places.partySize))] : []),
  );
  return shared({ kind: 'repeated', phrase: detail });
}

function isPlace(word: string): boolean {
  return (PLACES as readonly string[]).includes(placeOf(word)) && word.startsWith('{');
}

function placeOf(word: string): Place {
  return word.slice(1, -1) as Place;
}

/** One object a place, so that sentences can share it. */
const SHARED = new WeakMap<Phrase, Phrase>();

function shared(phrase: Phrase): Phrase {
  const copy = SHARED.get(phrase) ?? { kind: 'shared', phrase };
  SHARED.set(phrase, copy);
  return copy;
}

function hasNames({ names }: Vocabulary): boolean {
  return names.given.length + names.family.length > 0;
}

function pronounceableNames(
  names: readonly string[],
  pronounceable: (word: string) => boolean,
  onWarning: (message: string) => void,
): string[] {
  return names
    .map((name) => spokenWords(name))
    .filter((spoken) => {
      const heard = spoken.length > 0 && spoken.every(pronounceable);
      if (!heard) {
        onWarning(`the name "${spoken.join(' ')}" is not listened for: it has no pronunciation`);
      }
      return heard;
    })
    .map((spoken) => spoken.join(' '));
}
