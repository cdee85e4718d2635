import { lastValueFrom, tap } from 'rxjs';
import type { Synthesizer } from '../../src/speech/synthesizer.js';
import { dial, type CallEnd, type SimulatedCall } from '../../src/testing/simulatedCall.js';
import { simulatedCaller, type CallerEvent } from '../../src/testing/simulatedCaller.js';

/** What a caller says to a prompt, by its key; to the others nothing. */
export type Answers = Readonly<Record<string, string>>;

/** A caller who wants a table then, and takes the first of the hours that are offered. */
export const booksFor = (day: string, time: string, name = 'John Smith.'): Answers => ({
  greeting: `I'd like to book a table for ${day} at ${time}.`,
  // On a machine that has much else to do, a sentence may reach the desk in pieces.
  howCanIHelp: `I'd like to book a table for ${day} at ${time}.`,
  askDate: `For ${day} at ${time}.`,
  askTime: `At ${time}.`,
  refused: 'The first one.',
  askName: name,
  confirm: 'Yes please.',
  booked: 'No thank you.',
  anythingElse: 'No thank you.',
});

/** A call under way. */
export interface SpokenCall {
  readonly call: SimulatedCall;
  /** What happened so far, from the caller's side. */
  readonly events: readonly CallerEvent[];
  /** Keys of the prompts that were heard to their end so far, in order. */
  readonly heard: readonly string[];
  /** Resolves when this prompt has been heard; rejects when the call ends without it. */
  hears(key: string): Promise<void>;
  readonly ended: Promise<CallEnd>;
}

/**
 * Rings a desk and speaks to it, in real time.
 * @param plan answers by the keys of prompts, or a function from key to answer
 */
export function spokenCall(
  { url, from = '+441632960123' }: { readonly url: string; readonly from?: string },
  voice: Synthesizer,
  plan: Answers | ((key: string) => string | undefined),
): SpokenCall {
  const call = dial({ url, from, to: '+441632960000' });
  const answer = typeof plan === 'function' ? plan : (key: string) => plan[key];
  const events: CallerEvent[] = [];
  const heard: string[] = [];
  const waiting: { key: string; resolve: () => void; reject: (error: Error) => void }[] = [];
  const caller$ = simulatedCaller({ call, voice, plan: answer }).pipe(
    tap((event) => {
      events.push(event);
      if (event.type !== 'heard') return;
      heard.push(event.key);
      for (const { key, resolve } of waiting) if (key === event.key) resolve();
    }),
  );
  const ended = lastValueFrom(caller$).then(() => {
    for (const { key, reject } of waiting) {
      reject(new Error(`the call ended without "${key}"; heard were ${heard.join(', ')}`));
    }
    return call.ended;
  });
  return {
    call,
    events,
    heard,
    hears: (key) =>
      heard.includes(key)
        ? Promise.resolve()
        : new Promise((resolve, reject) => {
            waiting.push({ key, resolve, reject });
          }),
    ended,
  };
}
