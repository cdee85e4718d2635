import type { Logger } from 'pino';
import type { Slots } from '../nlu/understanding.js';
import type { LiveCall } from './liveCalls.js';
import { MASK, maskPersonal, maskSlots } from './maskPersonal.js';
import type { Metrics } from './metrics.js';
import { turnRecords } from './turnRecords.js';

interface CallLog {
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Whether names and telephone numbers are written as they are. */
  readonly personal: boolean;
}

/** Writes a call into the log and the metrics: its beginning, a `turn` line for each exchange, and its end. */
export function logCall({ callSid, from, events$ }: LiveCall, { log, metrics, personal }: CallLog): void {
  const callLog = log.child({ callSid });
  metrics.callAnswered();
  callLog.info(personal ? { from } : {}, 'call answered');

  const names = new Set<string>();
  let booked = 0;
  const shown = (text: string) => (personal ? text : maskPersonal(text, [...names]));

  events$.subscribe({
    next: (event) => {
      if (event.type === 'heard' && event.understanding?.slots.name !== undefined) {
        names.add(event.understanding.slots.name);
      } else if (event.type === 'state' && event.booked.length > booked) {
        booked = event.booked.length;
        metrics.booked();
        callLog.info({ bookingId: event.booked.at(-1)?.id }, 'booking committed');
      } else if (event.type === 'lineLost') callLog.warn('the line was lost and did not come back');
    },
    error: (error: unknown) => {
      metrics.callEnded();
      callLog.error({ err: error }, 'call lost to a fault');
    },
    complete: () => {
      metrics.callEnded();
      callLog.info({ booked }, 'call ended');
    },
  });

  events$.pipe(turnRecords()).subscribe({
    next: ({ heard, said, slots, ...turn }) => {
      metrics.turn(turn.latency);
      callLog.info(
        {
          ...turn,
          heard: !personal && mayHoldName(turn.state, turn.intent, slots) ? MASK : shown(heard),
          slots: personal ? slots : maskSlots(slots),
          said: shown(said),
        },
        'turn',
      );
    },
    // The other subscription has logged it.
    error: () => undefined,
  });
}

/** Whether what was heard may be a name that was not read as one: where it was asked for, or could be put right. */
function mayHoldName(state: string, intent: string | undefined, { name }: Slots): boolean {
  if (name !== undefined) return false;
  return (
    state.endsWith('.askingName') || (intent === 'out_of_scope' && /\.(confirming|askingChange)$/.test(state))
  );
}
