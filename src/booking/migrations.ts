import { sql, type Kysely } from 'kysely';
import type { BookingTables } from './bookingTables.js';

/** One step of the store's schema, in terms that every engine understands. */
export type Migration = (
  db: Kysely<BookingTables>,
  engine: { readonly strictTables: boolean },
) => Promise<void>;

/**
 * The schema, step by step: a store at version n has had the first n of them. An engine runs what is missing
 * under a lock of its own. A step that was released is never changed; a new one is added.
 */
export const MIGRATIONS: readonly Migration[] = [
  async (db, { strictTables }) => {
    const bookings = db.schema
      .createTable('bookings')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('starts_at', 'text', (column) => column.notNull())
      .addColumn('local_date', 'text', (column) => column.notNull())
      .addColumn('local_time', 'text', (column) => column.notNull())
      .addColumn('seat', 'integer', (column) => column.notNull().check(sql`seat >= 1`))
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('phone', 'text')
      .addColumn('party_size', 'integer', (column) => column.check(sql`party_size >= 1`))
      .addColumn('status', 'text', (column) => column.notNull().check(sql`status in ('booked', 'cancelled')`))
      .addColumn('call_id', 'text', (column) => column.notNull())
      .addColumn('request_id', 'text', (column) => column.notNull())
      .addColumn('created_at', 'text', (column) => column.notNull());
    await (strictTables ? bookings.modifyEnd(sql`strict`) : bookings).execute();
    await db.schema
      .createIndex('bookings_seat_is_booked_once')
      .unique()
      .on('bookings')
      .columns(['starts_at', 'seat'])
      .where(sql<boolean>`status = 'booked'`)
      .execute();
    await db.schema
      .createIndex('bookings_request_is_written_once')
      .unique()
      .on('bookings')
      .columns(['call_id', 'request_id'])
      .execute();
    await db.schema
      .createIndex('bookings_in_order')
      .on('bookings')
      .columns(['local_date', 'local_time'])
      .execute();
  },
];
