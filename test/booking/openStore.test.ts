import { closeSync, mkdirSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import type { NewBookingRow } from '../../src/booking/bookingStore.js';
import { openStore } from '../../src/booking/openStore.js';
import { StoreUnavailableError } from '../../src/booking/storeUnavailableError.js';
import { temporaryFolder } from './temporaryFolder.js';

const row = (id: string, more: Partial<NewBookingRow> = {}): NewBookingRow => ({
  id,
  starts_at: '2026-11-03T14:00:00Z',
  local_date: '2026-11-03',
  local_time: '14:00',
  name: 'Ada',
  phone: null,
  party_size: null,
  call_id: id,
  request_id: '1',
  created_at: '2026-11-02T08:00:00.000Z',
  ...more,
});

async function refusal(databaseUrl: string): Promise<string> {
  const error: unknown = await openStore(databaseUrl).then(
    () => 'opened',
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StoreUnavailableError);
  return (error as Error).message;
}

describe('openStore', () => {
  it('creates the file and the folders above it', async () => {
    const file = join(temporaryFolder(), 'data', 'of the desk', 'frontdesk.db');
    const store = await openStore(file);
    await store.close();
    expect(statSync(file).isFile()).toBe(true);
  });

  it('finds the bookings again, by path and by file URL', async () => {
    const file = join(temporaryFolder(), 'frontdesk.db');
    const store = await openStore(file);
    await store.insert(row('a'), 1);
    await store.close();
    for (const url of [file, `file:${file}`, pathToFileURL(file).href]) {
      const again = await openStore(url);
      expect(await again.list()).toMatchObject([{ id: 'a', seat: 1, status: 'booked' }]);
      await again.close();
    }
  });

  it('lists more bookings than the driver reads at a time', async () => {
    const store = await openStore(join(temporaryFolder(), 'frontdesk.db'));
    for (let i = 0; i < 101; i += 1) await store.insert(row(`call ${i}`), 101);
    expect((await store.list()).map(({ seat }) => seat).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 101 }, (_, i) => i + 1),
    );
    await store.close();
  });

  it('fills the lowest free seat, and none while there are more bookings than a lowered capacity', async () => {
    const store = await openStore(join(temporaryFolder(), 'frontdesk.db'));
    for (const id of ['a', 'b', 'c']) await store.insert(row(id), 3);
    await store.cancel('a');
    expect(await store.insert(row('d'), 2)).toBeUndefined();
    expect(await store.insert(row('e'), 3)).toMatchObject({ id: 'e', seat: 1 });
    expect(await store.insert(row('f'), 3)).toBeUndefined();
    await store.close();
  });

  it('refuses data of the wrong type', async () => {
    const store = await openStore(join(temporaryFolder(), 'frontdesk.db'));
    await expect(store.insert(row('a', { party_size: 2.5 }), 1)).rejects.toThrow('party_size');
    await expect(store.insert(row('b', { party_size: -1 }), 1)).rejects.toThrow('CHECK');
    await store.close();
  });

  it.each([
    ['nothing', ' ', 'DATABASE_URL: it is empty. Name a file, such as data/frontdesk.db.'],
    [
      'PostgreSQL for now',
      'postgres://desk:secret@db/desk',
      'DATABASE_URL: a PostgreSQL server cannot be used yet.',
    ],
    [
      'PostgreSQL by its other name',
      'postgresql://desk:secret@db/desk',
      'a PostgreSQL server cannot be used yet',
    ],
    [
      'an engine it does not know',
      'mysql://desk:secret@db/desk',
      'a mysql: address is not a store known here',
    ],
    ['a database elsewhere', 'libsql://db.example.com', 'a libsql: address is not a store known here'],
    [
      'a file URL with a host',
      'file://data/frontdesk.db',
      'Write file:///folder/frontdesk.db, or the path alone.',
    ],
  ])('refuses %s and says what to write instead', async (_, databaseUrl, message) => {
    const said = await refusal(databaseUrl);
    expect(said).toContain(message);
    expect(said).not.toContain('secret');
  });

  it('refuses a file that is no database', async () => {
    const file = join(temporaryFolder(), 'frontdesk.db');
    writeFileSync(file, 'Dear diary, '.repeat(500));
    expect(await refusal(file)).toBe(
      `DATABASE_URL: ${file} cannot be used (file is not a database). Restore the file from a backup, move it away ` +
        'to start with an empty one, or name another file that this process may write to.',
    );
    expect(readFileSync(file, 'utf8')).toMatch(/^Dear diary/);
  });

  it('refuses a database that is damaged', async () => {
    const file = join(temporaryFolder(), 'frontdesk.db');
    const store = await openStore(file);
    for (let i = 0; i < 50; i += 1) await store.insert(row(`call ${i}`), 50);
    await store.close();
    const database = new Database(file);
    database.pragma('wal_checkpoint(TRUNCATE)');
    database.close();
    const handle = openSync(file, 'r+');
    writeSync(handle, Buffer.alloc(statSync(file).size - 4096, 0xa5), 0, undefined, 4096);
    closeSync(handle);
    expect(await refusal(file)).toContain(`DATABASE_URL: ${file} cannot be used`);
  });

  it('refuses a folder, and a file where the folder should be', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'file');
    mkdirSync(join(folder, 'inner'));
    writeFileSync(file, '');
    for (const path of [join(folder, 'inner'), join(file, 'frontdesk.db')]) {
      const said = await refusal(path);
      expect(said).toContain(`DATABASE_URL: ${path} cannot be opened`);
      expect(said).toContain('Name a file in a folder that this process may write to.');
    }
  });

  it('refuses a database that a newer version has written', async () => {
    const file = join(temporaryFolder(), 'frontdesk.db');
    const database = new Database(file);
    database.pragma('user_version = 99');
    database.close();
    expect(await refusal(file)).toContain('is at version 99, newer than the 1 known here. Update Frontdesk');
  });

  it('refuses a database of another program that has its own bookings, and leaves it as it is', async () => {
    const file = join(temporaryFolder(), 'frontdesk.db');
    const database = new Database(file);
    database.exec('CREATE TABLE bookings (day TEXT)');
    expect(await refusal(file)).toContain('table "bookings" already exists');
    expect(database.pragma('user_version')).toEqual([{ user_version: 0 }]);
    database.close();
  });

  it('fails once it is closed', async () => {
    const store = await openStore(join(temporaryFolder(), 'frontdesk.db'));
    await store.close();
    await expect(store.list()).rejects.toThrow();
  });
});
