import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { ring } from '../../src/cli/ring.js';
import { UsageError } from '../../src/cli/usageError.js';

const caller = { voice: 'rms', from: '+441632960123' };

describe('ring', () => {
  it.each([
    ['desk', { say: 'hello' }, '"desk" is no URL. Give one such as http://127.0.0.1:8080.'],
    ['http://127.0.0.1', {}, 'Nothing to say.'],
    [
      'http://127.0.0.1',
      { say: 'hello', voice: 'bob' },
      'There is no voice "bob". Give one of rms, awb, kal, slt.',
    ],
    ['http://127.0.0.1', { script: '/nowhere.txt' }, 'There is no file /nowhere.txt.'],
  ])('refuses %s with %j and says what to give', async (url, options, message) => {
    const refused = ring(url, { ...caller, ...options });
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toBeInstanceOf(UsageError);
  });

  it('fails, and says why, when nobody answers', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    expect(await ring(`http://127.0.0.1:${port}`, { ...caller, say: 'hello' })).toBe(1);
    const text = written.mock.calls.map(([chunk]) => String(chunk)).join('');
    written.mockRestore();
    expect(text).toMatch(new RegExp(`The call ended: failed \\(.*ECONNREFUSED 127.0.0.1:${port}\\)`));
  });
});
