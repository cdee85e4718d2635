import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseBusiness, readConfiguration } from '../../src/server/configuration.js';
import { ConfigurationError } from '../../src/server/configurationError.js';

/** A file with this text, for as long as the running test. */
function file(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-configuration-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const path = join(folder, 'desk.json');
  writeFileSync(path, text);
  return path;
}

/** What a desk says that cannot start with this. */
function complaint(environment: NodeJS.ProcessEnv): string {
  try {
    readConfiguration(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as ConfigurationError).message;
  }
  throw new Error('the configuration was taken');
}

describe('readConfiguration', () => {
  it('has a default for everything', () => {
    expect(readConfiguration({})).toMatchObject({
      port: 8080,
      host: undefined,
      publicUrl: undefined,
      databaseUrl: 'data/frontdesk.db',
      language: 'en-GB',
      twilioAuthToken: undefined,
      adminToken: undefined,
      logLevel: 'info',
      logsPersonalData: false,
      startsAt: undefined,
      business: {
        business: 'Frontdesk',
        timeZone: 'Europe/London',
        slotMinutes: 60,
        capacity: 1,
        takenHours: ['10:00', '12:00', '15:00'],
        closures: [],
        horizonDays: 60,
        asksPartySize: false,
        weekly: { monday: [{ open: '09:00', close: '18:00' }], sunday: [{ open: '09:00', close: '18:00' }] },
      },
    });
  });

  it('takes every variable', () => {
    expect(
      readConfiguration({
        PORT: '0',
        HOST: '127.0.0.1',
        PUBLIC_URL: 'https://desk.example.org',
        DATABASE_URL: '/tmp/desk.db',
        SPEECH_TO_TEXT: 'embedded',
        TEXT_TO_SPEECH: 'embedded',
        LANGUAGE_CODE: 'en-GB',
        TWILIO_AUTH_TOKEN: 'secret',
        ADMIN_TOKEN: 'let-me-in',
        LOG_LEVEL: 'debug',
        LOG_PERSONAL: 'true',
        FRONTDESK_NOW: '2026-11-23T09:00:00+01:00',
        FRONTDESK_CONFIG: file('{ "business": "The Olive Tree", "slotMinutes": 30 }'),
      }),
    ).toMatchObject({
      port: 0,
      host: '127.0.0.1',
      publicUrl: 'https://desk.example.org',
      databaseUrl: '/tmp/desk.db',
      language: 'en-GB',
      twilioAuthToken: 'secret',
      adminToken: 'let-me-in',
      logLevel: 'debug',
      logsPersonalData: true,
      startsAt: new Date('2026-11-23T08:00:00Z'),
      business: { business: 'The Olive Tree', slotMinutes: 30, capacity: 1 },
    });
  });

  it('takes an empty variable for one that is not set', () => {
    const empty = Object.fromEntries(
      [
        'PORT',
        'HOST',
        'PUBLIC_URL',
        'DATABASE_URL',
        'SPEECH_TO_TEXT',
        'TEXT_TO_SPEECH',
        'LANGUAGE_CODE',
        'TWILIO_AUTH_TOKEN',
        'ADMIN_TOKEN',
        'LOG_LEVEL',
        'LOG_PERSONAL',
        'FRONTDESK_NOW',
        'FRONTDESK_CONFIG',
      ].map((name) => [name, '']),
    );
    expect(readConfiguration(empty)).toEqual(readConfiguration({}));
  });

  it.each([
    ['PORT', 'eighty', '0 to 65535'],
    ['PORT', '65536', '0 to 65535'],
    ['PORT', '-1', '0 to 65535'],
    ['PORT', '80.5', 'whole'],
    ['PUBLIC_URL', 'desk.example.org', 'https://desk.example.org'],
    ['PUBLIC_URL', 'wss://desk.example.org', 'https://desk.example.org'],
    ['SPEECH_TO_TEXT', 'whisper', '"embedded"'],
    ['TEXT_TO_SPEECH', 'espeak', '"embedded"'],
    ['LANGUAGE_CODE', 'cy-GB', '"en-GB"'],
    ['ADMIN_TOKEN', 'short', '8 characters'],
    ['LOG_LEVEL', 'loud', 'debug'],
    ['LOG_PERSONAL', 'yes', 'true or false'],
    ['FRONTDESK_NOW', 'next monday', '2026-11-23T09:00:00Z'],
    ['FRONTDESK_NOW', '2026-11-23T09:00:00', '2026-11-23T09:00:00Z'],
  ])('refuses %s=%s and says what to write', (name, value, fix) => {
    const message = complaint({ [name]: value });
    const [line] = message.split('\n').filter((text) => text.includes(`${name}:`));
    expect(line).toContain(fix);
  });

  it('names every variable that is wrong at once', () => {
    expect(complaint({ PORT: 'x', LOG_LEVEL: 'y' })).toMatch(/PORT: .*\n.*LOG_LEVEL: /);
  });

  it('refuses a configuration file that is not there, and names it', () => {
    expect(complaint({ FRONTDESK_CONFIG: '/nowhere/desk.json' })).toMatch(
      /FRONTDESK_CONFIG: \/nowhere\/desk\.json cannot be read; name a JSON file/,
    );
  });

  it('refuses a configuration file that is a folder', () => {
    expect(complaint({ FRONTDESK_CONFIG: tmpdir() })).toContain('cannot be read; name a JSON file');
  });

  it('refuses a configuration file that is not JSON', () => {
    const path = file('{ "business": ');
    const message = complaint({ FRONTDESK_CONFIG: path });
    expect(message).toContain(`FRONTDESK_CONFIG: ${path} is not JSON`);
  });

  it.each([
    ['{ "capacity": 0 }', 'capacity: give a whole number of bookings'],
    ['{ "weekly": { "monday": "closed" } }', 'weekly.monday: list the ranges'],
    ['{ "timeZone": "London" }', 'timeZone: give an IANA time zone'],
    ['{ "handOffNumber": "01632 960000" }', 'handOffNumber: give the number in E.164'],
    ['{ "business": "" }', 'business: give the name that callers hear'],
    ['{ "intents": "intents" }', 'intents: name a file that ends in .json'],
    ['{ "buisness": "Typo" }', 'buisness'],
    ['[]', 'expected object'],
  ])('refuses a file with %s and names the field', (text, fix) => {
    const path = file(text);
    const message = complaint({ FRONTDESK_CONFIG: path });
    expect(message).toContain(path);
    expect(message).toContain(fix);
  });

  it.each([
    ['phrases/mine.json', (folder: string) => join(folder, 'phrases', 'mine.json')],
    ['../mine.json', (folder: string) => resolve(folder, '..', 'mine.json')],
    ['/etc/mine.json', () => '/etc/mine.json'],
  ])('looks for the intents file %s from the folder of the file that names it', (intents, wanted) => {
    const path = file(JSON.stringify({ intents }));
    expect(readConfiguration({ FRONTDESK_CONFIG: path }).business.intents).toBe(wanted(dirname(path)));
  });
});

describe('parseBusiness', () => {
  it('says where the wrong field was written', () => {
    expect(() => parseBusiness({ horizonDays: 'a week' }, 'createDesk')).toThrow(
      /createDesk is wrong\.\n {2}horizonDays: give a whole number of days/,
    );
  });
});
