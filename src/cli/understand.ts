import { createInterface } from 'node:readline';
import { z } from 'zod';
import { readConfiguration } from '../server/configuration.js';
import { deskClock } from '../server/deskClock.js';
import { loadLanguage } from '../server/loadLanguage.js';
import { understandRequest } from '../server/understandRequest.js';
import { UsageError } from './usageError.js';

/** `frontdesk understand --jsonl`: a line in, a line out, in order. */
export async function understand(): Promise<void> {
  const configuration = readConfiguration(process.env);
  const line = understandRequest(deskClock(configuration.startsAt));
  const { understander } = await loadLanguage(configuration.business);
  let count = 0;
  for await (const text of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    count += 1;
    if (text.trim() === '') continue;
    const { text: said, context } = parse(text, line, count);
    const { intent, confidence, slots } = understander.understand(said, context);
    const { date, time, partySize, name, phone } = slots;
    process.stdout.write(
      `${JSON.stringify({ intent, confidence, slots: { date, time, partySize, name, phone } })}\n`,
    );
  }
}

function parse<T>(text: string, line: z.ZodType<T>, number: number): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UsageError(`Line ${number} is not JSON. Write one object a line: {"text":"book a table"}`);
  }
  const parsed = line.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path, message }) => `${z.core.toDotPath(path) || 'line'}: ${message}`,
  );
  throw new UsageError(`Line ${number}: ${problems.join('; ')}`);
}
