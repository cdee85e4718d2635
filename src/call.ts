import {
  asyncScheduler,
  BehaviorSubject,
  connect,
  filter,
  map,
  merge,
  mergeMap,
  Observable,
  type SchedulerLike,
  Subject,
  tap,
} from 'rxjs';
import type { CallEvent } from './callEvent.js';
import { callLine, type LineEvent } from './callLine.js';
import { dialogue } from './machines/dialogue.js';
import type { DialogueInput } from './machines/dialogueContext.js';
import type { DialogueEvent } from './machines/dialogueEvent.js';
import type { dialogueMachine } from './machines/dialogueMachine.js';
import { foreseeablePrompts } from './machines/foreseeablePrompts.js';
import { interruptionOf } from './machines/interruption.js';
import type { PhraseContext, Phrasebook } from './machines/phrasebook.js';
import type { Prompt } from './machines/prompt.js';
import { parsePromptMark, promptMark } from './machines/promptMark.js';
import { understand } from './nlu/understand.js';
import type { Understander } from './nlu/understander.js';
import { prepare } from './speech/prepare.js';
import { recognise } from './speech/recognise.js';
import type { Recognizer } from './speech/recognizer.js';
import { speak } from './speech/speak.js';
import type { Voice } from './speech/voice.js';
import { bargeIn, type Playback } from './streams/bargeIn.js';
import type { Expectation } from './streams/expectation.js';
import { fillGaps } from './streams/fillGaps.js';
import { gatherChunks } from './streams/gatherChunks.js';
import { playout, type PlayoutCommand } from './streams/playout.js';
import type { SpeechResult } from './streams/speechResult.js';
import { turns } from './streams/turns.js';
import type { MediaSocket } from './telephony/mediaSocket.js';

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

/** A prompt in words. */
interface Said {
  readonly prompt: Prompt;
  readonly sentences: readonly string[];
}

/** Audio is handed to the recogniser in pieces of this length: fewer messages, little delay. */
const CHUNK_MS = 40;
/**
 * How long words without a final result wait to be taken for all that was said. Longer than a decoder that is
 * busy with other calls is silent: a sentence must not be answered before its end.
 */
