import { readConfiguration } from '../server/configuration.js';
import { createLog } from '../server/log.js';
import { openDesk } from '../server/openDesk.js';

/** `frontdesk serve`: answers calls until it is told to end. */
export async function serve(): Promise<void> {
  const configuration = readConfiguration(process.env);
  const log = createLog(configuration.logLevel);
  const desk = await openDesk(configuration, {}, log);
  log.info({ port: desk.port, business: configuration.business.business }, 'the desk takes calls');

  const end = (signal: NodeJS.Signals) => {
    log.info({ signal }, 'closing');
    desk.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.fatal({ err: error }, 'could not close');
        process.exit(1);
      },
    );
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}
