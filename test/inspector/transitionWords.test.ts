import { describe, expect, it } from 'vitest';
import { actionWords, type Trigger, triggerLines, words } from '../../src/inspector/transitionWords.js';

const trigger = (eventType: string, guard?: unknown, isFallback = false): Trigger => ({
  eventType,
  guard,
  isFallback,
});

const lines = (...triggers: Trigger[]) => triggerLines(triggers, { SHORTLY: 1_500, LATE: 900_000 });

describe('words', () => {
  it.each([
    ['lacksPartySize', 'lacks party size'],
    ['human_agent', 'human agent'],
    ['howCanIHelp', 'how can i help'],
    ['prompt.finished', 'prompt finished'],
  ])('reads %s as "%s"', (name, expected) => {
    expect(words(name)).toBe(expected);
  });
});

describe('triggerLines', () => {
  it('joins intents in quotation marks', () => {
    expect(
      lines(
        trigger('caller.understood', { type: 'intentIs', params: { intents: ['stop', 'human_agent'] } }),
        trigger('caller.understood', { type: 'justSays', params: { intent: 'deny' } }),
      ),
    ).toEqual(['“stop”, “human agent”, “no”']);
  });

  it('joins events that have the same condition, and conditions of the same event', () => {
    expect(lines(trigger('caller.silent', 'mayMiss'), trigger('caller.unclear', 'mayMiss'))).toEqual([
      'silent, unclear [may miss]',
    ]);
    expect(lines(trigger('go', 'isA'), trigger('go', 'isB'))).toEqual(['go [is a or is b]']);
  });

  it('needs no condition where the event leads there in any case', () => {
    expect(lines(trigger('listed', 'hasSlots'), trigger('listed'))).toEqual(['listed']);
  });

  it('says "else" where earlier transitions lead elsewhere', () => {
    expect(lines(trigger('listed', undefined, true))).toEqual(['listed [else]']);
  });

  it('gives delays in seconds or minutes', () => {
    expect(lines(trigger('xstate.after.SHORTLY.call.task'), trigger('xstate.after.LATE.call'))).toEqual([
      'after 1.5\u00a0s, after 15\u00a0min',
    ]);
    expect(lines(trigger('xstate.after.UNKNOWN.call'))).toEqual(['after UNKNOWN']);
  });

  it('is silent on a transition that is always taken', () => {
    expect(lines(trigger(''))).toEqual([]);
    expect(lines(trigger('', 'isDone'))).toEqual(['[is done]']);
  });
});

describe('actionWords', () => {
  it('names the actions, with what they say if that is fixed', () => {
    expect(actionWords(['takeOffer', { type: 'say', params: { content: { key: 'askDate' } } }])).toBe(
      'take offer, say “ask date”',
    );
    expect(actionWords([{ type: 'say', params: () => ({}) }])).toBe('say');
  });

  it('calls an event without any ignored', () => {
    expect(actionWords([])).toBe('ignored');
  });
});
