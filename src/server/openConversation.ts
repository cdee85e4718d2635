import type { BookingDesk } from '../booking/booking.js';
import { createBookingDesk } from '../booking/createBookingDesk.js';
import { openingSpan } from '../booking/openingSpan.js';
import { openStore } from '../booking/openStore.js';
import { dialogue } from '../machines/dialogue.js';
import { dialogueActors } from '../machines/dialogueActors.js';
import { dialogueMachine } from '../machines/dialogueMachine.js';
import type { DialogueServices } from '../machines/dialogueServices.js';
import type { DialogueInput } from '../machines/dialogueContext.js';
import type { PhraseContext, Phrasebook } from '../machines/phrasebook.js';
import { enGB } from '../machines/phrasebooks/enGB.js';
import { spokenHours } from '../machines/phrasebooks/spokenHours.js';
import type { Intents } from '../nlu/intents.js';
import type { Names } from '../nlu/slots/nameBook.js';
import type { Understander } from '../nlu/understander.js';
import { createAnswers, type Method } from './answers.js';
import { ChatSessions } from './chatSessions.js';
import type { Configuration } from './configuration.js';
import { deskClock } from './deskClock.js';
import { loadLanguage } from './loadLanguage.js';

/** `setTimeout` takes no more; a chat's caller has all the time there is. */
const NEVER_MS = 2 ** 31 - 1;

/** What a desk's conversations are made of. */
export interface Conversation {
  readonly booking: BookingDesk;
  readonly chats: ChatSessions;
  /** What every dialogue of this desk starts from. */
  readonly input: Pick<DialogueInput, 'asksPartySize' | 'answerable'>;
  readonly intents: Intents;
  readonly machine: typeof dialogueMachine;
  readonly names: Names;
  /** The desk's clock. */
  readonly now: () => Date;
  readonly phraseContext: () => PhraseContext;
  readonly phrasebook: Phrasebook;
  readonly understander: Understander;
  close(): Promise<void>;
}

/**
 * All of a desk but its voice and its ears: the store, understanding, and the dialogue, on the phone and in
 * text.
 */
export async function openConversation(
  configuration: Configuration,
  methods: Readonly<Record<string, Method>>,
  onError: (error: unknown) => void,
  onWarning: (message: string) => void,
): Promise<Conversation> {
  const { business } = configuration;
  const now = deskClock(configuration.startsAt);
  const { intents, names, understander } = await loadLanguage(business);
  const store = await openStore(configuration.databaseUrl);
  const booking = createBookingDesk({ hours: business, store, now });

  const phrasebook = enGB;
  const { timeZone, business: name } = business;
  const opening = openingSpan(business.weekly);
  const phraseContext = () => ({ now: now(), timeZone, business: name, opening });
  const facts = {
    business: business.business,
    address: business.address,
    hours: spokenHours(business.weekly),
  };
  const answers = createAnswers(intents, methods, facts, onWarning);
  const services: DialogueServices = { ...booking, answer: answers.answer };
  const machine = dialogueMachine.provide({ actors: dialogueActors(services, onError) });
  const input = { asksPartySize: business.asksPartySize, answerable: answers.tags };

  const untimed = machine.provide({ delays: { NO_INPUT: NEVER_MS } });
  const chats = new ChatSessions({
    understander,
    phrasebook,
    phraseContext,
    converse: (events$, caller) => events$.pipe(dialogue(untimed, { ...input, ...caller })),
  });

  return {
    booking,
    chats,
    input,
    intents,
    machine,
    names,
    now,
    phraseContext,
    phrasebook,
    understander,
    async close() {
      chats.close();
      await store.close();
    },
  };
}
