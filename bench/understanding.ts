import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { createUnderstander } from '../src/nlu/createUnderstander.js';
import { loadModel } from '../src/nlu/loadModel.js';
import { parseIntents } from '../src/nlu/parseIntents.js';
import type { Names } from '../src/nlu/slots/nameBook.js';
import type { Expectation } from '../src/streams/expectation.js';
import { percentile } from './percentile.js';

const UTTERANCES: readonly (readonly [text: string, expecting: Expectation])[] = [
  ["hi i'd like to book a table for four tomorrow at half past two please", 'open'],
  ['book a table', 'open'],
  ['have you got anything on friday the seventh of november', 'open'],
  ['i need to move my appointment from tuesday to thursday at ten', 'open'],
  ["i'm afraid we have to cancel our booking for saturday", 'open'],
  ['what time are you open until on sundays', 'open'],
  ['how do i get to you from the station', 'open'],
  ['can i speak to a real person', 'open'],
  ['what is the weather going to be like in the mountains', 'open'],
  ['tomorrow at two', 'date'],
  ['a week on wednesday', 'date'],
  ['the twenty third', 'date'],
  ['12/11/2026', 'date'],
  ['quarter to three in the afternoon', 'time'],
  ['nine', 'time'],
  ['there are five of us', 'partySize'],
  ['four', 'partySize'],
  ['my name is siobhan kowalczyk', 'name'],
  ['john smith', 'name'],
  ['oh seven seven double oh nine hundred one two three', 'phone'],
  ['the second one please', 'choice'],
  ['yes please', 'confirmation'],
  ['no, wednesday', 'confirmation'],
  ["that's all thank you", 'anythingElse'],
  ['goodbye', 'anythingElse'],
  ['sorry could you say that again', 'time'],
  ['stop', 'date'],
  ['the quick brown fox jumps over the lazy dog', 'open'],
];

/** What one utterance costs, from text to intent and slots, in microseconds. */
export interface UnderstandingCost {
  readonly utterances: number;
  readonly medianMicroseconds: number;
  readonly p95Microseconds: number;
}

/** Times understanding over a varied list, each utterance by itself, after warming up. */
export function benchUnderstanding(rounds = 400): UnderstandingCost {
  const file = 'models/intents.json';
  const intents = parseIntents(readFileSync(file, 'utf8'), file);
  const understander = createUnderstander({
    intents,
    names: JSON.parse(readFileSync('models/names.json', 'utf8')) as Names,
    model: loadModel('models/intents', intents),
    timeZone: 'Europe/London',
    opens: '09:00',
    closes: '18:00',
  });
  const now = new Date('2025-10-22T09:00:00Z');
  const times: number[] = [];
  for (let round = -rounds; round < rounds; round++) {
    for (const [text, expecting] of UTTERANCES) {
      const started = performance.now();
      understander.understand(text, { expecting, now });
      if (round >= 0) times.push((performance.now() - started) * 1000);
    }
  }
  return {
    utterances: times.length,
    medianMicroseconds: percentile(times, 0.5),
    p95Microseconds: percentile(times, 0.95),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { utterances, medianMicroseconds, p95Microseconds } = benchUnderstanding();
  console.log(
    `understanding: median ${medianMicroseconds.toFixed(1)} µs, p95 ${p95Microseconds.toFixed(1)} µs an utterance (${utterances} utterances)`,
  );
}
