import type { ObservableInput } from 'rxjs';
import type {
  AvailabilityOutcome,
  Booking,
  BookingOutcome,
  BookingRequest,
  Slot,
} from '../booking/booking.js';
import type { Understanding } from '../nlu/understanding.js';

/**
 * What the dialogue asks of the rest of the house. A `BookingDesk` fits as it is; a marble test hands in
 * observables, which, unlike promises, settle in virtual time.
 */
export interface DialogueServices {
  check(slot: Slot): ObservableInput<AvailabilityOutcome>;
  freeSlots(date: string): ObservableInput<readonly Slot[]>;
  book(request: BookingRequest): ObservableInput<BookingOutcome>;
  cancel(id: string): ObservableInput<Booking | undefined>;
  /** The answer to a side question such as the opening hours; undefined, or none, when there is nothing to say. */
  answer(understanding: Understanding): ObservableInput<string | undefined>;
}
