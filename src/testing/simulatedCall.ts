import { randomUUID } from 'node:crypto';
import { asyncScheduler, Subject, type Observable, type SchedulerLike, type Subscription } from 'rxjs';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { FRAME_BYTES, FRAME_MS, MU_LAW_SILENCE, SAMPLES_PER_MS } from '../streams/mediaFrame.js';
import type { OutboundMessage } from '../telephony/outboundMessage.js';
import { CallRecording } from './callRecording.js';
import { LineMonitor, type Answer } from './lineMonitor.js';
import { MediaLeg } from './mediaLeg.js';
import { PlaybackBuffer } from './playbackBuffer.js';
import { parsePromptMark, type PromptMark } from '../machines/promptMark.js';
import { readTwiml, type ConnectVerb, type TwimlVerb } from './twiml.js';
import { voicedFrames } from './voicedFrames.js';

export interface DialOptions {
  /** The desk's voice webhook, such as `http://127.0.0.1:8080`. */
  readonly url: string;
  /** The caller's number, E.164. */
  readonly from: string;
  /** The number that was dialled, E.164. */
  readonly to: string;
  /** Signs every request as Twilio does, when given. */
  readonly authToken?: string | undefined;
  /** The line's clock, in milliseconds; default `performance`. */
  readonly clock?: { now(): number };
  readonly scheduler?: SchedulerLike;
}

/** What the desk does, as it is heard on the line. Every `at` is on the line's clock. */
export type DeskEvent =
  | { readonly type: 'streamStarted'; readonly at: number; readonly streamSid: string }
  /** The first audio after quiet has arrived. */
  | { readonly type: 'playbackStarted'; readonly at: number }
  /** The first sound after the caller's last. */
  | ({ readonly type: 'answered' } & Answer)
  /** A mark was reached, and so all before it heard; or it was cleared. `prompt` when it names one. */
  | {
      readonly type: 'mark';
      readonly at: number;
      readonly name: string;
      readonly prompt: PromptMark | undefined;
      readonly heard: boolean;
    }
  | { readonly type: 'playbackFinished'; readonly at: number }
  /** The desk dropped what it still had to say. */
  | { readonly type: 'cleared'; readonly at: number; readonly discardedMs: number }
  /** Twilio would have logged a warning about the desk. */
  | { readonly type: 'warning'; readonly at: number; readonly detail: string }
  | { readonly type: 'streamClosed'; readonly at: number };

/** Why a call ended. `failed`: the desk could not be reached, or said what Twilio would not accept. */
export interface CallEnd {
  readonly reason: 'callerHungUp' | 'deskHungUp' | 'failed';
  readonly detail?: string;
}

/** What became of audio that the caller spoke. */
export interface Spoken {
  /** End of the last 20 ms with sound, on the line's clock; undefined when none was spoken. */
  readonly lastVoicedAt: number | undefined;
  /** The call ended before it was all said. */
  readonly cutOff: boolean;
}

/** A caller's end of a telephone call that goes through Twilio. */
export interface SimulatedCall {
  readonly callSid: string;
  /** Hot; completes when the call ends. */
  readonly desk$: Observable<DeskEvent>;
  /** Never rejects. */
  readonly ended: Promise<CallEnd>;
  /** Both sides, from the moment the call was answered. */
  readonly recording: CallRecording;
  /**
   * Speaks after what is still being said, in real time.
   * @param audio μ-law at 8000 Hz.
   * @returns once it is said, trailing silence included, or the call has ended.
   */
  say(audio: Uint8Array): Promise<Spoken>;
  /** Presses keys: `0`–`9`, `*`, `#`. */
  dtmf(digits: string): void;
  hangUp(): void;
}

interface Speech {
  readonly audio: Uint8Array;
  readonly lastVoicedFrame: number | undefined;
  readonly resolve: (spoken: Spoken) => void;
  nextFrame: number;
  lastVoicedAt: number | undefined;
}

const ACCOUNT_SID = `AC${'0'.repeat(32)}`;
const SILENCE = new Uint8Array(FRAME_BYTES).fill(MU_LAW_SILENCE);
/** Twilio waits this long for a webhook. */
const WEBHOOK_TIMEOUT_MS = 15_000;
/** A desk that redirects on and on without answering would keep Twilio busy for ever. */
const MAX_REDIRECTS = 10;

/**
 * Rings a desk as Twilio does: the voice webhook, its TwiML, a media stream in real time, and after the
 * stream closes the TwiML that follows. Not simulated: REST, call status callbacks, other verbs.
 */
export function dial(options: DialOptions): SimulatedCall {
  const call = new Line(options);
  void call.run();
  return call;
}

