import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { isLoopback } from './isLoopback.js';

const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/**
 * Lets a request through that comes from this machine itself, or that carries `ADMIN_TOKEN` as a bearer
 * token (RFC 6750) or in the query as `token`, for calendars that can send no header. Whatever a proxy passed
 * on is not from this machine, even when the proxy is; nor is what a page in a local browser sends under a
 * name of its own that it made point here (DNS rebinding).
 */
export function adminOnly(adminToken?: string): RequestHandler {
  return (request, response, next) => {
    if (isLocal(request) || isToken(tokenOf(request), adminToken)) {
      next();
      return;
    }
    const fix =
      adminToken === undefined
        ? 'Set ADMIN_TOKEN on the desk and send it as "Authorization: Bearer …".'
        : 'Send ADMIN_TOKEN as "Authorization: Bearer …".';
    response
      .status(401)
      .set('WWW-Authenticate', 'Bearer')
      .json({ error: `This needs the admin token. ${fix}` });
  };
}

function isLocal({ socket, headers }: Request): boolean {
  const forwarded = headers['x-forwarded-for'] ?? headers['x-forwarded-host'] ?? headers.forwarded;
  const isHere = isLoopback(socket.remoteAddress ?? '') && LOOPBACK_HOST.test(headers.host ?? '');
  return forwarded === undefined && isHere;
}

function tokenOf({ headers, query }: Request): string | undefined {
  const bearer = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
  return bearer ?? (typeof query['token'] === 'string' ? query['token'] : undefined);
}

/** Compares digests, so that the time it takes tells nothing of the token. */
function isToken(given: string | undefined, wanted: string | undefined): boolean {
  if (given === undefined || wanted === undefined) return false;
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
