import type { IncomingMessage, Server } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { Subject, type Observable, type SchedulerLike } from 'rxjs';
import { WebSocketServer } from 'ws';
import { serveMediaSocket, type MediaSocket } from './mediaSocket.js';
import type { ProtocolErrorReport } from './protocolError.js';
import { isSignedUpgrade } from './signature.js';

/** The path of the media socket; a trailing slash is as good. */
export const MEDIA_PATH = '/media';

/** Twilio's messages stay under a few kilobytes; what is larger is not read into memory. */
const MAX_MESSAGE_BYTES = 1 << 20;

export interface MediaServerOptions {
  /** `TWILIO_AUTH_TOKEN`; without it, upgrades are taken from anyone. */
  readonly authToken?: string | undefined;
  /** `PUBLIC_URL`; without it, the request's own headers say what was signed. */
  readonly publicUrl?: string | undefined;
  readonly onProtocolError: (report: ProtocolErrorReport) => void;
  readonly scheduler?: SchedulerLike | undefined;
}

export interface MediaServer {
  /**
   * Each stream once its `start` was read, hot: subscribe before listening. A second stream of a call
   * closes the first before it is given. Completes on close.
   */
  readonly sockets$: Observable<MediaSocket>;
  /** Closes every stream and takes no more. The HTTP server is left alone. */
  readonly close: () => void;
}

/**
 * Serves Twilio Media Streams on `/media` of an HTTP server. An upgrade to another path is answered with
 * 404, one without Twilio's signature with 403.
 */
export function serveMedia(server: Server, options: MediaServerOptions): MediaServer {
  const { authToken, publicUrl, onProtocolError, scheduler } = options;
  const sockets = new Subject<MediaSocket>();
  const live = new Map<string, MediaSocket>();
  const webSockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
  });

  function onStart(socket: MediaSocket): void {
    const { callSid } = socket.start;
    live.get(callSid)?.close();
    live.set(callSid, socket);
    const forget = (): void => {
      if (live.get(callSid) === socket) live.delete(callSid);
    };
    socket.inbound$.subscribe({ complete: forget, error: forget });
    sockets.next(socket);
  }

  function onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = request.url ?? '';
    if (url !== MEDIA_PATH && url !== `${MEDIA_PATH}/`) {
      refuse(socket, 404);
      return;
    }
    const encrypted = 'encrypted' in request.socket;
    if (
      authToken !== undefined &&
      !isSignedUpgrade({ url, headers: request.headers }, { authToken, publicUrl, encrypted })
    ) {
      onProtocolError({ kind: 'badSignature', detail: 'an upgrade without a signature of this account' });
      refuse(socket, 403);
      return;
    }
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      serveMediaSocket(webSocket, { onStart, onProtocolError, scheduler });
    });
  }

  webSockets.on('wsClientError', (error, socket) => {
    onProtocolError({ kind: 'badHandshake', detail: error.message });
    refuse(socket, 400);
  });
  server.on('upgrade', onUpgrade);

  return {
    sockets$: sockets.asObservable(),
    close() {
      server.off('upgrade', onUpgrade);
      for (const socket of live.values()) socket.close();
      for (const webSocket of webSockets.clients) webSocket.close(1001);
      sockets.complete();
    },
  };
}

/** Before the WebSocket is there, the answer is written by hand. */
function refuse(socket: Duplex, status: number): void {
  // The peer may be gone already; there is nobody left to tell.
  socket.on('error', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}
