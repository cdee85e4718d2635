/**
 * How well and how fast the embedded recogniser hears: `npx tsx bench/speech.ts [paced] [rms] [awb] [kal]`.
 * Synthetic callers (flite's voices other than the desk's) say sentences of `models/intents.json` at the
 * questions where they belong. With `paced` the audio comes in real time, 20 ms a frame, as from a telephone,
 * and the latency from the true end of speech in the audio to the final result is measured.
 */
import { readFileSync } from 'node:fs';
import { concatMap, firstValueFrom, from, map, of, range, tap, timer, toArray } from 'rxjs';
import { parseIntents } from '../src/nlu/parseIntents.js';
import { createEmbeddedRecognizer } from '../src/speech/embedded/embeddedRecognizer.js';
import { createFliteSynthesizer } from '../src/speech/embedded/fliteSynthesizer.js';
import type { FliteVoice } from '../src/speech/embedded/fliteVoice.js';
import type { Vocabulary } from '../src/speech/embedded/vocabulary.js';
import type { Expectation } from '../src/streams/expectation.js';
import { MU_LAW_SILENCE } from '../src/streams/mediaFrame.js';
import { decodeMuLaw } from '../src/streams/muLaw.js';
import { percentile } from './percentile.js';

const CALLERS: readonly FliteVoice[] = ['rms', 'awb', 'kal'];

const SENTENCES: readonly (readonly [Expectation, ...string[]])[] = [
  [
    'open',
    "i'd like to book a table for tomorrow at two",
    "i'd like to book a table for four tomorrow at half past six",
    'book a table',
    'can i cancel my booking',
    'i want to cancel my booking',
    'i need to change my booking',
    'what time do you open',
    'where are you',
    'stop',
    'hello',
    'goodbye',
    'can i speak to someone please',
  ],
  ['date', 'tomorrow', 'next tuesday', 'the twenty third of november', 'friday', 'today', 'saturday please'],
  ['time', 'half past two', 'two thirty', "four o'clock", 'at five', 'quarter past four', 'noon', 'two pm'],
  ['partySize', 'four people', 'two', 'just me', 'six of us', 'three please', 'a party of eight'],
  ['name', 'john smith', 'my name is mary jones', 'david williams', 'sarah brown', 'susan taylor'],
  [
    'confirmation',
    'yes',
    'no',
    'yes please',
    'no thank you',
    "that's right",
    'stop',
    "that's correct",
    'yeah',
  ],
  ['choice', 'the first one', 'the second one', 'the last one', "two o'clock", 'no'],
  [
    'anythingElse',
    'no thank you',
    'no',
    "that's all",
    'yes please',
    'goodbye',
    "no that's everything thanks",
  ],
];

/** Different words for one meaning, as far as the dialogue is concerned. */
const MEANING: readonly (readonly [RegExp, string])[] = [
  [/\b(um|uh|er|oh|well|please|thanks|thank you|hi|okay|sorry)\b/g, ''],
  [/\b(nope|nah)\b/g, 'no'],
  [/\b(yeah|yep|yup)\b/g, 'yes'],
  [/\bat\b|\bfor\b|\bthe\b|\bone\b|\bpeople\b|\bof us\b/g, ''],
  [/\bsara\b/g, 'sarah'],
];

function meaning(text: string): string {
  return MEANING.reduce((kept, [words, replacement]) => kept.replaceAll(words, replacement), text)
    .split(/\s+/)
    .filter(Boolean)
    .join(' ');
}

function silence(ms: number): Uint8Array {
  return new Uint8Array(8 * ms).fill(MU_LAW_SILENCE);
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(pieces.flatMap((piece) => [...piece]));
}

/** Where the last sample louder than −40 dB of the peak is, in milliseconds. */
function endOfSpeech(audio: Uint8Array): number {
  const pcm = decodeMuLaw(audio);
  const peak = pcm.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return pcm.findLastIndex((sample) => Math.abs(sample) > peak / 100) / 8;
}

const paced = process.argv.includes('paced');
const asked = CALLERS.filter((voice) => process.argv.includes(voice));
const voices = asked.length > 0 ? asked : CALLERS;
const models = new URL('../models/', import.meta.url);
const vocabulary: Vocabulary = {
  ...parseIntents(readFileSync(new URL('intents.json', models), 'utf8'), 'models/intents.json'),
  names: JSON.parse(readFileSync(new URL('names.json', models), 'utf8')) as Vocabulary['names'],
};

const before = performance.now();
const rssBefore = process.memoryUsage().rss;
const recognizer = await createEmbeddedRecognizer({ vocabulary, onWarning: console.warn });
console.log(
  `ready in ${Math.round(performance.now() - before)} ms, ` +
    `${Math.round((process.memoryUsage().rss - rssBefore) / 1e6)} MB more resident`,
);

const endpointing: number[] = [];
const recognition: number[] = [];
const latency: number[] = [];
for (const voice of voices) {
  const caller = await createFliteSynthesizer({ voice });
  let said = 0;
  let kept = 0;
  let exact = 0;
  for (const [expectation, ...texts] of SENTENCES) {
    for (const text of texts) {
      const speech = await caller.synthesize(text);
      const audio = joined([silence(600), speech, silence(paced ? 800 : 1000)]);
      const frames = Math.floor(audio.length / 160);
      let started = performance.now();
      const audio$ = paced
        ? range(0, frames).pipe(
            concatMap((i) =>
              timer(Math.max(0, started + 20 * (i + 1) - performance.now())).pipe(
                map(() => audio.subarray(160 * i, 160 * (i + 1))),
              ),
            ),
          )
        : from([audio]);
      const expectation$ = of(expectation);
      started = performance.now();
      const results = await firstValueFrom(
        recognizer.recognize(audio$, { language: 'en-GB', expectation$ }).pipe(
          tap((result) => {
            if (result.type === 'final') {
              endpointing.push(result.endpointingMs);
              recognition.push(result.recognitionMs);
              latency.push(performance.now() - started - endOfSpeech(audio));
            }
          }),
          toArray(),
        ),
      );
      const heard = results.flatMap((result) => (result.type === 'final' ? [result] : []));
      const words = heard.map((final) => final.text).join(' / ');
      said += 1;
      exact += words === text ? 1 : 0;
      if (meaning(words) === meaning(text)) {
        kept += 1;
      } else {
        const confidence = heard.map((final) => final.confidence.toFixed(2)).join(' / ');
        console.log(`  ${voice} at ${expectation}: "${text}" heard as "${words}" (${confidence})`);
      }
    }
  }
  console.log(`${voice}: meaning kept ${kept} of ${said}, word for word ${exact}`);
  await caller.close();
}
const figures = {
  'endpointing ms': endpointing,
  'recognition ms': recognition,
  'end of speech to final ms': latency,
};
for (const [name, values] of Object.entries(figures)) {
  if (paced || name === 'endpointing ms') {
    console.log(
      `${name}: median ${percentile(values, 0.5).toFixed(0)}, 95th ${percentile(values, 0.95).toFixed(0)}, most ${percentile(values, 1).toFixed(0)}`,
    );
  }
}
await recognizer.close();
