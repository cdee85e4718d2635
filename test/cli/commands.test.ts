import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openedDesk } from '../calls/openedDesk.js';
import { frontdesk } from './frontdesk.js';

const parsed = (lines: string) =>
  lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

// Each command starts a process, which takes seconds on a busy machine.
describe('frontdesk', { concurrent: true, timeout: 60_000 }, () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'frontdesk-cli-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** A file with this text. */
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  describe('understand --jsonl', () => {
    it('reads a line and writes a line, in the same order', async () => {
      const said = [
        { text: "I'd like to book a table for tomorrow at two" },
        { text: 'John Smith', expecting: 'name' },
        { text: 'tomorrow', expecting: 'date', now: '2026-12-30T12:00:00Z' },
        { text: 'four of us', expecting: 'partySize' },
        { text: 'stop' },
      ];
      const input = `${said.map((line) => JSON.stringify(line)).join('\n')}\n\n`;
      const { code, stdout, stderr } = await frontdesk(['understand', '--jsonl'], { input });
      expect(stderr).toBe('');
      expect(code).toBe(0);
      expect(parsed(stdout)).toEqual([
        {
          intent: 'book',
          confidence: expect.any(Number) as number,
          slots: { date: '2026-11-24', time: '14:00' },
        },
        { intent: 'inform', confidence: expect.any(Number) as number, slots: { name: 'John Smith' } },
        { intent: 'inform', confidence: expect.any(Number) as number, slots: { date: '2026-12-31' } },
        { intent: 'inform', confidence: expect.any(Number) as number, slots: { partySize: 4 } },
        { intent: 'stop', confidence: expect.any(Number) as number, slots: {} },
      ]);
    });

    it('names the line that it cannot read, after it has answered those before', async () => {
      const input = '{"text":"stop"}\n{"text":\n{"text":"stop"}\n';
      const { code, stdout, stderr } = await frontdesk(['understand', '--jsonl'], { input });
      expect(code).toBe(1);
      expect(parsed(stdout)).toMatchObject([{ intent: 'stop' }]);
      expect(stderr).toBe('Line 2 is not JSON. Write one object a line: {"text":"book a table"}\n');
    });

    it('names the field that is wrong', async () => {
      const input = '{"text":"stop","expecting":"weather"}\n';
      const { code, stderr } = await frontdesk(['understand', '--jsonl'], { input });
      expect(code).toBe(1);
      expect(stderr).toMatch(/^Line 1: expecting: give one of open, date, /);
    });
  });

  describe('chat --script', () => {
    it('prints each reply as a JSON line, and the booking is in the store', async () => {
      const environment = { DATABASE_URL: join(folder, 'chat.db') };
      const script = file(
        'booking.txt',
        '# a booking\na table for tomorrow at two\nJohn Smith\nyes\nno thanks\n',
      );
      const { code, stdout, stderr } = await frontdesk(['chat', '--script', script], { environment });
      expect(stderr).toBe('');
      expect(code).toBe(0);
      expect(parsed(stdout)).toMatchObject([
        {
          key: 'greeting',
          text: 'Hello, this is Frontdesk. How can I help?',
          expecting: 'open',
          ended: false,
        },
        { key: 'askName', state: 'active.collecting.askingName', expecting: 'name', ended: false },
        { key: 'confirm', expecting: 'confirmation', ended: false },
        { key: 'booked', expecting: 'anythingElse', ended: false },
        { key: 'goodbye', ended: true },
      ]);
      const listed = await frontdesk(['bookings', '--json'], { environment });
      expect(listed.code).toBe(0);
      const wanted = { date: '2026-11-24', time: '14:00', name: 'John Smith', status: 'booked' };
      expect(JSON.parse(listed.stdout)).toEqual({
        bookings: [{ id: expect.any(String) as string, ...wanted }],
      });
    });
  });

  describe('bookings', () => {
    it('lists none of an empty store', async () => {
      const environment = { DATABASE_URL: join(folder, 'empty.db') };
      const { code, stdout, stderr } = await frontdesk(['bookings', '--json'], { environment });
      expect([code, stdout]).toEqual([0, '{"bookings":[]}\n']);
      expect(stderr).toContain(`There is no store at ${join(folder, 'empty.db')} yet`);
    });

    it('says how to write the day that it was not given', async () => {
      const environment = { DATABASE_URL: join(folder, 'empty2.db') };
      const { code, stderr } = await frontdesk(['bookings', '--date', 'friday'], { environment });
      expect(code).toBe(1);
      expect(stderr).toContain('YYYY-MM-DD');
      expect(stderr).not.toContain('    at ');
    });
  });

  it('says which variable is wrong, without a stack', async () => {
    const { code, stderr } = await frontdesk(['bookings'], { environment: { PORT: 'eighty' } });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Frontdesk cannot start: the environment is wrong\.\n {2}PORT: .*\n$/);
  });

  it('says which command there is not', async () => {
    const { code, stderr } = await frontdesk(['boking']);
    expect([code, stderr]).toEqual([1, 'There is no command "boking". See frontdesk --help.\n']);
  });

  it.each([
    [['help', 'train'], /^Usage: frontdesk train/],
    [['--help'], /^Usage: frontdesk \[options\] \[command\]/],
  ])('helps with %j', async (args, usage) => {
    const { code, stdout, stderr } = await frontdesk(args);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(usage);
  });

  it('says that there are no intents to train from, without a stack', async () => {
    const intents = join(folder, 'missing.json');
    const environment = { FRONTDESK_CONFIG: file('untrained.json', JSON.stringify({ intents })) };
    const { code, stderr } = await frontdesk(['train'], { environment });
    expect(code).toBe(1);
    expect(stderr).toBe(
      `Frontdesk cannot start: the desk is wrong.\n  intents: ${intents} cannot be read; name an intents file\n`,
    );
  });

  it('refuses to demonstrate at a level that is none, and leaves no folder behind', async () => {
    const temporary = mkdtempSync(join(folder, 'temporary-'));
    const environment = { LOG_LEVEL: 'verbose', TMPDIR: temporary };
    const { code, stderr } = await frontdesk(['demo'], { environment });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^Frontdesk cannot start: the environment is wrong\.\n {2}LOG_LEVEL: give one of .*\n$/,
    );
    expect(readdirSync(temporary).filter((name) => name.startsWith('frontdesk-'))).toEqual([]);
  });

  describe('call', () => {
    it('rings a desk and says its lines', async () => {
      await using desk = await openedDesk();
      const { code, stdout, stderr } = await frontdesk([
        'call',
        desk.url,
        '--say',
        'a table for tomorrow at two|stop',
      ]);
      expect(stderr).toBe('');
      expect(code).toBe(0);
      expect(stdout).toMatch(
        /\[greeting\][^]*a table for tomorrow at two[^]*\[askName\][^]*stop[^]*deskHungUp/,
      );
    });
  });
});
