import { z } from 'zod';
import { ProtocolError } from './protocolError.js';

/** Audio to play after whatever still waits: μ-law at 8000 Hz, no header, any length above 0. */
interface PlayMessage {
  readonly type: 'media';
  readonly payload: Uint8Array;
}

/** Asks for the name to be sent back when playback gets here. */
interface MarkRequest {
  readonly type: 'mark';
  readonly name: string;
}

/** Drops all audio that waits, at once; the marks in it come back as if played. */
interface ClearMessage {
  readonly type: 'clear';
}

/** What Twilio understands on a media socket: these three and nothing else (any other is its warning 31951). */
export type OutboundMessage = PlayMessage | MarkRequest | ClearMessage;

/** Writes a message for the stream in exactly the fields that Twilio takes. */
export function encodeOutbound(streamSid: string, message: OutboundMessage): string {
  switch (message.type) {
    case 'media': {
      const { buffer, byteOffset, length } = message.payload;
      const payload = Buffer.from(buffer, byteOffset, length).toString('base64');
      return JSON.stringify({ event: 'media', streamSid, media: { payload } });
    }
    case 'mark':
      return JSON.stringify({ event: 'mark', streamSid, mark: { name: message.name } });
    case 'clear':
      return JSON.stringify({ event: 'clear', streamSid });
  }
}

const outboundShape = z.discriminatedUnion('event', [
  z.strictObject({
    event: z.literal('media'),
    streamSid: z.string(),
    media: z.strictObject({ payload: z.base64().min(1) }),
  }),
  z.strictObject({
    event: z.literal('mark'),
    streamSid: z.string(),
    mark: z.strictObject({ name: z.string() }),
  }),
  z.strictObject({ event: z.literal('clear'), streamSid: z.string() }),
]);

/**
 * Reads a message as strictly as Twilio does; what the line of a simulated caller hears.
 * @throws {ProtocolError} where Twilio would raise its warning 31951: extra or missing fields, a wrong SID.
 */
export function decodeOutbound(streamSid: string, text: string): OutboundMessage {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new ProtocolError('malformedJson', `a message of ${text.length} characters is not JSON`);
  }
  const read = outboundShape.safeParse(json);
  if (!read.success) {
    const where = read.error.issues.map((issue) => `${issue.path.join('.')} (${issue.code})`).slice(0, 5);
    throw new ProtocolError('invalidMessage', where.join(', '));
  }
  const message = read.data;
  if (message.streamSid !== streamSid) {
    throw new ProtocolError('wrongStreamSid', `${message.event} for another stream`);
  }
  switch (message.event) {
    case 'media':
      return { type: 'media', payload: new Uint8Array(Buffer.from(message.media.payload, 'base64')) };
    case 'mark':
      return { type: 'mark', name: message.mark.name };
    case 'clear':
      return { type: 'clear' };
  }
}
