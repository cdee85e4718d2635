import { describe, expect, it } from 'vitest';
import { answerCall, hangUp } from '../../src/telephony/voiceTwiml.js';
import { readTwiml } from '../../src/testing/twiml.js';

describe('readTwiml', () => {
  it('reads what the desk answers a call with', () => {
    const twiml = answerCall({
      streamUrl: 'http://127.0.0.1:8080/media',
      streamStatusUrl: '/stream-status',
      resumeUrl: '/resume',
      parameters: { from: '+441134960000', note: '"<&>"' },
    });
    expect(readTwiml(twiml)).toEqual([
      {
        verb: 'connect',
        streamUrl: 'ws://127.0.0.1:8080/media',
        statusCallback: '/stream-status',
        parameters: { from: '+441134960000', note: '"<&>"' },
      },
      { verb: 'redirect', url: '/resume' },
    ]);
  });

  it('reads a hang-up, and an empty response', () => {
    expect(readTwiml(hangUp())).toEqual([{ verb: 'hangup' }]);
    expect(readTwiml('<Response/>')).toEqual([]);
  });

  it.each([
    ['text', 'Hello', 'missing root element'],
    ['XML cut short', '<Response><Hangup>', 'unclosed xml tag'],
    ['another document', '<html/>', 'begins with <Response>, not <html>'],
    ['a verb it does not know', '<Response><Say>Hi</Say></Response>', 'does not know <Say>'],
    ['a connect to something else', '<Response><Connect><Room/></Connect></Response>', '<Stream> with a url'],
    ['a stream to nowhere', '<Response><Connect><Stream/></Connect></Response>', '<Stream> with a url'],
    ['a redirect by GET', '<Response><Redirect method="GET">/</Redirect></Response>', 'POST only'],
  ])('refuses %s', (_, xml, message) => {
    expect(() => readTwiml(xml)).toThrow(message);
  });
});
