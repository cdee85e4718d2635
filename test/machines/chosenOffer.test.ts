import { describe, expect, it } from 'vitest';
import { chosenOffer } from '../../src/machines/chosenOffer.js';
import type { Slots } from '../../src/nlu/understanding.js';

const OFFERED = [
  { date: '2026-11-24', time: '11:00' },
  { date: '2026-11-24', time: '13:00' },
  { date: '2026-11-25', time: '11:00' },
];

const chosen = (intent: string, slots: Slots, offered = OFFERED) =>
  chosenOffer({ text: '', intent, confidence: 1, slots, alternatives: [] }, offered);

describe('chosenOffer', () => {
  it.each<[string, Slots, number | undefined]>([
    ['by its place', { choice: 1 }, 0],
    ['by its place, though a day is said as well', { choice: 2, date: '2026-11-24' }, 1],
    ['as the last', { choice: -1 }, 2],
    ['by its time, the nearest first', { time: '11:00' }, 0],
    ['by its time and day', { time: '11:00', date: '2026-11-25' }, 2],
    ['not by a place that is not there', { choice: 4 }, undefined],
    ['not by a time that is not there', { time: '17:00' }, undefined],
    ['not by a time of another day', { time: '13:00', date: '2026-11-25' }, undefined],
    ['not by nothing', {}, undefined],
  ])('picks an offer %s', (_, slots, index) => {
    expect(chosen('inform', slots)).toEqual(index === undefined ? undefined : OFFERED[index]);
  });

  it('takes a plain yes for the only one on offer', () => {
    expect(chosen('affirm', {}, OFFERED.slice(0, 1))).toEqual(OFFERED[0]);
    expect(chosen('affirm', {})).toBeUndefined();
    expect(chosen('affirm', {}, [])).toBeUndefined();
    expect(chosen('affirm', { date: '2026-11-26' }, OFFERED.slice(0, 1))).toBeUndefined();
  });
});
