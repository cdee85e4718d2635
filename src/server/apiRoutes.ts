import { randomUUID } from 'node:crypto';
import express, { type RequestHandler, Router } from 'express';
import { z } from 'zod';
import type { BookingDesk } from '../booking/booking.js';
import { calendarFeed } from '../booking/calendarFeed.js';
import type { DeskHours } from '../booking/deskHours.js';
import { WALL_TIME } from '../booking/timeOfDay.js';
import type { Understander } from '../nlu/understander.js';
import type { ChatSessions } from './chatSessions.js';
import { e164 } from './e164.js';
import { understandRequest } from './understandRequest.js';

interface ApiOptions {
  readonly booking: BookingDesk;
  readonly understander: Understander;
  readonly chats: ChatSessions;
  readonly hours: DeskHours;
  readonly business: string;
  readonly now: () => Date;
}

const date = z.iso.date('give a date as YYYY-MM-DD');

const chatBody = z.object({
  session: z.string('give a session, any text of your own').min(1, 'give a session, any text of your own'),
  text: z.string('give what the caller says; "" is silence'),
  from: e164.optional(),
});

const bookingBody = z.object({
  date,
  time: z.string().regex(WALL_TIME, 'give a time as HH:MM, 24 h'),
  name: z.string('give the name it is for').trim().min(1, 'give the name it is for'),
  phone: e164.optional(),
  partySize: z.int('give a whole number of people').min(1, 'give at least 1').optional(),
});

const dateQuery = z.object({ date });
const bookingsQuery = z.object({ date: date.optional() });

/** The desk for programs: understanding, text chat, bookings, free hours and the calendar feed. */
export function apiRoutes({ booking, understander, chats, hours, business, now }: ApiOptions): Router {
  const router = Router();
  const understandBody = understandRequest(now);
  router.use('/api', express.json({ limit: '64kb' }));

  router.post('/api/understand', (request, response) => {
    const { text, context } = understandBody.parse(request.body);
    const { intent, confidence, slots, alternatives } = understander.understand(text, context);
    response.json({ intent, confidence, slots, alternatives });
  });

  router.post('/api/chat', async (request, response) => {
    const { session, text, from } = chatBody.parse(request.body);
    response.json(await chats.say(session, text, from));
  });

  router.get('/api/bookings', async (request, response) => {
    const { date } = bookingsQuery.parse(request.query);
    response.json({ bookings: await booking.bookings(date === undefined ? {} : { date }) });
  });

  router.post('/api/bookings', async (request, response) => {
    const { phone, partySize, ...slot } = bookingBody.parse(request.body);
    const outcome = await booking.book({
      ...slot,
      ...(phone !== undefined && { phone }),
      ...(partySize !== undefined && { partySize }),
      callId: 'api',
      requestId: request.get('idempotency-key') ?? randomUUID(),
    });
    if (outcome.type === 'committed') response.status(201).json(outcome.booking);
    else response.status(409).json({ error: outcome.reason, alternatives: outcome.alternatives });
  });

  router.delete('/api/bookings/:id', async (request, response) => {
    const cancelled = await booking.cancel(request.params.id);
    if (cancelled) response.json(cancelled);
    else response.status(404).json({ error: `There is no booking ${request.params.id}.` });
  });

  router.get('/api/availability', async (request, response) => {
    const { date } = dateQuery.parse(request.query);
    response.json({ date, slots: await booking.freeSlots(date) });
  });

  const calendar: RequestHandler = async (_request, response) => {
    const feed = calendarFeed(await booking.bookings(), { name: business, hours, now: now() });
    response.type('text/calendar').send(feed);
  };
  router.get('/calendar.ics', calendar);

  return router;
}
