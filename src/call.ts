import {
  asyncScheduler,
  BehaviorSubject,
  catchError,
  concat,
  connectable,
  defer,
  endWith,
  filter,
  finalize,
  ignoreElements,
  map,
  merge,
  mergeMap,
  NEVER,
  Observable,
  retry,
  type SchedulerLike,
  Subject,
  switchMap,
  takeUntil,
  tap,
  timer,
} from 'rxjs';
import type { Booking } from './booking/booking.js';
import { dialogue, type DialogueState } from './machines/dialogue.js';
import type { DialogueInput } from './machines/dialogueContext.js';
import type { DialogueEvent } from './machines/dialogueEvent.js';
import type { dialogueMachine } from './machines/dialogueMachine.js';
import { foreseeablePrompts } from './machines/foreseeablePrompts.js';
import type { PhraseContext, Phrasebook } from './machines/phrasebook.js';
import type { Prompt } from './machines/prompt.js';
import type { Understander } from './nlu/understander.js';
import type { Understanding } from './nlu/understanding.js';
import type { Recognizer } from './speech/recognizer.js';
import { prepare } from './speech/prepare.js';
import { speak } from './speech/speak.js';
import type { Voice } from './speech/voice.js';
import { bargeIn, type Playback } from './streams/bargeIn.js';
import type { Expectation } from './streams/expectation.js';
import { fillGaps } from './streams/fillGaps.js';
import { gatherChunks } from './streams/gatherChunks.js';
import { playout, type PlayoutCommand, type PlayoutEvent } from './streams/playout.js';
import { turns } from './streams/turns.js';
import type { Utterance } from './streams/utterance.js';
import type { InboundEvent, MediaSocket } from './telephony/mediaSocket.js';

/** What a call is answered with: one set for all calls of a desk. */
export interface CallServices {
  /** BCP 47. */
  readonly language: string;
  readonly recognizer: Recognizer;
  readonly understander: Understander;
  readonly voice: Voice;
  /** The dialogue machine with its actors provided. */
  readonly machine: typeof dialogueMachine;
  readonly phrasebook: Phrasebook;
  /** Asked anew for every sentence, since its clock moves. */
  readonly phraseContext: () => PhraseContext;
  /** Where trouble goes that the call itself goes on after. */
  readonly onError: (error: unknown) => void;
}

/** What happens in a call, for its log, its picture and whoever listens in; `at` is the scheduler's time. */
export type CallEvent =
  | { readonly type: 'interim'; readonly at: number; readonly text: string }
  | {
      readonly type: 'heard';
      readonly at: number;
      readonly utterance: Utterance;
      /** Absent when the speech could not be made out. */
      readonly understanding?: Understanding;
      readonly understoodAt: number;
    }
  | { readonly type: 'dtmf'; readonly at: number; readonly digit: string }
  | { readonly type: 'said'; readonly at: number; readonly prompt: Prompt; readonly text: string }
  /** The prompt's first frame went out. */
  | { readonly type: 'playing'; readonly at: number; readonly promptId: number }
  | {
      readonly type: 'played';
      readonly at: number;
      readonly promptId: number;
      readonly heardMs: number;
      readonly totalMs: number;
      readonly cut: boolean;
    }
  | {
      readonly type: 'state';
      readonly at: number;
      readonly state: DialogueState;
      readonly booked: readonly Booking[];
    }
  | { readonly type: 'lineLost'; readonly at: number };

/** Audio is handed to the recogniser in pieces of this length: fewer messages, little delay. */
const CHUNK_MS = 40;
/**
 * How long words without a final result wait to be taken for all that was said. Longer than a decoder that is
 * busy with other calls is silent: a sentence must not be answered before its end.
 */
const INTERIM_PATIENCE_MS = 8_000;
/** A line that was lost may come back for this long, through the TwiML after `<Connect>`. */
const RESUME_GRACE_MS = 15_000;
/** A recogniser that fails is started again, a little later each time. */
const RECOGNIZER_RETRY = { count: 5, firstDelayMs: 100 };

