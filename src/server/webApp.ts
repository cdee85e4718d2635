import express, { type ErrorRequestHandler, type Express, type Router } from 'express';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { z } from 'zod';
import { adminOnly } from './adminOnly.js';

interface WebAppOptions {
  readonly webhooks: Router;
  readonly api: Router;
  readonly registry: Registry;
  readonly adminToken?: string | undefined;
  /** Whether calls can be taken now. */
  readonly isReady: () => boolean;
  readonly log: Logger;
}

/** The desk over HTTP: Twilio's webhooks and `/health` for all, everything else for the desk's owner. */
export function webApp({ webhooks, api, registry, adminToken, isReady, log }: WebAppOptions): Express {
  const app = express();
  app.disable('x-powered-by');

  app.get('/health', (_request, response) => {
    const ready = isReady();
    response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'closing' });
  });
  app.use(webhooks);
  app.use(['/api', '/metrics', '/calendar.ics'], adminOnly(adminToken));
  app.get('/metrics', async (_request, response) => {
    response.type(registry.contentType).send(await registry.metrics());
  });
  app.use(api);

  app.use((request, response) => {
    response.status(404).json({ error: `There is nothing at ${request.method} ${request.path}.` });
  });

  const onError: ErrorRequestHandler = (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    if (error instanceof z.ZodError) {
      const problems = error.issues.map(
        ({ path, message }) => `${z.core.toDotPath(path) || 'body'}: ${message}`,
      );
      response.status(400).json({ error: problems.join('; ') });
      return;
    }
    const status = statusOf(error);
    if (status >= 500)
      log.error({ err: error, method: request.method, path: request.path }, 'request failed');
    const message = status < 500 && error instanceof Error ? error.message : 'The desk failed; see its log.';
    response.status(status).json({ error: message });
  };
  app.use(onError);
  return app;
}

/** body-parser's errors carry a status; a RangeError is a value the booking rules refuse. */
function statusOf(error: unknown): number {
  if (error instanceof RangeError) return 400;
  if (error instanceof Error && 'status' in error && typeof error.status === 'number') return error.status;
  return 500;
}
