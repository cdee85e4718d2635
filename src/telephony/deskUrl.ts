import type { IncomingHttpHeaders } from 'node:http';

/** What is known of the way to the desk. */
export interface DeskUrlOptions {
  /** `PUBLIC_URL`: where Twilio reaches the desk. When given, no header is looked at. */
  readonly publicUrl?: string | undefined;
  /** Whether the request itself came over TLS. */
  readonly encrypted?: boolean | undefined;
}

/**
 * The address under which a request reached the desk, as its sender wrote it: the public URL, or what a
 * proxy forwarded (`x-forwarded-proto`, `x-forwarded-host`), or the `host` header.
 * @returns an `http:` or `https:` URL ending in `/`; undefined when the headers make no URL.
 */
export function deskUrl(headers: IncomingHttpHeaders, options: DeskUrlOptions = {}): URL | undefined {
  const base = options.publicUrl ?? forwardedUrl(headers, options.encrypted ?? false);
  if (base === undefined || !URL.canParse(base)) return undefined;
  const url = new URL(base);
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}

function forwardedUrl(headers: IncomingHttpHeaders, encrypted: boolean): string | undefined {
  const host = first(headers['x-forwarded-host']) ?? headers.host;
  const protocol = first(headers['x-forwarded-proto']) ?? (encrypted ? 'https' : 'http');
  if (host === undefined || !/^(http|ws)s?$/.test(protocol)) return undefined;
  return `${protocol.replace('ws', 'http')}://${host}/`;
}

/** Of a chain of proxies, the first entry is the one that the sender met. */
function first(header: string | string[] | undefined): string | undefined {
  return (Array.isArray(header) ? header[0] : header)?.split(',')[0]?.trim();
}
