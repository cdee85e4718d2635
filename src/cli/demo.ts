import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filter, lastValueFrom, mergeMap, tap } from 'rxjs';
import { readConfiguration } from '../server/configuration.js';
import { createDesk } from '../server/createDesk.js';
import { createLog } from '../server/log.js';
import type { OpenDesk } from '../server/openDesk.js';
import { createFliteSynthesizer } from '../speech/embedded/fliteSynthesizer.js';
import { dial } from '../testing/simulatedCall.js';
import { simulatedCaller } from '../testing/simulatedCaller.js';
import { formatBooking } from './formatBooking.js';
import { Transcript } from './transcript.js';

/** What the demo's caller answers to each prompt, by its key. */
const ANSWERS: Readonly<Record<string, string>> = {
  greeting: "I'd like to book a table for tomorrow at two.",
  howCanIHelp: 'Book a table for tomorrow at two.',
  askDate: 'Tomorrow.',
  askTime: "Two o'clock.",
  askName: 'John Smith.',
  confirm: 'Yes please.',
  refused: 'The first one.',
  booked: 'No thank you.',
  anythingElse: 'No thank you.',
};

/**
 * `frontdesk demo`: starts a desk on a free port with a store of its own, rings it over the Twilio protocol in
 * another voice, and prints both sides.
 * @returns the exit code: 0 only when the booking is in the store
 */
export async function demo(): Promise<number> {
  // A demonstration shows the call rather than the log. Empty is unset, as everywhere.
  const level = process.env['LOG_LEVEL'] ?? '';
  const { logLevel } = readConfiguration({ LOG_LEVEL: level === '' ? 'warn' : level });
  const folder = await mkdtemp(join(tmpdir(), 'frontdesk-demo-'));
  try {
    const log = createLog(logLevel);
    const desk = await createDesk({ dataFolder: folder, host: '127.0.0.1', log }).listen(0);
    try {
      return await bookByPhone(desk);
    } finally {
      await desk.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function bookByPhone(desk: OpenDesk): Promise<number> {
  const voice = await createFliteSynthesizer({ voice: 'rms' });
  try {
    const url = `http://127.0.0.1:${desk.port}`;
    const transcript = new Transcript();
    transcript.note(`A desk answers at ${url}; a caller rings it.\n`);
    const listening = desk.calls$
      .pipe(
        mergeMap(({ events$ }) => events$),
        filter((event) => event.type === 'said'),
      )
      .subscribe({
        next: ({ text }) => {
          transcript.desk(text);
        },
        error: (error: unknown) => {
          transcript.note(String(error));
        },
      });

    const call = dial({ url, from: '+441632960123', to: '+441632960000' });
    await lastValueFrom(
      simulatedCaller({ call, voice, plan: (key) => ANSWERS[key] }).pipe(
        tap((event) => {
          if (event.type === 'said') transcript.caller(event.line);
          else if (event.type === 'answered') transcript.answered(event.latencyMs);
          else if (event.type === 'ended') transcript.note(`\nThe call ended: ${event.reason}.`);
        }),
      ),
    );
    listening.unsubscribe();

    const rows = await desk.booking.bookings();
    const booked = rows.filter(({ status }) => status === 'booked');
    console.log(
      booked.length > 0
        ? `In the store: ${booked.map(formatBooking).join('; ')}`
        : 'In the store: nothing. The call booked no table.',
    );
    const sorted = transcript.latencies.toSorted((a, b) => a - b);
    const median = sorted[Math.floor(sorted.length / 2)];
    if (median !== undefined) {
      console.log(
        `Answers, from the caller's last sound to the desk's first: median ${Math.round(median)} ms, ` +
          `slowest ${Math.round(sorted.at(-1) ?? 0)} ms.`,
      );
    }
    return booked.length > 0 ? 0 : 1;
  } finally {
    await voice.close();
  }
}
