import { DOMParser, onErrorStopParsing, type Element } from '@xmldom/xmldom';

/** `<Connect><Stream>`: puts the call on a media stream until that closes. */
export interface ConnectVerb {
  readonly verb: 'connect';
  /** As written: absolute, or relative to the document. */
  readonly streamUrl: string;
  readonly statusCallback: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
}

/** `<Redirect>`: goes on with the document at another URL. */
interface RedirectVerb {
  readonly verb: 'redirect';
  /** As written: absolute, or relative to the document. */
  readonly url: string;
}

/** `<Hangup>`: ends the call. */
interface HangupVerb {
  readonly verb: 'hangup';
}

/** What a desk can tell the line to do. */
export type TwimlVerb = ConnectVerb | RedirectVerb | HangupVerb;

/**
 * Reads the verbs of a TwiML document in order.
 * @throws when it is no XML, no `<Response>`, or asks for something that the simulated line cannot do.
 */
export function readTwiml(xml: string): TwimlVerb[] {
  const root = new DOMParser({ onError: onErrorStopParsing }).parseFromString(
    xml,
    'text/xml',
  ).documentElement;
  if (root?.tagName !== 'Response') {
    throw new Error(`TwiML begins with <Response>, not <${root?.tagName ?? 'nothing'}>.`);
  }
  return childrenOf(root).map(readVerb);
}

function readVerb(element: Element): TwimlVerb {
  switch (element.tagName) {
    case 'Connect':
      return readConnect(element);
    case 'Redirect':
      if ((element.getAttribute('method') ?? 'POST') !== 'POST') {
        throw new Error('The simulated line follows a <Redirect> by POST only.');
      }
      return { verb: 'redirect', url: (element.textContent ?? '').trim() };
    case 'Hangup':
      return { verb: 'hangup' };
    default:
      throw new Error(`The simulated line does not know <${element.tagName}>.`);
  }
}

function readConnect(element: Element): ConnectVerb {
  const [stream] = childrenOf(element);
  const streamUrl = stream?.getAttribute('url');
  if (stream?.tagName !== 'Stream' || !streamUrl) {
    throw new Error('The simulated line connects to a <Stream> with a url only.');
  }
  const parameters = childrenOf(stream)
    .filter(({ tagName }) => tagName === 'Parameter')
    .map(
      (parameter) => [parameter.getAttribute('name') ?? '', parameter.getAttribute('value') ?? ''] as const,
    );
  return {
    verb: 'connect',
    streamUrl,
    statusCallback: stream.getAttribute('statusCallback') ?? undefined,
    parameters: Object.fromEntries(parameters),
  };
}

function childrenOf(parent: Element): Element[] {
  return Array.from(parent.childNodes).filter((node): node is Element => node.nodeType === node.ELEMENT_NODE);
}
