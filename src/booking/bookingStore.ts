import { sql, type Kysely } from 'kysely';
import type { BookingRow, BookingTables } from './bookingTables.js';

/** A booking to be written; the store chooses its seat. */
export type NewBookingRow = Omit<BookingRow, 'seat' | 'status'>;

/** The bookings on disk: one set of queries for every engine. Every method rejects when the engine fails. */
export class BookingStore {
  constructor(private readonly db: Kysely<BookingTables>) {}

  /**
   * Writes a booking to the lowest free seat of its slot, by one statement: of any number at the same time, no more
   * than `capacity` get a row.
   * @returns the row, or undefined when the slot is full or the request (`call_id`, `request_id`) is already written.
   */
  async insert(row: NewBookingRow, capacity: number): Promise<BookingRow | undefined> {
    // SQLite writes one statement after another, so nobody takes the seat between its choice and its row.
    const seats = sql.join(Array.from({ length: capacity }, (_, i) => sql`(${sql.lit(i + 1)})`));
    // `column1` is what both SQLite and PostgreSQL call the column of a VALUES list.
    return await this.db
      .insertInto('bookings')
      .columns([
        'id',
        'starts_at',
        'local_date',
        'local_time',
        'name',
        'phone',
        'party_size',
        'call_id',
        'request_id',
        'created_at',
        'status',
        'seat',
      ])
      .expression((eb) =>
        eb
          .selectFrom(sql<{ column1: number }>`(values ${seats})`.as('seats'))
          .select([
            sql`${row.id}`.as('id'),
            sql`${row.starts_at}`.as('starts_at'),
            sql`${row.local_date}`.as('local_date'),
            sql`${row.local_time}`.as('local_time'),
            sql`${row.name}`.as('name'),
            sql`${row.phone}`.as('phone'),
            sql`${row.party_size}`.as('party_size'),
            sql`${row.call_id}`.as('call_id'),
            sql`${row.request_id}`.as('request_id'),
            sql`${row.created_at}`.as('created_at'),
            sql.lit('booked').as('status'),
            'seats.column1',
          ])
          .where('seats.column1', 'not in', (qb) =>
            qb
              .selectFrom('bookings')
              .select('seat')
              .where('starts_at', '=', row.starts_at)
              .where('status', '=', sql.lit('booked')),
          )
          // Counted as well: seats beyond the capacity may be booked from before it was lowered.
          .where(
            (qb) =>
              qb
                .selectFrom('bookings')
                .select((count) => count.fn.countAll<number>().as('booked'))
                .where('starts_at', '=', row.starts_at)
                .where('status', '=', sql.lit('booked')),
            '<',
            capacity,
          )
          .orderBy('seats.column1')
          .limit(1),
      )
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
  }

  /** The row that a request wrote, cancelled or not. */
  async writtenBy(callId: string, requestId: string): Promise<BookingRow | undefined> {
    return await this.db
      .selectFrom('bookings')
      .selectAll()
      .where('call_id', '=', callId)
      .where('request_id', '=', requestId)
      .executeTakeFirst();
  }

  /**
   * The slots with no seat left.
   * @param from first instant, `YYYY-MM-DDTHH:MM:SSZ`
   * @param before the instant after the last, in the same form
   * @returns their `starts_at`
   */
  async fullSlots(from: string, before: string, capacity: number): Promise<ReadonlySet<string>> {
    const rows = await this.db
      .selectFrom('bookings')
      .select('starts_at')
      .where('status', '=', sql.lit('booked'))
      .where('starts_at', '>=', from)
      .where('starts_at', '<', before)
      .groupBy('starts_at')
      .having((eb) => eb.fn.countAll(), '>=', capacity)
      .execute();
    return new Set(rows.map((row) => row.starts_at));
  }

  /**
   * Frees the seat of a booking.
   * @returns the row, also when it was cancelled before; undefined when there is none with that id.
   */
  async cancel(id: string): Promise<BookingRow | undefined> {
    return await this.db
      .updateTable('bookings')
      .set({ status: 'cancelled' })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst();
  }

  /** Bookings of one local day, or all, in order of date and time; cancelled ones included. */
  async list(localDate?: string): Promise<readonly BookingRow[]> {
    return await this.db
      .selectFrom('bookings')
      .selectAll()
      .$if(localDate !== undefined, (query) => query.where('local_date', '=', localDate ?? ''))
      .orderBy('local_date')
      .orderBy('local_time')
      .orderBy('created_at')
      .orderBy('id')
      .execute();
  }

  /** Closes the database; the store cannot be used afterwards. */
  async close(): Promise<void> {
    await this.db.destroy();
  }
}
