import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ConfigurationError } from '../../src/server/configurationError.js';
import { createDesk, type DeskOptions } from '../../src/server/createDesk.js';
import { createLog } from '../../src/server/log.js';
import { openedDesk } from '../calls/openedDesk.js';

describe('createDesk', () => {
  it('refuses wrong fields when it is described, and names them all', () => {
    expect(() =>
      createDesk({ business: '', hours: { capacity: 0, takenHours: ['noon'] }, handOffNumber: '999' }),
    ).toThrow(ConfigurationError);
    expect(() => createDesk({ business: '', hours: { capacity: 0, takenHours: ['noon'] } })).toThrow(
      /business: give the name that callers hear[^]*capacity: give a whole number|capacity: [^]*business: /,
    );
  });

  it('refuses an option that it does not have', () => {
    expect(() => createDesk({ buisness: 'Typo' } as DeskOptions)).toThrow('buisness');
  });

  it('says which port is in use, and leaves nothing open', { timeout: 30_000 }, async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url)), 'serve'],
      {
        env: {
          ...process.env,
          PORT: String(port),
          HOST: '127.0.0.1',
          DATABASE_URL: ':memory:',
          LOG_LEVEL: 'error',
        },
        stdio: ['ignore', 'inherit', 'pipe'],
      },
    );
    let errors = '';
    child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(1);
    expect(errors).toContain(`PORT: ${port} is in use`);
    expect(errors).not.toContain('    at ');
  });
});

describe('a desk that opens', () => {
  const secret = { twilioAuthToken: '12345678901234567890123456789012' };

  /** What a desk so described warns of before it fails for want of its intents, so that it never listens. */
  async function warnings(options: DeskOptions): Promise<unknown[]> {
    const lines: Readonly<Record<string, unknown>>[] = [];
    const log = createLog('warn', { write: (line: string) => lines.push(JSON.parse(line) as never) });
    const opening = createDesk({ ...options, intents: '/nowhere/intents.json', log }).listen(0);
    await expect(opening).rejects.toThrow('intents: /nowhere/intents.json cannot be read');
    return lines.map(({ msg }) => msg);
  }

  it.each([{}, { host: '0.0.0.0' }, { host: '192.0.2.1' }, { host: '127.example.org' }])(
    'warns with %j that it checks no signature',
    async (options) => {
      expect(await warnings(options)).toEqual([
        expect.stringContaining(
          "TWILIO_AUTH_TOKEN is not set: requests are NOT checked for Twilio's signature",
        ),
      ]);
    },
  );

  it.each([{ host: '127.0.0.1' }, { host: 'localhost' }, { host: '::1' }, secret, { ...secret, host: '::' }])(
    'has nothing to warn of with %j',
    async (options) => {
      expect(await warnings(options)).toEqual([]);
    },
  );
});

describe('a desk that closes', { timeout: 30_000 }, () => {
  it('does not wait for a peer that never says goodbye', async () => {
    const desk = await openedDesk();
    const peer = connect(desk.desk.port, '127.0.0.1');
    peer.on('error', () => undefined);
    peer.write(
      'GET /media HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
    );
    await once(peer, 'data');
    const closingAt = performance.now();
    await desk[Symbol.asyncDispose]();
    expect(performance.now() - closingAt).toBeLessThan(5_000);
    expect(desk.log.filter(({ level }) => level === 'error')).toEqual([]);
    peer.destroy();
  });

  it('may be closed twice, and takes no more connections', async () => {
    const desk = await openedDesk();
    await desk.desk.close();
    await desk.desk.close();
    await expect(fetch(`${desk.url}/health`)).rejects.toThrow();
    await desk[Symbol.asyncDispose]();
  });

  it('lets its process end', async () => {
    const script = `
      import { createDesk } from ${JSON.stringify(new URL('../../src/server/createDesk.ts', import.meta.url).href)};
      import { dial } from ${JSON.stringify(new URL('../../src/testing/index.ts', import.meta.url).href)};
      const desk = await createDesk({
        databaseUrl: ':memory:', dataFolder: 'node_modules/.cache/frontdesk', host: '127.0.0.1',
      }).listen(0);
      const call = dial({ url: 'http://127.0.0.1:' + desk.port, from: '+441632960123', to: '+441632960000' });
      await new Promise((resolve) => call.desk$.subscribe(({ type }) => type === 'playbackFinished' && resolve()));
      await desk.close();
      console.log((await call.ended).reason);
    `;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (data: Buffer) => (output += data.toString()));
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(0);
    expect(output).toMatch(/failed|deskHungUp/);
  });
});
