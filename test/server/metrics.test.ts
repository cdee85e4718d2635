import { describe, expect, it } from 'vitest';
import { createMetrics } from '../../src/server/metrics.js';

/** The samples whose names begin so, without those of buckets. */
async function samples(metrics: ReturnType<typeof createMetrics>, prefix: string): Promise<string[]> {
  const text = await metrics.registry.metrics();
  return text.split('\n').filter((line) => line.startsWith(prefix) && !line.includes('_bucket'));
}

describe('createMetrics', () => {
  it('keeps the whole of an answer apart from its stages, which add up to it', async () => {
    const metrics = createMetrics();
    metrics.turn({
      endpointing: 500,
      recognition: 250,
      understanding: 125,
      dialogue: 1000,
      speech: 2000,
      firstFrameOut: 3875,
    });
    expect(await samples(metrics, 'frontdesk_answer_')).toEqual([
      'frontdesk_answer_seconds_sum 3.875',
      'frontdesk_answer_seconds_count 1',
      'frontdesk_answer_stage_seconds_sum{stage="endpointing"} 0.5',
      'frontdesk_answer_stage_seconds_count{stage="endpointing"} 1',
      'frontdesk_answer_stage_seconds_sum{stage="recognition"} 0.25',
      'frontdesk_answer_stage_seconds_count{stage="recognition"} 1',
      'frontdesk_answer_stage_seconds_sum{stage="understanding"} 0.125',
      'frontdesk_answer_stage_seconds_count{stage="understanding"} 1',
      'frontdesk_answer_stage_seconds_sum{stage="dialogue"} 1',
      'frontdesk_answer_stage_seconds_count{stage="dialogue"} 1',
      'frontdesk_answer_stage_seconds_sum{stage="speech"} 2',
      'frontdesk_answer_stage_seconds_count{stage="speech"} 1',
    ]);
  });

  it('counts the calls in progress and all that were', async () => {
    const metrics = createMetrics();
    metrics.callAnswered();
    metrics.callAnswered();
    metrics.callEnded();
    expect(await samples(metrics, 'frontdesk_calls_')).toEqual([
      'frontdesk_calls_active 1',
      'frontdesk_calls_total 2',
    ]);
  });
});
