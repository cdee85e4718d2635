import type { ProtocolErrorKind } from '../../src/telephony/protocolError.js';
import { mediaText } from './loopbackDesk.js';
import { startText } from './startText.js';

const head = { sequenceNumber: '5', streamSid: 'MZ1' };
const media = { track: 'inbound', chunk: '1', timestamp: '100', payload: '////' };
const text = (message: object): string => JSON.stringify(message);

/** Messages that the call `CA1` on the stream `MZ1` survives: what each is, and what it is counted as. */
export const HOSTILE_MESSAGES: readonly (readonly [
  name: string,
  message: string | Buffer,
  kind: ProtocolErrorKind,
])[] = [
  ['a binary frame', Buffer.from(mediaText(1)), 'binaryFrame'],
  ['an empty binary frame', Buffer.alloc(0), 'binaryFrame'],
  ['an empty message', '', 'malformedJson'],
  ['half a message', '{"event":"media","media":{', 'malformedJson'],
  ['text that is no JSON', 'GET / HTTP/1.1', 'malformedJson'],
  ['a hundred thousand open brackets', '['.repeat(100_000), 'malformedJson'],
  ['null', 'null', 'invalidMessage'],
  ['a number', '1e999', 'invalidMessage'],
  ['a list of messages', `[${mediaText(1)}]`, 'invalidMessage'],
  ['no event', '{"streamSid":"MZ1"}', 'invalidMessage'],
  ['an event inherited from the prototype', '{"__proto__":{"event":"stop"}}', 'invalidMessage'],
  ['an unknown event', text({ event: 'hangup', ...head }), 'unknownEvent'],
  ['an event that is an object', text({ event: { event: 'stop' } }), 'unknownEvent'],
  ['an event named toString', text({ event: 'toString' }), 'unknownEvent'],
  ['connected twice', text({ event: 'connected', protocol: 'Call', version: '1.0.0' }), 'secondConnected'],
  ['a second start', startText(), 'secondStart'],
  ['a second start for another call', startText({ callSid: 'CA2' }), 'secondStart'],
  [
    'a start with linear audio',
    startText({ mediaFormat: { encoding: 'audio/l16', sampleRate: 8000, channels: 1 } }),
    'wrongMediaFormat',
  ],
  ['a start without a call', startText({ callSid: undefined }), 'invalidMessage'],
  ['audio of another stream', mediaText(1, 'MZ2'), 'wrongStreamSid'],
  [
    'a stop of another stream',
    text({ event: 'stop', ...head, streamSid: 'MZ2', stop: { accountSid: 'AC1', callSid: 'CA1' } }),
    'wrongStreamSid',
  ],
  ['audio without media', text({ event: 'media', ...head }), 'invalidMessage'],
  ['our own audio', text({ event: 'media', ...head, media: { ...media, track: 'outbound' } }), 'wrongTrack'],
  [
    'audio that is not base64',
    text({ event: 'media', ...head, media: { ...media, payload: '!!!!' } }),
    'badBase64',
  ],
  [
    'audio that is a number',
    text({ event: 'media', ...head, media: { ...media, payload: 7 } }),
    'invalidMessage',
  ],
  [
    'a timestamp that is no number',
    text({ event: 'media', ...head, media: { ...media, timestamp: 'NaN' } }),
    'invalidMessage',
  ],
  [
    'more than a second of audio at once',
    text({ event: 'media', ...head, media: { ...media, payload: Buffer.alloc(8_004).toString('base64') } }),
    'invalidMessage',
  ],
  ['a mark without a name', text({ event: 'mark', ...head, mark: {} }), 'invalidMessage'],
  ['a mark whose name is an object', text({ event: 'mark', ...head, mark: { name: {} } }), 'invalidMessage'],
  ['a key that no telephone has', text({ event: 'dtmf', ...head, dtmf: { digit: '12' } }), 'invalidMessage'],
  ['a stop without a call', text({ event: 'stop', ...head, stop: null }), 'invalidMessage'],
];
