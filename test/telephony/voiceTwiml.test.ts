import { describe, expect, it } from 'vitest';
import { answerCall, hangUp } from '../../src/telephony/voiceTwiml.js';

const streamUrl = 'https://desk.example/media';
const resumeUrl = '/resume';

describe('answerCall', () => {
  it('connects the stream over TLS and then asks again', () => {
    const streamStatusUrl = 'https://desk.example/stream-status';
    const parameters = { from: '+441134960000' };
    expect(answerCall({ streamUrl, streamStatusUrl, resumeUrl, parameters })).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><Response><Connect>' +
        '<Stream url="wss://desk.example/media" statusCallback="https://desk.example/stream-status" statusCallbackMethod="POST">' +
        '<Parameter name="from" value="+441134960000"/></Stream></Connect>' +
        '<Redirect method="POST">/resume</Redirect></Response>',
    );
  });

  it('needs no parameters, and leaves http unencrypted', () => {
    expect(answerCall({ streamUrl: 'http://127.0.0.1:8080/media', resumeUrl })).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><Response><Connect><Stream url="ws://127.0.0.1:8080/media"/></Connect>' +
        '<Redirect method="POST">/resume</Redirect></Response>',
    );
  });

  it('escapes what a stranger may put in a parameter', () => {
    const twiml = answerCall({ streamUrl, resumeUrl, parameters: { from: '"/><Dial>1</Dial>' } });
    expect(twiml).not.toContain('<Dial>');
    expect(twiml).toContain('value="&quot;/>&lt;Dial>1&lt;/Dial>"');
  });

  it('drops characters that XML cannot hold', () => {
    const twiml = answerCall({ streamUrl, resumeUrl, parameters: { from: 'a\u0000\u001b\ud800b' } });
    expect(twiml).toContain('value="ab"');
  });

  it('cuts a long value under 500 characters, between whole characters', () => {
    const name = 'from';
    const value = (text: string): number =>
      /value="([^"]*)"/.exec(answerCall({ streamUrl, resumeUrl, parameters: { [name]: text } }))?.[1]
        ?.length ?? -1;
    expect(value('x'.repeat(1000))).toBe(495);
    expect(value('😀'.repeat(500))).toBe(494);
  });

  it('refuses a name that leaves no room', () => {
    const parameters = { ['n'.repeat(500)]: '' };
    expect(() => answerCall({ streamUrl, resumeUrl, parameters })).toThrow('under 500 characters');
  });

  it('refuses a query, which Twilio would drop', () => {
    expect(() => answerCall({ streamUrl: `${streamUrl}?from=1`, resumeUrl })).toThrow('takes no query');
  });
});

describe('hangUp', () => {
  it('ends the call', () => {
    expect(hangUp()).toBe('<?xml version="1.0" encoding="UTF-8"?><Response><Hangup/></Response>');
  });
});
