import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { callerVoice } from './callerVoice.js';
import { MONDAY_MORNING } from './openedDesk.js';
import { booksFor, spokenCall } from './spokenCall.js';

const FRONTDESK = ['--import', 'tsx', fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))];

/** Starts `frontdesk serve` on a free port; resolves when it takes calls. */
async function serve(environment: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, [...FRONTDESK, 'serve'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const { port } = JSON.parse(line) as { port?: number };
    if (port !== undefined) {
      child.stdout.resume();
      return { child, url: `http://127.0.0.1:${port}` };
    }
  }
  throw new Error('the desk ended before it took calls');
}

describe('a desk that is killed right after a caller hears "booked"', { timeout: 120_000 }, () => {
  it('has the booking when it is started again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'frontdesk-killed-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const environment = {
      ...process.env,
      PORT: '0',
      HOST: '127.0.0.1',
      DATABASE_URL: join(folder, 'frontdesk.db'),
      FRONTDESK_NOW: MONDAY_MORNING.toISOString(),
    };
    const voice = await callerVoice('rms');
    onTestFinished(() => voice.close());
    const { child, url } = await serve(environment);

    const call = spokenCall({ url }, voice, booksFor('tomorrow', 'two'));
    await call.hears('booked');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await call.ended).toMatchObject({ reason: 'failed' });

    const { stdout } = await promisify(execFile)(process.execPath, [...FRONTDESK, 'bookings', '--json'], {
      env: environment,
    });
    expect(JSON.parse(stdout)).toMatchObject({
      bookings: [
        {
          date: '2026-11-24',
          time: '14:00',
          name: 'John Smith',
          phone: '+441632960123',
          status: 'booked',
        },
      ],
    });
  });
});
