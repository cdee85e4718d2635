/**
 * What can be wrong with what comes over a media socket. `binaryFrame` to `afterStop` are about one message,
 * which is skipped; the rest end the socket (or refuse it before it opens).
 */
export type ProtocolErrorKind =
  | 'binaryFrame'
  | 'malformedJson'
  | 'unknownEvent'
  /** A known event with fields missing, of the wrong type or out of range. */
  | 'invalidMessage'
  | 'badBase64'
  /** Audio that is not the caller's own. */
  | 'wrongTrack'
  /** A stream that is not μ-law at 8000 Hz with one channel. */
  | 'wrongMediaFormat'
  | 'wrongStreamSid'
  | 'beforeStart'
  | 'secondConnected'
  | 'secondStart'
  | 'afterStop'
  | 'tooLarge'
  /** Bytes that are no WebSocket frame, or text that is not UTF-8. */
  | 'badFrame'
  /** The connection was cut or failed underneath the WebSocket. */
  | 'connectionLost'
  | 'startTimeout'
  /** Neither a message nor a pong for a whole heartbeat. */
  | 'unresponsive'
  | 'tooManyErrors'
  | 'badHandshake'
  | 'badSignature';

/** A message that breaks the Media Streams protocol. Its text never repeats what a caller said or typed. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';

  constructor(
    readonly kind: ProtocolErrorKind,
    detail: string,
  ) {
    super(detail);
  }
}

/** A protocol error as it is counted and logged. */
export interface ProtocolErrorReport {
  readonly kind: ProtocolErrorKind;
  /** What was wrong, without the caller's words or numbers. */
  readonly detail: string;
  /** The call it happened on, once its `start` was read. */
  readonly callSid?: string;
}
