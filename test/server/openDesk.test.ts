import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { WebSocket } from 'ws';
import { openedDesk, type OpenedDesk } from '../calls/openedDesk.js';
import { sendStart, sendStop } from '../telephony/loopbackDesk.js';

const TOKEN = 'let-me-in';
const PROXIED = { 'x-forwarded-for': '203.0.113.7' };

interface ChatReply {
  readonly replies: readonly { readonly key: string; readonly text: string }[];
  readonly state: string;
  readonly expecting: string;
  readonly ended: boolean;
}

describe('the API of a desk', () => {
  let desk: OpenedDesk;
  beforeAll(async () => {
    desk = await openedDesk({ adminToken: TOKEN, address: '1 High Street' });
  }, 30_000);
  afterAll(async () => {
    await desk[Symbol.asyncDispose]();
  });

  const get = (path: string, headers: Record<string, string> = {}) => fetch(desk.url + path, { headers });
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(desk.url + path, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
  const chat = async (session: string, text: string, from?: string): Promise<ChatReply> => {
    const response = await post('/api/chat', { session, text, ...(from !== undefined && { from }) });
    expect(response.status).toBe(200);
    return (await response.json()) as ChatReply;
  };
  const keys = ({ replies }: ChatReply) => replies.map(({ key }) => key);

  it('is healthy while it can take calls', async () => {
    const response = await get('/health', PROXIED);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'ready' });
  });

  it.each([
    ['GET', '/metrics'],
    ['GET', '/calendar.ics'],
    ['GET', '/api/bookings'],
    ['GET', '/api/availability?date=2026-11-24'],
    ['POST', '/api/understand'],
    ['POST', '/api/chat'],
    ['POST', '/api/bookings'],
    ['DELETE', '/api/bookings/x'],
  ])('keeps %s %s for its owner', async (method, path) => {
    const refused = await fetch(desk.url + path, { method, headers: PROXIED });
    expect(refused.status).toBe(401);
    const taken = await fetch(desk.url + path, {
      method,
      headers: { ...PROXIED, authorization: `Bearer ${TOKEN}` },
    });
    expect(taken.status).not.toBe(401);
  });

  it('says what there is not', async () => {
    const response = await get('/nothing');
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ error: 'There is nothing at GET /nothing.' });
  });

  describe('POST /api/understand', () => {
    it('reads intent and slots against the clock of the desk', async () => {
      const response = await post('/api/understand', {
        text: "I'd like to book a table for tomorrow at two.",
      });
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({
        intent: 'book',
        confidence: expect.any(Number) as number,
        slots: { date: '2026-11-24', time: '14:00' },
        alternatives: expect.any(Array) as unknown,
      });
    });

    it('reads against the question and the instant that are given', async () => {
      const body = { text: 'tomorrow', expecting: 'date', now: '2026-12-30T12:00:00Z' };
      expect(await (await post('/api/understand', body)).json()).toMatchObject({
        slots: { date: '2026-12-31' },
      });
    });

    it.each([
      [{}, 'text: give the text to understand'],
      [{ text: 7 }, 'text: give the text to understand'],
      [{ text: 'x', expecting: 'weather' }, 'expecting: give one of open, date'],
      [{ text: 'x', now: 'now' }, 'now: give an ISO instant'],
      ['{"text":', 'JSON'],
      ['[]', 'body: '],
    ])('refuses %j and says what to give', async (body, fix) => {
      const response = await post('/api/understand', body);
      expect(response.status).toBe(400);
      expect(((await response.json()) as { error: string }).error).toContain(fix);
    });

    it('refuses a body that is not JSON', async () => {
      const response = await post('/api/understand', 'text=hello', { 'content-type': 'text/plain' });
      expect(response.status).toBe(400);
    });

    it('refuses a body that is too long', async () => {
      expect((await post('/api/understand', { text: 'x'.repeat(100_000) })).status).toBe(413);
    });
  });

  describe('POST /api/chat', () => {
    it('books in a conversation, line by line', async () => {
      const greeted = await chat('ann', '', '+441632960301');
      expect(greeted).toMatchObject({
        replies: [{ key: 'greeting', text: 'Hello, this is Frontdesk. How can I help?' }],
        state: 'active.greeting',
        expecting: 'open',
        ended: false,
      });
      expect(await chat('ann', 'a table for friday please')).toMatchObject({
        replies: [{ key: 'askTime', text: 'What time would you like on Friday?' }],
        state: 'active.collecting.askingTime',
        expecting: 'time',
      });
      expect(await chat('ann', 'at four')).toMatchObject({
        replies: [{ key: 'askName' }],
        expecting: 'name',
      });
      expect(await chat('ann', 'Ann Lee')).toMatchObject({
        replies: [{ key: 'confirm' }],
        expecting: 'confirmation',
      });
      expect(await chat('ann', 'yes')).toMatchObject({
        replies: [
          {
            key: 'booked',
            text: expect.stringContaining("You're booked for four o'clock on Friday") as string,
          },
        ],
        state: 'active.anythingElse',
        expecting: 'anythingElse',
        ended: false,
      });
      expect(await chat('ann', 'no thanks')).toMatchObject({ replies: [{ key: 'goodbye' }], ended: true });
      const { bookings } = (await (await get('/api/bookings?date=2026-11-27')).json()) as {
        bookings: unknown[];
      };
      expect(bookings).toContainEqual({
        id: expect.any(String) as string,
        date: '2026-11-27',
        time: '16:00',
        name: 'Ann Lee',
        phone: '+441632960301',
        status: 'booked',
      });
    });

    it('starts anew with the name of a conversation that has ended', async () => {
      await chat('bob', 'goodbye');
      expect(keys(await chat('bob', ''))).toEqual(['greeting']);
    });

    it('greets first when the first line is not empty', async () => {
      expect(keys(await chat('cy', 'a table for tomorrow at four'))).toEqual(['greeting', 'askName']);
    });

    it('takes an empty line for silence, and ends politely after three', async () => {
      await chat('di', '');
      const first = await chat('di', '');
      const second = await chat('di', '  ');
      expect(keys(first)).toEqual(['howCanIHelp']);
      expect(keys(second)).toEqual(['howCanIHelp']);
      expect(first.replies[0]?.text).not.toBe(second.replies[0]?.text);
      expect(await chat('di', '')).toMatchObject({ replies: [{ key: 'giveUp' }], ended: true });
    });

    it('offers the free hours nearby for one that is taken', async () => {
      const { replies } = await chat('ed', 'a table for tomorrow at twelve');
      expect(replies.at(-1)).toEqual({
        key: 'refused',
        text: expect.stringMatching(/midday tomorrow is taken\. I have .*, .* or .*\./) as string,
      });
    });

    it('answers a side question and comes back to its own', async () => {
      await chat('flo', 'a table for tomorrow at four');
      expect(await chat('flo', 'what are your opening hours')).toMatchObject({
        replies: [{ key: 'askName', text: expect.stringMatching(/open.*What name/) as string }],
        expecting: 'name',
      });
    });

    it('ends at stop, and books nothing', async () => {
      await chat('gus', 'a table for sunday at four');
      await chat('gus', 'Gus Lee');
      expect(await chat('gus', 'stop')).toMatchObject({ replies: [{ key: 'stopped' }], ended: true });
      expect(await (await get('/api/bookings?date=2026-11-29')).json()).toEqual({ bookings: [] });
    });

    it('keeps conversations apart', async () => {
      await Promise.all([chat('hal', 'a table for tomorrow at four'), chat('ian', 'a table for friday')]);
      const [hal, ian] = await Promise.all([chat('hal', 'Hal Lee'), chat('ian', 'at two')]);
      expect([keys(hal), keys(ian)]).toEqual([['confirm'], ['askName']]);
    });

    it.each([
      [{ text: 'hello' }, 'session: give a session'],
      [{ session: '', text: 'hello' }, 'session: give a session'],
      [{ session: 'x' }, 'text: give what the caller says'],
      [{ session: 'x', text: 'hello', from: '01632 960301' }, 'from: give the number in E.164'],
    ])('refuses %j and says what to give', async (body, fix) => {
      const response = await post('/api/chat', body);
      expect(response.status).toBe(400);
      expect(((await response.json()) as { error: string }).error).toContain(fix);
    });
  });

  describe('/api/bookings', () => {
    const booking = { date: '2026-12-01', time: '14:00', name: 'Jo March' };

    it('books, lists, frees and says what is not there', async () => {
      const created = await post('/api/bookings', { ...booking, phone: '+441632960302', partySize: 4 });
      expect(created.status).toBe(201);
      const row = (await created.json()) as { id: string };
      const wanted = { id: row.id, ...booking, phone: '+441632960302', partySize: 4, status: 'booked' };
      expect(row).toEqual(wanted);
      expect(await (await get('/api/bookings?date=2026-12-01')).json()).toEqual({ bookings: [wanted] });

      const taken = await post('/api/bookings', { ...booking, name: 'Amy March' });
      expect(taken.status).toBe(409);
      expect(await taken.json()).toEqual({
        error: 'taken',
        alternatives: [
          { date: '2026-12-01', time: '13:00' },
          { date: '2026-12-01', time: '16:00' },
          { date: '2026-12-01', time: '11:00' },
        ],
      });

      const freed = await fetch(`${desk.url}/api/bookings/${row.id}`, { method: 'DELETE' });
      expect(freed.status).toBe(200);
      expect(await freed.json()).toEqual({ ...wanted, status: 'cancelled' });
      const unknown = await fetch(`${desk.url}/api/bookings/unknown`, { method: 'DELETE' });
      expect(unknown.status).toBe(404);
      expect(await unknown.json()).toEqual({ error: 'There is no booking unknown.' });
      expect((await post('/api/bookings', { ...booking, name: 'Amy March' })).status).toBe(201);
    });

    it('answers a request sent again with the row it wrote', async () => {
      const body = { date: '2026-12-02', time: '14:00', name: 'Meg March' };
      const headers = { 'idempotency-key': 'meg-1' };
      const [first, second] = await Promise.all([
        post('/api/bookings', body, headers),
        post('/api/bookings', body, headers),
      ]);
      expect([first.status, second.status]).toEqual([201, 201]);
      expect(await first.json()).toEqual(await second.json());
    });

    it('gives one of sixteen the hour', async () => {
      const answers = await Promise.all(
        Array.from({ length: 16 }, (_, n) =>
          post('/api/bookings', { date: '2026-12-03', time: '14:00', name: `Caller ${n}` }),
        ),
      );
      const statuses = answers.map(({ status }) => status).sort();
      expect(statuses).toEqual([201, ...Array.from({ length: 15 }, () => 409)]);
    });

    it.each([
      ['2026-11-22', '14:00', 'past'],
      ['2026-12-01', '20:00', 'closed'],
      ['2026-12-01', '14:30', 'notASlot'],
      ['2027-12-01', '14:00', 'beyondHorizon'],
    ])('refuses %s %s as %s, with others to choose from', async (date, time, reason) => {
      const response = await post('/api/bookings', { date, time, name: 'Beth March' });
      expect(response.status).toBe(409);
      const { error, alternatives } = (await response.json()) as { error: string; alternatives: unknown[] };
      expect(error).toBe(reason);
      expect(alternatives).toHaveLength(3);
    });

    it.each([
      [{ time: '14:00', name: 'X' }, 'date: give a date as YYYY-MM-DD'],
      [{ date: '2026-02-30', time: '14:00', name: 'X' }, 'date: give a date as YYYY-MM-DD'],
      [{ date: '2026-12-01', time: '2pm', name: 'X' }, 'time: give a time as HH:MM'],
      [{ date: '2026-12-01', time: '14:00' }, 'name: give the name it is for'],
      [{ date: '2026-12-01', time: '14:00', name: ' ' }, 'name: give the name it is for'],
      [{ date: '2026-12-01', time: '14:00', name: 'X', phone: '5' }, 'phone: give the number in E.164'],
      [{ date: '2026-12-01', time: '14:00', name: 'X', partySize: 0 }, 'partySize: give at least 1'],
      [{ date: '2026-12-01', time: '14:00', name: 'X', partySize: 'two' }, 'partySize: give a whole number'],
    ])('refuses %j and says what to give', async (body, fix) => {
      const response = await post('/api/bookings', body);
      expect(response.status).toBe(400);
      expect(((await response.json()) as { error: string }).error).toContain(fix);
    });

    it('refuses to list a day that is none', async () => {
      expect((await get('/api/bookings?date=tomorrow')).status).toBe(400);
    });
  });

  describe('GET /api/availability', () => {
    it('lists the free hours of a day', async () => {
      expect(await (await get('/api/availability?date=2026-12-04')).json()).toEqual({
        date: '2026-12-04',
        slots: ['09:00', '11:00', '13:00', '14:00', '16:00', '17:00'].map((time) => ({
          date: '2026-12-04',
          time,
        })),
      });
    });

    it('has none on a day that is past', async () => {
      expect(await (await get('/api/availability?date=2026-11-01')).json()).toMatchObject({ slots: [] });
    });

    it.each(['', '?date=', '?date=friday'])('refuses "%s" and says what to give', async (query) => {
      const response = await get(`/api/availability${query}`);
      expect(response.status).toBe(400);
      expect(await response.json()).toEqual({ error: 'date: give a date as YYYY-MM-DD' });
    });
  });

  it('offers its bookings as a calendar', async () => {
    await post('/api/bookings', { date: '2026-12-07', time: '14:00', name: 'Laurie' });
    const response = await get(`/calendar.ics?token=${TOKEN}`, PROXIED);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/calendar/);
    const text = await response.text();
    expect(text).toMatch(/^BEGIN:VCALENDAR/);
    expect(text).toContain('Laurie');
    expect(text).toMatch(/DTSTART(?:;TZID=Europe\/London:20261207T140000|:20261207T140000Z)/);
  });

  it('counts in Prometheus terms', async () => {
    const response = await get('/metrics');
    expect(response.headers.get('content-type')).toMatch(/^text\/plain.*version=0\.0\.4/);
    const text = await response.text();
    for (const line of [
      'frontdesk_calls_active 0',
      'frontdesk_bookings_total 0',
      'frontdesk_errors_total 0',
    ]) {
      expect(text).toContain(`${line}\n`);
    }
    expect(text).toContain('process_resident_memory_bytes');
  });

  it('tells Twilio to connect the call, and to ask again when the stream ends', async () => {
    const response = await fetch(desk.url, {
      method: 'POST',
      body: new URLSearchParams({ CallSid: 'CA1', From: '+441632960303' }),
    });
    expect(response.headers.get('content-type')).toMatch(/^text\/xml/);
    const socket = desk.url.replace('http', 'ws');
    expect(await response.text()).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><Response><Connect>' +
        `<Stream url="${socket}/media" statusCallback="${desk.url}/stream-status" statusCallbackMethod="POST">` +
        '<Parameter name="from" value="+441632960303"/></Stream></Connect>' +
        `<Redirect method="POST">${desk.url}/resume</Redirect></Response>`,
    );
  });

  it('writes its socket as wss behind a proxy with TLS', async () => {
    const response = await fetch(desk.url, {
      method: 'POST',
      headers: { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'desk.example.org' },
    });
    expect(await response.text()).toContain('<Stream url="wss://desk.example.org/media"');
  });

  describe('POST /resume', () => {
    const resume = async (callSid: string) => {
      const response = await fetch(`${desk.url}/resume`, {
        method: 'POST',
        body: new URLSearchParams({ CallSid: callSid }),
      });
      return await response.text();
    };
    /** A stream of this call whose greeting has begun. */
    const stream = async (callSid: string) => {
      const webSocket = new WebSocket(`${desk.url.replace('http', 'ws')}/media`);
      await once(webSocket, 'open');
      sendStart(webSocket, 'MZ1', callSid);
      await once(webSocket, 'message');
      return webSocket;
    };

    it('connects a call whose line was lost, and takes it up where it was', async () => {
      const lost = await stream('CAlost');
      lost.terminate();
      expect(await resume('CAlost')).toContain('<Connect>');
      const back = await stream('CAlost');
      expect(desk.saidIn('CAlost')).toEqual([
        'Hello, this is Frontdesk. How can I help?',
        'Sorry, we were cut off. How can I help?',
      ]);
      const closed = once(back, 'close');
      sendStop(back, 'MZ1', 'CAlost');
      await closed;
    });

    it('hangs up a call that is over, and closes a stream that comes late', async () => {
      const over = await stream('CAover');
      const closed = once(over, 'close');
      sendStop(over, 'MZ1', 'CAover');
      await closed;
      expect(await resume('CAover')).toContain('<Hangup/>');
      const late = new WebSocket(`${desk.url.replace('http', 'ws')}/media`);
      await once(late, 'open');
      sendStart(late, 'MZ2', 'CAover');
      await once(late, 'close');
      expect(desk.saidIn('CAover')).toHaveLength(1);
    });

    it('leaves no call behind', async () => {
      expect(await (await get('/metrics')).text()).toContain('frontdesk_calls_active 0\n');
    });
  });

  it('takes news of a stream', async () => {
    const response = await fetch(`${desk.url}/stream-status`, {
      method: 'POST',
      body: new URLSearchParams({ CallSid: 'CA1', StreamEvent: 'stream-error', StreamError: 'broken' }),
    });
    expect(response.status).toBe(204);
    expect(desk.log).toContainEqual(
      expect.objectContaining({ level: 'warn', callSid: 'CA1', event: 'stream-error', error: 'broken' }),
    );
  });

  it('writes neither names nor numbers into its log', () => {
    expect(JSON.stringify(desk.log)).not.toMatch(/Ann|March|Laurie|\+44/);
  });
});

