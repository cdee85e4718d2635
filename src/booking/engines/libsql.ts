import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { CompiledQuery, Kysely, SqliteDialect } from 'kysely';
import Database from 'libsql';
import type { BookingTables } from '../bookingTables.js';
import { MIGRATIONS } from '../migrations.js';
import { StoreUnavailableError } from '../storeUnavailableError.js';

/** How long a statement waits for another process's write before it fails. A commit takes a few milliseconds. */
const BUSY_TIMEOUT_MS = 5000;

/** A bound on waiting for the other processes that open a new file at the same moment. */
const MOST_WAL_ATTEMPTS = 100;

/**
 * Opens the embedded database, creates the file and its folder when they are missing, and brings its schema up to
 * date. A commit is on disk when it returns (WAL with `synchronous=FULL`: https://www.sqlite.org/pragma.html).
 * Several processes may open and use the same file.
 * @param file path of the database file
 * @throws StoreUnavailableError when the file cannot be opened, read or written, or is from a newer version.
 */
export async function openLibsql(file: string): Promise<Kysely<BookingTables>> {
  const database = connect(file);
  try {
    prepare(database);
    const db = new Kysely<BookingTables>({ dialect: new SqliteDialect({ database }) });
    await migrate(db, file);
    return db;
  } catch (cause) {
    database.close();
    if (cause instanceof StoreUnavailableError) throw cause;
    throw new StoreUnavailableError(file, `cannot be used (${reason(cause)})`, fixFor(cause), { cause });
  }
}

function connect(file: string): Database.Database {
  try {
    mkdirSync(dirname(file), { recursive: true });
    return new Database(file, { timeout: BUSY_TIMEOUT_MS });
  } catch (cause) {
    const fix = 'Name a file in a folder that this process may write to.';
    throw new StoreUnavailableError(file, `cannot be opened (${reason(cause)})`, fix, { cause });
  }
}

function prepare(database: Database.Database): void {
  switchToWal(database);
  database.pragma('synchronous = FULL');
  const [{ quick_check: damage } = { quick_check: 'ok' }] = database.pragma('quick_check(1)') as {
    quick_check: string;
  }[];
  if (damage !== 'ok') throw new Error(damage);
}

/**
 * SQLite answers "busy" at once, without the busy timeout, to whoever switches a new file to WAL while another
 * process does so. Taking the write lock does wait for the other to be done.
 */
function switchToWal(database: Database.Database): void {
  for (let attempt = 1; ; attempt += 1) {
    try {
      database.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      if (!isBusy(error) || attempt === MOST_WAL_ATTEMPTS) throw error;
      database.exec('BEGIN IMMEDIATE; COMMIT');
    }
  }
}

/** Under the write lock from before the version is read, so that of two processes only one migrates. */
async function migrate(db: Kysely<BookingTables>, file: string): Promise<void> {
  await db.connection().execute(async (connection) => {
    const run = (sql: string) => connection.executeQuery<{ user_version: number }>(CompiledQuery.raw(sql));
    await run('begin immediate');
    try {
      const version = (await run('pragma user_version')).rows[0]?.user_version ?? 0;
      if (version > MIGRATIONS.length) {
        const problem = `is at version ${version}, newer than the ${MIGRATIONS.length} known here`;
        throw new StoreUnavailableError(file, problem, 'Update Frontdesk, or name another file.');
      }
      for (const migration of MIGRATIONS.slice(version)) await migration(connection, { strictTables: true });
      await run(`pragma user_version = ${MIGRATIONS.length}`);
      await run('commit');
    } catch (error) {
      await run('rollback');
      throw error;
    }
  });
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
}

function fixFor(error: unknown): string {
  if (isBusy(error)) return 'Another program holds it locked: end that one, or name another file.';
  return 'Restore the file from a backup, move it away to start with an empty one, or name another file that this process may write to.';
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
