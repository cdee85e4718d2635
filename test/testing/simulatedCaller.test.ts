import { filter, firstValueFrom, lastValueFrom, take, toArray } from 'rxjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFliteSynthesizer, type FliteSynthesizer } from '../../src/speech/embedded/fliteSynthesizer.js';
import type { InboundMessage, MediaMessage } from '../../src/telephony/inboundMessage.js';
import { dial } from '../../src/testing/simulatedCall.js';
import { simulatedCaller, type CallerEvent, type CallerPlan } from '../../src/testing/simulatedCaller.js';
import { voicedFrames } from '../../src/testing/voicedFrames.js';
import { CONNECT, HANGUP, tinyDesk, type DeskStream, type TinyDesk } from './tinyDesk.js';
import { tone } from './tone.js';

const from = '+441134960000';
const to = '+441134960999';
const twiml = ({ path }: { path: string }): string => (path === '/' ? CONNECT : HANGUP);
const isMedia = (message: InboundMessage): message is MediaMessage => message.type === 'media';

/** Resolves when the caller has made a sound and then been silent for 300 ms. */
async function utterance(stream: DeskStream): Promise<void> {
  const seen = stream.messages.length;
  let silent = -Infinity;
  await firstValueFrom(
    stream.message$.pipe(
      filter((message, index): message is MediaMessage => index >= seen && isMedia(message)),
      filter(({ payload }) => {
        silent = voicedFrames(payload).length > 0 ? 0 : silent + 1;
        return silent === 15;
      }),
    ),
  );
}

/** Asks one prompt after another, each after the caller has answered the one before, and hangs up. */
async function ask(desk: TinyDesk, keys: readonly string[]): Promise<void> {
  const stream = await desk.nthStream(1);
  for (const [index, key] of keys.entries()) {
    const answer = utterance(stream);
    stream.send({ type: 'media', payload: tone(100) });
    stream.send({ type: 'mark', name: `${key}#${index + 1}` });
    await answer;
  }
  stream.webSocket.close();
}

const told = (events: readonly CallerEvent[]): string[] =>
  events.map((event) => {
    switch (event.type) {
      case 'heard':
        return `heard ${event.key}`;
      case 'said':
        return `said ${event.line}`;
      case 'answered':
        return 'answered';
      case 'ended':
        return `ended: ${event.reason}`;
    }
  });

describe('simulatedCaller', { concurrent: true }, () => {
  let voice: FliteSynthesizer;
  beforeAll(async () => {
    voice = await createFliteSynthesizer({ voice: 'rms' });
  });
  afterAll(async () => {
    await voice.close();
  });

  async function wholeCall(plan: CallerPlan, keys: readonly string[]): Promise<CallerEvent[]> {
    await using desk = await tinyDesk(twiml);
    const call = dial({ url: desk.url, from, to });
    const events = lastValueFrom(simulatedCaller({ call, voice, plan }).pipe(toArray()));
    await ask(desk, keys);
    return await events;
  }

  it('says one line after another, each once the desk has finished', async () => {
    const events = await wholeCall(['yes', 'no'], ['greeting', 'askDate']);
    expect(told(events)).toEqual([
      'heard greeting',
      'said yes',
      'answered',
      'heard askDate',
      'said no',
      'ended: deskHungUp',
    ]);
  });

  it('answers what it was asked', async () => {
    const answers: Record<string, string> = { askTime: 'two', askName: 'Ann' };
    const events = await wholeCall((key) => answers[key], ['askName', 'askTime']);
    expect(told(events).filter((line) => line.startsWith('said'))).toEqual(['said Ann', 'said two']);
  });

  it('measures the answers from the end of its own voice', async () => {
    const events = await wholeCall(['yes', 'no'], ['greeting', 'askDate']);
    const said = events.find((event) => event.type === 'said');
    const answered = events.find((event) => event.type === 'answered');
    if (said?.at === undefined || answered?.type !== 'answered') throw new Error('no answer');
    expect(answered.lastVoicedAt).toBe(said.at);
    // This desk waits for 15 frames of silence.
    expect(answered.latencyMs).toBeGreaterThan(280);
    expect(answered.latencyMs).toBeLessThan(600);
  });

  it('waits until the desk has been quiet for 300 ms', async () => {
    await using desk = await tinyDesk(twiml);
    const call = dial({ url: desk.url, from, to });
    const events = lastValueFrom(simulatedCaller({ call, voice, plan: ['yes'] }).pipe(toArray()));
    const stream = await desk.nthStream(1);
    const finished = call.desk$.pipe(
      filter(({ type }) => type === 'playbackFinished'),
      take(2),
      toArray(),
    );
    const pauses = lastValueFrom(finished);
    const answer = utterance(stream);
    stream.send({ type: 'media', payload: tone(60) });
    await firstValueFrom(call.desk$.pipe(filter(({ type }) => type === 'playbackFinished')));
    stream.send({ type: 'media', payload: tone(60) });
    await answer;
    stream.webSocket.close();
    await events;
    const [, second] = await pauses;
    const firstSoundAt = (voicedFrames(call.recording.caller)[0] ?? 0) * 20;
    const lastDeskSoundAt = ((voicedFrames(call.recording.desk).at(-1) ?? 0) + 1) * 20;
    expect(second).toBeDefined();
    expect(firstSoundAt - lastDeskSoundAt).toBeGreaterThanOrEqual(280);
  });

  it('stays on the line, silent, when it has nothing to say', async () => {
    await using desk = await tinyDesk(twiml);
    const call = dial({ url: desk.url, from, to });
    const caller = simulatedCaller({ call, voice, plan: () => undefined });
    const events = lastValueFrom(caller.pipe(toArray()));
    const stream = await desk.nthStream(1);
    stream.send({ type: 'media', payload: tone(40) });
    stream.send({ type: 'mark', name: 'askDate#1' });
    await firstValueFrom(caller.pipe(filter(({ type }) => type === 'heard')));
    await firstValueFrom(stream.message$.pipe(filter((message) => isMedia(message) && message.chunk > 30)));
    stream.webSocket.close();
    expect(told(await events)).toEqual(['heard askDate', 'ended: deskHungUp']);
    expect(voicedFrames(call.recording.caller)).toEqual([]);
  });

  it('fails when its voice does', async () => {
    await using desk = await tinyDesk(twiml);
    const call = dial({ url: desk.url, from, to });
    const broken = await createFliteSynthesizer();
    await broken.close();
    const events = lastValueFrom(simulatedCaller({ call, voice: broken, plan: ['yes'] }));
    const stream = await desk.nthStream(1);
    stream.send({ type: 'media', payload: tone(40) });
    await expect(events).rejects.toThrow();
    call.hangUp();
  });

  it('tells why the call ended', async () => {
    await using desk = await tinyDesk(() => undefined);
    const call = dial({ url: desk.url, from, to });
    expect(await lastValueFrom(simulatedCaller({ call, voice, plan: [] }))).toMatchObject({
      type: 'ended',
      reason: 'failed',
    });
  });
});
