import express, { type Request, type RequestHandler, Router } from 'express';
import type { Logger } from 'pino';
import { deskUrl } from '../telephony/deskUrl.js';
import { MEDIA_PATH } from '../telephony/mediaServer.js';
import { isSignedWebhook } from '../telephony/signature.js';
import { answerCall, hangUp } from '../telephony/voiceTwiml.js';
import type { LiveCalls } from './liveCalls.js';

interface WebhookOptions {
  readonly authToken?: string | undefined;
  readonly publicUrl?: string | undefined;
  readonly liveCalls: LiveCalls;
  readonly log: Logger;
  readonly onBadSignature: () => void;
}

type Form = Readonly<Record<string, string | undefined>>;

/** The fields of a POST; none when it has no body, or one that is no form. */
const formOf = (request: Request) => (request.body ?? {}) as Form;

/**
 * What Twilio asks of the desk: how to answer a call (`POST /`), what to do when its media stream ends
 * (`POST /resume`), and the news of the stream (`POST /stream-status`). Signed, when there is a token.
 */
export function webhookRoutes({
  authToken,
  publicUrl,
  liveCalls,
  log,
  onBadSignature,
}: WebhookOptions): Router {
  const router = Router();
  const form = express.urlencoded({ extended: false, limit: '64kb' });

  const signed: RequestHandler = (request, response, next) => {
    const { originalUrl: url, headers, secure: encrypted } = request;
    const fields = request.body as Record<string, string | readonly string[]>;
    if (
      authToken !== undefined &&
      !isSignedWebhook({ url, headers, form: fields }, { authToken, publicUrl, encrypted })
    ) {
      onBadSignature();
      response.status(403).type('text/plain').send('The request is not signed by the Twilio account.');
      return;
    }
    next();
  };

  const answer = (request: Request): string => {
    const base = deskUrl(request.headers, { publicUrl, encrypted: request.secure });
    if (base === undefined) throw new Error('the request has no host header to build the stream URL from');
    const { From: from } = formOf(request);
    return answerCall({
      streamUrl: new URL(MEDIA_PATH.slice(1), base).href,
      streamStatusUrl: new URL('stream-status', base).href,
      resumeUrl: new URL('resume', base).href,
      ...(from !== undefined && { parameters: { from } }),
    });
  };

  router.post('/', form, signed, (request, response) => {
    response.type('text/xml').send(answer(request));
  });

  // The stream has ended. When the conversation has too, so does the call; else the caller is still there.
  router.post('/resume', form, signed, (request, response) => {
    const { CallSid: callSid = '' } = formOf(request);
    response.type('text/xml').send(liveCalls.hasEnded(callSid) ? hangUp() : answer(request));
  });

  router.post('/stream-status', form, signed, (request, response) => {
    const { CallSid: callSid, StreamEvent: event, StreamError: error } = formOf(request);
    const level = event === 'stream-error' ? 'warn' : 'debug';
    log[level]({ callSid, event, error }, 'stream status');
    response.sendStatus(204);
  });

  return router;
}
