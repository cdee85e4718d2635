/** A row of `bookings`. Instants are UTC ISO 8601 text, which sorts in order of time on every engine. */
export interface BookingRow {
  /** UUID */
  readonly id: string;
  /** The instant the slot starts at, `YYYY-MM-DDTHH:MM:SSZ`. */
  readonly starts_at: string;
  /** `YYYY-MM-DD` as agreed with the caller; it stays when the desk's time zone is changed later. */
  readonly local_date: string;
  /** `HH:MM` as agreed with the caller. */
  readonly local_time: string;
  /** 1 to the desk's capacity: which of the slot's seats the booking holds. */
  readonly seat: number;
  readonly name: string;
  readonly phone: string | null;
  readonly party_size: number | null;
  readonly status: 'booked' | 'cancelled';
  readonly call_id: string;
  readonly request_id: string;
  readonly created_at: string;
}

/** The tables of the store, for Kysely. */
export interface BookingTables {
  bookings: BookingRow;
}
