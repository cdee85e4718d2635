import {
  asyncScheduler,
  concat,
  defer,
  EMPTY,
  exhaustMap,
  filter,
  from,
  map,
  merge,
  mergeMap,
  of,
  switchMap,
  tap,
  timer,
  type Observable,
  type SchedulerLike,
} from 'rxjs';
import type { Synthesizer } from '../speech/synthesizer.js';
import type { Answer } from './lineMonitor.js';
import type { PromptMark } from '../machines/promptMark.js';
import type { CallEnd, DeskEvent, SimulatedCall } from './simulatedCall.js';

/**
 * What a caller will say: lines one after another, each when the desk has finished speaking; or an answer
 * to the prompt that was heard last (its key), where undefined is to stay silent.
 */
export type CallerPlan = readonly string[] | ((promptKey: string) => string | undefined);

export interface CallerOptions {
  readonly call: SimulatedCall;
  readonly voice: Synthesizer;
  readonly plan: CallerPlan;
  /** How long the desk must have been quiet before the caller speaks; default 300. */
  readonly quietMs?: number;
  readonly scheduler?: SchedulerLike;
}

/** What happens in a call, from the caller's side. Every `at` is on the line's clock. */
export type CallerEvent =
  /** A prompt was heard to its end. */
  | ({ readonly type: 'heard'; readonly at: number } & PromptMark)
  /** A line was said; `at` is the end of its last sound. */
  | { readonly type: 'said'; readonly line: string; readonly at: number | undefined }
  /** The desk began to answer. */
  | ({ readonly type: 'answered' } & Answer)
  | ({ readonly type: 'ended' } & CallEnd);

/**
 * A caller with a voice and a plan. Subscribing makes the caller listen and speak; unsubscribing leaves the
 * caller on the line, silent. Completes when the call has ended; errors when the voice or the plan fails.
 * With nothing left to say the caller stays on the line: whether that ends the call is the desk's to decide.
 */
export function simulatedCaller(options: CallerOptions): Observable<CallerEvent> {
  const { call, voice, plan, quietMs = 300, scheduler = asyncScheduler } = options;
  return defer(() => {
    const nextLine = typeof plan === 'function' ? answering(plan) : reciting(plan);
    let heardKey: string | undefined;

    const heard$ = call.desk$.pipe(
      filter((event) => event.type === 'mark'),
      filter(({ heard }) => heard),
      mergeMap(({ at, prompt }) => (prompt ? of({ type: 'heard' as const, at, ...prompt }) : EMPTY)),
      tap(({ key }) => {
        heardKey = key;
      }),
    );
    const answered$ = call.desk$.pipe(filter((event) => event.type === 'answered'));
    const said$ = call.desk$.pipe(
      filter(changesWhoSpeaks),
      switchMap(({ type }) => (type === 'playbackFinished' ? timer(quietMs, scheduler) : EMPTY)),
      exhaustMap(() => {
        const line = nextLine(heardKey);
        heardKey = undefined;
        return line === undefined ? EMPTY : say(line);
      }),
    );
    const say = (line: string): Observable<CallerEvent> =>
      from(voice.synthesize(line)).pipe(
        switchMap((audio) => call.say(audio)),
        map(({ lastVoicedAt }) => ({ type: 'said', line, at: lastVoicedAt })),
      );
    return concat(
      merge(heard$, answered$, said$),
      from(call.ended).pipe(map((end) => ({ type: 'ended' as const, ...end }))),
    );
  });
}

function changesWhoSpeaks({ type }: DeskEvent): boolean {
  return type === 'playbackStarted' || type === 'playbackFinished' || type === 'cleared';
}

type NextLine = (heardKey: string | undefined) => string | undefined;

function reciting(lines: readonly string[]): NextLine {
  let next = 0;
  return () => lines[next++];
}

/** Asked only when a prompt was heard since the last answer. */
function answering(plan: (promptKey: string) => string | undefined): NextLine {
  return (heardKey) => (heardKey === undefined ? undefined : plan(heardKey));
}
