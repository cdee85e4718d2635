import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeOutbound, encodeOutbound } from '../../src/telephony/outboundMessage.js';
import type { ProtocolErrorKind } from '../../src/telephony/protocolError.js';

const streamSid = 'MZ18ad3ab5a668481ce02b83e7395059f0';

describe('encodeOutbound', () => {
  it('writes media with nothing but the payload', () => {
    const payload = Uint8Array.of(0, 0x7f, 0x7f, 0x7f).subarray(1);
    expect(encodeOutbound(streamSid, { type: 'media', payload })).toBe(
      `{"event":"media","streamSid":"${streamSid}","media":{"payload":"f39/"}}`,
    );
  });

  it('writes mark and clear', () => {
    expect(encodeOutbound(streamSid, { type: 'mark', name: 'askDate#2' })).toBe(
      `{"event":"mark","streamSid":"${streamSid}","mark":{"name":"askDate#2"}}`,
    );
    expect(encodeOutbound(streamSid, { type: 'clear' })).toBe(`{"event":"clear","streamSid":"${streamSid}"}`);
  });
});

describe('decodeOutbound', () => {
  it('reads what was written', () => {
    const anyMessage = fc.oneof(
      fc.record({ type: fc.constant('media' as const), payload: fc.uint8Array({ minLength: 1 }) }),
      fc.record({ type: fc.constant('mark' as const), name: fc.string() }),
      fc.record({ type: fc.constant('clear' as const) }),
    );
    fc.assert(
      fc.property(fc.string(), anyMessage, (sid, message) => {
        expect(decodeOutbound(sid, encodeOutbound(sid, message))).toEqual(message);
      }),
    );
  });

  const wrong: [string, string, ProtocolErrorKind][] = [
    ['text that is no JSON', 'clear', 'malformedJson'],
    ['an unknown event', `{"event":"hangup","streamSid":"${streamSid}"}`, 'invalidMessage'],
    ['no stream', '{"event":"clear"}', 'invalidMessage'],
    ['another stream', '{"event":"clear","streamSid":"MZ0"}', 'wrongStreamSid'],
    ['an extra field', `{"event":"clear","streamSid":"${streamSid}","why":"barge-in"}`, 'invalidMessage'],
    [
      'a track, which only Twilio sends',
      `{"event":"media","streamSid":"${streamSid}","media":{"track":"outbound","payload":"f39/"}}`,
      'invalidMessage',
    ],
    [
      'audio that is not base64',
      `{"event":"media","streamSid":"${streamSid}","media":{"payload":"f39"}}`,
      'invalidMessage',
    ],
    ['no audio', `{"event":"media","streamSid":"${streamSid}","media":{"payload":""}}`, 'invalidMessage'],
  ];
  it.each(wrong)('refuses %s', (_, text, kind) => {
    expect(() => decodeOutbound(streamSid, text)).toThrow(expect.objectContaining({ kind }));
  });
});
