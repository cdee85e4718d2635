import { raise, spawnChild, stateIn, stopChild } from 'xstate';
import type { BookingRequest, Slot } from '../booking/booking.js';
import type { Expectation } from '../streams/expectation.js';
import type { DialogueContext } from './dialogueContext.js';
import type { DialogueEvent } from './dialogueEvent.js';
import { dialogueSetup } from './dialogueSetup.js';
import type { Miss, Preface, PromptContent } from './prompt.js';

type EventOf<T extends DialogueEvent['type']> = Extract<DialogueEvent, { type: T }>;

function wantedSlot({ draft: { date, time } }: DialogueContext): Slot {
  if (date === undefined || time === undefined) {
    throw new Error('an hour was looked up before its date and time were known');
  }
  return { date, time };
}

function bookingRequest(context: DialogueContext): BookingRequest {
  const { callId, requests } = context;
  const { name, phone, partySize } = context.draft;
  if (name === undefined) throw new Error('a booking was asked for before its name was known');
  const slot = wantedSlot(context);
  return {
    ...slot,
    callId,
    // With the hour in it, a call that goes on in a new process, whose count starts again, gets its own row
    // back for the same hour and a new one for another.
    requestId: `${slot.date}T${slot.time}#${requests}`,
    name,
    ...(phone !== undefined && { phone }),
    ...(partySize !== undefined && { partySize }),
  };
}

/** An action that says what does not depend on the event. */
const say = (content: PromptContent, expectation: Expectation = 'open', question?: PromptContent) =>
  ({ type: 'say', params: { content, expectation, ...(question && { question }) } }) as const;

const askAgain = (preface?: Preface) => ({ type: 'askAgain', params: preface ? { preface } : {} }) as const;

const justSays = (intent: 'affirm' | 'deny') => ({ type: 'justSays', params: { intent } }) as const;

const intentIs = (...intents: readonly string[]) => ({ type: 'intentIs', params: { intents } }) as const;

/** Reprompts, each time differently, and ends politely when that has not helped. */
const missed = (kind: Miss['kind']) =>
  [
    {
      guard: 'mayMissAgain',
      actions: {
        type: 'askAgain',
        params: ({ context }: { context: DialogueContext }) => ({
          preface: { key: 'miss', miss: { kind, count: context.misses + 1 } } as const,
        }),
      },
    },
    { target: '#farewell', actions: say({ key: 'giveUp', kind }) },
  ] as const;

/** Ends the call at the caller's word; what was booked earlier in the call stays booked. */
const sayStopped = {
  type: 'say',
  params: ({ context }: { context: DialogueContext }) => ({
    content: { key: 'stopped', nothingBooked: context.booked.length === 0 } as const,
    expectation: 'open' as const,
  }),
} as const;

/** The caller drops the booking under way and stays on the line. */
const leaveBooking = {
  guard: intentIs('cancel'),
  target: '#anythingElse',
  actions: ['newDraft', say({ key: 'abandoned' }, 'anythingElse', { key: 'anythingElse' })],
} as const;

/**
 * While the diary is looked into, the question that was open has its answer and is not asked again: only
 * what ends the booking or changes it is listened to.
 */
const whileLooking = {
  'caller.silent': {},
  'caller.unclear': {},
  'call.resumed': {},
  'desk.answered': {},
  'caller.understood': { guard: 'leavesLookupAsItIs' },
} as const;

/** The store does not answer a question: nothing was asked to be written. */
const unreachable = { target: '#farewell', actions: say({ key: 'unreachable' }) } as const;

/** The store does not say whether it wrote: neither may the desk. */
const unconfirmed = { target: '#farewell', actions: say({ key: 'unconfirmed' }) } as const;

/** What is done when an hour cannot be had: others are offered. */
const onRefused = {
  target: '#offering',
  actions: [
    'rememberOffers',
    {
      type: 'say',
      params: ({ context, event }: { context: DialogueContext; event: EventOf<'booking.refused'> }) => ({
        content: {
          key: 'refused',
          reason: event.reason,
          asked: wantedSlot(context),
          alternatives: event.alternatives,
        } as const,
        expectation: event.alternatives.length > 0 ? ('choice' as const) : ('date' as const),
      }),
    },
  ],
} as const;

