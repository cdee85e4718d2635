import { asyncScheduler, Subject, type Observable, type SchedulerLike } from 'rxjs';
import type { RawData, WebSocket } from 'ws';
import {
  decodeInbound,
  type DtmfMessage,
  type InboundMessage,
  type MarkMessage,
  type MediaMessage,
  type StartMessage,
  type StopMessage,
} from './inboundMessage.js';
import { encodeOutbound, type OutboundMessage } from './outboundMessage.js';
import { ProtocolError, type ProtocolErrorKind, type ProtocolErrorReport } from './protocolError.js';

/** What a call's stream brings after its start. A `media` event is itself the frame. */
export type InboundEvent = MediaMessage | DtmfMessage | MarkMessage | StopMessage;

/** One media stream of one call. */
export interface MediaSocket {
  /** Whose call this is. */
  readonly start: StartMessage;
  /**
   * The call's events, hot: subscribe in the tick in which the socket is given, or frames are missed.
   * Completes when the stream stops or the socket closes for whatever reason; never errors.
   */
  readonly inbound$: Observable<InboundEvent>;
  /** Sends to Twilio; what is sent to a socket that has closed is dropped. */
  send(message: OutboundMessage): void;
  /** Bytes handed to `send` that the network has not taken yet. */
  bufferedAmount(): number;
  /** Closes the stream; Twilio then goes on with the TwiML after `<Connect>`. */
  close(): void;
}

export interface MediaSocketOptions {
  /** Called once, when the stream's `start` has been read. */
  readonly onStart: (socket: MediaSocket) => void;
  readonly onProtocolError: (report: ProtocolErrorReport) => void;
  readonly scheduler?: SchedulerLike | undefined;
}

/** `start` follows the handshake at once; a socket still without it after this long is nobody's call. */
const START_TIMEOUT_MS = 10_000;
/** A peer that has been silent for a whole interval after a ping is gone: noticed within two intervals. */
const HEARTBEAT_MS = 5_000;
/** A stray message is skipped; a peer that goes on like this does not speak the protocol. */
const MAX_ERRORS = 100;

const NORMAL = 1000;
const POLICY_VIOLATION = 1008;

/**
 * Speaks Twilio Media Streams on an accepted WebSocket. Each message that breaks the protocol is reported
 * and skipped, and never throws; the socket is closed after 100 of them, without a `start` in 10 s, or when
 * the peer no longer answers pings.
 */
export function serveMediaSocket(
  webSocket: WebSocket,
  { onStart, onProtocolError, scheduler = asyncScheduler }: MediaSocketOptions,
): void {
  const inbound = new Subject<InboundEvent>();
  let start: StartMessage | undefined;
  let connected = false;
  let stopped = false;
  let finished = false;
  let errors = 0;
  let heard = true;

  const report = (kind: ProtocolErrorKind, detail: string): void => {
    onProtocolError({ kind, detail, ...(start && { callSid: start.callSid }) });
  };

  const startTimer = scheduler.schedule(() => {
    report('startTimeout', `no start within ${START_TIMEOUT_MS} ms`);
    finish(POLICY_VIOLATION, 'no start');
  }, START_TIMEOUT_MS);

  const heartbeat = scheduler.schedule(function () {
    if (!heard) {
      report('unresponsive', `nothing heard for ${HEARTBEAT_MS} ms after a ping`);
      // A closing handshake would wait for the peer that has just been found missing.
      finish();
      return;
    }
    heard = false;
    webSocket.ping();
    this.schedule(undefined, HEARTBEAT_MS);
  }, HEARTBEAT_MS);

  /** Ends the call's stream now; with a code the socket is closed politely, without it cut. */
  function finish(code?: number, reason?: string): void {
    if (finished) return;
    finished = true;
    startTimer.unsubscribe();
    heartbeat.unsubscribe();
    if (code === undefined) webSocket.terminate();
    else webSocket.close(code, reason);
    inbound.complete();
  }

  const socketOf = (message: StartMessage): MediaSocket => ({
    start: message,
    inbound$: inbound.asObservable(),
    send(outbound) {
      if (webSocket.readyState !== webSocket.OPEN) return;
      webSocket.send(encodeOutbound(message.streamSid, outbound));
    },
    bufferedAmount: () => webSocket.bufferedAmount,
    close() {
      finish(NORMAL);
    },
  });

  function accept(message: InboundMessage): void {
    if (message.type === 'connected') {
      if (connected) throw new ProtocolError('secondConnected', 'connected came twice');
      connected = true;
      return;
    }
    if (message.type === 'start') {
      if (start) throw new ProtocolError('secondStart', 'start came twice');
      start = message;
      startTimer.unsubscribe();
      onStart(socketOf(message));
      return;
    }
    if (!start) throw new ProtocolError('beforeStart', `${message.type} before start`);
    if (message.streamSid !== start.streamSid) {
      throw new ProtocolError('wrongStreamSid', `${message.type} of another stream`);
    }
    if (stopped) throw new ProtocolError('afterStop', `${message.type} after stop`);
    inbound.next(message);
    if (message.type === 'stop') {
      stopped = true;
      inbound.complete();
      finish(NORMAL);
    }
  }

  webSocket.on('message', (data, isBinary) => {
    heard = true;
    // After a stop, what still comes is counted; after we hung up, it is only what was under way.
    if (finished && !stopped) return;
    try {
      if (isBinary) throw new ProtocolError('binaryFrame', 'a binary frame; Media Streams are text');
      accept(decodeInbound(textOf(data)));
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      errors += 1;
      if (errors <= MAX_ERRORS) report(error.kind, error.message);
      if (errors === MAX_ERRORS) {
        report('tooManyErrors', `${MAX_ERRORS} messages that break the protocol`);
        finish(POLICY_VIOLATION, 'too many protocol errors');
      }
    }
  });
  webSocket.on('pong', () => {
    heard = true;
  });
  webSocket.on('error', (error: Error & { code?: string }) => {
    if (!finished) report(kindOf(error.code), error.message);
    finish(POLICY_VIOLATION, 'unreadable');
  });
  webSocket.on('close', () => {
    finish(NORMAL);
  });
}

/** With ws's default `binaryType`, a message is always one Buffer. */
function textOf(data: RawData): string {
  return (data as Buffer).toString('utf8');
}

function kindOf(code: string | undefined): ProtocolErrorKind {
  if (code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') return 'tooLarge';
  return code?.startsWith('WS_ERR_') ? 'badFrame' : 'connectionLost';
}
