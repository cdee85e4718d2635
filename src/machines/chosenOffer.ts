import type { Slot } from '../booking/booking.js';
import type { Understanding } from '../nlu/understanding.js';

/**
 * The free hour that an answer picks among those on offer: by its place ("the second one"), by its time
 * ("eleven o'clock"), or by a plain yes when there is only one. Undefined when it picks none.
 */
export function chosenOffer({ intent, slots }: Understanding, offered: readonly Slot[]): Slot | undefined {
  if (slots.choice !== undefined) return offered.at(slots.choice > 0 ? slots.choice - 1 : slots.choice);
  if (slots.time !== undefined) {
    return offered.find(
      ({ date, time }) => time === slots.time && (slots.date === undefined || slots.date === date),
    );
  }
  return intent === 'affirm' && slots.date === undefined && offered.length === 1 ? offered[0] : undefined;
}
