import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { ProtocolErrorKind } from '../telephony/protocolError.js';
import type { TurnLatency } from './turnRecords.js';

/** What the desk counts, in Prometheus's terms (https://prometheus.io/docs/practices/naming/). */
export function createMetrics() {
  const registers = [new Registry()] as const;
  const [registry] = registers;
  collectDefaultMetrics({ register: registry });
  const active = new Gauge({
    name: 'frontdesk_calls_active',
    help: 'Calls in progress',
    registers: [...registers],
  });
  const calls = new Counter({
    name: 'frontdesk_calls_total',
    help: 'Calls answered',
    registers: [...registers],
  });
  const bookings = new Counter({
    name: 'frontdesk_bookings_total',
    help: 'Bookings committed in calls',
    registers: [...registers],
  });
  const errors = new Counter({
    name: 'frontdesk_errors_total',
    help: 'Errors that a call went on after',
    registers: [...registers],
  });
  const protocolErrors = new Counter({
    name: 'frontdesk_protocol_errors_total',
    help: 'Messages or sockets that broke the Media Streams protocol',
    labelNames: ['kind'],
    registers: [...registers],
  });
  const droppedAudio = new Counter({
    name: 'frontdesk_dropped_audio_seconds_total',
    help: 'Audio that interim recognition did without, because newer audio came before a decoder was free',
    registers: [...registers],
  });
  const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2.5, 5];
  const answer = new Histogram({
    name: 'frontdesk_answer_seconds',
    help: 'Time from the end of speech to the first frame of the answer',
    buckets,
    registers: [...registers],
  });
  // Apart from the whole, so that the sum over the stages counts nothing twice.
  const stages = new Histogram({
    name: 'frontdesk_answer_stage_seconds',
    help: 'The stages that make up frontdesk_answer_seconds',
    labelNames: ['stage'],
    buckets,
    registers: [...registers],
  });
  return {
    registry,
    callAnswered: () => {
      calls.inc();
      active.inc();
    },
    callEnded: () => {
      active.dec();
    },
    booked: () => {
      bookings.inc();
    },
    errored: () => {
      errors.inc();
    },
    audioDropped: (milliseconds: number) => {
      droppedAudio.inc(milliseconds / 1000);
    },
    protocolError: (kind: ProtocolErrorKind) => {
      protocolErrors.inc({ kind });
    },
    turn: ({ firstFrameOut, ...split }: TurnLatency) => {
      answer.observe(firstFrameOut / 1000);
      for (const [stage, milliseconds] of Object.entries(split)) {
        stages.observe({ stage }, milliseconds / 1000);
      }
    },
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
