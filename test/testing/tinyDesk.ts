import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { filter, firstValueFrom, ReplaySubject } from 'rxjs';
import { WebSocketServer, type WebSocket } from 'ws';
import { decodeInbound, type InboundMessage } from '../../src/telephony/inboundMessage.js';
import { encodeOutbound, type OutboundMessage } from '../../src/telephony/outboundMessage.js';

/** A POST as the desk got it. */
export interface SeenPost {
  readonly path: string;
  readonly form: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
}

/** A stream as the desk sees it, from its first message on. */
export interface DeskStream {
  readonly webSocket: WebSocket;
  readonly headers: IncomingHttpHeaders;
  readonly messages: InboundMessage[];
  /** Each message as it comes, those of before included. */
  readonly message$: ReplaySubject<InboundMessage>;
  readonly streamSid: string;
  send(message: OutboundMessage): void;
}

export interface TinyDesk extends AsyncDisposable {
  readonly url: string;
  readonly posts: SeenPost[];
  /** The nth stream, from 1, once it has started. */
  nthStream(n: number): Promise<DeskStream>;
}

/**
 * A desk of a few lines that answers webhooks with what it is given. A body of undefined is answered with
 * 500; `SOCKET` in it stands for the address of its media socket.
 */
export async function tinyDesk(twiml: (post: SeenPost) => string | undefined): Promise<TinyDesk> {
  const posts: SeenPost[] = [];
  const stream$ = new ReplaySubject<DeskStream>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const form = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
      const post = { path: request.url ?? '', form, headers: request.headers };
      posts.push(post);
      const body = twiml(post)?.replace('SOCKET', `${url.replace('http', 'ws')}/media`);
      response.statusCode = body === undefined ? 500 : 200;
      response.end(body);
    });
  });
  const webSockets = new WebSocketServer({ server, path: '/media' });
  webSockets.on('connection', (webSocket, request) => {
    const messages: InboundMessage[] = [];
    const message$ = new ReplaySubject<InboundMessage>();
    webSocket.on('message', (data) => {
      const message = decodeInbound((data as Buffer).toString());
      messages.push(message);
      message$.next(message);
      if (message.type !== 'start') return;
      const { streamSid } = message;
      const send = (outbound: OutboundMessage): void => {
        webSocket.send(encodeOutbound(streamSid, outbound));
      };
      stream$.next({ webSocket, headers: request.headers, messages, message$, streamSid, send });
    });
    webSocket.on('close', () => {
      message$.complete();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    posts,
    nthStream: (n) => firstValueFrom(stream$.pipe(filter((_, index) => index === n - 1))),
    async [Symbol.asyncDispose]() {
      for (const client of webSockets.clients) client.terminate();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** Answers with a stream and asks `/resume` afterwards. */
export const CONNECT =
  '<Response><Connect><Stream url="SOCKET"><Parameter name="from" value="+441134960000"/></Stream></Connect>' +
  '<Redirect method="POST">/resume</Redirect></Response>';

export const HANGUP = '<Response><Hangup/></Response>';
