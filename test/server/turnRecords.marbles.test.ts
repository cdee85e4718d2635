import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import type { CallEvent } from '../../src/callEvent.js';
import { turnRecords } from '../../src/server/turnRecords.js';

const state = (task: string): CallEvent => ({ type: 'state', at: 0, state: { task, turn: 'listening' }, booked: [] });
const heard = (text: string, at: number): CallEvent => ({
  type: 'heard',
  at,
  utterance: { text, confidence: 0.9, endpointingMs: 400, recognitionMs: 30 },
  understanding: { text, intent: 'book', confidence: 0.8, slots: { time: '14:00' }, alternatives: [] },
  understoodAt: at + 2,
});
const unclear = (at: number): CallEvent => ({
  type: 'heard',
  at,
  utterance: { text: '', confidence: 0, endpointingMs: 400, recognitionMs: 30 },
  understoodAt: at,
});
const said = (id: number, at: number): CallEvent => ({
  type: 'said',
  at,
  prompt: { id, content: { key: 'askName' }, expectation: 'name' },
  text: `prompt ${id}`,
});
const playing = (promptId: number, at: number): CallEvent => ({ type: 'playing', at, promptId });

const values = {
  g: state('active.greeting'),
  c: state('active.collecting'),
  h: heard('at two', 1000),
  o: heard('at three', 1500),
  u: unclear(1000),
  s: said(2, 1010),
  t: said(3, 1600),
  p: playing(2, 1025),
  q: playing(3, 1650),
  x: playing(1, 10),
};
const record = {
  state: 'active.greeting',
  heard: 'at two',
  intent: 'book',
  confidence: 0.8,
  slots: { time: '14:00' },
  said: 'prompt 2',
  promptKey: 'askName',
  latency: { endpointing: 400, recognition: 30, understanding: 2, dialogue: 8, speech: 15, firstFrameOut: 455 },
};
const ofUnclear = {
  state: 'active.greeting',
  heard: '',
  slots: {},
  said: 'prompt 2',
  promptKey: 'askName',
  latency: { endpointing: 400, recognition: 30, understanding: 0, dialogue: 10, speech: 15, firstFrameOut: 455 },
};
const ofSecond = {
  ...record,
  state: 'active.collecting',
  heard: 'at three',
  said: 'prompt 3',
  latency: { endpointing: 400, recognition: 30, understanding: 2, dialogue: 98, speech: 50, firstFrameOut: 580 },
};

describe('turnRecords', () => {
  const cases: [name: string, events: string, records: string, subscription: string, leaves?: string][] = [
    ['says nothing of a call in which nothing happens',      '-',           '-',           '^'],
    ['completes with an empty call',                         '|',           '|',           '(^!)'],
    ['records an exchange when its first frame goes out',    'g-h-s-p-|',   '------r-|',   '^-------!'],
    ['has the state in which it was heard',                  'g-h-c-s-p-|', '--------r-|', '^---------!'],
    ['records what could not be made out',                   'g-u-s-p-|',   '------e-|',   '^-------!'],
    ['records each of several exchanges',                    'ghspcotq|',   '---r---w|',   '^-------!'],
    ['counts the first prompt that answers',                 'ghstpq|',     '----r-|',     '^-----!'],
    ['leaves out an utterance that another overtakes',       'ghsotpq|',    '------v|',    '^------!'],
    ['leaves out an utterance that the call ends before',    'g-h-s-|',     '------|',     '^-----!'],
    ['leaves out a prompt that nobody asked for',            'g-s-p-|',     '------|',     '^-----!'],
    ['takes no older prompt for the answer',                 'g-h-s-x-p-|', '--------r-|', '^---------!'],
    ['records an answer once',                               'g-h-s-p-p-|', '------r---|', '^---------!'],
    ['passes an error on',                                   'g-h-#',       '----#',       '^---!'],
    ['goes on with a call that goes on',                     'g-h-s-p---',  '------r---',  '^'],
    ['says nothing after it was left',                       'g-h-s-p-|',   '-----',       '^---!', '----!'],
  ];

  it.each(cases)('%s', (_, events, records, subscription, leaves) => {
    new TestScheduler((actual, expected) => {
      expect(actual).toEqual(expected);
    }).run(({ hot, expectObservable, expectSubscriptions }) => {
      const events$ = hot(events, values);
      expectObservable(events$.pipe(turnRecords()), leaves).toBe(records, {
        r: record,
        e: ofUnclear,
        w: ofSecond,
        v: { ...ofSecond, state: 'active.greeting' },
      });
      expectSubscriptions(events$.subscriptions).toBe(subscription);
    });
  });
});
