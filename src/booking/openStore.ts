import { fileURLToPath } from 'node:url';
import { BookingStore } from './bookingStore.js';
import { openLibsql } from './engines/libsql.js';
import { StoreUnavailableError } from './storeUnavailableError.js';

/**
 * Opens the store that `DATABASE_URL` names and brings its schema up to date.
 * @param databaseUrl path of a file, such as `data/frontdesk.db`, or a `file:` URL; both are created when missing
 * @throws StoreUnavailableError when it names no store that can be used; the message never shows a password.
 */
export async function openStore(databaseUrl: string): Promise<BookingStore> {
  return new BookingStore(await openLibsql(databaseFile(databaseUrl)));
}

function databaseFile(databaseUrl: string): string {
  const fix = 'Name a file, such as data/frontdesk.db.';
  if (databaseUrl.trim() === '') throw new StoreUnavailableError('it', 'is empty', fix);
  // Two letters at least: one is a drive of Windows.
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(databaseUrl)?.[1]?.toLowerCase();
  switch (scheme) {
    case undefined:
      return databaseUrl;
    case 'file':
      return databaseUrl.startsWith('file://') ? pathOf(databaseUrl) : databaseUrl.slice('file:'.length);
    case 'postgres':
    case 'postgresql':
      throw new StoreUnavailableError('a PostgreSQL server', 'cannot be used yet', fix);
    default:
      throw new StoreUnavailableError(`a ${scheme}: address`, 'is not a store known here', fix);
  }
}

function pathOf(fileUrl: string): string {
  try {
    return fileURLToPath(fileUrl);
  } catch (cause) {
    const fix = 'Write file:///folder/frontdesk.db, or the path alone.';
    throw new StoreUnavailableError(fileUrl, 'is not the URL of a local file', fix, { cause });
  }
}
