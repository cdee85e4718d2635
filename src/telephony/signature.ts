import type { IncomingHttpHeaders } from 'node:http';
import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';
import { deskUrl, type DeskUrlOptions } from './deskUrl.js';

/** A request that says it comes from Twilio: a webhook, or the upgrade to a media socket. */
export interface SignedRequest {
  /** The request target: path and query, as received. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** The form fields of a POST; none for an upgrade. */
  readonly form?: Readonly<Record<string, string | readonly string[]>>;
}

export interface SignatureOptions extends DeskUrlOptions {
  /** `TWILIO_AUTH_TOKEN`: the key of the signature. */
  readonly authToken: string;
}

/**
 * Whether a webhook carries Twilio's signature: HMAC-SHA1 over the URL and the sorted form fields
 * (https://www.twilio.com/docs/usage/security#validating-requests). Twilio signs with or without the port
 * and the trailing slash, so each form is tried. False when the header is missing; never throws.
 */
export function isSignedWebhook(request: SignedRequest, options: SignatureOptions): boolean {
  return isSigned(request, options, false);
}

/** The same for the upgrade to a media socket, whose signed URL begins with `wss:` (`ws:` without TLS). */
export function isSignedUpgrade(request: SignedRequest, options: SignatureOptions): boolean {
  return isSigned(request, options, true);
}

function isSigned(request: SignedRequest, options: SignatureOptions, upgrade: boolean): boolean {
  const base = deskUrl(request.headers, options);
  if (base === undefined || !request.url.startsWith('/')) return false;
  const secure = base.protocol === 'https:';
  // Explicit even where it is the default: validateRequest tries with and without a port that it is given,
  // but would itself add :80 to a wss URL.
  const port = base.port === '' ? (secure ? '443' : '80') : base.port;
  const scheme = `${upgrade ? 'ws' : 'http'}${secure ? 's' : ''}`;
  const origin = `${scheme}://${base.hostname}:${port}${base.pathname.slice(0, -1)}`;
  const signature = [request.headers['x-twilio-signature'] ?? ''].flat().join();
  return bothSlashes(request.url)
    .map((target) => origin + target)
    .some(
      (url) => URL.canParse(url) && validateRequest(options.authToken, signature, url, request.form ?? {}),
    );
}

function bothSlashes(target: string): string[] {
  const [path = '', ...query] = target.split(/(?=\?)/);
  const other = path.endsWith('/') ? path.slice(0, -1) : `${path}/`;
  return [target, other + query.join('')];
}
