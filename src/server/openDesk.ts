import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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
import type { Configuration } from './configuration.js';
import { type LiveCall, LiveCalls } from './liveCalls.js';
import { logCall } from './logCall.js';
import { createMetrics } from './metrics.js';
import { openConversation } from './openConversation.js';
import { voiceRoutes } from './voiceRoutes.js';
import { webApp } from './webApp.js';

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
  const { business, twilioAuthToken: authToken, publicUrl, adminToken, language } = configuration;
  const onError = (error: unknown) => {
    metrics.errored();
    log.error({ err: error }, 'error');
  };
  const onWarning = (message: string) => {
    log.warn(message);
  };

  const conversation = await openConversation(configuration, methods, onError);
  const { booking, chats, input, intents, machine, names, now, phraseContext, phrasebook, understander } =
    conversation;
  const [recognizer, voice] = await Promise.all([
    createEmbeddedRecognizer({ vocabulary: { ...intents, names }, onWarning }),
    createFliteSynthesizer(),
  ]);
  const synthesizer = withPromptCache(voice, {
    directory: join(configuration.dataFolder, 'prompts'),
    onWarning,
  });

  const liveCalls = new LiveCalls((sockets$, { callSid, from }) =>
    call(
      sockets$,
      { ...input, callId: callSid, ...(from !== undefined && { callerPhone: from }) },
      { language, recognizer, understander, synthesizer, machine, phrasebook, phraseContext, onError },
    ),
  );
  const metrics = createMetrics(() => liveCalls.count);
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
      voice: voiceRoutes({
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

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(configuration.port, configuration.host, resolve);
  });
  // Spoken while the desk already listens: a call that is faster than this finds the rest made on demand.
  synthesizer.warm(phrasebook.fixedSentences(phraseContext())).catch(onError);

  return {
    port: (server.address() as AddressInfo).port,
    booking,
    calls$: liveCalls.calls$,
    async close() {
      ready = false;
      liveCalls.close();
      media.close();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      await Promise.all([recognizer.close(), voice.close()]);
      await conversation.close();
    },
  };
}
