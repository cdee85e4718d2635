import { once } from 'node:events';
import { connect } from 'node:net';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { describe, expect, it } from 'vitest';
import { loopbackDesk, mediaText, sendStart, sendStop } from './loopbackDesk.js';

const authToken = '12345678901234567890123456789012';
const signed = (url: string): Record<string, string> => ({
  'x-twilio-signature': getExpectedTwilioSignature(authToken, url, {}),
});

/** Sends bytes to the desk's port and reads the answer's first line. */
async function rawRequest(port: number, request: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.setEncoding('utf8').write(request);
  const [text] = (await once(socket, 'data')) as [string];
  socket.destroy();
  return text.split('\r\n')[0] ?? '';
}

describe('serveMedia', () => {
  it.each(['/media', '/media/'])('takes streams on %s', async (path) => {
    await using desk = await loopbackDesk();
    sendStart(await desk.connect({ path }));
    const { socket } = await desk.nthSocket(1);
    expect(socket.start).toMatchObject({ streamSid: 'MZ1', callSid: 'CA1' });
  });

  it.each(['/', '/medial', '/media/x', '/media?from=1', '//media'])('answers %s with 404', async (path) => {
    await using desk = await loopbackDesk();
    await expect(desk.connect({ path })).rejects.toThrow('Unexpected server response: 404');
  });

  it('refuses an upgrade without the signature of the account', async () => {
    await using desk = await loopbackDesk({ authToken });
    await expect(desk.connect()).rejects.toThrow('Unexpected server response: 403');
    const headers = signed(`ws://127.0.0.1:${desk.port}/`);
    await expect(desk.connect({ headers })).rejects.toThrow('Unexpected server response: 403');
    expect(desk.errors.map(({ kind }) => kind)).toEqual(['badSignature', 'badSignature']);
  });

  it.each(['/media', '/media/'])('takes the signature of %s for either form of the path', async (path) => {
    await using desk = await loopbackDesk({ authToken });
    const headers = signed(`ws://127.0.0.1:${desk.port}${path}`);
    for (const asked of ['/media', '/media/']) {
      sendStart(await desk.connect({ path: asked, headers }), 'MZ1', `CA${asked}`);
    }
    await desk.nthSocket(2);
    expect(desk.errors).toEqual([]);
  });

  it('closes the first stream of a call before it gives the second', async () => {
    await using desk = await loopbackDesk();
    const first = await desk.connect();
    sendStart(first, 'MZ1', 'CA1');
    const old = await desk.nthSocket(1);
    const closed = once(first, 'close');
    const second = await desk.connect();
    sendStart(second, 'MZ2', 'CA1');
    await desk.nthSocket(2);
    await old.ended;
    expect((await closed)[0]).toBe(1000);
    second.send(mediaText(1, 'MZ2'));
    sendStop(second, 'MZ2');
    const { events, ended } = await desk.nthSocket(2);
    await ended;
    expect(events.map(({ type }) => type)).toEqual(['media', 'stop']);
    expect(desk.errors).toEqual([]);
  });

  it('counts a handshake that is none and answers it with 400', async () => {
    await using desk = await loopbackDesk();
    const head = 'GET /media HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
    expect(await rawRequest(desk.port, head)).toBe('HTTP/1.1 400 Bad Request');
    expect(desk.errors).toMatchObject([{ kind: 'badHandshake' }]);
  });

  it('refuses a host that makes no URL', async () => {
    await using desk = await loopbackDesk({ authToken });
    const head = 'GET /media HTTP/1.1\r\nHost: a b\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
    expect(await rawRequest(desk.port, head)).toBe('HTTP/1.1 403 Forbidden');
  });

  it('closes every stream when it is closed, started or not', async () => {
    await using desk = await loopbackDesk();
    const idle = await desk.connect();
    const live = await desk.connect();
    sendStart(live);
    const { ended } = await desk.nthSocket(1);
    const closed = Promise.all([once(idle, 'close'), once(live, 'close')]);
    desk.close();
    await ended;
    expect((await closed).map(([code]) => code as number)).toEqual([1001, 1000]);
  });
});
