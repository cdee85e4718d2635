import { describe, expect, it } from 'vitest';
import { deskUrl } from '../../src/telephony/deskUrl.js';

describe('deskUrl', () => {
  it('is the public URL when there is one, whatever the headers say', () => {
    const url = deskUrl(
      { host: '127.0.0.1:8080', 'x-forwarded-host': 'evil.example' },
      { publicUrl: 'https://desk.example/front' },
    );
    expect(url?.href).toBe('https://desk.example/front/');
  });

  it('is what the first proxy forwarded', () => {
    const headers = {
      host: 'inner:8080',
      'x-forwarded-host': 'desk.example, inner:8080',
      'x-forwarded-proto': 'https,http',
    };
    expect(deskUrl(headers)?.href).toBe('https://desk.example/');
  });

  it('reads wss from a proxy that names the protocol of an upgrade', () => {
    expect(deskUrl({ host: 'desk.example', 'x-forwarded-proto': 'wss' })?.href).toBe('https://desk.example/');
  });

  it('is the host itself without a proxy', () => {
    expect(deskUrl({ host: '127.0.0.1:8080' })?.href).toBe('http://127.0.0.1:8080/');
    expect(deskUrl({ host: 'desk.example' }, { encrypted: true })?.href).toBe('https://desk.example/');
  });

  it('is nothing when the headers make no URL', () => {
    expect(deskUrl({})).toBeUndefined();
    expect(deskUrl({ host: 'a b' })).toBeUndefined();
    expect(deskUrl({ host: 'desk.example', 'x-forwarded-proto': 'javascript' })).toBeUndefined();
  });
});
