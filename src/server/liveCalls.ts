import { type Observable, ReplaySubject, Subject, Subscription } from 'rxjs';
import type { CallEvent } from '../callEvent.js';
import type { MediaSocket } from '../telephony/mediaSocket.js';

/** A call as it begins: its events, hot, from the greeting on. */
export interface LiveCall {
  readonly callSid: string;
  readonly from?: string;
  /** Completes when the call is over; errors when it was lost to a fault. */
  readonly events$: Observable<CallEvent>;
}

/** How many ended calls are remembered, so that Twilio's question of what comes next is answered with a hang-up. */
const REMEMBERED = 1_000;

interface Answered {
  readonly sockets$: Subject<MediaSocket>;
  readonly events: Subject<CallEvent>;
  readonly subscription: Subscription;
}

/** The calls in progress, by their SID: each is answered once, and takes up every further socket of its own. */
export class LiveCalls {
  readonly #live = new Map<string, Answered>();
  readonly #ended = new Set<string>();
  readonly #calls = new Subject<LiveCall>();

  /** Each call once, as it is answered. */
  readonly calls$: Observable<LiveCall> = this.#calls.asObservable();

  constructor(
    private readonly answer: (
      sockets$: Observable<MediaSocket>,
      caller: { callSid: string; from?: string },
    ) => Observable<CallEvent>,
  ) {}

  /** Whether the conversation of this call is over, as opposed to unknown or in progress. */
  hasEnded(callSid: string): boolean {
    return this.#ended.has(callSid);
  }

  /** Takes up a socket: of a new call, or of one whose line was lost or doubled. One that ended is not taken up again. */
  take(socket: MediaSocket): void {
    const { callSid, customParameters } = socket.start;
    if (this.#ended.has(callSid)) {
      socket.close();
      return;
    }
    const known = this.#live.get(callSid);
    if (known) {
      known.sockets$.next(socket);
      return;
    }
    const from = customParameters['from'];
    const caller = { callSid, ...(from !== undefined && { from }) };
    const sockets$ = new ReplaySubject<MediaSocket>(1);
    sockets$.next(socket);
    const events = new Subject<CallEvent>();
    const subscription = new Subscription();
    this.#live.set(callSid, { sockets$, events, subscription });
    this.#calls.next({ ...caller, events$: events.asObservable() });
    const over = () => {
      this.#live.delete(callSid);
      this.#remember(callSid);
    };
    subscription.add(
      this.answer(sockets$, caller).subscribe({
        next: (event) => {
          events.next(event);
        },
        error: (error: unknown) => {
          over();
          events.error(error);
        },
        complete: () => {
          over();
          events.complete();
        },
      }),
    );
  }

  /** Hangs up every call. */
  close(): void {
    for (const { subscription, events } of this.#live.values()) {
      subscription.unsubscribe();
      events.complete();
    }
    this.#live.clear();
    this.#calls.complete();
  }

  #remember(callSid: string): void {
    this.#ended.add(callSid);
    const [oldest] = this.#ended;
    if (this.#ended.size > REMEMBERED && oldest !== undefined) this.#ended.delete(oldest);
  }
}