describe('a desk with an auth token', () => {
  const authToken = '12345678901234567890123456789012';
  let desk: OpenedDesk;
  beforeAll(async () => {
    desk = await openedDesk({ twilioAuthToken: authToken, publicUrl: 'https://desk.example.org' });
  }, 30_000);
  afterAll(async () => {
    await desk[Symbol.asyncDispose]();
  });

  it.each(['/', '/resume', '/stream-status'])('refuses POST %s without a signature', async (path) => {
    const response = await fetch(desk.url + path, {
      method: 'POST',
      body: new URLSearchParams({ CallSid: 'CA1' }),
    });
    expect(response.status).toBe(403);
  });

  it('refuses a signature of something else', async () => {
    const signature = getExpectedTwilioSignature(authToken, 'https://desk.example.org/', { CallSid: 'CA2' });
    const response = await fetch(desk.url, {
      method: 'POST',
      body: new URLSearchParams({ CallSid: 'CA1' }),
      headers: { 'x-twilio-signature': signature },
    });
    expect(response.status).toBe(403);
  });

  it('answers what Twilio has signed for its public address', async () => {
    const form = { CallSid: 'CA1', From: '+441632960303' };
    const response = await fetch(desk.url, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: {
        'x-twilio-signature': getExpectedTwilioSignature(authToken, 'https://desk.example.org/', form),
      },
    });
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('<Stream url="wss://desk.example.org/media"');
  });

  it('refuses a media socket without a signature, and counts all of these', async () => {
    const webSocket = new WebSocket(`${desk.url.replace('http', 'ws')}/media`);
    const [, response] = (await once(webSocket, 'unexpected-response')) as [unknown, { statusCode: number }];
    expect(response.statusCode).toBe(403);
    webSocket.on('error', () => undefined);
    webSocket.terminate();
    const metrics = await (await fetch(`${desk.url}/metrics`)).text();
    expect(metrics).toContain('frontdesk_protocol_errors_total{kind="badSignature"} 5\n');
  });

  it('needs no signature for its health', async () => {
    expect((await fetch(`${desk.url}/health`)).status).toBe(200);
  });
});
