import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { filter, firstValueFrom, ReplaySubject, type SchedulerLike, take, toArray } from 'rxjs';
import { WebSocket } from 'ws';
import { encodeInbound } from '../../src/telephony/inboundMessage.js';
import { serveMedia } from '../../src/telephony/mediaServer.js';
import type { InboundEvent, MediaSocket } from '../../src/telephony/mediaSocket.js';
import type { ProtocolErrorReport } from '../../src/telephony/protocolError.js';

/** A media socket as the desk sees it, with what has come over it so far. */
interface SeenSocket {
  readonly socket: MediaSocket;
  readonly events: InboundEvent[];
  readonly ended: Promise<void>;
}

export interface LoopbackDesk extends AsyncDisposable {
  readonly port: number;
  readonly errors: ProtocolErrorReport[];
  /** The next stream that starts, or one that has started already: the nth, from 1. */
  nthSocket(n: number): Promise<SeenSocket>;
  /** Resolves with the first `n` reports. */
  nErrors(n: number): Promise<ProtocolErrorReport[]>;
  /** A connection that has sent nothing yet. */
  connect(options?: { path?: string; headers?: Record<string, string> }): Promise<WebSocket>;
  close(): void;
}

/** A media server on loopback, with nothing behind it. */
export async function loopbackDesk(
  options: { authToken?: string; scheduler?: SchedulerLike } = {},
): Promise<LoopbackDesk> {
  const server = createServer();
  const errors: ProtocolErrorReport[] = [];
  const error$ = new ReplaySubject<ProtocolErrorReport>();
  const socket$ = new ReplaySubject<SeenSocket>();
  const media = serveMedia(server, {
    ...options,
    onProtocolError: (report) => {
      errors.push(report);
      error$.next(report);
    },
  });
  media.sockets$.subscribe((socket) => {
    const events: InboundEvent[] = [];
    const ended = new Promise<void>((resolve) => {
      socket.inbound$.subscribe({ next: (event) => events.push(event), complete: resolve });
    });
    socket$.next({ socket, events, ended });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    errors,
    nthSocket: (n) => firstValueFrom(socket$.pipe(filter((_, index) => index === n - 1))),
    nErrors: (n) => firstValueFrom(error$.pipe(take(n), toArray())),
    async connect({ path = '/media', headers = {} } = {}) {
      const webSocket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
      await once(webSocket, 'open');
      return webSocket;
    },
    close: media.close,
    async [Symbol.asyncDispose]() {
      media.close();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** `connected` and `start`, as they open every stream. */
export function sendStart(webSocket: WebSocket, streamSid = 'MZ1', callSid = 'CA1'): void {
  webSocket.send(encodeInbound({ type: 'connected', protocol: 'Call', version: '1.0.0' }));
  webSocket.send(
    encodeInbound({
      type: 'start',
      sequenceNumber: 1,
      streamSid,
      accountSid: 'AC1',
      callSid,
      customParameters: { from: '+441134960000' },
    }),
  );
}

/** Twenty milliseconds of silence. */
export function mediaText(chunk: number, streamSid = 'MZ1'): string {
  return encodeInbound({
    type: 'media',
    sequenceNumber: chunk + 1,
    streamSid,
    chunk,
    timestamp: 80 + 20 * chunk,
    payload: new Uint8Array(160).fill(0xff),
  });
}

/** Ends the stream; all that was sent before has then been read by the desk. */
export function sendStop(webSocket: WebSocket, streamSid = 'MZ1', callSid = 'CA1'): void {
  webSocket.send(encodeInbound({ type: 'stop', sequenceNumber: 99, streamSid, accountSid: 'AC1', callSid }));
}
