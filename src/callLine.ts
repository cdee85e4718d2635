import {
  asyncScheduler,
  concat,
  EMPTY,
  map,
  of,
  type OperatorFunction,
  type SchedulerLike,
  switchMap,
  takeWhile,
  timer,
} from 'rxjs';
import type { InboundEvent, MediaSocket } from './telephony/mediaSocket.js';

/** What the line of a call brings, whichever socket it runs over. */
export type LineEvent =
  | InboundEvent
  /** The call goes on over another socket. Comes before that socket's own events. */
  | { readonly type: 'resumed' }
  /** The socket closed without a stop, and no other took its place in time. */
  | { readonly type: 'lost' };

/** A line that was lost may come back for this long, through the TwiML after `<Connect>`. */
const RESUME_GRACE_MS = 15_000;

/**
 * A call's sockets, one after another → the events of its line.
 *
 * ```
 * (S, T: sockets; m: media, x: the socket closes, r: resumed, L: lost 15 s after the close)
 * sockets   S------------T------------------
 * S         --m---m--x
 * T                      ----m---x
 * callLine  --m---m------r---m-----------L--
 * ```
 *
 * A socket replaces the one before it, of which nothing more is heard. After a `stop` the caller is gone: what
 * is over cannot be lost. Completes when the sockets do and the last one's events are over; errors with them.
 */
export function callLine(
  scheduler: SchedulerLike = asyncScheduler,
): OperatorFunction<MediaSocket, LineEvent> {
  const lost$ = timer(RESUME_GRACE_MS, scheduler).pipe(map((): LineEvent => ({ type: 'lost' })));
  return switchMap((socket, index) =>
    concat(index === 0 ? EMPTY : of<LineEvent>({ type: 'resumed' }), socket.inbound$, lost$).pipe(
      takeWhile(({ type }) => type !== 'stop', true),
    ),
  );
}
