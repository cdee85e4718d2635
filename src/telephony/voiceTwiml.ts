import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';

/** Twilio takes a `<Parameter>` whose name and value have fewer than 500 characters together. */
const PARAMETER_LIMIT = 500;

/** How a call is to be answered. */
export interface CallAnswer {
  /** The media socket: `https:` and `http:` are written as `wss:` and `ws:`. No query: Twilio drops it. */
  readonly streamUrl: string;
  /** Where Twilio POSTs `stream-started`, `stream-stopped` and `stream-error`. */
  readonly streamStatusUrl?: string;
  /** What Twilio POSTs to when the media socket closes while the caller is still there. */
  readonly resumeUrl: string;
  /** Comes back in the stream's `start` message; too long a value is cut. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/**
 * TwiML that puts the call on a two-way media stream, and asks again when the stream ends.
 * @throws when the stream's URL is no URL or has a query, or a parameter's name is too long.
 */
export function answerCall({ streamUrl, streamStatusUrl, resumeUrl, parameters = {} }: CallAnswer): string {
  const url = new URL(streamUrl.replace(/^http/, 'ws'));
  if (url.search !== '') {
    throw new Error(`A <Stream> url takes no query ("${url.search}"): pass the data in parameters instead.`);
  }
  const response = new VoiceResponse();
  const status = streamStatusUrl !== undefined && {
    statusCallback: streamStatusUrl,
    statusCallbackMethod: 'POST' as const,
  };
  const stream = response.connect().stream({ url: url.href, ...status });
  for (const [name, value] of Object.entries(parameters)) {
    stream.parameter({ name, value: fitted(name, value) });
  }
  response.redirect({ method: 'POST' }, resumeUrl);
  return response.toString();
}

/** TwiML that ends the call. */
export function hangUp(): string {
  const response = new VoiceResponse();
  response.hangup();
  return response.toString();
}

/** Cuts between whole characters, and drops those that XML cannot hold (XML 1.0, production 2). */
function fitted(name: string, value: string): string {
  const room = PARAMETER_LIMIT - 1 - name.length;
  if (room < 0) throw new Error(`A <Parameter> name must stay under ${PARAMETER_LIMIT} characters.`);
  let text = '';
  for (const character of value.replace(
    /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu,
    '',
  )) {
    if (text.length + character.length > room) break;
    text += character;
  }
  return text;
}
