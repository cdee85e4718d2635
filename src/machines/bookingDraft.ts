import type { Slots } from '../nlu/understanding.js';

/** The booking as it grows while the caller talks. */
export interface BookingDraft {
  /** `YYYY-MM-DD` */
  readonly date?: string;
  /** `HH:MM` */
  readonly time?: string;
  readonly partySize?: number;
  readonly name?: string;
  /** E.164; the caller's own number until they give another. */
  readonly phone?: string;
}

/** The facts in what was said that differ from the draft; empty when nothing new was said. */
export function draftChanges(slots: Slots, draft: BookingDraft): BookingDraft {
  const { date, time, partySize, name, phone } = slots;
  return {
    ...(date !== undefined && date !== draft.date && { date }),
    ...(time !== undefined && time !== draft.time && { time }),
    ...(partySize !== undefined && partySize !== draft.partySize && { partySize }),
    ...(name !== undefined && name !== draft.name && { name }),
    ...(phone !== undefined && phone !== draft.phone && { phone }),
  };
}

/** Whether what was said says anything new about the booking. */
export function changesDraft(slots: Slots, draft: BookingDraft): boolean {
  return Object.keys(draftChanges(slots, draft)).length > 0;
}