/** A line that was lost and did not come back in time. */
interface Lost {
  readonly type: 'lost';
}

/** The events of a socket; one that closes without a stop may be followed by another for a while. */
function lineOf(socket: MediaSocket, scheduler: SchedulerLike): Observable<InboundEvent | Lost> {
  const lost$ = timer(RESUME_GRACE_MS, scheduler).pipe(map((): Lost => ({ type: 'lost' })));
  return concat(socket.inbound$, lost$);
}

/** A prompt's name on the line, and so its mark: what was asked, and which prompt of the call it is. */
const promptName = ({ id, content: { key } }: Prompt) => `${key}#${id}`;
const promptIdOf = (name: string) => Number(name.slice(name.lastIndexOf('#') + 1));

/**
 * The pipe of one call.
 *
 *     frames → recognise → turns → understand → dialogue → speak → playout → socket
 *
 * Two things flow back: what the open question expects, to the recogniser and the reading of the answer, and
 * barge-in, which clears what is still to be spoken.
 *
 * @param sockets$ the call's media sockets: one, and another whenever the line was lost and came back. The
 * conversation goes on across them.
 * @returns what happens in the call. Subscribing answers it; it completes when the conversation is over, and
 * then hangs up by closing the socket. Unsubscribing hangs up at once.
 */