class Line implements SimulatedCall {
  readonly callSid = `CA${randomUUID().replaceAll('-', '')}`;
  readonly recording = new CallRecording();
  readonly desk$: Observable<DeskEvent>;
  readonly ended: Promise<CallEnd>;
  readonly #options: DialOptions;
  readonly #clock: { now(): number };
  readonly #scheduler: SchedulerLike;
  readonly #desk = new Subject<DeskEvent>();
  readonly #playback = new PlaybackBuffer();
  readonly #monitor = new LineMonitor();
  readonly #speeches: Speech[] = [];
  #resolveEnded: (end: CallEnd) => void = () => undefined;
  #end: CallEnd | undefined;
  #leg: MediaLeg | undefined;
  #ticking: Subscription | undefined;
  /** The desk's audio that is in the caller's ear now. */
  #playing: Uint8Array | undefined;
  #busy = false;
  /** When what is first in the buffer arrived: a tick made up for late must not play it before. */
  #arrivedAt = 0;

  constructor(options: DialOptions) {
    this.#options = options;
    this.#clock = options.clock ?? performance;
    this.#scheduler = options.scheduler ?? asyncScheduler;
    this.desk$ = this.#desk.asObservable();
    this.ended = new Promise((resolve) => {
      this.#resolveEnded = resolve;
    });
  }

  say(audio: Uint8Array): Promise<Spoken> {
    return new Promise((resolve) => {
      if (this.#end || audio.length === 0) {
        resolve({ lastVoicedAt: undefined, cutOff: audio.length > 0 });
        return;
      }
      const lastVoicedFrame = voicedFrames(audio).at(-1);
      this.#speeches.push({ audio, lastVoicedFrame, resolve, nextFrame: 0, lastVoicedAt: undefined });
    });
  }

  dtmf(digits: string): void {
    for (const digit of digits) this.#leg?.sendDtmf(digit);
  }

  hangUp(): void {
    this.#finish({ reason: 'callerHungUp' });
  }

  /** Follows the desk's TwiML to the end of the call. */
  async run(): Promise<void> {
    try {
      let url = new URL(this.#options.url);
      let verbs = await this.#fetchTwiml(url, 'ringing');
      let redirects = 0;
      for (let verb = verbs.shift(); verb && !this.#end; verb = verbs.shift()) {
        if (verb.verb === 'hangup') break;
        if (verb.verb === 'connect') {
          redirects = 0;
          await this.#stream(verb, url);
          continue;
        }
        redirects += 1;
        if (redirects > MAX_REDIRECTS) throw new Error(`${MAX_REDIRECTS} redirects without a stream`);
        url = new URL(verb.url, url);
        verbs = await this.#fetchTwiml(url, 'in-progress');
      }
      this.#finish({ reason: 'deskHungUp' });
    } catch (error) {
      this.#finish({ reason: 'failed', detail: describe(error) });
    }
  }

  async #stream(verb: ConnectVerb, document: URL): Promise<void> {
    const url = new URL(verb.streamUrl, document).href.replace(/^http/, 'ws');
    const leg = await MediaLeg.open({
      url,
      accountSid: ACCOUNT_SID,
      callSid: this.callSid,
      customParameters: verb.parameters,
      authToken: this.#options.authToken,
      onMessage: (message) => {
        this.#hear(message);
      },
      onWarning: ({ kind, message }) => {
        this.#warn(`${kind}: ${message}`);
      },
    });
    if (this.#end) {
      leg.stop();
      return;
    }
    this.#leg = leg;
    this.#ticking ??= this.#startTicking();
    this.#desk.next({ type: 'streamStarted', at: this.#clock.now(), streamSid: leg.streamSid });
    const status = verb.statusCallback && new URL(verb.statusCallback, document);
    if (status) void this.#postStreamStatus(status, leg.streamSid, 'stream-started');
    await leg.closed;
    this.#leg = undefined;
    // What the desk had sent is played no further once its stream is gone.
    this.#dropPlayback();
    if (status) void this.#postStreamStatus(status, leg.streamSid, 'stream-stopped');
    this.#desk.next({ type: 'streamClosed', at: this.#clock.now() });
  }

  #hear(message: OutboundMessage): void {
    const at = this.#clock.now();
    if (!this.#busy) this.#arrivedAt = at;
    switch (message.type) {
      case 'media': {
        const answer = this.#monitor.deskSent(message.payload, at);
        this.#playback.play(message.payload);
        if (!this.#busy) {
          this.#busy = true;
          this.#desk.next({ type: 'playbackStarted', at });
        }
        if (answer) this.#desk.next({ type: 'answered', ...answer });
        break;
      }
      case 'mark':
        this.#playback.mark(message.name);
        break;
      case 'clear':
        this.#desk.next({ type: 'cleared', at, discardedMs: this.#dropPlayback() });
        break;
    }
  }

