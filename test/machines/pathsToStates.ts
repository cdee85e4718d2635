import { NEVER } from 'rxjs';
import type { SnapshotFrom } from 'xstate';
import { getShortestPaths } from 'xstate/graph';
import { dialogueActors } from '../../src/machines/dialogueActors.js';
import type { DialogueEvent } from '../../src/machines/dialogueEvent.js';
import { dialogueMachine } from '../../src/machines/dialogueMachine.js';
import { INPUT, rowOf, said, services, TUESDAY } from './conversation.js';

/** Services that never answer: in these paths the answers are events of the path itself. */
export const SILENT_SERVICES = services({
  check: () => NEVER,
  freeSlots: () => NEVER,
  book: () => NEVER,
  cancel: () => NEVER,
});

/** The desk of these paths asks everything that a desk can ask. */
export const FULL_INPUT = { ...INPUT, asksPartySize: true };

const SLOT = { date: TUESDAY, time: '14:00' };

const EVENTS: readonly DialogueEvent[] = [
  said('book'),
  said('check_availability', { date: TUESDAY }),
  said('inform', { date: TUESDAY }),
  said('inform', { time: '14:00' }),
  said('inform', { partySize: 4 }),
  said('inform', { name: 'Smith' }),
  said('affirm'),
  said('deny'),
  said('stop'),
  { type: 'call.ended' },
  { type: 'booking.free', slot: SLOT },
  { type: 'booking.listed', date: TUESDAY, slots: [SLOT] },
  { type: 'booking.refused', reason: 'taken', alternatives: [] },
  {
    type: 'booking.committed',
    booking: rowOf({ ...SLOT, name: 'Smith', callId: 'CA1', requestId: '2026-11-24T14:00#1' }),
  },
  { type: 'booking.failed' },
];

type Snapshot = SnapshotFrom<typeof dialogueMachine>;

const machine = dialogueMachine.provide({ actors: dialogueActors(SILENT_SERVICES, () => undefined) });

type Node = (typeof machine)['root'];

const leavesOf = (node: Node): Node[] => {
  const children: Node[] = Object.values(node.states);
  return children.length === 0 ? [node] : children.flatMap(leavesOf);
};

/** Whether the state or one around it works on something of its own. */
const works = (node: Node): boolean =>
  node.invoke.length > 0 || (node.parent !== undefined && works(node.parent));

/** Leaves of `task.active` that last: those that decide at once are left out. */
const lasting = leavesOf(machine.root).filter(({ id, always }) => id !== '' && (always ?? []).length === 0);

const pathOf = (node: Node) => node.path.slice(1).join('.');

const inActive = lasting.filter(({ path }) => path[0] === 'task' && path[1] === 'active');

/** The states in which the desk waits for the caller, read off the machine: they do no work of their own. */
export const WAITING_STATES = inActive.filter((node) => !works(node)).map(pathOf);

/** The states in which the desk waits for the diary or the store. */
export const WORKING_STATES = inActive.filter(works).map(pathOf);

const activePath = (snapshot: Snapshot): string =>
  snapshot._nodes
    .filter(({ path, type }) => path[0] === 'task' && (type === 'atomic' || type === 'final'))
    .map((node) => node.path.slice(1).join('.'))
    .join();

const paths = getShortestPaths(machine, {
  input: FULL_INPUT,
  events: EVENTS,
  // What the caller has already said decides what is asked next; the rest of the context does not.
  serializeState: (snapshot) =>
    JSON.stringify([activePath(snapshot), Object.keys(snapshot.context.draft), snapshot.context.checked]),
});

/** The shortest series of events that leads a call of {@link FULL_INPUT} into a state. */
export function eventsTo(state: string): readonly DialogueEvent[] {
  const path = paths.find(({ state: snapshot }) => activePath(snapshot) === state);
  if (path === undefined) throw new Error(`no series of events leads to ${state}`);
  return path.steps
    .map(({ event }) => event as DialogueEvent)
    .filter(({ type }) => !type.startsWith('xstate.'));
}
