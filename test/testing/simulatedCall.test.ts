import { once } from 'node:events';
import { filter, firstValueFrom, lastValueFrom, skip, take, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { InboundMessage, MediaMessage } from '../../src/telephony/inboundMessage.js';
import { isSignedUpgrade, isSignedWebhook } from '../../src/telephony/signature.js';
import { dial, type DeskEvent, type SimulatedCall } from '../../src/testing/simulatedCall.js';
import { voicedFrames } from '../../src/testing/voicedFrames.js';
import { CONNECT, HANGUP, tinyDesk, type DeskStream } from './tinyDesk.js';
import { joined, silence, tone } from './tone.js';

const from = '+441134960000';
const to = '+441134960999';
const connectOnce = ({ path }: { path: string }): string => (path === '/' ? CONNECT : HANGUP);

const isMedia = (message: InboundMessage): message is MediaMessage => message.type === 'media';
const nextEvent = (call: SimulatedCall, type: DeskEvent['type']): Promise<DeskEvent> =>
  firstValueFrom(call.desk$.pipe(filter((event) => event.type === type)));
const allEvents = (call: SimulatedCall): Promise<DeskEvent[]> => lastValueFrom(call.desk$.pipe(toArray()));
const nthMedia = (stream: DeskStream, n: number): Promise<MediaMessage> =>
  firstValueFrom(stream.message$.pipe(filter(isMedia), skip(n - 1)));

/** Waits until the caller has spoken and then been silent for five frames; the desk's endpointing. */
async function callerFinished(stream: DeskStream): Promise<void> {
  let silent = -Infinity;
  await firstValueFrom(
    stream.message$.pipe(
      filter(isMedia),
      filter(({ payload }) => {
        silent = voicedFrames(payload).length > 0 ? 0 : silent + 1;
        return silent === 5;
      }),
    ),
  );
}

describe('dial', { concurrent: true }, () => {
  it('rings, opens the stream and sends silence in real time, as Twilio does', async () => {
    await using desk = await tinyDesk(connectOnce);
    const dialledAt = performance.now();
    const call = dial({ url: desk.url, from, to });
    const stream = await desk.nthStream(1);
    const last = await nthMedia(stream, 26);
    const elapsed = performance.now() - dialledAt;
    call.hangUp();

    expect(desk.posts[0]?.path).toBe('/');
    expect(desk.posts[0]?.form).toMatchObject({
      CallSid: call.callSid,
      From: from,
      To: to,
      CallStatus: 'ringing',
      Direction: 'inbound',
    });
    expect(call.callSid).toMatch(/^CA[0-9a-f]{32}$/);
    expect(stream.headers['user-agent']).toBe('Twilio.TmeWs/1.0');
    expect(stream.messages.slice(0, 3)).toMatchObject([
      { type: 'connected', protocol: 'Call', version: '1.0.0' },
      { type: 'start', sequenceNumber: 1, callSid: call.callSid, customParameters: { from } },
      { type: 'media', sequenceNumber: 2, chunk: 1, timestamp: 100, payload: silence(20) },
    ]);
    expect(last).toMatchObject({ sequenceNumber: 27, chunk: 26, timestamp: 600 });
    expect(elapsed).toBeGreaterThanOrEqual(26 * 20);
  });

  it('signs the webhook and the upgrade', async () => {
    await using desk = await tinyDesk(connectOnce);
    const authToken = '12345678901234567890123456789012';
    const call = dial({ url: desk.url, from, to, authToken });
    const { headers } = await desk.nthStream(1);
    call.hangUp();
    const [post] = desk.posts;
    if (!post) throw new Error('no post');
    const webhook = { url: post.path, form: post.form, headers: post.headers };
    expect(isSignedWebhook(webhook, { authToken })).toBe(true);
    expect(isSignedUpgrade({ url: '/media', headers }, { authToken })).toBe(true);
    expect(isSignedWebhook(webhook, { authToken: 'another' })).toBe(false);
  });

  it('says a clip frame by frame, and when its last sound was', async () => {
    await using desk = await tinyDesk(connectOnce);
    const call = dial({ url: desk.url, from, to });
    const clip = joined(tone(90), silence(200));
    const stream = await desk.nthStream(1);
    const spoken = await call.say(clip);
    const endedAt = performance.now();
    const second = await call.say(tone(20));
    await nthMedia(stream, call.recording.durationMs / 20);
    call.hangUp();

    const frames = stream.messages.filter(isMedia).map(({ payload }) => payload);
    const first = frames.findIndex((payload) => voicedFrames(payload).length > 0);
    expect(joined(...frames.slice(first, first + 15))).toEqual(joined(clip, silence(10)));
    expect(spoken.cutOff).toBe(false);
    // 90 ms of sound end in the fifth frame; ten more follow.
    expect(endedAt - (spoken.lastVoicedAt ?? 0)).toBeGreaterThanOrEqual(10 * 20);
    expect((second.lastVoicedAt ?? 0) - (spoken.lastVoicedAt ?? 0)).toBeGreaterThanOrEqual(11 * 20 - 0.001);
  });

  it('has said nothing when there was no sound or no call', async () => {
    await using desk = await tinyDesk(connectOnce);
    const call = dial({ url: desk.url, from, to });
    await desk.nthStream(1);
    expect(await call.say(silence(40))).toEqual({ lastVoicedAt: undefined, cutOff: false });
    const cut = call.say(tone(5000));
    call.hangUp();
    expect(await cut).toMatchObject({ cutOff: true });
    expect(await call.say(tone(20))).toEqual({ lastVoicedAt: undefined, cutOff: true });
  });

  it('plays in real time, sends marks back when they are reached, and names the prompt', async () => {
    await using desk = await tinyDesk(connectOnce);
    const call = dial({ url: desk.url, from, to });
    const events = allEvents(call);
    const stream = await desk.nthStream(1);
    stream.send({ type: 'media', payload: tone(200) });
    stream.send({ type: 'mark', name: 'greet#1' });
    stream.send({ type: 'media', payload: tone(100) });
    stream.send({ type: 'mark', name: 'other' });
    await nextEvent(call, 'playbackFinished');
    await firstValueFrom(
      stream.message$.pipe(
        filter(({ type }) => type === 'mark'),
        skip(1),
      ),
    );
    call.hangUp();

    const seen = (await events).slice(1);
    expect(seen).toMatchObject([
      { type: 'playbackStarted' },
      { type: 'mark', name: 'greet#1', prompt: { key: 'greet', number: 1 }, heard: true },
      { type: 'mark', name: 'other', prompt: undefined, heard: true },
      { type: 'playbackFinished' },
    ]);
    const [started = 0, greet = 0, other = 0] = seen.map(({ at }) => at);
    expect(greet - started).toBeGreaterThanOrEqual(200);
    expect(other - greet).toBeCloseTo(100);
    expect(stream.messages.filter(({ type }) => type === 'mark')).toMatchObject([
      { name: 'greet#1' },
      { name: 'other' },
    ]);
    expect(voicedFrames(call.recording.desk)).toHaveLength(15);
  });

  it('drops at a clear what was not played, and sends its marks back', async () => {
    await using desk = await tinyDesk(connectOnce);
    const call = dial({ url: desk.url, from, to });
    const events = allEvents(call);
    const stream = await desk.nthStream(1);
    stream.send({ type: 'media', payload: tone(10_000) });
    stream.send({ type: 'mark', name: 'long#1' });
    await nthMedia(stream, 10);
    stream.send({ type: 'clear' });
    await firstValueFrom(stream.message$.pipe(filter(({ type }) => type === 'mark')));
    call.hangUp();
    const seen = (await events).slice(1);
    expect(seen).toMatchObject([
      { type: 'playbackStarted' },
      { type: 'mark', name: 'long#1', heard: false },
      { type: 'cleared' },
    ]);
    expect(seen[2]).toHaveProperty(
      'discardedMs',
      expect.toSatisfy((ms: number) => ms > 9000 && ms < 10_000),
    );
  });

  it('measures the answer from the audio, as the recording shows it', async () => {
    await using desk = await tinyDesk(connectOnce);
    const call = dial({ url: desk.url, from, to });
    const stream = await desk.nthStream(1);
    const answered = nextEvent(call, 'answered');
    const spoken = call.say(joined(tone(200), silence(400)));
    await callerFinished(stream);
    for (let i = 0; i < 5; i++) stream.send({ type: 'media', payload: i < 2 ? silence(20) : tone(20) });
    const answer = await answered;
    await nextEvent(call, 'playbackFinished');
    await spoken;
    call.hangUp();

    if (answer.type !== 'answered') throw new Error('not an answer');
    const { lastVoicedAt } = await spoken;
    expect(answer).toMatchObject({ lastVoicedAt, overlapped: false });
    expect(answer.latencyMs).toBe(answer.at - answer.lastVoicedAt);
    // Five frames of silence, and the desk's own two before its sound.
    expect(answer.latencyMs).toBeGreaterThanOrEqual(140);
    const lastCaller = voicedFrames(call.recording.caller).at(-1) ?? 0;
    const firstDesk = voicedFrames(call.recording.desk)[0] ?? 0;
    const recordedMs = (firstDesk - lastCaller - 1) * 20;
    expect(Math.abs(recordedMs - answer.latencyMs)).toBeLessThanOrEqual(20);
  });

  it('asks the desk what follows when it closes the stream, and comes back with a new one', async () => {
    let resumed = 0;
    await using desk = await tinyDesk(({ path }) => (path === '/' || resumed++ === 0 ? CONNECT : HANGUP));
    const call = dial({ url: desk.url, from, to });
    const events = allEvents(call);
    const first = await desk.nthStream(1);
    first.send({ type: 'media', payload: tone(5000) });
    await nthMedia(first, 2);
    first.webSocket.close();
    const second = await desk.nthStream(2);
    await nthMedia(second, 2);
    second.webSocket.terminate();

    expect(await call.ended).toEqual({ reason: 'deskHungUp' });
    expect(second.streamSid).not.toBe(first.streamSid);
    expect(second.messages.slice(0, 3)).toMatchObject([
      { type: 'connected' },
      { type: 'start', sequenceNumber: 1, callSid: call.callSid },
      { type: 'media', chunk: 1, timestamp: 100 },
    ]);
    expect(desk.posts.map(({ path, form }) => `${path} ${form['CallStatus'] ?? ''}`)).toEqual([
      '/ ringing',
      '/resume in-progress',
      '/resume in-progress',
    ]);
    expect(new Set(desk.posts.map(({ form }) => form['CallSid']))).toEqual(new Set([call.callSid]));
    expect((await events).map(({ type }) => type)).toEqual([
      'streamStarted',
      'playbackStarted',
      'streamClosed',
      'streamStarted',
      'streamClosed',
    ]);
  });

  it('ends the call when the document has no further verb', async () => {
    await using desk = await tinyDesk(() => '<Response><Connect><Stream url="/media"/></Connect></Response>');
    const call = dial({ url: desk.url, from, to });
    (await desk.nthStream(1)).webSocket.close();
    expect(await call.ended).toEqual({ reason: 'deskHungUp' });
  });

  it('says stop when the caller hangs up', async () => {
    await using desk = await tinyDesk(connectOnce);
    const call = dial({ url: desk.url, from, to });
    const stream = await desk.nthStream(1);
    const closed = once(stream.webSocket, 'close');
    call.hangUp();
    call.hangUp();
    await closed;
    expect(stream.messages.at(-1)).toMatchObject({ type: 'stop', callSid: call.callSid });
    expect(await call.ended).toEqual({ reason: 'callerHungUp' });
    expect(desk.posts).toHaveLength(1);
  });

  it('presses keys', async () => {
    await using desk = await tinyDesk(connectOnce);
    const call = dial({ url: desk.url, from, to });
    const stream = await desk.nthStream(1);
    const started = nthMedia(stream, 1);
    await started;
    call.dtmf('1#');
    const keys = await firstValueFrom(
      stream.message$.pipe(
        filter(({ type }) => type === 'dtmf'),
        take(2),
        toArray(),
      ),
    );
    call.hangUp();
    expect(keys).toMatchObject([{ digit: '1' }, { digit: '#' }]);
  });

  it('tells the status callback when the stream starts and stops', async () => {
    const twiml = CONNECT.replace('url="SOCKET"', 'url="SOCKET" statusCallback="/stream-status"');
    await using desk = await tinyDesk(({ path }) =>
      path === '/' ? twiml : path === '/resume' ? HANGUP : undefined,
    );
    const call = dial({ url: desk.url, from, to });
    const warned = firstValueFrom(call.desk$.pipe(filter(({ type }) => type === 'warning')));
    const { webSocket, streamSid } = await desk.nthStream(1);
    expect(await warned).toMatchObject({
      detail: expect.stringContaining('/stream-status answered 500') as string,
    });
    webSocket.close();
    await call.ended;
    const events = desk.posts.filter(({ path }) => path === '/stream-status').map(({ form }) => form);
    expect(events).toMatchObject([
      { StreamEvent: 'stream-started', StreamSid: streamSid, CallSid: call.callSid },
      { StreamEvent: 'stream-stopped', StreamSid: streamSid, CallSid: call.callSid },
    ]);
  });

  it.each([
    ['an extra field', (sid: string) => `{"event":"clear","streamSid":"${sid}","x":1}`, 'invalidMessage'],
    ['another stream', () => '{"event":"clear","streamSid":"MZ0"}', 'wrongStreamSid'],
    ['no JSON', () => 'clear', 'malformedJson'],
    ['a binary frame', () => Buffer.from('{}'), 'binaryFrame'],
  ])('warns of %s where Twilio would', async (_, message, kind) => {
    await using desk = await tinyDesk(connectOnce);
    const call = dial({ url: desk.url, from, to });
    const warned = nextEvent(call, 'warning');
    const stream = await desk.nthStream(1);
    stream.webSocket.send(message(stream.streamSid));
    expect(await warned).toHaveProperty('detail', expect.stringContaining(kind));
    call.hangUp();
  });

  it.each([
    ['the webhook fails', () => undefined, 'answered 500'],
    ['the answer is no TwiML', () => 'Hello', 'missing root element'],
    ['the desk wants what the line cannot do', () => '<Response><Say>Hi</Say></Response>', 'know <Say>'],
    [
      'the stream is refused',
      () => '<Response><Connect><Stream url="/elsewhere"/></Connect></Response>',
      'Unexpected server response: 400',
    ],
    [
      'the desk redirects for ever',
      () => '<Response><Redirect>/</Redirect></Response>',
      '10 redirects without a stream',
    ],
  ])('fails the call when %s', async (_, twiml, detail) => {
    await using desk = await tinyDesk(twiml);
    const call = dial({ url: desk.url, from, to });
    const end = await call.ended;
    expect(end.reason).toBe('failed');
    expect(end.detail).toContain(detail);
  });

  it('fails the call, and says why, when no desk is there', async () => {
    const desk = await tinyDesk(connectOnce);
    await desk[Symbol.asyncDispose]();
    const call = dial({ url: desk.url, from, to });
    const end = await call.ended;
    expect(end).toMatchObject({
      reason: 'failed',
      detail: expect.stringContaining('ECONNREFUSED') as string,
    });
  });
});
