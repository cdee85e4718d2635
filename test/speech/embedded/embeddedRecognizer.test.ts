import {
  BehaviorSubject,
  concat,
  EMPTY,
  filter,
  firstValueFrom,
  from,
  lastValueFrom,
  mergeMap,
  NEVER,
  of,
  ReplaySubject,
  Subject,
  throwError,
  toArray,
  type Observable,
} from 'rxjs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createEmbeddedRecognizer,
  type EmbeddedRecognizer,
} from '../../../src/speech/embedded/embeddedRecognizer.js';
import { createFliteSynthesizer } from '../../../src/speech/embedded/fliteSynthesizer.js';
import type { FliteVoice } from '../../../src/speech/embedded/fliteVoice.js';
import type { Expectation } from '../../../src/streams/expectation.js';
import type { FinalResult, SpeechResult } from '../../../src/streams/speechResult.js';
import { noise, silence } from './lineNoise.js';
import { VOCABULARY } from './vocabularyFixture.js';

let recognizer: EmbeddedRecognizer;
const spoken = new Map<string, Uint8Array>();

const SENTENCES: readonly [Expectation, string][] = [
  ['open', "i'd like to book a table for four tomorrow at half past two"],
  ['open', 'stop'],
  ['date', 'the twenty third of november'],
  ['time', "four o'clock"],
  ['partySize', 'six people'],
  ['name', 'john smith'],
  ['confirmation', 'yes please'],
  ['anythingElse', 'no thank you'],
];
const VOICES: readonly FliteVoice[] = ['rms', 'awb', 'kal'];

beforeAll(async () => {
  recognizer = await createEmbeddedRecognizer({ vocabulary: VOCABULARY, workers: 1 });
  for (const voice of VOICES) {
    const caller = await createFliteSynthesizer({ voice });
    for (const [, text] of SENTENCES) {
      spoken.set(`${voice} ${text}`, await caller.synthesize(text));
    }
    await caller.close();
  }
}, 60_000);
afterAll(() => recognizer.close());

function say(text: string, voice: FliteVoice = 'rms'): Uint8Array {
  return spoken.get(`${voice} ${text}`) ?? new Uint8Array(0);
}

function hear(
  audio$: Observable<Uint8Array>,
  expectation$: Observable<Expectation> = of('open'),
): Promise<SpeechResult[]> {
  return firstValueFrom(recognizer.recognize(audio$, { language: 'en-GB', expectation$ }).pipe(toArray()));
}

const finals = (results: readonly SpeechResult[]): FinalResult[] =>
  results.filter((result) => result.type === 'final');
const types = (results: readonly SpeechResult[]): string[] =>
  results.map(({ type }) => type).filter((type) => type !== 'interim');

