import {
  asyncScheduler,
  filter,
  ignoreElements,
  map,
  merge,
  NEVER,
  type Observable,
  Subject,
  type Subscription,
  tap,
  throwError,
  timer,
} from 'rxjs';
import { describe, expect, it } from 'vitest';
import { call, type CallServices } from '../src/call.js';
import type { CallEvent } from '../src/callEvent.js';
import { dialogueActors } from '../src/machines/dialogueActors.js';
import { dialogueMachine } from '../src/machines/dialogueMachine.js';
import type { Recognizer } from '../src/speech/recognizer.js';
import type { SpeechResult } from '../src/streams/speechResult.js';
import type { InboundEvent, MediaSocket } from '../src/telephony/mediaSocket.js';
import type { OutboundMessage } from '../src/telephony/outboundMessage.js';
import { INPUT, services as bookingServices } from './machines/conversation.js';
import { virtualTime } from './streams/virtualTime.js';

/** Every sentence lasts so long, and takes 10 ms to be synthesised. */
const SENTENCE_MS = 1_000;

/** Gives what it is handed, whatever it hears. */
const hearing = (results$: Observable<SpeechResult>): Recognizer => ({ recognize: () => results$ });

/** A desk whose every sentence is a prompt's key, and that takes every word for an intent. */
function desk(recognizer: Recognizer, others: Partial<CallServices> = {}): CallServices {
  return {
    language: 'en-GB',
    recognizer,
    understander: {
      understand: (text) => ({ text, intent: text, confidence: 1, slots: {}, alternatives: [] }),
    },
    voice: { synthesize: () => timer(10).pipe(map(() => new Uint8Array(SENTENCE_MS * 8))) },
    machine: dialogueMachine.provide({ actors: dialogueActors(bookingServices(), () => undefined) }),
    phrasebook: {
      language: 'en-GB',
      sentences: ({ preface, content }) => (preface ? [preface.key, content.key] : [content.key]),
      fixedSentences: () => [],
    },
    phraseContext: () => ({ now: new Date(0), timeZone: 'Europe/London', business: 'Frontdesk', opening: { opens: '09:00', closes: '18:00' } }),
    onError: (error) => {
      throw error;
    },
    ...others,
  };
}

const STREAM = { sequenceNumber: 1, streamSid: 'MZ1' };
const STOP: InboundEvent = { type: 'stop', ...STREAM, accountSid: 'AC1', callSid: 'CA1' };

/** The far end of a socket: plays what it is sent at the pace of time, and echoes its marks as Twilio does. */
class Handset implements MediaSocket {
  readonly start = { type: 'start', ...STREAM, accountSid: 'AC1', callSid: 'CA1', customParameters: {} } as const;
  /** What came, and when; the audio left out. */
  readonly received: (readonly [at: number, what: string])[] = [];
  /** When the desk closed the socket. */
  readonly closed: number[] = [];
  readonly #inbound = new Subject<InboundEvent>();
  readonly inbound$ = this.#inbound.asObservable();
  readonly #marks = new Map<string, Subscription>();
  #playedAt = 0;

  send(message: OutboundMessage): void {
    const now = asyncScheduler.now();
    if (message.type === 'media') {
      this.#playedAt = Math.max(this.#playedAt, now) + message.payload.length / 8;
      return;
    }
    this.received.push([now, message.type === 'mark' ? message.name : message.type]);
    if (message.type === 'mark') {
      const echo = asyncScheduler.schedule(() => {
        this.#echo(message.name);
      }, this.#playedAt - now);
      this.#marks.set(message.name, echo);
    } else {
      this.#playedAt = now;
      for (const name of this.#marks.keys()) {
        this.#marks.get(name)?.unsubscribe();
        asyncScheduler.schedule(() => {
          this.#echo(name);
        });
      }
    }
  }

  bufferedAmount(): number {
    return 0;
  }

  close(): void {
    this.closed.push(asyncScheduler.now());
    this.#inbound.complete();
  }

  /** The caller's end of the line does something at a time. */
  at(ms: number, event: InboundEvent | 'drops'): this {
    asyncScheduler.schedule(() => {
      if (event === 'drops') this.#inbound.complete();
      else this.#inbound.next(event);
    }, ms);
    return this;
  }

  #echo(name: string): void {
    this.#marks.delete(name);
    this.#inbound.next({ type: 'mark', ...STREAM, name });
  }
}

