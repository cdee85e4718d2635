import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { VirtualTimeScheduler } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { encodeInbound } from '../../src/telephony/inboundMessage.js';
import { HOSTILE_MESSAGES } from './hostileMessages.js';
import { loopbackDesk, mediaText, sendStart, sendStop } from './loopbackDesk.js';
import { startText } from './startText.js';

/** Sends text over a WebSocket that was opened by hand: what is sent is what is on the wire. */
async function rawWebSocket(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.write(
    'GET /media HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  );
  await once(socket, 'data');
  return socket;
}

/** A text frame (opcode 1) masked with zeros, which leaves it as it is (RFC 6455, section 5.2). */
function textFrame(payload: string): Buffer {
  const body = Buffer.from(payload);
  const frameHead = Buffer.from([0x81, 0x80 | 126, body.length >> 8, body.length & 0xff, 0, 0, 0, 0]);
  return Buffer.concat([frameHead, body]);
}

/** Runs what is due up to this many milliseconds from the start. */
function advanceTo(scheduler: VirtualTimeScheduler, ms: number): void {
  scheduler.maxFrames = ms;
  scheduler.flush();
}

/** Resolves once all that was sent before has arrived: the peer answers a ping in turn. */
async function settled(webSocket: WebSocket): Promise<void> {
  webSocket.ping();
  await once(webSocket, 'pong');
}

describe('serveMediaSocket', () => {
  it('brings media as frames, keys, marks and the stop, and then completes', async () => {
    await using desk = await loopbackDesk();
    const webSocket = await desk.connect();
    sendStart(webSocket);
    webSocket.send(mediaText(1));
    webSocket.send(encodeInbound({ type: 'dtmf', sequenceNumber: 3, streamSid: 'MZ1', digit: '5' }));
    webSocket.send(encodeInbound({ type: 'mark', sequenceNumber: 4, streamSid: 'MZ1', name: 'askDate#2' }));
    const closed = once(webSocket, 'close');
    sendStop(webSocket);
    const { socket, events, ended } = await desk.nthSocket(1);
    await ended;
    expect(socket.start.customParameters).toEqual({ from: '+441134960000' });
    expect(events).toMatchObject([
      { type: 'media', timestamp: 100, payload: new Uint8Array(160).fill(0xff) },
      { type: 'dtmf', digit: '5' },
      { type: 'mark', name: 'askDate#2' },
      { type: 'stop', callSid: 'CA1' },
    ]);
    expect((await closed)[0]).toBe(1000);
    expect(desk.errors).toEqual([]);
  });

  it('sends media, marks and clear in the fields that Twilio takes', async () => {
    await using desk = await loopbackDesk();
    const webSocket = await desk.connect();
    const got: string[] = [];
    webSocket.on('message', (data) => got.push((data as Buffer).toString()));
    sendStart(webSocket);
    const { socket } = await desk.nthSocket(1);
    socket.send({ type: 'media', payload: Uint8Array.of(0x7f, 0x7f, 0x7f) });
    socket.send({ type: 'mark', name: 'greet#1' });
    socket.send({ type: 'clear' });
    await settled(webSocket);
    expect(got).toEqual([
      '{"event":"media","streamSid":"MZ1","media":{"payload":"f39/"}}',
      '{"event":"mark","streamSid":"MZ1","mark":{"name":"greet#1"}}',
      '{"event":"clear","streamSid":"MZ1"}',
    ]);
  });

  it('drops what is sent after the stream has closed', async () => {
    await using desk = await loopbackDesk();
    const webSocket = await desk.connect();
    sendStart(webSocket);
    const { socket, ended } = await desk.nthSocket(1);
    const got: unknown[] = [];
    webSocket.on('message', (data) => got.push(data));
    const closed = once(webSocket, 'close');
    socket.close();
    socket.send({ type: 'clear' });
    await ended;
    await closed;
    expect(got).toEqual([]);
  });

  it('shows what a caller who does not read leaves waiting', async () => {
    await using desk = await loopbackDesk();
    const webSocket = await desk.connect();
    sendStart(webSocket);
    const { socket } = await desk.nthSocket(1);
    webSocket.pause();
    expect(socket.bufferedAmount()).toBe(0);
    for (let i = 0; i < 200; i++) socket.send({ type: 'media', payload: new Uint8Array(100_000) });
    expect(socket.bufferedAmount()).toBeGreaterThan(1_000_000);
    webSocket.terminate();
  });

  it('completes the call whose connection is cut', async () => {
    await using desk = await loopbackDesk();
    const webSocket = await desk.connect();
    sendStart(webSocket);
    const { ended } = await desk.nthSocket(1);
    webSocket.terminate();
    await ended;
  });

  it.each(HOSTILE_MESSAGES)(
    'counts and skips %s, and both this call and another go on',
    async (_, message, kind) => {
      await using desk = await loopbackDesk();
      const other = await desk.connect();
      sendStart(other, 'MZ9', 'CA9');
      const otherCall = await desk.nthSocket(1);
      const webSocket = await desk.connect();
      sendStart(webSocket);
      const call = await desk.nthSocket(2);

      webSocket.send(message);
      webSocket.send(mediaText(1));
      sendStop(webSocket);
      await call.ended;
      other.send(mediaText(1, 'MZ9'));
      sendStop(other, 'MZ9', 'CA9');
      await otherCall.ended;

      expect(desk.errors).toMatchObject([{ kind, callSid: 'CA1' }]);
      expect(call.events.map(({ type }) => type)).toEqual(['media', 'stop']);
      expect(otherCall.events.map(({ type }) => type)).toEqual(['media', 'stop']);
    },
  );

  it('counts each of them on one socket while another call goes on', async () => {
    await using desk = await loopbackDesk();
    const other = await desk.connect();
    sendStart(other, 'MZ9', 'CA9');
    const otherCall = await desk.nthSocket(1);
    const webSocket = await desk.connect();
    sendStart(webSocket);
    const call = await desk.nthSocket(2);
    for (const [index, [, message]] of HOSTILE_MESSAGES.entries()) {
      webSocket.send(message);
      other.send(mediaText(index + 1, 'MZ9'));
    }
    sendStop(webSocket);
    await call.ended;
    sendStop(other, 'MZ9', 'CA9');
    await otherCall.ended;
    expect(desk.errors.map(({ kind }) => kind)).toEqual(HOSTILE_MESSAGES.map(([, , kind]) => kind));
    expect(otherCall.events).toHaveLength(HOSTILE_MESSAGES.length + 1);
  });

  it('skips audio before the start and after the stop', async () => {
    await using desk = await loopbackDesk();
    const webSocket = await desk.connect();
    webSocket.send(mediaText(1));
    sendStart(webSocket);
    sendStop(webSocket);
    webSocket.send(mediaText(2));
    const { events } = await desk.nthSocket(1);
    const errors = await desk.nErrors(2);
    expect(errors).toMatchObject([{ kind: 'beforeStart' }, { kind: 'afterStop', callSid: 'CA1' }]);
    expect(errors[0]).not.toHaveProperty('callSid');
    expect(events.map(({ type }) => type)).toEqual(['stop']);
  });

  it('takes a start without connected before it', async () => {
    await using desk = await loopbackDesk();
    const webSocket = await desk.connect();
    webSocket.send(startText());
    expect((await desk.nthSocket(1)).socket.start.callSid).toBe('CA1');
  });

  it('closes a socket that sends ten megabytes at once, and only that one', async () => {
    await using desk = await loopbackDesk();
    const other = await desk.connect();
    sendStart(other, 'MZ9', 'CA9');
    const otherCall = await desk.nthSocket(1);
    const webSocket = await desk.connect();
    sendStart(webSocket);
    const call = await desk.nthSocket(2);
    const closed = once(webSocket, 'close');
    webSocket.on('error', () => undefined); // the desk may hang up before all of it is written
    webSocket.send('x'.repeat(10_000_000));
    await call.ended;
    await closed;
    other.send(mediaText(1, 'MZ9'));
    sendStop(other, 'MZ9', 'CA9');
    await otherCall.ended;
    expect(desk.errors).toMatchObject([{ kind: 'tooLarge', callSid: 'CA1' }]);
    expect(otherCall.events).toHaveLength(2);
  });

  it.each([
    ['a reserved opcode', Buffer.from([0x83, 0x80, 0, 0, 0, 0])],
    ['an unmasked frame', Buffer.from([0x81, 0x02, 0x7b, 0x7d])],
    ['text that is not UTF-8', Buffer.from([0x81, 0x81, 0, 0, 0, 0, 0xff])],
  ])('closes a socket that sends %s', async (_, bytes) => {
    await using desk = await loopbackDesk();
    const socket = await rawWebSocket(desk.port);
    socket.write(textFrame(startText()));
    const { ended } = await desk.nthSocket(1);
    socket.write(bytes);
    await ended;
    expect(desk.errors).toMatchObject([{ kind: 'badFrame', callSid: 'CA1' }]);
    socket.destroy();
  });

  it('closes a socket after a hundred errors, and not before', async () => {
    await using desk = await loopbackDesk();
    const webSocket = await desk.connect();
    sendStart(webSocket);
    const call = await desk.nthSocket(1);
    for (let i = 0; i < 99; i++) webSocket.send('{');
    await settled(webSocket);
    expect(desk.errors).toHaveLength(99);
    expect(webSocket.readyState).toBe(webSocket.OPEN);
    const closed = once(webSocket, 'close');
    for (let i = 0; i < 50; i++) webSocket.send('{');
    expect((await closed)[0]).toBe(1008);
    await call.ended;
    expect(desk.errors).toHaveLength(101);
    expect(desk.errors.at(-1)).toMatchObject({ kind: 'tooManyErrors', callSid: 'CA1' });
  });

  it('closes a socket without a start after ten seconds', async () => {
    const scheduler = new VirtualTimeScheduler();
    await using desk = await loopbackDesk({ scheduler });
    const webSocket = await desk.connect();
    const closed = once(webSocket, 'close');
    advanceTo(scheduler, 5_000);
    await once(webSocket, 'ping');
    await settled(webSocket);
    advanceTo(scheduler, 9_999);
    expect(desk.errors).toEqual([]);
    advanceTo(scheduler, 10_000);
    expect((await closed)[0]).toBe(1008);
    expect(desk.errors).toMatchObject([{ kind: 'startTimeout' }]);
  });

  it('keeps a quiet call whose far end answers pings', async () => {
    const scheduler = new VirtualTimeScheduler();
    await using desk = await loopbackDesk({ scheduler });
    const webSocket = await desk.connect();
    sendStart(webSocket);
    const { events, ended } = await desk.nthSocket(1);
    for (let ms = 5_000; ms <= 60_000; ms += 5_000) {
      advanceTo(scheduler, ms);
      await once(webSocket, 'ping');
      await settled(webSocket);
    }
    webSocket.send(mediaText(1));
    sendStop(webSocket);
    await ended;
    expect(events).toHaveLength(2);
    expect(desk.errors).toEqual([]);
  });

  it('ends a call whose far end answers nothing within ten seconds', async () => {
    const scheduler = new VirtualTimeScheduler();
    await using desk = await loopbackDesk({ scheduler });
    const socket = await rawWebSocket(desk.port);
    socket.write(textFrame(startText()));
    const { ended } = await desk.nthSocket(1);
    const cut = once(socket, 'close');
    advanceTo(scheduler, 9_999);
    expect(desk.errors).toEqual([]);
    advanceTo(scheduler, 10_000);
    await ended;
    socket.resume();
    await cut;
    expect(desk.errors).toMatchObject([{ kind: 'unresponsive', callSid: 'CA1' }]);
  });

  it('leaves no timer behind once the call is over', async () => {
    const scheduler = new VirtualTimeScheduler();
    await using desk = await loopbackDesk({ scheduler });
    const webSocket = await desk.connect();
    sendStart(webSocket);
    const { ended } = await desk.nthSocket(1);
    sendStop(webSocket);
    await ended;
    advanceTo(scheduler, 60_000);
    expect(scheduler.actions).toEqual([]);
    expect(desk.errors).toEqual([]);
  });
});
