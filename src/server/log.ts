import { type DestinationStream, pino, type Logger } from 'pino';

/**
 * The desk's log: JSON lines. Messages carry no personal data; fields that could are masked before they get
 * here.
 * @param destination where the lines go; standard output when absent
 */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return destination ? pino(options, destination) : pino(options);
}
