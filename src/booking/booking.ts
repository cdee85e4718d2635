/** A row of the booking store. */
export interface Booking {
  readonly id: string;
  /** `YYYY-MM-DD` in the desk's time zone. */
  readonly date: string;
  /** `HH:MM`, 24 h, in the desk's time zone. */
  readonly time: string;
  readonly name: string;
  /** E.164, when known. */
  readonly phone?: string;
  readonly partySize?: number;
  readonly status: 'booked' | 'cancelled';
}

/** An hour that can be booked, in the desk's time zone. */
export interface Slot {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** `HH:MM` */
  readonly time: string;
}

/** What a caller asks to have written. */
export interface BookingRequest extends Slot {
  readonly name: string;
  readonly phone?: string;
  readonly partySize?: number;
  /** Idempotency key, first half: the call (or the session, or the HTTP request) that asks. */
  readonly callId: string;
  /** Idempotency key, second half: the same request sent again gets the same row. */
  readonly requestId: string;
}

/**
 * Why an hour cannot be booked. `notASlot` is within opening hours but no start of a slot. `cancelled` is only
 * ever the answer of `book` to a request sent again after its booking was cancelled.
 */
export type Refusal = 'taken' | 'closed' | 'past' | 'beyondHorizon' | 'notASlot' | 'cancelled';

/** The answer to a booking request. `committed` carries the row as the store holds it. */
export type BookingOutcome =
  | { readonly type: 'committed'; readonly booking: Booking }
  | { readonly type: 'refused'; readonly reason: Refusal; readonly alternatives: readonly Slot[] };

/** The answer to "is this hour free?". */
export type AvailabilityOutcome =
  | { readonly type: 'free'; readonly slot: Slot }
  | { readonly type: 'refused'; readonly reason: Refusal; readonly alternatives: readonly Slot[] };

/**
 * What the dialogue and the web ask of booking. Every method rejects when the store fails, and with a RangeError
 * that names the field when a date is not `YYYY-MM-DD` or a time not `HH:MM`.
 */
export interface BookingDesk {
  /** Free slots of one day, in order; empty when closed, past or full. */
  freeSlots(date: string): Promise<readonly Slot[]>;
  /** Can this hour be booked? When not, up to three free ones, nearest in time first. */
  check(slot: Slot): Promise<AvailabilityOutcome>;
  /**
   * Writes the booking, decided by one statement; durable (fsync) before it resolves. A request sent again
   * (same `callId` and `requestId`) is answered with the row it wrote the first time, whatever hour it names now;
   * when that booking has been cancelled since, it is refused as `cancelled` and nothing is written: booking the
   * hour anew takes a new `requestId`.
   */
  book(request: BookingRequest): Promise<BookingOutcome>;
  /** Frees the hour; resolves to the row, or undefined when there is no such booking. */
  cancel(id: string): Promise<Booking | undefined>;
  /** Bookings of one day, or all, in order of date and time; cancelled ones included. */
  bookings(filter?: { date?: string }): Promise<readonly Booking[]>;
}