/**
 * The statechart of a call, in two regions.
 *
 * `turn` is whose turn it is: it times the caller's silences and speech, and knows nothing of bookings.
 * `task` is what the call is about: greet, collect the booking's facts, find the hour free, confirm, book,
 * farewell. Every state of `task` that waits for the caller is timed by `turn`; every one that waits for the
 * store has its own limit. `booked` is said only on `booking.committed`, with the row that it carries.
 *
 * Its actors are provided by {@link dialogueActors}; its words by a phrasebook.
 */
export const dialogueMachine = dialogueSetup.createMachine({
  id: 'call',
  type: 'parallel',
  context: ({ input }) => ({
    ...input,
    draft: input.callerPhone === undefined ? {} : { phone: input.callerPhone },
    checked: false,
    offered: [],
    requests: 0,
    booked: [],
    hungUp: false,
    misses: 0,
    promptCount: 0,
    question: { content: { key: 'howCanIHelp' }, expectation: 'open' },
  }),
  states: {
    turn: {
      initial: 'speaking',
      on: {
        'desk.said': '.speaking',
        'desk.working': '.working',
        'desk.ended': '.over',
      },
      states: {
        speaking: {
          on: {
            'prompt.finished': { guard: 'isLastPrompt', target: 'listening' },
            'caller.spoke': 'hearing',
          },
          after: { LONGEST_PROMPT: 'listening' },
        },
        listening: {
          on: { 'caller.spoke': 'hearing' },
          after: {
            NO_INPUT: { target: 'listening', reenter: true, actions: raise({ type: 'caller.silent' }) },
          },
        },
        hearing: {
          on: { 'caller.understood': 'listening', 'caller.unclear': 'listening' },
          after: { LONGEST_TURN: { target: 'listening', actions: raise({ type: 'caller.unclear' }) } },
        },
        working: {},
        over: { type: 'final' },
      },
    },

    task: {
      initial: 'active',
      states: {
        active: {
          initial: 'greeting',
          after: {
            LONGEST_CALL: [
              { guard: stateIn('#booking'), ...unconfirmed },
              { target: 'farewell', actions: say({ key: 'tooLong' }) },
            ],
          },
          on: {
            'call.ended': 'ended',
            'call.resumed': { actions: askAgain({ key: 'cutOff' }) },
            'caller.silent': missed('noInput'),
            'caller.unclear': missed('noMatch'),
            'desk.answered': {
              actions: {
                type: 'askAgain',
                params: ({ event }) => ({
                  preface:
                    event.text === undefined
                      ? { key: 'noAnswer' as const }
                      : { key: 'answer' as const, text: event.text },
                }),
              },
            },
            'caller.understood': [
              { guard: intentIs('stop'), target: 'farewell', actions: sayStopped },
              { guard: intentIs('goodbye'), target: 'farewell', actions: say({ key: 'goodbye' }) },
              { guard: intentIs('repeat'), actions: askAgain() },
              { guard: intentIs('help'), actions: askAgain({ key: 'help' }) },
              { guard: intentIs('human_agent'), actions: askAgain({ key: 'noPerson' }) },
              {
                guard: intentIs('cancel', 'reschedule', 'lookup_booking'),
                actions: askAgain({ key: 'cannotChange' }),
              },
              {
                guard: 'hasAnswer',
                actions: [
                  raise({ type: 'desk.working' }),
                  stopChild('answer'),
                  spawnChild('answer', {
                    id: 'answer',
                    input: ({ event }) => (event as EventOf<'caller.understood'>).understanding,
                  }),
                ],
              },
              ...missed('noMatch'),
            ],
          },
          states: {
            greeting: {
              entry: say({ key: 'greeting' }, 'open', { key: 'howCanIHelp' }),
              on: {
                'caller.understood': [
                  { guard: 'wantsBooking', target: 'collecting', actions: 'fillDraft' },
                  { guard: intentIs('greeting', 'affirm'), actions: say({ key: 'howCanIHelp' }) },
                  {
                    guard: intentIs('deny'),
                    target: '#farewell',
                    actions: say({ key: 'goodbye' }),
                  },
                ],
              },
            },

            collecting: {
              initial: 'deciding',
              on: {
                'caller.understood': [
                  { guard: 'asksForFreeHours', target: '.deciding', actions: 'fillDraft' },
                  { guard: 'changesDraft', target: '.deciding', actions: 'fillDraft' },
                  { guard: intentIs('book', 'greeting'), actions: askAgain() },
                  leaveBooking,
                ],
              },
              states: {
                deciding: {
                  always: [
                    { guard: 'asksForFreeHours', target: 'listing' },
                    { guard: 'lacksDate', target: 'askingDate' },
                    { guard: 'lacksTime', target: 'askingTime' },
                    { guard: 'isUnchecked', target: 'checking' },
                    { guard: 'lacksPartySize', target: 'askingPartySize' },
                    { guard: 'lacksName', target: 'askingName' },
                    { target: 'confirming' },
                  ],
                },
                askingDate: { entry: say({ key: 'askDate' }, 'date') },
                askingTime: {
                  entry: {
                    type: 'say',
                    params: ({ context }) => ({
                      content: { key: 'askTime' as const, date: context.draft.date ?? '' },
                      expectation: 'time' as const,
                    }),
                  },
                },
                askingPartySize: { entry: say({ key: 'askPartySize' }, 'partySize') },
                askingName: { entry: say({ key: 'askName' }, 'name') },
                checking: {
                  entry: raise({ type: 'desk.working' }),
                  invoke: { src: 'checkSlot', input: ({ context }) => wantedSlot(context) },
                  on: {
                    ...whileLooking,
                    'booking.free': { target: 'deciding', actions: 'markChecked' },
                    'booking.refused': onRefused,
                    'booking.failed': unreachable,
                  },
                  after: { ONE_MOMENT: { actions: 'sayOneMoment' }, STORE_TIMEOUT: unreachable },
                },
                listing: {
                  entry: raise({ type: 'desk.working' }),
                  invoke: {
                    src: 'listSlots',
                    input: ({ context }) => ({ date: context.draft.date ?? '' }),
                  },
                  on: {
                    ...whileLooking,
                    'booking.listed': [
                      {
                        guard: 'hasFreeSlots',
                        target: 'offering',
                        actions: [
                          'rememberOffers',
                          {
                            type: 'say',
                            params: ({ event: { date, slots } }) => ({
                              content: { key: 'freeSlots' as const, date, slots },
                              expectation: 'choice' as const,
                            }),
                          },
                        ],
                      },
                      {
                        target: 'offering',
                        actions: [
                          'rememberOffers',
                          {
                            type: 'say',
                            params: ({ event: { date } }) => ({
                              content: { key: 'noFreeSlots' as const, date },
                              expectation: 'date' as const,
                            }),
                          },
                        ],
                      },
                    ],
                    'booking.failed': unreachable,
                  },
                  after: { ONE_MOMENT: { actions: 'sayOneMoment' }, STORE_TIMEOUT: unreachable },
                },
                offering: {
                  id: 'offering',
                  on: {
                    'caller.understood': [
                      { guard: 'picksOffer', target: 'deciding', actions: 'takeOffer' },
                      { guard: justSays('deny'), target: 'deciding', actions: 'forgetHour' },
                    ],
                  },
                },
                confirming: {
                  entry: {
                    type: 'say',
                    params: ({ context }) => ({
                      content: { key: 'confirm' as const, draft: context.draft },
                      expectation: 'confirmation' as const,
                    }),
                  },
                  on: {
                    'caller.understood': [
                      { guard: justSays('affirm'), target: '#booking', actions: 'countRequest' },
                      { guard: justSays('deny'), target: 'askingChange' },
                    ],
                  },
                },
                askingChange: { entry: say({ key: 'askChange' }, 'open') },
                /** The store failed to write: nothing is booked, and the same request may be tried again. */
                retrying: {
                  id: 'retrying',
                  entry: say({ key: 'notBooked' }, 'confirmation'),
                  on: {
                    'caller.understood': [
                      { guard: justSays('affirm'), target: '#booking' },
                      { guard: justSays('deny'), target: '#farewell', actions: say({ key: 'goodbye' }) },
                    ],
                  },
                },
              },
            },

            booking: {
              id: 'booking',
              initial: 'writing',
              entry: raise({ type: 'desk.working' }),
              invoke: { src: 'bookSlot', input: ({ context }) => bookingRequest(context) },
              after: { STORE_TIMEOUT: unconfirmed },
              on: {
                // While the row is being written nothing that is said cuts in, but a stop.
                'caller.understood': [{ guard: intentIs('stop'), target: '.stopping' }, {}],
                'caller.silent': {},
                'caller.unclear': {},
                'desk.answered': {},
                'call.resumed': {},
                'call.ended': { target: '.leaving', actions: 'rememberHangUp' },
              },
              states: {
                writing: {
                  after: { ONE_MOMENT: { actions: 'sayOneMoment' } },
                  on: {
                    'booking.committed': {
                      target: '#anythingElse',
                      actions: [
                        'rememberBooking',
                        {
                          type: 'say',
                          params: ({ event }) => ({
                            // Asked again with all of it: it may have been cut, or the line lost under it.
                            content: { key: 'booked' as const, booking: event.booking },
                            expectation: 'anythingElse' as const,
                          }),
                        },
                        'newDraft',
                      ],
                    },
                    'booking.refused': onRefused,
                    'booking.failed': '#retrying',
                  },
                },
                /** The caller said stop while the row was being written: it will be taken back. */
                stopping: {
                  on: {
                    'call.ended': { actions: 'rememberHangUp' },
                    'caller.understood': {},
                    'booking.committed': 'withdrawing',
                    'booking.refused': { target: '#farewell', actions: sayStopped },
                    'booking.failed': { target: '#farewell', actions: sayStopped },
                  },
                },
                withdrawing: {
                  invoke: {
                    src: 'withdrawBooking',
                    input: ({ event }) => ({ id: (event as EventOf<'booking.committed'>).booking.id }),
                  },
                  on: {
                    'booking.withdrawn': { target: '#farewell', actions: sayStopped },
                    'booking.failed': unconfirmed,
                    'call.ended': { actions: 'rememberHangUp' },
                    'caller.understood': {},
                  },
                },
                /** The caller said yes and hung up: what they agreed to is still written. */
                leaving: {
                  on: {
                    'booking.committed': { target: '#ended', actions: 'rememberBooking' },
                    'booking.refused': '#ended',
                    'booking.failed': '#ended',
                    'caller.understood': {},
                  },
                },
              },
            },

            anythingElse: {
              id: 'anythingElse',
              on: {
                'caller.understood': [
                  { guard: 'wantsBooking', target: 'collecting', actions: 'fillDraft' },
                  { guard: intentIs('affirm'), actions: say({ key: 'howCanIHelp' }) },
                  { guard: intentIs('deny'), target: '#farewell', actions: say({ key: 'goodbye' }) },
                ],
              },
            },
          },
        },

        farewell: {
          id: 'farewell',
          always: { guard: 'hasHungUp', target: 'ended' },
          on: {
            'prompt.finished': { guard: 'isLastPrompt', target: 'ended' },
            'caller.understood': { guard: intentIs('stop'), target: 'ended' },
            'call.ended': 'ended',
          },
          after: { FAREWELL: 'ended' },
        },

        ended: { id: 'ended', type: 'final', entry: raise({ type: 'desk.ended' }) },
      },
    },
  },
});
