import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Method } from '../../src/server/answers.js';
import { readConfiguration } from '../../src/server/configuration.js';
import { openConversation } from '../../src/server/openConversation.js';

/** Asks a desk with these methods for its hours in the middle of a booking, and then finishes it. */
async function askedForHours(methods: Readonly<Record<string, Method>>) {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-methods-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const errors: unknown[] = [];
  const warnings: string[] = [];
  const configuration = readConfiguration({
    DATABASE_URL: join(folder, 'frontdesk.db'),
    FRONTDESK_NOW: '2026-11-23T09:30:00Z',
  });
  const conversation = await openConversation(
    configuration,
    methods,
    (error) => errors.push(error),
    (warning) => warnings.push(warning),
  );
  const { chats, booking } = conversation;
  onTestFinished(() => conversation.close());
  await chats.say('x', 'a table for tomorrow at two');
  const answer = await chats.say('x', 'what are your opening hours');
  await chats.say('x', 'John Smith');
  await chats.say('x', 'yes');
  const booked = (await booking.bookings()).map(({ date, time, name }) => `${date} ${time} ${name}`);
  return { answer, booked, errors, warnings };
}

const BOOKED = ['2026-11-24 14:00 John Smith'];

describe('a method', () => {
  it('answers in place of the response, and the booking goes on', async () => {
    const { answer, booked, errors } = await askedForHours({ hours: () => 'Come whenever you like.' });
    expect(answer.replies).toEqual([
      { key: 'askName', text: 'Come whenever you like. What name shall I put it under?' },
    ]);
    expect(booked).toEqual(BOOKED);
    expect(errors).toEqual([]);
  });

  it('with a tag that no intent has is warned of', async () => {
    const { warnings } = await askedForHours({ MenuInquiry: () => 'Lamb.' });
    expect(warnings).toEqual([expect.stringMatching(/^methods\.MenuInquiry is never called: .* Add it/)]);
  });

  it('may take its time, and is told what was understood', async () => {
    const { answer, booked } = await askedForHours({
      hours: async ({ intent, text }) => {
        await new Promise((resolve) => setImmediate(resolve));
        return `You asked for ${intent} with ${text}?`;
      },
    });
    expect(answer.replies[0]?.text).toMatch(
      /^You asked for hours with what are your opening hours\? What name/,
    );
    expect(booked).toEqual(BOOKED);
  });

  it.each<[string, Method]>([
    [
      'throws',
      () => {
        throw new Error('the kitchen is on fire');
      },
    ],
    ['rejects', () => Promise.reject(new Error('the kitchen is on fire'))],
  ])('that %s is reported and excused, and the booking goes on', async (_, method) => {
    const { answer, booked, errors } = await askedForHours({ hours: method });
    expect(answer.replies[0]?.text).toBe(
      "I'm sorry, I can't tell you that just now. What name shall I put it under?",
    );
    expect(booked).toEqual(BOOKED);
    expect(errors).toEqual([new Error('the kitchen is on fire')]);
  });

  it.each([
    ['null', null],
    ['a number', 42],
    ['an object', { text: 'Nine to six.' }],
  ])('that gives %s instead of a text is reported and excused', async (_, value) => {
    const untyped = { hours: () => value } as unknown as Readonly<Record<string, Method>>;
    const { answer, booked, errors } = await askedForHours(untyped);
    expect(answer.replies[0]?.text).toMatch(/^I'm sorry, I can't tell you that just now\. What name/);
    expect(booked).toEqual(BOOKED);
    expect(errors).toEqual([
      new TypeError(`methods.hours gave ${JSON.stringify(value)}: return the text to say.`),
    ]);
  });

  it('that says nothing leaves the question', async () => {
    const { answer, booked, errors } = await askedForHours({ hours: () => '' });
    expect(answer.replies[0]?.text).toBe('What name shall I put it under?');
    expect(booked).toEqual(BOOKED);
    expect(errors).toEqual([]);
  });

  it('is not needed where intents.json has a response', async () => {
    const { answer, booked } = await askedForHours({});
    expect(answer.replies[0]?.text).toMatch(/^We are open .*\. What name shall I put it under\?$/);
    expect(booked).toEqual(BOOKED);
  });
});
