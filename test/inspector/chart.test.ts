import { describe, expect, it } from 'vitest';
import { createMachine } from 'xstate';
import { chartOf } from '../../src/inspector/chart.js';
import { dialogueMachine } from '../../src/machines/dialogueMachine.js';

const machine = createMachine({
  id: 'small',
  initial: 'outer',
  states: {
    outer: {
      initial: 'first',
      on: { leave: 'end', again: { actions: 'sayAgain' }, down: '.second' },
      states: {
        first: {
          on: {
            go: [{ guard: 'isReady', target: 'second' }, { target: '#late' }],
            jump: 'second',
            leave: '#end',
          },
        },
        second: { id: 'late', invoke: { src: 'lookUp' }, on: { bad: '#end', deaf: {} } },
      },
    },
    end: { id: 'end', type: 'final' },
  },
});

describe('a machine as a chart', () => {
  const { states, arrows } = chartOf(machine);
  const outer = states[0]?.children[0];

  it('keeps its hierarchy, its first states and its last', () => {
    expect(states).toMatchObject([{ id: 'small', initial: 'outer' }]);
    expect(states[0]?.children).toMatchObject([
      {
        id: 'outer',
        name: 'outer',
        isFinal: false,
        initial: 'outer.first',
        children: [{ id: 'outer.first' }, { id: 'outer.second' }],
      },
      { id: 'end', isFinal: true, children: [] },
    ]);
  });

  it('has one arrow for all transitions between the same two states', () => {
    expect(arrows.filter(({ from }) => from === 'outer.first')).toEqual([
      { from: 'outer.first', to: 'outer.second', labels: ['go, jump'] },
    ]);
  });

  it('draws the way out of a state once, from its border, and notes it inside', () => {
    expect(arrows.filter(({ to }) => to === 'end')).toEqual([
      { from: 'outer', to: 'end', labels: ['leave'] },
    ]);
    expect(outer?.children.map(({ notes }) => notes)).toEqual([
      ['leave → end'],
      ['invoke look up', 'bad → end', 'deaf: ignored'],
    ]);
  });

  it('notes what a state does without leaving it and where it leads in itself', () => {
    expect(outer?.notes).toEqual(['again: say again', 'down → second']);
  });
});

describe('the dialogue as a chart', () => {
  const { states, arrows } = chartOf(dialogueMachine);

  it('has two regions, whose turn it is and what the call is about', () => {
    expect(states.map(({ id }) => id)).toEqual(['turn', 'task']);
  });

  it("writes a caller's intents in quotation marks and conditions in words", () => {
    const labels = (from: string, to: string) =>
      arrows.find((arrow) => arrow.from === `task.active.${from}` && arrow.to === `task.active.${to}`)
        ?.labels;
    expect(labels('collecting.confirming', 'booking')).toEqual(['“yes”']);
    expect(labels('greeting', 'collecting')).toEqual(['understood [wants booking]']);
    expect(labels('collecting.deciding', 'collecting.askingPartySize')).toEqual(['[lacks party size]']);
  });

  it('says "booked" nowhere but on the way from a committed row', () => {
    const committed = arrows.filter(({ labels }) => labels.some((label) => label.includes('committed')));
    expect(committed.map(({ from }) => from)).toEqual([
      'task.active.booking.writing',
      'task.active.booking.stopping',
    ]);
  });
});
