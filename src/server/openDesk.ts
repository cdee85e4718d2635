import { createServer } from 'node:http';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Observable } from 'rxjs';
import type { BookingDesk } from '../booking/booking.js';
import { call } from '../call.js';
import { createEmbeddedRecognizer } from '../speech/embedded/embeddedRecognizer.js';
import { createFliteSynthesizer } from '../speech/embedded/fliteSynthesizer.js';
import { withPromptCache } from '../speech/promptCache.js';
import { serveMedia } from '../telephony/mediaServer.js';
import type { Method } from './answers.js';
import { apiRoutes } from './apiRoutes.js';
import { closeAll, type Opened } from './closeAll.js';
import type { Configuration } from './configuration.js';
import { e164 } from './e164.js';
import { isLoopback } from './isLoopback.js';
import { type LiveCall, LiveCalls } from './liveCalls.js';
import { logCall } from './logCall.js';
import { listen } from './listen.js';
import { createMetrics } from './metrics.js';
import { openConversation } from './openConversation.js';
import { warmUp } from './warmUp.js';
import { webApp } from './webApp.js';
import { webhookRoutes } from './webhookRoutes.js';

/** A desk that can take calls. */
export interface OpenDesk {
  readonly port: number;
  readonly booking: BookingDesk;
  /** Each call as it is answered, hot. */
  readonly calls$: Observable<LiveCall>;
  /** Hangs up, stops listening and closes the store. */
  close(): Promise<void>;
}

/**
 * The composition root: opens the store, the models and the voices, and listens.
 * @throws when something that a call needs cannot be had; the message says what, and what to do.
 */
export async function openDesk(
  configuration: Configuration,
  methods: Readonly<Record<string, Method>>,
  log: Logger,
): Promise<OpenDesk> {
  const opened: Opened = [];
  try {
    return await open(configuration, methods, log, opened);
  } catch (error) {
    await closeAll(opened).catch((failure: unknown) => {
      log.error({ err: failure }, 'could not close');
    });
    throw error;
  }
}

async function open(
  configuration: Configuration,
  methods: Readonly<Record<string, Method>>,
  log: Logger,
  opened: Opened,
): Promise<OpenDesk> {
  const { business, twilioAuthToken: authToken, publicUrl, adminToken, language } = configuration;
  const metrics = createMetrics();
  const onError = (error: unknown) => {
    metrics.errored();
    log.error({ err: error }, 'error');
  };
  const onWarning = (message: string) => {
    log.warn(message);
  };

  // Behind PUBLIC_URL even a loopback address is reached from outside.
  if (authToken === undefined && (publicUrl !== undefined || !isLoopback(configuration.host ?? ''))) {
    onWarning(
      "TWILIO_AUTH_TOKEN is not set: requests are NOT checked for Twilio's signature, so anyone who reaches " +
        'this port can place calls. Set it before the desk is reachable from outside.',
    );
  }

  const conversation = await openConversation(configuration, methods, onError, onWarning);
  opened.push(() => conversation.close());
  const { booking, chats, input, intents, machine, names, now, phraseContext, phrasebook, understander } =
    conversation;
  const voice = await createFliteSynthesizer();
  opened.push(() => voice.close());
  const recognizer = await createEmbeddedRecognizer({
    vocabulary: { ...intents, names },
    onWarning,
    onDroppedAudio: (milliseconds) => {
      metrics.audioDropped(milliseconds);
    },
  });
  opened.push(() => recognizer.close());
  const synthesizer = withPromptCache(voice, {
    directory: join(configuration.dataFolder, 'prompts'),
    onWarning,
  });

  const liveCalls = new LiveCalls((sockets$, { callSid, from }) => {
    // A caller who withholds the number, or rings from an app, has a name in its place.
    const { data: callerPhone } = e164.safeParse(from);
    return call(
      sockets$,
      { ...input, callId: callSid, ...(callerPhone !== undefined && { callerPhone }) },
      { language, recognizer, understander, voice: synthesizer, machine, phrasebook, phraseContext, onError },
    );
  });
  const personal = configuration.logsPersonalData;
  liveCalls.calls$.subscribe({
    next: (live) => {
      logCall(live, { log, metrics, personal });
    },
    error: onError,
  });

  let ready = true;
  const server = createServer(
    webApp({
      webhooks: webhookRoutes({
        authToken,
        publicUrl,
        liveCalls,
        log,
        onBadSignature: () => {
          metrics.protocolError('badSignature');
        },
      }),
      api: apiRoutes({ booking, understander, chats, hours: business, business: business.business, now }),
      registry: metrics.registry,
      adminToken,
      isReady: () => ready,
      log,
    }),
  );
  const media = serveMedia(server, {
    authToken,
    publicUrl,
    onProtocolError: ({ kind, detail, callSid }) => {
      metrics.protocolError(kind);
      log.warn({ kind, detail, callSid }, 'protocol error');
    },
  });
  media.sockets$.subscribe({
    next: (socket) => {
      liveCalls.take(socket);
    },
    error: onError,
  });

  const listening = await listen(server, configuration);
  opened.push(
    () => listening.close(),
    () => {
      media.close();
    },
    () => {
      ready = false;
      liveCalls.close();
    },
  );
  // While the desk already listens: a call that is faster than this finds the rest made on demand.
  Promise.all([
    warmUp(understander, booking, now()),
    synthesizer.warm(phrasebook.fixedSentences(phraseContext())),
  ]).catch((error: unknown) => {
    if (ready) onError(error);
  });

  return { port: listening.port, booking, calls$: liveCalls.calls$, close: () => closeAll(opened) };
}