const INTERIM_PATIENCE_MS = 8_000;

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
  return new Observable((subscriber) => {
    const { language, machine, phrasebook, phraseContext, recognizer, understander, voice, onError } =
      services;
    const expectation$ = new BehaviorSubject<Expectation>('open');
    const playback$ = new BehaviorSubject<Playback>({ playing: false });
    /** Tells the dialogue that a prompt was heard out or cut. */
    const finished$ = new Subject<DialogueEvent>();
    let socket: MediaSocket | undefined;
    /** Prompts handed to the playout whose end is not known yet. */
    let unfinished = 0;

    // Whatever happens is told before the next in line acts on it: the end of a goodbye is the end of the call.
    const tell = (event: CallEvent): void => {
      subscriber.next(event);
    };

    const recognised = (line$: Observable<LineEvent>) =>
      line$.pipe(
        filter((event) => event.type === 'media'),
        fillGaps({ scheduler }),
        gatherChunks({ ms: CHUNK_MS }),
        recognise(recognizer, { language, expectation$ }, onError, scheduler),
        tap((result) => {
          if (result.type === 'interim') tell({ ...result, at: scheduler.now() });
        }),
      );

    const understood = (results$: Observable<SpeechResult>) =>
      results$.pipe(
        turns({ interimPatience: INTERIM_PATIENCE_MS, scheduler }),
        understand(
          understander,
          () => ({ expecting: expectation$.value, now: phraseContext().now }),
          scheduler,
        ),
        tap((heard) => {
          tell({ type: 'heard', ...heard });
        }),
        map(({ understanding }): DialogueEvent =>
          understanding ? { type: 'caller.understood', understanding } : { type: 'caller.unclear' },
        ),
      );

    const answered = (events$: Observable<DialogueEvent>) =>
      events$.pipe(
        dialogue(machine, input, scheduler),
        tap({
          next: (output) => {
            if (output.type === 'state') tell({ ...output, at: scheduler.now() });
          },
          complete: () => {
            subscriber.complete();
          },
        }),
        filter((output) => output.type === 'say'),
        map(({ prompt }): Said => {
          expectation$.next(prompt.expectation);
          const sentences = phrasebook.sentences(prompt, phraseContext());
          tell({ type: 'said', at: scheduler.now(), prompt, text: sentences.join(' ') });
          return { prompt, sentences };
        }),
      );

    const spoken = (said$: Observable<Said>) =>
      said$.pipe(
        map(({ prompt, sentences }) => ({ id: promptMark(prompt), sentences })),
        speak(voice, onError, scheduler),
        tap(() => {
          unfinished += 1;
        }),
      );

    const prepared = (said$: Observable<Said>) =>
      said$.pipe(
        mergeMap(({ prompt }) =>
          foreseeablePrompts(prompt.content).flatMap((content) =>
            phrasebook.sentences({ ...prompt, content }, phraseContext()),
          ),
        ),
        prepare(voice),
      );

    const played = (commands$: Observable<PlayoutCommand>, marks$: Observable<string>) =>
      commands$.pipe(
        playout(marks$, { bufferedAmount: () => socket?.bufferedAmount() ?? 0, scheduler }),
        tap((event) => {
          if (event.type !== 'started' && event.type !== 'finished') {
            socket?.send(event);
            return;
          }
          const mark = parsePromptMark(event.id);
          if (mark === undefined) throw new Error(`The playout named "${event.id}", which is no prompt.`);
          const { number: promptId } = mark;
          const at = scheduler.now();
          if (event.type === 'started') {
            tell({ type: 'playing', at, promptId });
            const interruption = interruptionOf(mark.key);
            playback$.next(
              interruption === 'nothing'
                ? { playing: false }
                : { playing: true, interruptible: interruption === 'speech' },
            );
            return;
          }
          const { heardMs, totalMs, cut } = event;
          tell({ type: 'played', at, promptId, heardMs, totalMs, cut });
          unfinished -= 1;
          // With another prompt in line the desk speaks on, and may be interrupted.
          if (unfinished === 0) playback$.next({ playing: false });
          finished$.next({ type: 'prompt.finished', id: promptId });
        }),
      );

    const call$ = sockets$.pipe(
      tap((next) => {
        socket = next;
      }),
      callLine(scheduler),
      tap((event) => {
        if (event.type === 'dtmf') tell({ type: 'dtmf', at: scheduler.now(), digit: event.digit });
        else if (event.type === 'lost') tell({ type: 'lineLost', at: scheduler.now() });
      }),
      // A `connect` subscribes its listeners before its source: the dialogue, and with it the greeting, comes
      // before the recogniser, and the line last, so that nothing is missed.
      connect((line$) => {
        const commands$ = recognised(line$).pipe(
          connect((results$) =>
            merge(
              // First, for an answer must not be in line yet when the prompt before it is cleared.
              results$.pipe(bargeIn(playback$), map(clear)),
              // What was in line for a socket that is gone was not heard, and is said again after the apology.
              resumptions(line$).pipe(map(clear)),
              merge(speechStarts(results$), understood(results$), endsAndReturns(line$), finished$).pipe(
                answered,
                connect((said$) => merge(spoken(said$), prepared(said$))),
              ),
            ),
          ),
        );
        return played(commands$, marks(line$));
      }),
    );

    subscriber.add(
      call$.subscribe({
        error: (error: unknown) => {
          subscriber.error(error);
        },
      }),
    );
    return () => socket?.close();
  });
}

const clear = (): PlayoutCommand => ({ type: 'clear' });

const speechStarts = (results$: Observable<SpeechResult>) =>
  results$.pipe(
    filter(({ type }) => type === 'speechStart'),
    map((): DialogueEvent => ({ type: 'caller.spoke' })),
  );

const resumptions = (line$: Observable<LineEvent>) => line$.pipe(filter(({ type }) => type === 'resumed'));

/** What the line itself tells the dialogue. */
const endsAndReturns = (line$: Observable<LineEvent>) =>
  line$.pipe(
    filter(({ type }) => type === 'stop' || type === 'lost' || type === 'resumed'),
    map(({ type }): DialogueEvent => ({ type: type === 'resumed' ? 'call.resumed' : 'call.ended' })),
  );

const marks = (line$: Observable<LineEvent>) =>
  line$.pipe(
    filter((event) => event.type === 'mark'),
    map(({ name }) => name),
  );
