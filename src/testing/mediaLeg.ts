import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { WebSocket } from 'ws';
import { FRAME_MS } from '../streams/mediaFrame.js';
import { encodeInbound, type InboundMessage } from '../telephony/inboundMessage.js';
import { decodeOutbound, type OutboundMessage } from '../telephony/outboundMessage.js';
import { ProtocolError } from '../telephony/protocolError.js';

/** What a stream is opened with. */
export interface MediaLegOptions {
  readonly url: string;
  readonly accountSid: string;
  readonly callSid: string;
  readonly customParameters: Readonly<Record<string, string>>;
  /** Signs the upgrade when given. */
  readonly authToken: string | undefined;
  readonly onMessage: (message: OutboundMessage) => void;
  /** What Twilio would warn about (31950, 31951). */
  readonly onWarning: (error: ProtocolError) => void;
}

/** Real streams were seen to begin between 99 and 171 ms, never at 0. */
const FIRST_TIMESTAMP_MS = 100;

type Unnumbered<Message> = Message extends InboundMessage
  ? Omit<Message, 'sequenceNumber' | 'streamSid'>
  : never;

/** Twilio's end of one media stream. */
export class MediaLeg {
  readonly streamSid = `MZ${randomUUID().replaceAll('-', '')}`;
  /** Resolves when the WebSocket has closed, whoever closed it. */
  readonly closed: Promise<void>;
  readonly #webSocket: WebSocket;
  readonly #options: MediaLegOptions;
  #sequenceNumber = 0;
  #chunk = 0;

  private constructor(webSocket: WebSocket, options: MediaLegOptions) {
    this.#webSocket = webSocket;
    this.#options = options;
    this.closed = new Promise((resolve) => {
      webSocket.once('close', () => {
        resolve();
      });
    });
    // A cut connection is an end like any other: 'close' follows.
    webSocket.on('error', () => undefined);
    webSocket.on('message', (data, isBinary) => {
      try {
        if (isBinary) throw new ProtocolError('binaryFrame', 'a binary frame; Media Streams are text');
        options.onMessage(decodeOutbound(this.streamSid, (data as Buffer).toString('utf8')));
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error;
        options.onWarning(error);
      }
    });
  }

  /**
   * Opens the WebSocket as Twilio does, and says `connected` and `start`.
   * @throws when the handshake is refused.
   */
  static async open(options: MediaLegOptions): Promise<MediaLeg> {
    const { url, authToken, accountSid, callSid, customParameters } = options;
    const webSocket = new WebSocket(url, {
      perMessageDeflate: false,
      headers: {
        'user-agent': 'Twilio.TmeWs/1.0',
        ...(authToken !== undefined && {
          'x-twilio-signature': getExpectedTwilioSignature(authToken, url, {}),
        }),
      },
    });
    const leg = new MediaLeg(webSocket, options);
    await once(webSocket, 'open');
    webSocket.send(encodeInbound({ type: 'connected', protocol: 'Call', version: '1.0.0' }));
    leg.#send({ type: 'start', accountSid, callSid, customParameters });
    return leg;
  }

  /** Sends 20 ms of the caller's audio. */
  sendFrame(payload: Uint8Array): void {
    this.#chunk += 1;
    const timestamp = FIRST_TIMESTAMP_MS + (this.#chunk - 1) * FRAME_MS;
    this.#send({ type: 'media', chunk: this.#chunk, timestamp, payload });
  }

  sendDtmf(digit: string): void {
    this.#send({ type: 'dtmf', digit });
  }

  /** Says that a mark was reached, or cleared. */
  sendMark(name: string): void {
    this.#send({ type: 'mark', name });
  }

  /** The call is over: says `stop` and closes. */
  stop(): void {
    const { accountSid, callSid } = this.#options;
    this.#send({ type: 'stop', accountSid, callSid });
    this.#webSocket.close();
  }

  #send(message: Unnumbered<InboundMessage>): void {
    // What is said to a desk that has hung up is lost, as on any line.
    if (this.#webSocket.readyState !== WebSocket.OPEN) return;
    this.#sequenceNumber += 1;
    const numbered = { ...message, sequenceNumber: this.#sequenceNumber, streamSid: this.streamSid };
    this.#webSocket.send(encodeInbound(numbered));
  }
}
