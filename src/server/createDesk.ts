import { join } from 'node:path';
import type { Logger } from 'pino';
import type { z } from 'zod';
import type { deskHoursSchema } from '../booking/deskHours.js';
import type { Method } from './answers.js';
import { type BusinessInput, parseBusiness } from './configuration.js';
import { createLog } from './log.js';
import { openDesk, type OpenDesk } from './openDesk.js';

type HoursInput = z.input<typeof deskHoursSchema>;

/** A desk as a program describes it; everything has a default. */
export interface DeskOptions extends Omit<BusinessInput, keyof HoursInput> {
  /** Time zone, weekly opening, closures, slot length, capacity, taken hours and horizon. */
  readonly hours?: HoursInput;
  /** Functions bound to intents' tags: the text that one returns is spoken. */
  readonly methods?: Readonly<Record<string, Method>>;
  /** Where the desk keeps its files; `data` when absent. */
  readonly dataFolder?: string;
  /** A file; `frontdesk.db` in the data folder when absent. */
  readonly databaseUrl?: string;
  /** Where Twilio reaches the desk, when no header tells. */
  readonly publicUrl?: string;
  /** With it, only what Twilio has signed is answered. */
  readonly twilioAuthToken?: string;
  /** Lets other machines use the API. */
  readonly adminToken?: string;
  readonly host?: string;
  /** Where the desk's clock starts; the process's time when absent. */
  readonly startsAt?: Date;
  /** Writes callers' names and telephone numbers into the log. */
  readonly logsPersonalData?: boolean;
  readonly log?: Logger;
}

/** A desk that was described but does not listen yet. */
export interface Desk {
  /**
   * Opens the store, the models and the voices, and takes calls.
   * @param port 0 picks a free one
   */
  listen(port?: number): Promise<OpenDesk>;
}

/**
 * Describes a desk.
 *
 * ```ts
 * const desk = createDesk({
 *   business: 'The Olive Tree',
 *   hours: { timeZone: 'Europe/London', takenHours: [] },
 *   methods: { MenuInquiry: () => 'Today we have lamb, and a mushroom pie.' },
 * });
 * await desk.listen(8080);
 * ```
 *
 * @throws {ConfigurationError} that lists every wrong field and what to write instead
 */
export function createDesk(options: DeskOptions = {}): Desk {
  const {
    methods = {},
    dataFolder = 'data',
    databaseUrl = join(dataFolder, 'frontdesk.db'),
    publicUrl,
    twilioAuthToken,
    adminToken,
    host,
    startsAt,
    logsPersonalData = false,
    log,
    hours,
    ...rest
  } = options;
  const business = parseBusiness({ ...hours, ...rest });
  return {
    listen: (port = 8080) =>
      openDesk(
        {
          port,
          host,
          publicUrl,
          databaseUrl,
          dataFolder,
          language: 'en-GB',
          twilioAuthToken,
          adminToken,
          logLevel: 'info',
          logsPersonalData,
          startsAt,
          business,
        },
        methods,
        log ?? createLog('info'),
      ),
  };
}
