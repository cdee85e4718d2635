import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { describe, expect, it, onTestFinished } from 'vitest';
import { adminOnly } from '../../src/server/adminOnly.js';

const TOKEN = 'let-me-in';

/** A server with something to guard, for as long as the running test. */
async function guarded(
  token?: string,
): Promise<(path?: string, headers?: Record<string, string>) => Promise<Response>> {
  const app = express();
  app.use(adminOnly(token));
  app.get('/', (_request, response) => {
    response.json({ secret: true });
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return (path = '/', headers = {}) => fetch(`http://127.0.0.1:${port}${path}`, { headers });
}

const PROXIED = { 'x-forwarded-for': '203.0.113.7' };

describe('adminOnly', () => {
  it('lets this machine itself through', async () => {
    const get = await guarded(TOKEN);
    expect((await get()).status).toBe(200);
  });

  it.each([
    ['x-forwarded-for', '203.0.113.7'],
    ['x-forwarded-for', '127.0.0.1'],
    ['x-forwarded-host', 'desk.example.org'],
    ['forwarded', 'for=203.0.113.7'],
  ])('does not take what a proxy passed on (%s: %s) for this machine', async (name, value) => {
    const get = await guarded(TOKEN);
    expect((await get('/', { [name]: value })).status).toBe(401);
  });

  it('does not take a name that was made to point here for this machine', async () => {
    const get = await guarded(TOKEN);
    const { url } = await get();
    const statusAs = (host: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        request(url, { headers: { host } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on('error', reject)
          .end();
      });
    expect(await statusAs('rebound.example.org')).toBe(401);
    expect(await statusAs('localhost:8080')).toBe(200);
    expect(await statusAs('[::1]:8080')).toBe(200);
  });

  it('lets through whoever bears the token', async () => {
    const get = await guarded(TOKEN);
    expect((await get('/', { ...PROXIED, authorization: `Bearer ${TOKEN}` })).status).toBe(200);
    expect((await get('/', { ...PROXIED, authorization: `bearer ${TOKEN}` })).status).toBe(200);
  });

  it('takes the token in the query, for calendars that can send no header', async () => {
    const get = await guarded(TOKEN);
    expect((await get(`/?token=${TOKEN}`, PROXIED)).status).toBe(200);
  });

  it.each([
    ['a wrong token', '/', { authorization: 'Bearer let-me-on' }],
    ['the token and more', '/', { authorization: `Bearer ${TOKEN}!` }],
    ['another scheme', '/', { authorization: `Basic ${TOKEN}` }],
    ['no token', '/', {}],
    ['a wrong token in the query', '/?token=x', {}],
    ['two tokens in the query', `/?token=${TOKEN}&token=x`, {}],
  ])('refuses %s, and says what to send', async (_, path, headers) => {
    const get = await guarded(TOKEN);
    const response = await get(path, { ...PROXIED, ...(headers as Record<string, string>) });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    const { error } = (await response.json()) as { error: string };
    expect(error).toContain('Authorization: Bearer');
    expect(error).not.toContain(TOKEN);
  });

  it('lets nobody else through when there is no token, and says how to set one', async () => {
    const get = await guarded();
    const response = await get('/', { ...PROXIED, authorization: 'Bearer undefined' });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({
      error: expect.stringContaining('Set ADMIN_TOKEN') as string,
    });
  });
});
