import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeInbound, encodeInbound, type InboundMessage } from '../../src/telephony/inboundMessage.js';
import type { ProtocolErrorKind } from '../../src/telephony/protocolError.js';

const streamSid = 'MZ18ad3ab5a668481ce02b83e7395059f0';
const callSid = 'CAf0b3ed4b9a2e5b5a2b5a2b5a2b5a2b5a';
const accountSid = 'AC00000000000000000000000000000000';

const mediaMessage = (over: object = {}, media: object = {}): string =>
  JSON.stringify({
    event: 'media',
    sequenceNumber: '4',
    streamSid,
    media: { track: 'inbound', chunk: '2', timestamp: '135', payload: 'f39/', ...media },
    ...over,
  });

const startMessage = (start: object = {}): string =>
  JSON.stringify({
    event: 'start',
    sequenceNumber: '1',
    streamSid,
    start: {
      streamSid,
      accountSid,
      callSid,
      tracks: ['inbound'],
      mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 },
      customParameters: { from: '+441134960000' },
      ...start,
    },
  });

describe('decodeInbound', () => {
  it('reads connected, which belongs to no stream', () => {
    expect(decodeInbound('{"event":"connected","protocol":"Call","version":"1.0.0"}')).toEqual({
      type: 'connected',
      protocol: 'Call',
      version: '1.0.0',
    });
  });

  it('reads start with its parameters', () => {
    expect(decodeInbound(startMessage())).toEqual({
      type: 'start',
      sequenceNumber: 1,
      streamSid,
      accountSid,
      callSid,
      customParameters: { from: '+441134960000' },
    });
  });

  it('reads start without parameters as having none', () => {
    expect(decodeInbound(startMessage({ customParameters: undefined }))).toMatchObject({
      customParameters: {},
    });
  });

  it('keeps a parameter called __proto__ from becoming the prototype', () => {
    const text = startMessage().replace('"from":', '"__proto__":');
    const message = decodeInbound(text);
    if (message.type !== 'start') throw new Error('not a start');
    expect(Object.getPrototypeOf(message.customParameters)).toBe(Object.prototype);
  });

  it('reads media into numbers and bytes of its own', () => {
    const message = decodeInbound(mediaMessage());
    expect(message).toEqual({
      type: 'media',
      sequenceNumber: 4,
      streamSid,
      chunk: 2,
      timestamp: 135,
      payload: Uint8Array.of(0x7f, 0x7f, 0x7f),
    });
    if (message.type !== 'media') throw new Error('not media');
    expect(message.payload.buffer.byteLength).toBe(3);
  });

  it('takes numbers that come as numbers', () => {
    expect(decodeInbound(mediaMessage({ sequenceNumber: 4 }, { timestamp: 135 }))).toMatchObject({
      sequenceNumber: 4,
      timestamp: 135,
    });
  });

  it('reads dtmf, mark and stop', () => {
    const head = { sequenceNumber: '5', streamSid };
    const texts = [
      { event: 'dtmf', ...head, dtmf: { track: 'inbound_track', digit: '#' } },
      { event: 'mark', ...head, mark: { name: 'askDate#2' } },
      { event: 'stop', ...head, stop: { accountSid, callSid } },
    ].map((message) => JSON.stringify(message));
    expect(texts.map(decodeInbound)).toEqual([
      { type: 'dtmf', sequenceNumber: 5, streamSid, digit: '#' },
      { type: 'mark', sequenceNumber: 5, streamSid, name: 'askDate#2' },
      { type: 'stop', sequenceNumber: 5, streamSid, accountSid, callSid },
    ]);
  });

  const wrong: [string, string, ProtocolErrorKind][] = [
    ['half a message', '{"event":"media"', 'malformedJson'],
    ['nothing', '', 'malformedJson'],
    ['a string', '"media"', 'invalidMessage'],
    ['null', 'null', 'invalidMessage'],
    ['a list', '[]', 'invalidMessage'],
    ['no event', '{}', 'invalidMessage'],
    ['an event that is a number', '{"event":7}', 'unknownEvent'],
    ['an event of another protocol', '{"event":"ring"}', 'unknownEvent'],
    ['media without media', mediaMessage({ media: null }), 'invalidMessage'],
    ['media without a stream', mediaMessage({ streamSid: undefined }), 'invalidMessage'],
    ['our own audio', mediaMessage({}, { track: 'outbound' }), 'wrongTrack'],
    ['a timestamp in words', mediaMessage({}, { timestamp: 'soon' }), 'invalidMessage'],
    ['an empty timestamp', mediaMessage({}, { timestamp: '' }), 'invalidMessage'],
    ['a timestamp before the start', mediaMessage({}, { timestamp: '-20' }), 'invalidMessage'],
    ['a timestamp beyond all numbers', mediaMessage({}, { timestamp: '1e400' }), 'invalidMessage'],
    ['a payload that is a list', mediaMessage({}, { payload: [255] }), 'invalidMessage'],
    ['an empty payload', mediaMessage({}, { payload: '' }), 'invalidMessage'],
    ['a payload with spaces', mediaMessage({}, { payload: 'f39/ f39' }), 'badBase64'],
    ['a payload cut short', mediaMessage({}, { payload: 'f39' }), 'badBase64'],
    ['a payload that ends twice', mediaMessage({}, { payload: 'fw==f39/' }), 'badBase64'],
    ['start without a call', startMessage({ callSid: undefined }), 'invalidMessage'],
    ['start with a call that is a number', startMessage({ callSid: 7 }), 'invalidMessage'],
    ['start with nested parameters', startMessage({ customParameters: { from: {} } }), 'invalidMessage'],
    [
      'linear audio',
      startMessage({ mediaFormat: { encoding: 'audio/l16', sampleRate: 8000, channels: 1 } }),
      'wrongMediaFormat',
    ],
    [
      'wideband audio',
      startMessage({ mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 16000, channels: 1 } }),
      'wrongMediaFormat',
    ],
    [
      'a key that no telephone has',
      JSON.stringify({ event: 'dtmf', sequenceNumber: '5', streamSid, dtmf: { digit: 'E' } }),
      'invalidMessage',
    ],
    ['deeply nested text', `{"event":"start","start":${'['.repeat(200_000)}`, 'malformedJson'],
  ];
  it.each(wrong)('refuses %s', (_, text, kind) => {
    expect(() => decodeInbound(text)).toThrow(expect.objectContaining({ name: 'ProtocolError', kind }));
  });

  it('says what is wrong without repeating what the caller typed', () => {
    const text = JSON.stringify({ event: 'dtmf', sequenceNumber: '5', streamSid, dtmf: { digit: '4929' } });
    expect(() => decodeInbound(text)).toThrow('dtmf: dtmf.digit (invalid_format)');
    expect(() => decodeInbound(text)).not.toThrow('4929');
  });

  it('throws nothing but protocol errors, whatever comes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string(), anyEvent()), (text) => {
        try {
          decodeInbound(text);
        } catch (error) {
          expect(error).toHaveProperty('name', 'ProtocolError');
        }
      }),
    );
  });

  it('reads what was written', () => {
    fc.assert(
      fc.property(anyMessage(), (message) => {
        expect(decodeInbound(encodeInbound(message))).toEqual(message);
      }),
    );
  });
});