/** One word or two for what happens in a call; of its states only that it listens, or is over. */
function word(event: CallEvent): string | undefined {
  switch (event.type) {
    case 'said':
      return `say ${event.text}`;
    case 'playing':
      return `playing ${event.promptId}`;
    case 'played':
      return `${event.cut ? 'cut' : 'played'} ${event.promptId} at ${event.heardMs}`;
    case 'heard':
      return `heard ${event.utterance.text}`;
    case 'interim':
      return `interim ${event.text}`;
    case 'dtmf':
      return `dtmf ${event.digit}`;
    case 'state':
      return event.state.turn === 'listening' || event.state.turn === 'over' ? event.state.turn : undefined;
    case 'lineLost':
      return 'lost';
  }
}

const words = (call$: Observable<CallEvent>) => call$.pipe(map(word), filter((said) => said !== undefined));

const WORDS = {
  G: 'say greeting',
  g: 'playing 1',
  p: 'played 1 at 1000',
  c: 'cut 1 at 500',
  l: 'listening',
  i: 'interim a table',
  b: 'heard book',
  D: 'say askDate',
  d: 'playing 2',
  q: 'played 2 at 1000',
  e: 'heard goodbye',
  F: 'say goodbye',
  o: 'over',
  L: 'lost',
  R: 'say miss howCanIHelp',
  r: 'played 2 at 2000',
  h: 'playing 3',
  s: 'played 3 at 2000',
  Z: 'say giveUp',
  z: 'playing 4',
  t: 'played 4 at 1000',
  C: 'say cutOff howCanIHelp',
  '1': 'dtmf 1',
};

const final = (text: string): SpeechResult => ({
  type: 'final',
  text,
  confidence: 1,
  endpointingMs: 300,
  recognitionMs: 50,
});

/** s: speech starts; i: an interim; b, e: finals. */
const RESULTS: Record<string, SpeechResult> = {
  s: { type: 'speechStart' },
  i: { type: 'interim', text: 'a table' },
  b: final('book'),
  e: final('goodbye'),
};

