import { Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { CallEvent } from '../../src/callEvent.js';
import type { Slots } from '../../src/nlu/understanding.js';
import { createLog } from '../../src/server/log.js';
import { logCall } from '../../src/server/logCall.js';
import { createMetrics } from '../../src/server/metrics.js';

type Line = Readonly<Record<string, unknown>>;

/** What the log has of a call in which the desk, in this state, heard this. */
function logged(
  state: string,
  heard: string,
  intent: string,
  slots: Slots,
  personal = false,
): readonly Line[] {
  const lines: Line[] = [];
  const log = createLog('info', { write: (line: string) => lines.push(JSON.parse(line) as Line) });
  const events$ = new Subject<CallEvent>();
  logCall({ callSid: 'CA1', from: '+441632960123', events$ }, { log, metrics: createMetrics(), personal });
  events$.next({ type: 'state', at: 0, state: { task: state, turn: 'listening' }, booked: [] });
  const understanding = { text: heard, intent, confidence: 0.9, slots, alternatives: [] };
  const utterance = { text: heard, confidence: 0.9, endpointingMs: 400, recognitionMs: 30 };
  events$.next({ type: 'heard', at: 0, utterance, understanding, understoodAt: 1 });
  const text = `That's for ${slots.name ?? 'nobody'}.`;
  events$.next({
    type: 'said',
    at: 2,
    prompt: { id: 2, content: { key: 'askName' }, expectation: 'name' },
    text,
  });
  events$.next({ type: 'playing', at: 3, promptId: 2 });
  events$.complete();
  return lines;
}

const COLLECTING = 'active.collecting';

describe('logCall', () => {
  it('writes a line for the beginning, each exchange and the end', () => {
    const lines = logged('active.greeting', 'a table at two', 'book', { time: '14:00' });
    expect(lines).toMatchObject([
      { level: 'info', callSid: 'CA1', msg: 'call answered' },
      {
        level: 'info',
        callSid: 'CA1',
        msg: 'turn',
        state: 'active.greeting',
        heard: 'a table at two',
        intent: 'book',
        slots: { time: '14:00' },
        said: "That's for nobody.",
        promptKey: 'askName',
        latency: {
          endpointing: 400,
          recognition: 30,
          understanding: 1,
          dialogue: 1,
          speech: 1,
          firstFrameOut: 433,
        },
      },
      { level: 'info', callSid: 'CA1', msg: 'call ended', booked: 0 },
    ]);
  });

  it.each<[state: string, heard: string, intent: string, slots: Slots, shown: string]>([
    [`${COLLECTING}.askingName`, 'its john smith', 'inform', { name: 'John Smith' }, 'its [redacted]'],
    [`${COLLECTING}.askingName`, 'its xiao long', 'out_of_scope', {}, '[redacted]'],
    [`${COLLECTING}.askingName`, 'book it for will', 'affirm', {}, '[redacted]'],
    [`${COLLECTING}.confirming`, 'no its jones', 'out_of_scope', {}, '[redacted]'],
    [`${COLLECTING}.confirming`, 'yes please', 'affirm', {}, 'yes please'],
    [`${COLLECTING}.askingDate`, 'do you sell shoes', 'out_of_scope', {}, 'do you sell shoes'],
  ])('shows nobody who called: in %s, "%s" (%s)', (state, heard, intent, slots, shown) => {
    const lines = logged(state, heard, intent, slots);
    expect(lines[1]).toMatchObject({ msg: 'turn', heard: shown });
    expect(JSON.stringify(lines)).not.toMatch(/john|smith|\+44/i);
  });

  it('shows it where that was asked for', () => {
    const lines = logged(
      `${COLLECTING}.askingName`,
      'its john smith',
      'inform',
      { name: 'John Smith' },
      true,
    );
    expect(lines).toMatchObject([
      { from: '+441632960123' },
      { heard: 'its john smith', slots: { name: 'John Smith' }, said: "That's for John Smith." },
      {},
    ]);
  });

  it('logs a call that a fault ended, and counts it as over', async () => {
    const lines: Line[] = [];
    const log = createLog('info', { write: (line: string) => lines.push(JSON.parse(line) as Line) });
    const events$ = new Subject<CallEvent>();
    const metrics = createMetrics();
    logCall({ callSid: 'CA1', events$ }, { log, metrics, personal: false });
    expect(await metrics.registry.metrics()).toContain('frontdesk_calls_active 1\n');
    events$.error(new Error('the decoder is gone'));
    expect(lines.at(-1)).toMatchObject({
      level: 'error',
      msg: 'call lost to a fault',
      err: { message: 'the decoder is gone' },
    });
    expect(await metrics.registry.metrics()).toContain('frontdesk_calls_active 0\n');
  });
});
