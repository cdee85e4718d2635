import type { DialogueEvent } from '../../src/machines/dialogueEvent.js';
import { said, TUESDAY, WEDNESDAY } from './conversation.js';

/** What the letters of a caller's marbles stand for. */
export const CALLER = {
  a: said('book', { date: TUESDAY, time: '14:00', partySize: 2, name: 'Smith' }),
  b: said('book'),
  d: said('inform', { date: TUESDAY }),
  w: said('inform', { date: WEDNESDAY }),
  t: said('inform', { time: '14:00' }),
  u: said('inform', { time: '15:00' }),
  p: said('inform', { partySize: 4 }),
  n: said('inform', { name: 'Smith' }),
  y: said('affirm'),
  x: said('deny'),
  h: said('hours'),
  r: said('repeat'),
  q: said('help'),
  c: said('cancel'),
  m: said('human_agent'),
  f: said('check_availability'),
  o: said('out_of_scope'),
  s: said('stop'),
  g: said('goodbye'),
  v: { type: 'caller.spoke' },
  '?': { type: 'caller.unclear' },
  '+': { type: 'call.resumed' },
} satisfies Record<string, DialogueEvent>;

/** What the letters of the desk's marbles stand for. */
export const DESK = {
  G: 'greeting',
  H: 'howCanIHelp',
  D: 'askDate',
  T: 'askTime',
  P: 'askPartySize',
  N: 'askName',
  C: 'confirm',
  K: 'askChange',
  B: 'booked',
  E: 'anythingElse',
  F: 'goodbye',
  R: 'refused',
  L: 'freeSlots',
  O: 'noFreeSlots',
  M: 'oneMoment',
  X: 'notBooked',
  A: 'abandoned',
  S: 'stopped',
  U: 'unreachable',
  Q: 'unconfirmed',
  Z: 'giveUp',
  Y: 'tooLong',
};
