import { delay, filter, firstValueFrom, lastValueFrom } from 'rxjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callerVoice } from './callerVoice.js';
import { openedDesk, type OpenedDesk } from './openedDesk.js';
import { booksFor, spokenCall } from './spokenCall.js';

// A spoken booking takes some twenty seconds of real time.
describe('spoken calls', { concurrent: true, timeout: 120_000 }, () => {
  let desk: OpenedDesk;
  let voice: Awaited<ReturnType<typeof callerVoice>>;
  beforeAll(async () => {
    [desk, voice] = await Promise.all([openedDesk(), callerVoice('rms')]);
  }, 30_000);
  afterAll(async () => {
    await desk[Symbol.asyncDispose]();
    await voice.close();
  });

  it('book different hours at the same time, and offer others to whoever asks for one of these next', async () => {
    const [john, mary, peter] = ['+441632960111', '+441632960112', '+441632960113'];
    const first = spokenCall({ url: desk.url, from: john }, voice, booksFor('tomorrow', 'two'));
    const other = spokenCall({ url: desk.url, from: mary }, voice, booksFor('Friday', 'four', 'Mary Jones.'));
    await first.hears('booked');
    expect(await desk.bookedBy(john)).toEqual(['2026-11-24 14:00 John Smith']);
    const next = spokenCall(
      { url: desk.url, from: peter },
      voice,
      booksFor('tomorrow', 'two', 'Peter Brown.'),
    );

    expect(await first.ended).toEqual({ reason: 'deskHungUp' });
    expect(await other.ended).toEqual({ reason: 'deskHungUp' });
    expect(await desk.bookedBy(mary)).toEqual(['2026-11-27 16:00 Mary Jones']);

    expect(await next.ended).toEqual({ reason: 'deskHungUp' });
    expect(next.heard).toContain('refused');
    expect(desk.saidIn(next.call.callSid)).toContain(
      "I'm sorry, two o'clock tomorrow is taken. I have one o'clock, four o'clock or eleven o'clock. " +
        'Which would you like?',
    );
    expect(await desk.bookedBy(peter)).toEqual(['2026-11-24 13:00 Peter Brown']);

    // Who called, and what for, is the business of nobody who reads the log.
    const turns = desk.log.filter(({ msg }) => msg === 'turn');
    expect(turns).toContainEqual(
      expect.objectContaining({
        callSid: first.call.callSid,
        state: 'active.collecting.askingName',
        heard: '[redacted]',
        intent: 'inform',
        slots: { name: '[redacted]' },
        said: "That's two o'clock tomorrow, in the name of [redacted]. Shall I book it?",
      }),
    );
    expect(JSON.stringify(desk.log)).not.toMatch(/john|smith|mary|jones|\+44/i);

    for (const { call, heard } of [first, other, next]) {
      expect(heard).toEqual(desk.promptsOf(call.callSid));
      expect(heard.slice(-4)).toEqual(['askName', 'confirm', 'booked', 'goodbye']);
    }
  });

  it('end at "stop" in the middle of a booking, and leave none', async () => {
    const from = '+441632960131';
    const stopped = spokenCall({ url: desk.url, from }, voice, {
      ...booksFor('Friday', 'one'),
      confirm: 'Stop.',
    });
    const hungUpAt = lastValueFrom(
      stopped.call.desk$.pipe(filter(({ type }) => type === 'streamClosed')),
    ).then(({ at }) => at);
    expect(await stopped.ended).toEqual({ reason: 'deskHungUp' });
    expect(stopped.heard.slice(-3)).toEqual(['askName', 'confirm', 'stopped']);
    expect(desk.saidIn(stopped.call.callSid).at(-1)).toBe('Nothing is booked. Goodbye.');
    expect(await desk.bookedBy(from)).toEqual([]);
    const answer = stopped.events.findLast((event) => event.type === 'answered');
    expect(answer?.latencyMs).toBeLessThan(1500);
    // Nothing more was said, and the line was closed as soon as that was heard.
    const heardAt = stopped.events.findLast((event) => event.type === 'heard')?.at ?? Infinity;
    expect((await hungUpAt) - heardAt).toBeLessThan(500);
  });

  it('hear an answer that is spoken over the question, and say no more of it', async () => {
    const from = '+441632960141';
    const impatient = spokenCall({ url: desk.url, from }, voice, booksFor('Friday', 'two'));
    const yes = await voice.synthesize('Yes please.');
    const { desk$ } = impatient.call;
    const cleared = firstValueFrom(desk$.pipe(filter((event) => event.type === 'cleared')));
    await impatient.hears('askName');
    await firstValueFrom(
      desk$.pipe(
        filter(({ type }) => type === 'playbackStarted'),
        delay(700),
      ),
    );
    await impatient.call.say(yes);
    expect((await cleared).discardedMs).toBeGreaterThan(1000);
    await impatient.ended;
    expect(impatient.heard.slice(-3)).toEqual(['askName', 'booked', 'goodbye']);
    expect(await desk.bookedBy(from)).toEqual(['2026-11-27 14:00 John Smith']);
    const played = desk.eventsOf(impatient.call.callSid).filter((event) => event.type === 'played');
    expect(played.slice(-4).map(({ cut }) => cut)).toEqual([false, true, false, false]);
  });
});