export function call(
  sockets$: Observable<MediaSocket>,
  input: DialogueInput,
  services: CallServices,
  scheduler: SchedulerLike = asyncScheduler,
): Observable<CallEvent> {
  return defer(() => {
    const { language, machine, phrasebook, phraseContext, onError } = services;
    const expectation$ = new BehaviorSubject<Expectation>('open');
    const playback$ = new BehaviorSubject<Playback>({ playing: false });
    const resumed$ = new Subject<DialogueEvent>();
    const finished$ = new Subject<DialogueEvent>();
    let socket: MediaSocket | undefined;
    /** Prompts handed to the playout whose end is not known yet. */
    let unfinished = 0;

    const line$ = connectable(
      sockets$.pipe(
        switchMap((next) => {
          const resumes = socket !== undefined;
          socket = next;
          if (resumes) resumed$.next({ type: 'call.resumed' });
          return lineOf(next, scheduler);
        }),
      ),
    );

    const results$ = connectable(
      line$.pipe(
        filter((event) => event.type === 'media'),
        fillGaps({ scheduler }),
        gatherChunks({ ms: CHUNK_MS }),
        (audio$) => services.recognizer.recognize(audio$, { language, expectation$ }),
        retry({
          count: RECOGNIZER_RETRY.count,
          resetOnSuccess: true,
          delay: (error, attempt) => {
            onError(error);
            return timer(RECOGNIZER_RETRY.firstDelayMs * 2 ** (attempt - 1), scheduler);
          },
        }),
        // The desk hears no more: the dialogue's no-input ladder says so, and ends the call politely.
        catchError((error: unknown) => {
          onError(error);
          return NEVER;
        }),
      ),
    );

    const heard$ = connectable(
      results$.pipe(
        turns({ interimPatience: INTERIM_PATIENCE_MS, scheduler }),
        map((utterance): Extract<CallEvent, { type: 'heard' }> => {
          const at = scheduler.now();
          if (utterance.text === '') return { type: 'heard', at, utterance, understoodAt: at };
          const context = { expecting: expectation$.value, now: phraseContext().now };
          const understanding = services.understander.understand(utterance.text, context);
          return { type: 'heard', at, utterance, understanding, understoodAt: scheduler.now() };
        }),
      ),
    );

    const outputs$ = connectable(
      merge(
        results$.pipe(
          filter((result) => result.type === 'speechStart'),
          map((): DialogueEvent => ({ type: 'caller.spoke' })),
        ),
        heard$.pipe(
          map(({ understanding }): DialogueEvent =>
            understanding ? { type: 'caller.understood', understanding } : { type: 'caller.unclear' },
          ),
        ),
        line$.pipe(
          filter((event) => event.type === 'stop' || event.type === 'lost'),
          map((): DialogueEvent => ({ type: 'call.ended' })),
        ),
        resumed$,
        finished$,
      ).pipe(dialogue(machine, input, scheduler)),
    );

    const said$ = connectable(
      outputs$.pipe(
        filter((output) => output.type === 'say'),
        tap(({ prompt }) => {
          expectation$.next(prompt.expectation);
        }),
        map(({ prompt }) => ({ prompt, sentences: phrasebook.sentences(prompt, phraseContext()) })),
      ),
    );

    const voiced$ = connectable(
      said$.pipe(
        map(({ prompt, sentences }) => ({ id: promptName(prompt), sentences })),
        speak(services.voice, onError),
        tap(() => {
          unfinished += 1;
        }),
      ),
    );

    const prepared$ = said$.pipe(
      mergeMap(({ prompt }) =>
        foreseeablePrompts(prompt.content).flatMap((content) =>
          phrasebook.sentences({ ...prompt, content }, phraseContext()),
        ),
      ),
      prepare(services.voice),
    );

    const playout$ = merge(
      voiced$,
      results$.pipe(
        bargeIn(playback$),
        map((): PlayoutCommand => ({ type: 'clear' })),
      ),
    ).pipe(
      playout(
        line$.pipe(
          filter((event) => event.type === 'mark'),
          map(({ name }) => name),
        ),
        { bufferedAmount: () => socket?.bufferedAmount() ?? 0, scheduler },
      ),
      tap((event) => {
        if (event.type === 'started') playback$.next({ playing: true, interruptible: true });
        else if (event.type !== 'finished') socket?.send(event);
      }),
    );

    const happens$ = merge(
      line$.pipe(map((event) => lineEvent(event, scheduler.now()))),
      results$.pipe(
        map((result) => (result.type === 'interim' ? { ...result, at: scheduler.now() } : undefined)),
      ),
      heard$,
      outputs$.pipe(
        map((output) => (output.type === 'state' ? { ...output, at: scheduler.now() } : undefined)),
      ),
      said$.pipe(
        map(({ prompt, sentences }): CallEvent => {
          return { type: 'said', at: scheduler.now(), prompt, text: sentences.join(' ') };
        }),
      ),
      playout$.pipe(map((event) => playoutEvent(event, scheduler.now()))),
      prepared$,
    ).pipe(
      filter((event) => event !== undefined),
      takeUntil(outputs$.pipe(ignoreElements(), endWith('over'))),
    );

    const feedBack = (event: CallEvent): void => {
      if (event.type !== 'played') return;
      unfinished -= 1;
      // With another prompt in line the desk speaks on, and may be interrupted.
      if (unfinished === 0) playback$.next({ playing: false });
      finished$.next({ type: 'prompt.finished', id: event.promptId });
    };

    const answered$ = new Observable<CallEvent>((subscriber) => {
      // Listeners first, then their sources, the dialogue's greeting and the line last: nothing is missed.
      subscriber.add(
        happens$.subscribe({
          next: (event) => {
            // Told before the dialogue hears of it: the end of a goodbye is the end of the call.
            subscriber.next(event);
            feedBack(event);
          },
          error: (error: unknown) => {
            subscriber.error(error);
          },
          complete: () => {
            subscriber.complete();
          },
        }),
      );
      for (const source$ of [voiced$, said$, heard$, results$, outputs$, line$])
        subscriber.add(source$.connect());
    });
    return answered$.pipe(finalize(() => socket?.close()));
  });
}

function lineEvent(event: InboundEvent | Lost, at: number): CallEvent | undefined {
  if (event.type === 'dtmf') return { type: 'dtmf', at, digit: event.digit };
  return event.type === 'lost' ? { type: 'lineLost', at } : undefined;
}

function playoutEvent(event: PlayoutEvent, at: number): CallEvent | undefined {
  if (event.type === 'started') return { type: 'playing', at, promptId: promptIdOf(event.id) };
  if (event.type !== 'finished') return undefined;
  const { id, heardMs, totalMs, cut } = event;
  return { type: 'played', at, promptId: promptIdOf(id), heardMs, totalMs, cut };
}