describe('embedded recognizer', () => {
  it.each(VOICES.flatMap((voice) => SENTENCES.map(([expectation, text]) => ({ voice, expectation, text }))))(
    'hears $voice say "$text" at $expectation',
    async ({ voice, expectation, text }) => {
      const audio$ = of(silence(600), say(text, voice), silence(600));
      const results = await hear(audio$, of(expectation));
      expect(types(results)).toEqual(['speechStart', 'final']);
      const [final] = finals(results);
      expect(final?.text).toBe(text);
      expect(final?.confidence).toBeGreaterThan(0.6);
      expect(final?.endpointingMs).toBeLessThanOrEqual(540);
    },
  );

  it('takes audio in pieces of any length', async () => {
    const audio = [silence(600), say('yes please'), silence(600)].flatMap((part) => [...part]);
    const pieces = Array.from({ length: Math.ceil(audio.length / 77) }, (_, i) =>
      Uint8Array.from(audio.slice(77 * i, 77 * (i + 1))),
    );
    expect(finals(await hear(from(pieces), of('confirmation'))).map(({ text }) => text)).toEqual([
      'yes please',
    ]);
  });

  it.each([
    ['silence', silence(5000)],
    ['noise of the line', noise(5000, 120)],
    ['a click', Uint8Array.from([...silence(1000), ...noise(15, 20000), ...silence(1000)])],
  ])('has nothing to say about %s', async (_, audio) => {
    expect(await hear(of(audio))).toEqual([]);
  });

  it('hears speech through the noise of the line', async () => {
    const audio = Uint8Array.from([...noise(1000, 60), ...say('yes please'), ...noise(600, 60)]);
    expect(finals(await hear(of(audio), of('confirmation'))).map(({ text }) => text)).toEqual(['yes please']);
  });

  it('gives an empty text for speech that is not in the grammar', async () => {
    const results = await hear(
      of(silence(600), say('the twenty third of november'), silence(600)),
      of('phone'),
    );
    expect(types(results)).toEqual(['speechStart', 'final']);
    expect(finals(results)[0]?.text).not.toContain('november');
  });

  it('follows the expectation from one question to the next', async () => {
    const expectation$ = new BehaviorSubject<Expectation>('name');
    const audio$ = new Subject<Uint8Array>();
    const results = hear(audio$, expectation$);
    audio$.next(silence(600));
    audio$.next(say('john smith'));
    audio$.next(silence(600));
    expectation$.next('confirmation');
    audio$.next(say('yes please'));
    audio$.next(silence(600));
    audio$.complete();
    expect(finals(await results).map(({ text }) => text)).toEqual(['john smith', 'yes please']);
  });

  it('gives the results of two utterances in the order they were said', async () => {
    const results = await hear(of(silence(600), say('stop'), silence(600), say('stop'), silence(600)));
    expect(types(results)).toEqual(['speechStart', 'final', 'speechStart', 'final']);
  });

  it('serves two calls with one decoder', async () => {
    const [name, answer] = await Promise.all([
      hear(of(silence(600), say('john smith'), silence(600)), of('name')),
      hear(of(silence(600), say('yes please', 'kal'), silence(600)), of('confirmation')),
    ]);
    expect(finals(name)[0]?.text).toBe('john smith');
    expect(finals(answer)[0]?.text).toBe('yes please');
  });

  it('decodes what was said when the audio completes in the middle', async () => {
    const results = await hear(of(silence(600), say('yes please')), of('confirmation'));
    expect(types(results)).toEqual(['speechStart', 'final']);
    expect(finals(results)[0]).toMatchObject({ text: 'yes please' });
  });

  it('tells of speech before it is over, and what it has heard so far', async () => {
    // Switches the decoder to the question; in a call that happens while the question is asked.
    await hear(of(silence(600), say('stop'), silence(600)));
    const audio$ = new Subject<Uint8Array>();
    const heard: SpeechResult[] = [];
    const interim = new Promise<string>((resolve) => {
      recognizer
        .recognize(audio$, { language: 'en', expectation$: of<Expectation>('open') })
        .subscribe((result) => {
          heard.push(result);
          if (result.type === 'interim') {
            resolve(result.text);
          }
        });
    });
    const sentence = say("i'd like to book a table for four tomorrow at half past two");
    audio$.next(silence(600));
    audio$.next(sentence.subarray(0, 8 * 400));
    expect(heard).toEqual([{ type: 'speechStart' }]);
    audio$.next(sentence.subarray(8 * 400, 8 * 1500));
    expect(await interim).toMatch(/^i/);
    audio$.complete();
  });

  describe('when the decoder is busy with the utterances of another call', () => {
    const sentence = "i'd like to book a table for four tomorrow at half past two";
    const dropped: number[] = [];
    let busy: EmbeddedRecognizer;

    const listen = (audio$: Observable<Uint8Array>, expectation: Expectation = 'open') =>
      busy.recognize(audio$, { language: 'en', expectation$: of(expectation) });
    const otherCall = () => {
      const stops = [1, 2, 3].flatMap(() => [say('stop'), silence(600)]);
      const results$ = new ReplaySubject<SpeechResult>();
      listen(of(silence(600), ...stops)).subscribe(results$);
      return results$;
    };

    beforeAll(async () => {
      busy = await createEmbeddedRecognizer({
        vocabulary: VOCABULARY,
        workers: 1,
        onDroppedAudio: (milliseconds) => dropped.push(milliseconds),
      });
    });
    beforeEach(() => {
      dropped.length = 0;
    });
    afterAll(() => busy.close());

    it('drops the oldest audio from interim results, counts it, and the final misses nothing', async () => {
      const other$ = otherCall();
      const audio$ = new Subject<Uint8Array>();
      const results = firstValueFrom(listen(audio$).pipe(toArray()));
      audio$.next(silence(600));
      audio$.next(say(sentence).subarray(0, 8 * 1900));
      await firstValueFrom(other$.pipe(filter(({ type }) => type === 'final')));
      expect(dropped).toEqual([]);
      audio$.next(say(sentence).subarray(8 * 1900));
      audio$.next(silence(600));
      audio$.complete();
      expect(dropped.length).toBeGreaterThan(4);
      expect(new Set(dropped)).toEqual(new Set([200]));
      expect(finals(await results).map(({ text }) => text)).toEqual([sentence]);
      const stops = finals(await firstValueFrom(other$.pipe(toArray())));
      expect(stops.map(({ text }) => text)).toEqual(['stop', 'stop', 'stop']);
    });

    it('drops nothing of an answer shorter than two seconds', async () => {
      const other$ = otherCall();
      const answer$ = of(silence(600), say('yes please'), silence(600));
      const results = await firstValueFrom(listen(answer$, 'confirmation').pipe(toArray()));
      expect(finals(results).map(({ text }) => text)).toEqual(['yes please']);
      expect(dropped).toEqual([]);
      await lastValueFrom(other$);
    });

    it('frees the decoder for others when a call ends while its audio waits', async () => {
      const other$ = otherCall();
      const audio$ = new Subject<Uint8Array>();
      const ended = listen(audio$).subscribe();
      audio$.next(silence(600));
      audio$.next(say(sentence));
      ended.unsubscribe();
      await lastValueFrom(other$);
      const next$ = concat(of(silence(600), say(sentence).subarray(0, 8 * 1500)), NEVER);
      const interim = await firstValueFrom(listen(next$).pipe(filter(({ type }) => type === 'interim')));
      expect(interim).toMatchObject({ text: expect.stringMatching(/^i/) as string });
    });
  });

  it('has nothing to say about a call without audio', async () => {
    expect(await hear(EMPTY)).toEqual([]);
  });

  it('passes on an error of the audio', async () => {
    const broken$ = concat(
      of(silence(600)),
      throwError(() => new Error('the line broke')),
    );
    await expect(hear(broken$)).rejects.toThrow('the line broke');
  });

  it('says that it hears English only', async () => {
    const french$ = recognizer.recognize(NEVER, { language: 'fr-FR', expectation$: of<Expectation>('open') });
    await expect(firstValueFrom(french$)).rejects.toThrow('"fr-FR"');
  });

  it('lets go of the audio and the expectation when it is unsubscribed', () => {
    const audio$ = new Subject<Uint8Array>();
    const expectation$ = new Subject<Expectation>();
    const subscription = recognizer.recognize(audio$, { language: 'en', expectation$ }).subscribe();
    audio$.next(silence(600));
    audio$.next(say('yes please'));
    subscription.unsubscribe();
    expect([audio$.observed, expectation$.observed]).toEqual([false, false]);
  });

  it('can be subscribed to hundreds of times, one call after the other', async () => {
    const calls$ = from(Array.from({ length: 300 }, () => of(silence(100)))).pipe(
      mergeMap((call$) => hear(call$), 1),
    );
    expect(await firstValueFrom(calls$.pipe(toArray()))).toHaveLength(300);
  });
});
