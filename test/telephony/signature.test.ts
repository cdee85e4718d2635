import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { describe, expect, it } from 'vitest';
import { isSignedUpgrade, isSignedWebhook } from '../../src/telephony/signature.js';

const authToken = '12345678901234567890123456789012';
const form = { CallSid: 'CA1', From: '+441134960000', To: '+441134960999' };
const sign = (url: string, params: object = {}): string =>
  getExpectedTwilioSignature(authToken, url, params as Record<string, string>);

describe('isSignedWebhook', () => {
  const check = (url: string, signature: string | undefined, headers: object, publicUrl?: string): boolean =>
    isSignedWebhook(
      { url, form, headers: { ...headers, ...(signature && { 'x-twilio-signature': signature }) } },
      { authToken, publicUrl },
    );

  it.each([
    'https://desk.example/resume',
    'https://desk.example:443/resume',
    'https://desk.example/resume/',
    'https://desk.example:443/resume/',
  ])('takes a signature of %s behind PUBLIC_URL', (signed) => {
    const headers = { host: '127.0.0.1:8080' };
    expect(check('/resume', sign(signed, form), headers, 'https://desk.example')).toBe(true);
    expect(check('/resume', sign(signed, form), headers, 'https://desk.example/')).toBe(true);
    expect(check('/resume/', sign(signed, form), headers, 'https://desk.example')).toBe(true);
  });

  it('takes the root path', () => {
    const headers = { host: 'desk.example' };
    expect(check('/', sign('http://desk.example/', form), headers)).toBe(true);
    expect(check('/', sign('http://desk.example', form), headers)).toBe(true);
  });

  it('takes what was forwarded, and a host with its own port', () => {
    const forwarded = { host: 'inner', 'x-forwarded-host': 'desk.example', 'x-forwarded-proto': 'https' };
    expect(check('/', sign('https://desk.example/', form), forwarded)).toBe(true);
    expect(check('/', sign('http://127.0.0.1:8080/', form), { host: '127.0.0.1:8080' })).toBe(true);
  });

  it('takes the public URL with a path that a proxy cuts off', () => {
    const signed = sign('https://desk.example/front/resume', form);
    expect(check('/resume', signed, {}, 'https://desk.example/front')).toBe(true);
  });

  it('takes a query and a field that comes twice', () => {
    const twice = { ...form, Tag: ['b', 'a'] };
    const signature = sign('https://desk.example/resume?try=2', twice);
    const request = {
      url: '/resume?try=2',
      form: twice,
      headers: { host: 'x', 'x-twilio-signature': signature },
    };
    expect(isSignedWebhook(request, { authToken, publicUrl: 'https://desk.example' })).toBe(true);
  });

  it('refuses another host, path, scheme, token, form, or none at all', () => {
    const headers = { host: 'desk.example' };
    const refuse = (signature: string | undefined): void => {
      expect(check('/resume', signature, headers)).toBe(false);
    };
    refuse(sign('http://other.example/resume', form));
    refuse(sign('http://desk.example/', form));
    refuse(sign('https://desk.example/resume', form));
    refuse(sign('http://desk.example/resume', { ...form, From: '+441134960001' }));
    refuse(sign('http://desk.example/resume'));
    refuse(getExpectedTwilioSignature(`${authToken}x`, 'http://desk.example/resume', form));
    refuse('');
    refuse(undefined);
    refuse('é'.repeat(28));
  });

  it('refuses, and does not throw, when the request makes no URL', () => {
    expect(check('/resume', 'x', {})).toBe(false);
    expect(check('/resume', 'x', { host: 'a b' })).toBe(false);
    expect(check('resume', 'x', { host: 'desk.example' })).toBe(false);
    expect(check('*', 'x', { host: 'desk.example' })).toBe(false);
    expect(check('//:x', 'x', { host: 'desk.example' })).toBe(false);
  });
});

describe('isSignedUpgrade', () => {
  const check = (url: string, signature: string, headers: object, publicUrl?: string): boolean =>
    isSignedUpgrade(
      { url, headers: { ...headers, 'x-twilio-signature': signature } },
      { authToken, publicUrl },
    );

  it.each([
    'wss://desk.example/media',
    'wss://desk.example:443/media',
    'wss://desk.example/media/',
    'wss://desk.example:443/media/',
  ])('takes a signature of %s', (signed) => {
    const forwarded = { host: 'inner', 'x-forwarded-host': 'desk.example', 'x-forwarded-proto': 'https' };
    expect(check('/media', sign(signed), {}, 'https://desk.example')).toBe(true);
    expect(check('/media/', sign(signed), {}, 'https://desk.example')).toBe(true);
    expect(check('/media', sign(signed), forwarded)).toBe(true);
  });

  it('takes ws on loopback', () => {
    const headers = { host: '127.0.0.1:8080' };
    expect(check('/media', sign('ws://127.0.0.1:8080/media'), headers)).toBe(true);
  });

  it('refuses the signature of a webhook or of another path', () => {
    const publicUrl = 'https://desk.example';
    expect(check('/media', sign('https://desk.example/media'), {}, publicUrl)).toBe(false);
    expect(check('/media', sign('wss://desk.example/'), {}, publicUrl)).toBe(false);
    expect(check('/media', sign('wss://desk.example:8443/media'), {}, publicUrl)).toBe(false);
  });
});
