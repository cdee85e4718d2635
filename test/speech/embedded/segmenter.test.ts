import { describe, expect, it } from 'vitest';
import { segmenter, type SegmentEvent } from '../../../src/speech/embedded/segmenter.js';

/** `#` a voiced frame, `-` one of voiced quiet (a detector's hang-over), `.` silence. */
function events(frames: string, finished = false): { at: number; event: SegmentEvent }[] {
  let at = 0;
  const segments = segmenter(() => frames[at] !== '.');
  const heard: { at: number; event: SegmentEvent }[] = [];
  for (; at < frames.length; at++) {
    const frame = new Int16Array(160).fill(frames[at] === '#' ? 8000 : 10);
    heard.push(...segments.push(frame).map((event) => ({ at, event })));
  }
  if (finished) {
    heard.push(...segments.finish().map((event) => ({ at, event })));
  }
  return heard.filter(({ event }) => event.type !== 'speech');
}

const SETTLED = '.'.repeat(20);

describe('segmenter', () => {
  it('finds the beginning, the pause and the end of speech', () => {
    const heard = events(`${SETTLED}${'#'.repeat(20)}---${'.'.repeat(20)}`);
    expect(heard.map(({ event }) => event.type)).toEqual(['start', 'pause', 'end']);
    expect(heard.map(({ at }) => at - SETTLED.length)).toEqual([4, 23, 36]);
  });

  it('tells how long after the last loud frame it decided', () => {
    const end = events(`${SETTLED}${'#'.repeat(20)}---${'.'.repeat(20)}`).at(-1)?.event;
    expect(end).toEqual({ type: 'end', endpointingMs: 340 });
  });

  it('includes what was said before the onset was noticed', () => {
    const pause = events(`${SETTLED}${'#'.repeat(20)}${'.'.repeat(20)}`)[1]?.event;
    const samples = pause?.type === 'pause' ? pause.utterance.length : 0;
    expect(samples).toBe((21 + 15 + 4) * 160);
  });

  it('takes a pause back when speech goes on, and gives the whole utterance at the end', () => {
    const heard = events(`${SETTLED}${'#'.repeat(10)}.....${'#'.repeat(10)}${'.'.repeat(20)}`);
    expect(heard.map(({ event }) => event.type)).toEqual(['start', 'pause', 'resume', 'pause', 'end']);
  });

  it.each(['####', '#.#.#.#.#.'])('is not started by a click (%s)', (click) => {
    expect(events(`${SETTLED}${click}${'.'.repeat(20)}`)).toEqual([]);
  });

  it('does not trust the detector before it knows the line', () => {
    expect(events('#'.repeat(20))).toEqual([]);
  });

  it('ends what is being said when the stream is over', () => {
    const [, end] = events(`${SETTLED}${'#'.repeat(10)}`, true);
    expect(end?.event).toMatchObject({ type: 'end', endpointingMs: 0 });
    expect(end?.event).toHaveProperty('utterance');
  });

  it('has nothing to end in a silent stream', () => {
    expect(events(SETTLED, true)).toEqual([]);
  });

  it('cuts what never ends', () => {
    const heard = events(`${SETTLED}${'#'.repeat(1500)}`);
    expect(heard.map(({ event }) => event.type)).toEqual(['start', 'end', 'start']);
  });
});
