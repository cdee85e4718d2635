import { z } from 'zod';
import { type MediaFrame, SAMPLES_PER_MS } from '../streams/mediaFrame.js';
import { ProtocolError } from './protocolError.js';

/** The first message on a media socket. It belongs to no stream yet. */
interface ConnectedMessage {
  readonly type: 'connected';
  readonly protocol: string;
  readonly version: string;
}

/** The stream begins: whose call it is, and what the TwiML's `<Parameter>`s said. */
export interface StartMessage {
  readonly type: 'start';
  readonly sequenceNumber: number;
  readonly streamSid: string;
  readonly accountSid: string;
  readonly callSid: string;
  readonly customParameters: Readonly<Record<string, string>>;
}

/** A piece of the caller's audio; it is itself the frame that flows on. */
export interface MediaMessage extends MediaFrame {
  readonly type: 'media';
  readonly sequenceNumber: number;
  readonly streamSid: string;
  /** Counts the media messages of a stream, from 1. */
  readonly chunk: number;
}

/** The caller pressed a key. */
export interface DtmfMessage {
  readonly type: 'dtmf';
  readonly sequenceNumber: number;
  readonly streamSid: string;
  /** `0`–`9`, `*`, `#`, `A`–`D`. */
  readonly digit: string;
}

/** Playback has reached a mark, **or** the mark was cleared: no proof by itself that it was heard. */
export interface MarkMessage {
  readonly type: 'mark';
  readonly sequenceNumber: number;
  readonly streamSid: string;
  readonly name: string;
}

/** The stream is over: the call ended, or the TwiML moved on. */
export interface StopMessage {
  readonly type: 'stop';
  readonly sequenceNumber: number;
  readonly streamSid: string;
  readonly accountSid: string;
  readonly callSid: string;
}

/** What Twilio sends over a media socket (https://www.twilio.com/docs/voice/media-streams/websocket-messages). */
export type InboundMessage =
  ConnectedMessage | StartMessage | MediaMessage | DtmfMessage | MarkMessage | StopMessage;

/** Twilio writes these numbers as strings. */
const count = z.union([z.string().regex(/^\d{1,15}$/), z.int().nonnegative()]).transform(Number);
const sid = z.string().min(1).max(64);

