import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { deskHoursSchema } from '../booking/deskHours.js';
import { ConfigurationError } from './configurationError.js';
import { e164 } from './e164.js';

/** Empty is unset: that is how a variable is cleared in most shells and container files. */
const set = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const url = (protocols: RegExp, example: string) =>
  z.url({ protocol: protocols, error: `give a URL such as ${example}` });

const environmentSchema = z.object({
  PORT: set(
    z.coerce
      .number({ error: 'give a port number, 0 to 65535 (0 picks a free one)' })
      .int('give a whole port number')
      .min(0, 'give a port number, 0 to 65535')
      .max(65_535, 'give a port number, 0 to 65535'),
  ),
  HOST: set(z.string()),
  PUBLIC_URL: set(url(/^https?$/, 'https://desk.example.org')),
  DATABASE_URL: set(z.string()),
  SPEECH_TO_TEXT: set(z.enum(['embedded'], { error: 'only "embedded" is built in so far' })),
  TEXT_TO_SPEECH: set(z.enum(['embedded'], { error: 'only "embedded" is built in so far' })),
  LANGUAGE_CODE: set(z.enum(['en-GB'], { error: 'only "en-GB" is built in so far' })),
  TWILIO_AUTH_TOKEN: set(z.string()),
  ADMIN_TOKEN: set(z.string().min(8, 'give at least 8 characters')),
  LOG_LEVEL: set(
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'give one of fatal, error, warn, info, debug, trace, silent',
    }),
  ),
  LOG_PERSONAL: set(z.enum(['true', 'false'], { error: 'give true or false' })),
  FRONTDESK_CONFIG: set(z.string()),
  FRONTDESK_NOW: set(
    z.iso.datetime({ offset: true, error: 'give an ISO instant such as 2026-11-23T09:00:00Z' }),
  ),
});

const businessSchema = deskHoursSchema
  .extend({
    business: z.string().min(1, 'give the name that callers hear').default('Frontdesk'),
    address: z.string().min(1, 'give the address as it is spoken').optional(),
    asksPartySize: z.boolean().default(false),
    handOffNumber: e164.optional(),
    intents: z
      .string()
      .regex(
        /\.json$/,
        'name a file that ends in .json: its network lies in the folder named as it is without',
      )
      .optional(),
  })
  .strict();

/** What the business says of itself: the fields of `FRONTDESK_CONFIG`, with their defaults. */
export type Business = z.output<typeof businessSchema>;

/** The same as it may be written: everything has a default. */
export type BusinessInput = z.input<typeof businessSchema>;

/** All that a desk is configured with, validated. */
export interface Configuration {
  /** 0 picks a free port. */
  readonly port: number;
  readonly host?: string | undefined;
  readonly publicUrl?: string | undefined;
  readonly databaseUrl: string;
  /** Where the desk keeps what it can make again, such as spoken prompts. */
  readonly dataFolder: string;
  readonly language: 'en-GB';
  readonly twilioAuthToken?: string | undefined;
  readonly adminToken?: string | undefined;
  readonly logLevel: string;
  /** Whether callers' names and telephone numbers stand in the log as they are. */
  readonly logsPersonalData: boolean;
  /** Where the desk's clock starts; the process's own time when absent. */
  readonly startsAt?: Date | undefined;
  readonly business: Business;
}

/**
 * Reads the environment, and the file that `FRONTDESK_CONFIG` names, once.
 * @throws {ConfigurationError} naming every variable or field that is wrong, and what to write instead.
 */
export function readConfiguration(environment: NodeJS.ProcessEnv): Configuration {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) throw new ConfigurationError(problems(parsed.error));
  const env = parsed.data;
  return {
    port: env.PORT ?? 8080,
    host: env.HOST,
    publicUrl: env.PUBLIC_URL,
    databaseUrl: env.DATABASE_URL ?? 'data/frontdesk.db',
    dataFolder: 'data',
    language: env.LANGUAGE_CODE ?? 'en-GB',
    twilioAuthToken: env.TWILIO_AUTH_TOKEN,
    adminToken: env.ADMIN_TOKEN,
    logLevel: env.LOG_LEVEL ?? 'info',
    logsPersonalData: env.LOG_PERSONAL === 'true',
    startsAt: env.FRONTDESK_NOW === undefined ? undefined : new Date(env.FRONTDESK_NOW),
    business: env.FRONTDESK_CONFIG === undefined ? parseBusiness({}) : readBusiness(env.FRONTDESK_CONFIG),
  };
}

/**
 * Checks what a business says of itself and fills in the defaults.
 * @param source names where it was written, for the error message
 */
export function parseBusiness(input: unknown, source = 'the desk'): Business {
  const parsed = businessSchema.safeParse(input);
  if (!parsed.success) throw new ConfigurationError(problems(parsed.error), source);
  return parsed.data;
}

/** A relative path in the file starts from the file's folder, so that the desk starts in any. */
function readBusiness(file: string): Business {
  const path = resolve(file);
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    const why = cause instanceof SyntaxError ? `is not JSON (${cause.message})` : 'cannot be read';
    throw new ConfigurationError([`FRONTDESK_CONFIG: ${path} ${why}; name a JSON file`], undefined, {
      cause,
    });
  }
  const business = parseBusiness(json, `FRONTDESK_CONFIG (${path})`);
  if (business.intents === undefined) return business;
  return { ...business, intents: resolve(dirname(path), business.intents) };
}

function problems(error: z.ZodError): string[] {
  return error.issues.map(({ path, message }) => `${z.core.toDotPath(path) || 'value'}: ${message}`);
}
