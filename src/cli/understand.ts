import { createInterface } from 'node:readline';
import { z } from 'zod';
import { readConfiguration } from '../server/configuration.js';
import { deskClock } from '../server/deskClock.js';
import { loadLanguage } from '../server/loadLanguage.js';
import { EXPECTATIONS } from '../streams/expectation.js';
import { UsageError } from './usageError.js';

const line = z.object({
  text: z.string(),
  expecting: z.enum(EXPECTATIONS).optional(),
  now: z.iso.datetime({ offset: true }).optional(),
});

/** `frontdesk understand --jsonl`: a line in, a line out, in order. */
export async function understand(): Promise<void> {
  const configuration = readConfiguration(process.env);
  const now = deskClock(configuration.startsAt);
  const { understander } = await loadLanguage(configuration.business);
  let count = 0;
  for await (const text of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    count += 1;
    if (text.trim() === '') continue;
    const { text: said, expecting, now: at } = parse(text, count);
    const context = { ...(expecting && { expecting }), now: at === undefined ? now() : new Date(at) };
    const { intent, confidence, slots } = understander.understand(said, context);
    const { date, time, partySize, name, phone } = slots;
    process.stdout.write(
      `${JSON.stringify({ intent, confidence, slots: { date, time, partySize, name, phone } })}\n`,
    );
  }
}

function parse(text: string, number: number): z.output<typeof line> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UsageError(`Line ${number} is not JSON. Write one object a line: {"text":"book a table"}`);
  }
  const parsed = line.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new UsageError(`Line ${number}: ${problems.join('; ')}`);
}