describe('encodeInbound', () => {
  it('writes media as Twilio does, with numbers as strings', () => {
    const text = encodeInbound({
      type: 'media',
      sequenceNumber: 4,
      streamSid,
      chunk: 2,
      timestamp: 135,
      payload: Uint8Array.of(0x7f, 0x7f, 0x7f),
    });
    expect(text).toBe(mediaMessage());
  });

  it('writes start as Twilio does', () => {
    const text = encodeInbound({
      type: 'start',
      sequenceNumber: 1,
      streamSid,
      accountSid,
      callSid,
      customParameters: { from: '+441134960000' },
    });
    expect(text).toBe(startMessage());
  });

  it('writes no more than the bytes of a view', () => {
    const payload = Uint8Array.of(1, 0x7f, 0x7f, 0x7f, 1).subarray(1, 4);
    const text = encodeInbound({
      type: 'media',
      sequenceNumber: 4,
      streamSid,
      chunk: 2,
      timestamp: 135,
      payload,
    });
    expect(text).toBe(mediaMessage());
  });
});

function anyEvent(): fc.Arbitrary<string> {
  return fc
    .record(
      {
        event: fc.constantFrom('connected', 'start', 'media', 'dtmf', 'mark', 'stop'),
        sequenceNumber: fc.anything(),
        streamSid: fc.oneof(fc.string(), fc.anything()),
        media: fc.oneof(
          fc.record({
            track: fc.constant('inbound'),
            chunk: fc.anything(),
            timestamp: fc.string(),
            payload: fc.string(),
          }),
          fc.anything(),
        ),
        start: fc.anything(),
        stop: fc.anything(),
        mark: fc.anything(),
        dtmf: fc.anything(),
      },
      { requiredKeys: ['event'] },
    )
    .map((message) =>
      JSON.stringify(message, (_, value: unknown) => (typeof value === 'bigint' ? 1 : value)),
    );
}

function anyMessage(): fc.Arbitrary<InboundMessage> {
  const sid = fc.string({ minLength: 1, maxLength: 64 });
  const head = { sequenceNumber: fc.nat(), streamSid: sid };
  return fc.oneof(
    fc.record({ type: fc.constant('connected' as const), protocol: fc.string(), version: fc.string() }),
    fc.record({
      type: fc.constant('start' as const),
      ...head,
      accountSid: sid,
      callSid: sid,
      customParameters: fc.dictionary(
        fc.string().filter((name) => name !== '__proto__'),
        fc.string(),
        { noNullPrototype: true },
      ),
    }),
    fc.record({
      type: fc.constant('media' as const),
      ...head,
      chunk: fc.nat(),
      timestamp: fc.nat(),
      payload: fc.uint8Array({ minLength: 1, maxLength: 400 }),
    }),
    fc.record({
      type: fc.constant('dtmf' as const),
      ...head,
      digit: fc.constantFrom('0', '9', '*', '#', 'A', 'D'),
    }),
    fc.record({ type: fc.constant('mark' as const), ...head, name: fc.string() }),
    fc.record({ type: fc.constant('stop' as const), ...head, accountSid: sid, callSid: sid }),
  );
}
