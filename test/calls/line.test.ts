import { once } from 'node:events';
import { filter, firstValueFrom } from 'rxjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { MediaLeg } from '../../src/testing/mediaLeg.js';
import { HOSTILE_MESSAGES } from '../telephony/hostileMessages.js';
import { sendStart } from '../telephony/loopbackDesk.js';
import { cuttableLine } from './cuttableLine.js';
import { callerVoice } from './callerVoice.js';
import { openedDesk, type OpenedDesk } from './openedDesk.js';
import { booksFor, spokenCall } from './spokenCall.js';

/** The samples of a metric, by their labels. */
async function metric(url: string, name: string): Promise<Record<string, number>> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const samples = [...text.matchAll(new RegExp(`^${name}(?:\\{kind="(\\w+)"\\})? (\\S+)$`, 'gm'))];
  return Object.fromEntries(samples.map(([, kind = '', value]) => [kind, Number(value)]));
}

// A spoken booking takes some twenty seconds of real time, and a silent caller forty.
describe('a line', { concurrent: true, timeout: 120_000 }, () => {
  let desk: OpenedDesk;
  let voice: Awaited<ReturnType<typeof callerVoice>>;
  beforeAll(async () => {
    [desk, voice] = await Promise.all([openedDesk({ logsPersonalData: true }), callerVoice('awb')]);
  }, 30_000);
  afterAll(async () => {
    await desk[Symbol.asyncDispose]();
    await voice.close();
  });

  it('books while another sends what no telephone network would', async () => {
    const from = '+441632960211';
    const booking = spokenCall({ url: desk.url, from }, voice, booksFor('tomorrow', 'two'));
    await booking.hears('greeting');

    const hostile = new WebSocket(`${desk.url.replace('http', 'ws')}/media`);
    await once(hostile, 'open');
    sendStart(hostile);
    for (const [, message] of HOSTILE_MESSAGES) hostile.send(message);
    hostile.on('error', () => undefined); // the desk may hang up before all of it is written
    hostile.send('x'.repeat(10_000_000));
    await once(hostile, 'close');

    expect(await booking.ended).toEqual({ reason: 'deskHungUp' });
    expect(await desk.bookedBy(from)).toEqual(['2026-11-24 14:00 John Smith']);
    const counts: Record<string, number> = { tooLarge: 1 };
    for (const [, , kind] of HOSTILE_MESSAGES) counts[kind] = (counts[kind] ?? 0) + 1;
    expect(await metric(desk.url, 'frontdesk_protocol_errors_total')).toEqual(counts);
    // This desk was asked to write down who called.
    const lines = desk.log.filter(({ callSid }) => callSid === booking.call.callSid);
    expect(lines).toContainEqual(expect.objectContaining({ msg: 'call answered', from }));
    expect(lines).toContainEqual(expect.objectContaining({ msg: 'turn', slots: { name: 'John Smith' } }));
    expect(desk.log.filter(({ msg }) => msg === 'protocol error')).toHaveLength(HOSTILE_MESSAGES.length + 1);
  });

  it('with nobody speaking on it is asked twice, each time differently, and then left politely', async () => {
    const silent = spokenCall({ url: desk.url }, voice, {});
    expect(await silent.ended).toEqual({ reason: 'deskHungUp' });
    expect(silent.heard).toEqual(['greeting', 'howCanIHelp', 'howCanIHelp', 'giveUp']);
    expect(desk.saidIn(silent.call.callSid)).toEqual([
      'Hello, this is Frontdesk. How can I help?',
      "Sorry, I didn't hear anything. You can say, for example: a table for tomorrow at two.",
      'Are you still there? You can say, for example: a table for tomorrow at two.',
      "I can't hear you, so I'll hang up now. Please call again. Goodbye.",
    ]);
  });

  it('that is cut in the middle of a booking comes back, and the booking goes on where it was', async () => {
    const from = '+441632960221';
    await using line = await cuttableLine(desk.desk.port);
    const answers = booksFor('Friday', 'four');
    let cuts = 0;
    const lost = spokenCall({ url: line.url, from }, voice, (key) => {
      if (key !== 'askName' || cuts > 0) return answers[key];
      cuts += 1;
      line.cut();
      return undefined;
    });
    expect(await lost.ended).toEqual({ reason: 'deskHungUp' });
    expect(desk.saidIn(lost.call.callSid)).toContain(
      'Sorry, we were cut off. What name shall I put it under?',
    );
    expect(await desk.bookedBy(from)).toEqual(['2026-11-27 16:00 John Smith']);
  });

  it('of the same call takes over from the one before, which is closed', async () => {
    const from = '+441632960231';
    const answers = booksFor('Friday', 'eleven');
    let back = false;
    const doubled = spokenCall({ url: desk.url, from }, voice, (key) =>
      key === 'askName' && !back ? undefined : answers[key],
    );
    const { call } = doubled;
    const closed = firstValueFrom(call.desk$.pipe(filter(({ type }) => type === 'streamClosed')));
    await doubled.hears('askName');
    const second = await MediaLeg.open({
      url: `${desk.url.replace('http', 'ws')}/media`,
      accountSid: 'AC1',
      callSid: call.callSid,
      customParameters: {},
      authToken: undefined,
      onMessage: () => undefined,
      onWarning: () => undefined,
    });
    await closed;
    // The line whose stream was closed asks what comes next, and so comes back in its turn.
    await second.closed;
    back = true;
    expect(await doubled.ended).toEqual({ reason: 'deskHungUp' });
    expect(
      desk.log.filter(({ msg, callSid }) => msg === 'call answered' && callSid === call.callSid),
    ).toHaveLength(1);
    expect(desk.saidIn(call.callSid)).toContain('Sorry, we were cut off. What name shall I put it under?');
    expect(await desk.bookedBy(from)).toEqual(['2026-11-27 11:00 John Smith']);
  });
});