const connectedShape = z.object({ protocol: z.string(), version: z.string() });
const startShape = z.object({
  sequenceNumber: count,
  streamSid: sid,
  start: z.object({
    accountSid: sid,
    callSid: sid,
    mediaFormat: z.object({ encoding: z.string(), sampleRate: z.number(), channels: z.number() }),
    customParameters: z.record(z.string(), z.string()).default({}),
  }),
});
const dtmfShape = z.object({
  sequenceNumber: count,
  streamSid: sid,
  dtmf: z.object({ digit: z.string().regex(/^[0-9*#A-D]$/) }),
});
const markShape = z.object({ sequenceNumber: count, streamSid: sid, mark: z.object({ name: z.string() }) });
const stopShape = z.object({
  sequenceNumber: count,
  streamSid: sid,
  stop: z.object({ accountSid: sid, callSid: sid }),
});

/**
 * Reads one text message from Twilio.
 * @throws {ProtocolError} naming what is wrong with it.
 */
export function decodeInbound(text: string): InboundMessage {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    throw new ProtocolError('malformedJson', `a message of ${text.length} characters is not JSON`);
  }
  if (typeof message !== 'object' || message === null || !('event' in message)) {
    throw new ProtocolError('invalidMessage', 'the message is not an object with an event');
  }
  switch (message.event) {
    case 'media':
      return readMedia(message);
    case 'connected': {
      const { protocol, version } = shaped(connectedShape, message, 'connected');
      return { type: 'connected', protocol, version };
    }
    case 'start':
      return readStart(message);
    case 'dtmf': {
      const { sequenceNumber, streamSid, dtmf } = shaped(dtmfShape, message, 'dtmf');
      return { type: 'dtmf', sequenceNumber, streamSid, digit: dtmf.digit };
    }
    case 'mark': {
      const { sequenceNumber, streamSid, mark } = shaped(markShape, message, 'mark');
      return { type: 'mark', sequenceNumber, streamSid, name: mark.name };
    }
    case 'stop': {
      const { sequenceNumber, streamSid, stop } = shaped(stopShape, message, 'stop');
      return { type: 'stop', sequenceNumber, streamSid, accountSid: stop.accountSid, callSid: stop.callSid };
    }
    default:
      throw new ProtocolError('unknownEvent', `the event ${JSON.stringify(message.event).slice(0, 40)}`);
  }
}

/** Writes a message just as Twilio sends it; what the line of a simulated caller speaks. */
export function encodeInbound(message: InboundMessage): string {
  const event = message.type;
  if (message.type === 'connected') {
    return JSON.stringify({ event, protocol: message.protocol, version: message.version });
  }
  const { streamSid } = message;
  const head = { event, sequenceNumber: String(message.sequenceNumber), streamSid };
  switch (message.type) {
    case 'start': {
      const { accountSid, callSid, customParameters } = message;
      const mediaFormat = { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 };
      const start = { streamSid, accountSid, callSid, tracks: ['inbound'], mediaFormat, customParameters };
      return JSON.stringify({ ...head, start });
    }
    case 'media': {
      const { chunk, timestamp, payload } = message;
      const base64 = Buffer.from(payload.buffer, payload.byteOffset, payload.length).toString('base64');
      const media = {
        track: 'inbound',
        chunk: String(chunk),
        timestamp: String(timestamp),
        payload: base64,
      };
      return JSON.stringify({ ...head, media });
    }
    case 'dtmf':
      return JSON.stringify({ ...head, dtmf: { track: 'inbound_track', digit: message.digit } });
    case 'mark':
      return JSON.stringify({ ...head, mark: { name: message.name } });
    case 'stop':
      return JSON.stringify({
        ...head,
        stop: { accountSid: message.accountSid, callSid: message.callSid },
      });
  }
}

function readStart(message: object): StartMessage {
  const { sequenceNumber, streamSid, start } = shaped(startShape, message, 'start');
  const { accountSid, callSid, mediaFormat, customParameters } = start;
  if (
    mediaFormat.encoding !== 'audio/x-mulaw' ||
    mediaFormat.sampleRate !== 8000 ||
    mediaFormat.channels !== 1
  ) {
    const { encoding, sampleRate, channels } = mediaFormat;
    throw new ProtocolError(
      'wrongMediaFormat',
      `${encoding.slice(0, 40)} at ${sampleRate} Hz, ${channels} channels; needs audio/x-mulaw at 8000 Hz, 1 channel`,
    );
  }
  return { type: 'start', sequenceNumber, streamSid, accountSid, callSid, customParameters };
}

/**
 * Twilio sends 20 ms at a time. Audio in bulk would run ahead of the clock, and keep the recogniser from every
 * other call. In characters of base64: a second of μ-law.
 */
const LONGEST_PAYLOAD = Math.ceil((1000 * SAMPLES_PER_MS) / 3) * 4;

/** Fifty times a second for each call, so checked by hand: a schema takes half as long again for the whole message. */
function readMedia(message: object): MediaMessage {
  const { sequenceNumber, streamSid, media } = message as Record<string, unknown>;
  if (typeof streamSid !== 'string' || typeof media !== 'object' || media === null) {
    throw new ProtocolError('invalidMessage', 'media: streamSid or media is missing');
  }
  const { track, chunk, timestamp, payload } = media as Record<string, unknown>;
  if (track !== 'inbound') {
    throw new ProtocolError('wrongTrack', 'media: the track is not inbound');
  }
  if (typeof payload !== 'string' || payload === '') {
    throw new ProtocolError('invalidMessage', 'media: the payload is missing');
  }
  if (payload.length > LONGEST_PAYLOAD) {
    throw new ProtocolError('invalidMessage', 'media: the payload is longer than a second of audio');
  }
  return {
    type: 'media',
    sequenceNumber: readCount(sequenceNumber, 'sequenceNumber'),
    streamSid,
    chunk: readCount(chunk, 'chunk'),
    timestamp: readCount(timestamp, 'timestamp'),
    payload: readBase64(payload),
  };
}

function readCount(value: unknown, field: string): number {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  if (!Number.isSafeInteger(number) || (number as number) < 0) {
    throw new ProtocolError('invalidMessage', `media: ${field} is not a whole number`);
  }
  return number as number;
}

/**
 * Node skips what is not base64 and stops at the first `=`, so bad input shows as too few bytes.
 * The bytes are copied out of Node's shared pool, which whoever keeps a frame would keep too.
 */
function readBase64(text: string): Uint8Array {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = Buffer.from(text, 'base64');
  if (text.length % 4 !== 0 || bytes.length !== (text.length / 4) * 3 - padding) {
    throw new ProtocolError('badBase64', `media: a payload of ${text.length} characters is not base64`);
  }
  return new Uint8Array(bytes);
}

function shaped<Shape extends z.ZodType>(shape: Shape, message: object, event: string): z.output<Shape> {
  const read = shape.safeParse(message);
  if (read.success) return read.data;
  const where = read.error.issues.map((issue) => `${issue.path.join('.')} (${issue.code})`).slice(0, 5);
  throw new ProtocolError('invalidMessage', `${event}: ${where.join(', ')}`);
}
