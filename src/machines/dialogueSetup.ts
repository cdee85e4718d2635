import { assign, enqueueActions, setup } from 'xstate';
import type { Expectation } from '../streams/expectation.js';
import { changesDraft, draftChanges } from './bookingDraft.js';
import { chosenOffer } from './chosenOffer.js';
import type { DialogueActors } from './dialogueActors.js';
import type { DialogueContext, DialogueInput } from './dialogueContext.js';
import type { DialogueEvent } from './dialogueEvent.js';
import type { Preface, Prompt, PromptContent } from './prompt.js';

/** Events that only the machine itself sends: what the task tells the turn-taking. */
type InternalEvent =
  { readonly type: 'desk.said' } | { readonly type: 'desk.working' } | { readonly type: 'desk.ended' };

/** What the dialogue wants said. */
export interface SayEmitted {
  readonly type: 'say';
  readonly prompt: Prompt;
}

export interface SayParams {
  readonly content: PromptContent;
  readonly expectation: Expectation;
  /** What is asked again after a miss, when it is not the content itself. */
  readonly question?: PromptContent;
}

/** After this many turns in a row without a usable answer the call ends politely. */
const MAX_MISSES = 3;

/** What the statechart of a call is written in: its types, delays, guards and actions. */
export const dialogueSetup = setup({
  types: {
    context: {} as DialogueContext,
    events: {} as DialogueEvent | InternalEvent,
    input: {} as DialogueInput,
    emitted: {} as SayEmitted,
  },
  // Provided by the composition root, from the desk's services.
  actors: {} as DialogueActors,
  delays: {
    /** How long a question waits for an answer to begin. */
    NO_INPUT: 7_000,
    /** The longest turn of a caller that is waited for. */
    LONGEST_TURN: 20_000,
    /** No prompt is longer: past this its end was missed. */
    LONGEST_PROMPT: 45_000,
    /** When a slow store is worth a word. */
    ONE_MOMENT: 1_500,
    /** When a store that does not answer is given up. */
    STORE_TIMEOUT: 10_000,
    /** The longest that a goodbye keeps the line open; the longest of them takes about ten seconds to say. */
    FAREWELL: 15_000,
    LONGEST_CALL: 900_000,
  },
  guards: {
    intentIs: ({ event }, { intents }: { intents: readonly string[] }) =>
      event.type === 'caller.understood' && intents.includes(event.understanding.intent),
    /** A bare yes or no: it says nothing new about the booking. */
    justSays: ({ context, event }, { intent }: { intent: 'affirm' | 'deny' }) =>
      event.type === 'caller.understood' &&
      event.understanding.intent === intent &&
      !changesDraft(event.understanding.slots, context.draft),
    changesDraft: ({ context, event }) =>
      event.type === 'caller.understood' && changesDraft(event.understanding.slots, context.draft),
    /** "What have you got on Friday?", or, with the day already known, "what have you got?" */
    asksForFreeHours: ({ context, event }) =>
      event.type === 'caller.understood' &&
      event.understanding.intent === 'check_availability' &&
      (event.understanding.slots.date ?? context.draft.date) !== undefined &&
      event.understanding.slots.time === undefined,
    wantsBooking: ({ event }) =>
      event.type === 'caller.understood' &&
      (['book', 'check_availability'].includes(event.understanding.intent) ||
        (['inform', 'affirm', 'deny'].includes(event.understanding.intent) &&
          changesDraft(event.understanding.slots, {}))),
    picksOffer: ({ context, event }) =>
      event.type === 'caller.understood' && chosenOffer(event.understanding, context.offered) !== undefined,
    leavesLookupAsItIs: ({ context, event }) =>
      event.type === 'caller.understood' &&
      !['stop', 'goodbye', 'cancel'].includes(event.understanding.intent) &&
      !changesDraft(event.understanding.slots, context.draft),
    hasAnswer: ({ context, event }) =>
      event.type === 'caller.understood' && context.answerable.includes(event.understanding.intent),
    hasFreeSlots: ({ event }) => event.type === 'booking.listed' && event.slots.length > 0,
    mayMissAgain: ({ context }) => context.misses + 1 < MAX_MISSES,
    isLastPrompt: ({ context, event }) => event.type === 'prompt.finished' && event.id >= context.promptCount,
    lacksDate: ({ context }) => context.draft.date === undefined,
    lacksTime: ({ context }) => context.draft.time === undefined,
    lacksPartySize: ({ context }) => context.asksPartySize && context.draft.partySize === undefined,
    lacksName: ({ context }) => context.draft.name === undefined,
    isUnchecked: ({ context }) => !context.checked,
    hasHungUp: ({ context }) => context.hungUp,
  },
  actions: {
    say: enqueueActions(({ context, enqueue }, { content, expectation, question }: SayParams) => {
      const id = context.promptCount + 1;
      enqueue.assign({ promptCount: id, misses: 0, question: { content: question ?? content, expectation } });
      if (!context.hungUp) enqueue.emit({ type: 'say', prompt: { id, content, expectation } });
      enqueue.raise({ type: 'desk.said' });
    }),
    /** Comes back to the question that was open, with something said before it. */
    askAgain: enqueueActions(({ context, enqueue }, { preface }: { preface?: Preface }) => {
      const id = context.promptCount + 1;
      enqueue.assign({ promptCount: id, misses: preface?.key === 'miss' ? context.misses + 1 : 0 });
      enqueue.emit({ type: 'say', prompt: { id, ...context.question, ...(preface && { preface }) } });
      enqueue.raise({ type: 'desk.said' });
    }),
    /** Fills the silence while a store is slow; the open question stays as it is. */
    sayOneMoment: enqueueActions(({ context, enqueue }) => {
      const id = context.promptCount + 1;
      enqueue.assign({ promptCount: id });
      enqueue.emit({
        type: 'say',
        prompt: { id, content: { key: 'oneMoment' }, expectation: context.question.expectation },
      });
    }),
    fillDraft: assign(({ context, event }) => {
      if (event.type !== 'caller.understood') return {};
      const changes = draftChanges(event.understanding.slots, context.draft);
      const movesHour = changes.date !== undefined || changes.time !== undefined;
      return { draft: { ...context.draft, ...changes }, checked: context.checked && !movesHour };
    }),
    takeOffer: assign(({ context, event }) => {
      if (event.type !== 'caller.understood') return {};
      const slot = chosenOffer(event.understanding, context.offered);
      return {
        draft: { ...context.draft, ...draftChanges(event.understanding.slots, context.draft), ...slot },
        checked: false,
      };
    }),
    markChecked: assign({ checked: true }),
    rememberOffers: assign(({ event }) => {
      if (event.type === 'booking.refused') return { offered: event.alternatives, checked: false };
      return event.type === 'booking.listed' ? { offered: event.slots, checked: false } : {};
    }),
    forgetHour: assign(({ context: { draft } }) => {
      const { date, time, ...kept } = draft;
      return { draft: kept, checked: false, offered: [] };
    }),
    rememberBooking: assign(({ context, event }) =>
      event.type === 'booking.committed' ? { booked: [...context.booked, event.booking] } : {},
    ),
    /** Starts a new booking for the same caller. */
    newDraft: assign(({ context: { draft } }) => ({
      draft: {
        ...(draft.name !== undefined && { name: draft.name }),
        ...(draft.phone !== undefined && { phone: draft.phone }),
      },
      checked: false,
      offered: [],
    })),
    rememberHangUp: assign({ hungUp: true }),
    countRequest: assign({ requests: ({ context }) => context.requests + 1 }),
  },
});
