import type { AnyStateMachine, AnyStateNode } from 'xstate';
import { actionWords, type Trigger, triggerLines, words } from './transitionWords.js';

/** A state of a chart and what stands in its box. */
export interface ChartState {
  /** Dotted path from the root, such as `task.active.greeting`. */
  readonly id: string;
  readonly name: string;
  readonly isFinal: boolean;
  /** The id of the child that is entered first. */
  readonly initial?: string;
  /** What happens inside the state: its invoked actor, and the events that it answers without leaving it. */
  readonly notes: readonly string[];
  readonly children: readonly ChartState[];
}

/** All transitions from one state to another. */
export interface ChartArrow {
  readonly from: string;
  readonly to: string;
  readonly labels: readonly string[];
}

/** A machine as it is drawn: its parallel regions, or itself as the only one, and the arrows between any two of its states. */
export interface Chart {
  readonly states: readonly ChartState[];
  readonly arrows: readonly ChartArrow[];
}

interface Transition extends Trigger {
  readonly target: string | undefined;
  readonly actions: readonly unknown[];
}

const idOf = (node: AnyStateNode) => node.path.join('.') || node.machine.id;

function transitionsOf(node: AnyStateNode): Transition[] {
  const byEvent = [...node.transitions.values(), node.always ?? []];
  return byEvent.flatMap((transitions) => {
    const targets = transitions.map(({ target }) => target?.[0] && idOf(target[0]));
    return transitions.map(({ eventType, guard, actions }, index) => ({
      eventType: String(eventType),
      guard,
      isFallback: targets.slice(0, index).some((target) => target !== targets[index]),
      target: targets[index],
      actions,
    }));
  });
}

/** Groups in the order in which their keys first appear. */
function grouped<T>(items: readonly T[], keyOf: (item: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups];
}

/**
 * Reads a machine as a chart. All transitions between the same two states become one arrow, but three kinds are
 * notes in the box of the state that they leave: those that stay in it, those into its own children, and those
 * to where a state around it leads already, so that a way out is drawn once, from the outermost border.
 */
export function chartOf(machine: AnyStateMachine): Chart {
  const delays = machine.implementations.delays as Readonly<Record<string, unknown>>;
  const arrows: ChartArrow[] = [];

  const read = (node: AnyStateNode, waysOut: readonly string[]): ChartState => {
    const id = idOf(node);
    const transitions = transitionsOf(node);
    const isWithin = (target: string) =>
      node.parent === undefined || target === id || target.startsWith(`${id}.`);
    const isNote = ({ target }: Transition) =>
      target === undefined || isWithin(target) || waysOut.includes(target);
    const drawn = grouped(
      transitions.filter((each) => !isNote(each)),
      ({ target }) => target ?? '',
    );
    for (const [to, group] of drawn) arrows.push({ from: id, to, labels: triggerLines(group, delays) });
    const effect = ({ target, actions }: Transition) =>
      target === undefined || target === id
        ? actionWords(actions)
        : `→ ${words(target.slice(target.lastIndexOf('.') + 1))}`;
    const noted = grouped(transitions.filter(isNote), effect).map(([what, group]) => {
      const triggers = triggerLines(group, delays).join(' · ');
      return what.startsWith('→') ? `${triggers} ${what}`.trim() : `${triggers}: ${what}`;
    });
    const initial = node.type === 'compound' ? node.initial.target[0] : undefined;
    return {
      id,
      name: words(node.key),
      isFinal: node.type === 'final',
      ...(initial && { initial: idOf(initial) }),
      notes: [
        ...node.invoke.map(({ src }) => `invoke ${words(typeof src === 'string' ? src : 'an actor')}`),
        ...noted,
      ],
      children: Object.values(node.states).map((child) =>
        read(child, [...waysOut, ...drawn.map(([target]) => target)]),
      ),
    };
  };

  const { root } = machine;
  const regions = root.type === 'parallel' ? Object.values(root.states) : [root];
  return { states: regions.map((region) => read(region, [])), arrows };
}