describe('call', () => {
  it('is greeted, and listens when the mark of the greeting comes back', () => {
    const handset = new Handset();
    virtualTime(({ hot, expectObservable }) => {
      const call$ = call(hot('a', { a: handset }), INPUT, desk(hearing(NEVER)));
      expectObservable(words(call$), '^ 2s !').toBe('G 9ms g 999ms (pl)', WORDS);
    });
    expect(handset.received).toEqual([[10, 'greeting#1']]);
  });

  it('answers an utterance, and expects the answer to its question', () => {
    const expected: [number, string][] = [];
    const readAgainst: unknown[] = [];
    virtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const results$ = hot('2s s 199ms i 99ms b 2s e', RESULTS);
      const recognizer: Recognizer = {
        recognize: (_, { expectation$ }) =>
          merge(
            results$,
            expectation$.pipe(
              tap((value) => expected.push([asyncScheduler.now(), value])),
              ignoreElements(),
            ),
          ),
      };
      const understander: CallServices['understander'] = {
        understand: (text, context) => {
          readAgainst.push(context);
          return { text, intent: text, confidence: 1, slots: {}, alternatives: [] };
        },
      };
      const call$ = call(hot('a', { a: new Handset() }), INPUT, desk(recognizer, { understander }));
      expectObservable(words(call$), '^ 4310ms !').toBe(
        'G 9ms g 999ms (pl) 1186ms i 99ms (bD) 6ms d 999ms (ql) 987ms (eF)',
        WORDS,
      );
      expectSubscriptions(results$.subscriptions).toBe('^ 4310ms !');
    });
    expect(expected).toEqual([
      [0, 'open'],
      [2300, 'date'],
      [4301, 'open'],
    ]);
    expect(readAgainst).toEqual([
      { expecting: 'open', now: new Date(0) },
      { expecting: 'date', now: new Date(0) },
    ]);
  });

  it('hands its audio to the recogniser without gaps, in pieces of 40 ms', () => {
    const pieces: number[] = [];
    const recognizer: Recognizer = {
      recognize: (audio$) => audio$.pipe(filter((piece) => pieces.push(piece.length) === 0), map(() => final(''))),
    };
    virtualTime(({ hot, expectObservable }) => {
      const frame = (timestamp: number): InboundEvent => ({
        type: 'media',
        ...STREAM,
        chunk: 1,
        timestamp,
        payload: new Uint8Array(160),
      });
      const handset = new Handset().at(100, frame(100)).at(120, frame(120)).at(180, frame(180));
      expectObservable(words(call(hot('a', { a: handset }), INPUT, desk(recognizer))), '^ 200ms !').toBe(
        'G 9ms g',
        WORDS,
      );
    });
    expect(pieces).toEqual([320, 320]);
  });

  it('falls silent when the caller talks over it, once, and answers what was said', () => {
    const handset = new Handset();
    virtualTime(({ hot, expectObservable }) => {
      const results$ = hot('510ms s 99ms i 189ms b', RESULTS);
      const call$ = call(hot('a', { a: handset }), INPUT, desk(hearing(results$)));
      expectObservable(words(call$), '^ 2s !').toBe('G 9ms g 499ms (cl) 96ms i 189ms (bD) 6ms d 999ms (ql)', WORDS);
    });
    expect(handset.received).toEqual([
      [10, 'greeting#1'],
      [510, 'clear'],
      [810, 'askDate#2'],
    ]);
  });

  it('clears what it says before it answers words that come all at once', () => {
    virtualTime(({ hot, expectObservable }) => {
      const results$ = hot('510ms b', RESULTS);
      const call$ = call(hot('a', { a: new Handset() }), INPUT, desk(hearing(results$)));
      expectObservable(words(call$), '^ 2s !').toBe('G 9ms g 499ms (clbD) 4ms d 999ms (ql)', WORDS);
    });
  });

  it('tells of keys that are pressed', () => {
    virtualTime(({ hot, expectObservable }) => {
      const handset = new Handset().at(500, { type: 'dtmf', ...STREAM, digit: '1' });
      const call$ = call(hot('a', { a: handset }), INPUT, desk(hearing(NEVER)));
      expectObservable(words(call$), '^ 600ms !').toBe('G 9ms g 489ms 1', WORDS);
    });
  });

  it('is over when its goodbye was heard out, and hangs up then', () => {
    const handset = new Handset();
    virtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const results$ = hot('2s e', RESULTS);
      const sockets$ = hot('a', { a: handset });
      expectObservable(words(call(sockets$, INPUT, desk(hearing(results$))))).toBe(
        'G 9ms g 999ms (pl) 986ms (eF) 6ms d 999ms (qo|)',
        WORDS,
      );
      expectSubscriptions(sockets$.subscriptions).toBe('^ 3009ms !');
      expectSubscriptions(results$.subscriptions).toBe('^ 3009ms !');
    });
    expect(handset.closed).toEqual([3010]);
  });

  it('lets nobody talk over its goodbye, whose end nobody else would hear', () => {
    const handset = new Handset();
    virtualTime(({ hot, expectObservable }) => {
      const results$ = hot('2s e 299ms s', RESULTS);
      expectObservable(words(call(hot('a', { a: handset }), INPUT, desk(hearing(results$))))).toBe(
        'G 9ms g 999ms (pl) 986ms (eF) 6ms d 999ms (qo|)',
        WORDS,
      );
    });
    expect(handset.received.map(([, what]) => what)).toEqual(['greeting#1', 'goodbye#2']);
  });

  it('does not send a new socket what was meant for the one that was lost', () => {
    const first = new Handset();
    const second = new Handset();
    virtualTime(({ hot, expectObservable }) => {
      first.at(300, 'drops');
      const sockets$ = hot('a 499ms b', { a: first, b: second });
      const call$ = call(sockets$, INPUT, desk(hearing(NEVER)));
      expectObservable(words(call$), '^ 3s !').toBe('G 9ms g 489ms (0lC) 5ms d 1999ms (rl)', {
        ...WORDS,
        0: 'cut 1 at 490',
      });
    });
    expect(second.received.slice(0, 2)).toEqual([
      [500, 'clear'],
      [510, 'howCanIHelp#2'],
    ]);
  });

  it('goes on over another socket when the line was lost, and is over when that is lost for 15 s', () => {
    const first = new Handset();
    const second = new Handset();
    virtualTime(({ hot, expectObservable }) => {
      first.at(2_000, 'drops');
      second.at(7_000, 'drops');
      const sockets$ = hot('a 3999ms b', { a: first, b: second });
      expectObservable(words(call(sockets$, INPUT, desk(hearing(NEVER))))).toBe(
        'G 9ms g 999ms (pl) 2986ms C 9ms d 1999ms (rl) 6996ms R 9ms h 3499ms (sl) 5476ms (Lo|)',
        WORDS,
      );
    });
    expect(second.received[0]).toEqual([4010, 'howCanIHelp#2']);
    expect([first.closed, second.closed]).toEqual([[], [22_000]]);
  });

  it('ends politely when its recogniser fails for ever', () => {
    const handset = new Handset();
    const errors: unknown[] = [];
    virtualTime(({ hot, expectObservable }) => {
      const failing = hearing(throwError(() => 'no model'));
      const services = desk(failing, { onError: (error) => errors.push(error) });
      expectObservable(words(call(hot('a', { a: handset }), INPUT, services))).toBe(
        'G 9ms g 999ms (pl) 6996ms R 9ms d 1999ms (rl) 6996ms R 9ms h 1999ms (sl) 6996ms Z 9ms z 999ms (to|)',
        WORDS,
      );
    });
    expect(errors).toEqual(Array.from({ length: 6 }, () => 'no model'));
    expect(handset.closed).toHaveLength(1);
  });

  it('is over at once when the caller hangs up', () => {
    const handset = new Handset();
    virtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      handset.at(500, STOP);
      const results$ = hot('-', RESULTS);
      const sockets$ = hot('a', { a: handset });
      expectObservable(words(call(sockets$, INPUT, desk(hearing(results$))))).toBe('G 9ms g 489ms (o|)', WORDS);
      expectSubscriptions(sockets$.subscriptions).toBe('^ 499ms !');
      expectSubscriptions(results$.subscriptions).toBe('^ 499ms !');
    });
    expect(handset.closed).toEqual([500]);
  });

  it('errors when the understanding does, and hangs up', () => {
    const handset = new Handset();
    virtualTime(({ hot, expectObservable }) => {
      const understander: CallServices['understander'] = {
        understand: () => {
          throw new Error('no model');
        },
      };
      const services = desk(hearing(hot('2s b', RESULTS)), { understander });
      expectObservable(words(call(hot('a', { a: handset }), INPUT, services))).toBe(
        'G 9ms g 999ms (pl) 986ms #',
        WORDS,
        new Error('no model'),
      );
    });
    expect(handset.closed).toEqual([2000]);
  });

  it('hangs up at once when it is unsubscribed', () => {
    const handset = new Handset();
    virtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const results$ = hot('-', RESULTS);
      const sockets$ = hot('a', { a: handset });
      expectObservable(words(call(sockets$, INPUT, desk(hearing(results$)))), '^ 499ms !').toBe('G 9ms g', WORDS);
      expectSubscriptions(sockets$.subscriptions).toBe('^ 499ms !');
      expectSubscriptions(results$.subscriptions).toBe('^ 499ms !');
    });
    expect(handset.closed).toEqual([500]);
  });
});