  /** Empties the buffer; its marks go back as if they had been reached. */
  #dropPlayback(): number {
    const { bytes, marks } = this.#playback.clear();
    this.#playing = undefined;
    this.#busy = false;
    this.#monitor.deskQuiet(this.#clock.now());
    for (const name of marks) this.#returnMark(name, this.#clock.now(), false);
    return bytes / SAMPLES_PER_MS;
  }

  #returnMark(name: string, at: number, heard: boolean): void {
    this.#leg?.sendMark(name);
    this.#desk.next({ type: 'mark', at, name, prompt: parsePromptMark(name), heard });
  }

  /** Twenty milliseconds after twenty milliseconds, counted from one instant so that nothing drifts. */
  #startTicking(): Subscription {
    const answeredAt = this.#clock.now();
    let ticks = 0;
    const catchUp = (): number => {
      for (;;) {
        const due = answeredAt + (ticks + 1) * FRAME_MS;
        const wait = due - this.#clock.now();
        if (wait > 0) return wait;
        ticks += 1;
        this.#tick(due);
        if (this.#end) return FRAME_MS;
      }
    };
    return this.#scheduler.schedule(function () {
      this.schedule(undefined, Math.ceil(catchUp()));
    }, FRAME_MS);
  }

  /** At the end of 20 ms: the caller's are sent, and the desk's next begin to play. */
  #tick(at: number): void {
    const frame = this.#speak(at);
    this.#leg?.sendFrame(frame);
    this.recording.push(frame, this.#playing ?? SILENCE);

    if (at < this.#arrivedAt) return;
    const { marks, frame: playing } = this.#playback.tick();
    for (const name of marks) this.#returnMark(name, at, true);
    this.#playing = playing;
    if (playing === undefined && this.#busy) {
      this.#busy = false;
      this.#monitor.deskQuiet(at);
      this.#desk.next({ type: 'playbackFinished', at });
    }
  }

  /** The caller's 20 ms that end now. */
  #speak(at: number): Uint8Array {
    const [speech] = this.#speeches;
    if (!speech) return SILENCE;
    const begin = speech.nextFrame * FRAME_BYTES;
    const piece = speech.audio.subarray(begin, begin + FRAME_BYTES);
    const frame = new Uint8Array(SILENCE);
    frame.set(piece);
    if (speech.nextFrame === speech.lastVoicedFrame) {
      speech.lastVoicedAt = at;
      this.#monitor.callerEnded(at);
    }
    speech.nextFrame += 1;
    if (speech.nextFrame * FRAME_BYTES >= speech.audio.length) {
      this.#speeches.shift();
      speech.resolve({ lastVoicedAt: speech.lastVoicedAt, cutOff: false });
    }
    return frame;
  }

  #warn(detail: string): void {
    this.#desk.next({ type: 'warning', at: this.#clock.now(), detail });
  }

  #finish(end: CallEnd): void {
    if (this.#end) return;
    this.#end = end;
    this.#ticking?.unsubscribe();
    this.#leg?.stop();
    for (const { resolve, lastVoicedAt } of this.#speeches.splice(0)) resolve({ lastVoicedAt, cutOff: true });
    this.#desk.complete();
    this.#resolveEnded(end);
  }

  async #fetchTwiml(url: URL, callStatus: string): Promise<TwimlVerb[]> {
    const { from, to } = this.#options;
    const response = await this.#post(url, {
      AccountSid: ACCOUNT_SID,
      ApiVersion: '2010-04-01',
      CallSid: this.callSid,
      CallStatus: callStatus,
      Called: to,
      Caller: from,
      Direction: 'inbound',
      From: from,
      To: to,
    });
    const body = await response.text();
    if (!response.ok) throw new Error(`POST ${url.href} answered ${response.status}: ${body.slice(0, 200)}`);
    return readTwiml(body);
  }

  /** Nobody waits for the answer to a status callback; Twilio logs it when there is none. */
  async #postStreamStatus(url: URL, streamSid: string, event: string): Promise<void> {
    try {
      const response = await this.#post(url, {
        AccountSid: ACCOUNT_SID,
        CallSid: this.callSid,
        StreamSid: streamSid,
        StreamName: streamSid,
        StreamEvent: event,
        Timestamp: new Date().toISOString(),
      });
      if (!response.ok) this.#warn(`POST ${url.href} answered ${response.status}`);
    } catch (error) {
      this.#warn(`POST ${url.href}: ${describe(error)}`);
    }
  }

  #post(url: URL, form: Record<string, string>): Promise<Response> {
    const { authToken } = this.#options;
    return fetch(url, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: {
        'user-agent': 'TwilioProxy/1.1',
        ...(authToken !== undefined && {
          'x-twilio-signature': getExpectedTwilioSignature(authToken, url.href, form),
        }),
      },
      signal: AbortSignal.timeout(WEBHOOK_TIMEOUT_MS),
    });
  }
}

/** With the cause, since `fetch` says no more than "fetch failed" by itself. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
