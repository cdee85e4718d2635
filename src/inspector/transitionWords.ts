/** What sets a transition off, as the machine's definition has it. */
export interface Trigger {
  /** The event's type, with XState's own form for delays; empty for a transition that is taken at once. */
  readonly eventType: string;
  readonly guard: unknown;
  /** Whether it is tried only after others of the same event, which lead elsewhere. */
  readonly isFallback: boolean;
}

/** The machine's delays by name, in milliseconds. */
export type Delays = Readonly<Record<string, unknown>>;

/** Events whose room goes without saying. */
const SHORT = /^(?:caller|booking|call|desk)\./;

/** Intents as a caller would say them. */
const SPOKEN: Readonly<Record<string, string>> = { affirm: 'yes', deny: 'no' };

/** `lacksPartySize`, `human_agent` → "lacks party size", "human agent". */
export function words(name: string): string {
  return name
    .replace(/[._]/g, ' ')
    .replace(/([a-z])(?=[A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$2 ')
    .toLowerCase();
}

const quoted = (intent: string) => `“${SPOKEN[intent] ?? words(intent)}”`;

function duration(delay: unknown): string {
  if (typeof delay !== 'number') return String(delay);
  return delay >= 60_000 ? `${delay / 60_000}\u00a0min` : `${delay / 1_000}\u00a0s`;
}

function eventWords(eventType: string, delays: Delays): string {
  const delay = /^xstate\.after\.([^.]+)\./.exec(eventType)?.[1];
  if (delay !== undefined) return `after ${duration(delays[delay] ?? delay)}`;
  if (eventType === 'call.ended') return 'hangs up';
  return words(eventType.replace(SHORT, ''));
}

interface ParameterisedGuard {
  readonly type: string;
  readonly params: Readonly<Record<string, unknown>>;
}

const isParameterised = (guard: unknown): guard is ParameterisedGuard =>
  typeof guard === 'object' && guard !== null && 'type' in guard && 'params' in guard;

/** The intents that a guard asks for, when that is all that it asks. */
function intentsOf(guard: unknown): readonly string[] | undefined {
  if (!isParameterised(guard)) return undefined;
  const { intents, intent } = guard.params;
  if (Array.isArray(intents)) return intents.map(String);
  return typeof intent === 'string' ? [intent] : undefined;
}

function guardWords({ guard, isFallback }: Trigger): string {
  if (guard === undefined) return isFallback ? 'else' : '';
  if (typeof guard === 'string') return words(guard);
  if (isParameterised(guard)) return words(guard.type);
  if (typeof guard === 'function' && 'stateValue' in guard)
    return `in ${words(String(guard.stateValue)).replace('#', '')}`;
  return 'guarded';
}

/**
 * What sets off the transitions between the same two states, in as few short lines as it takes: spoken intents
 * together in quotation marks, other events with their guard in brackets, those with the same guard together.
 */
export function triggerLines(triggers: readonly Trigger[], delays: Delays): string[] {
  const spoken = new Set<string>();
  const eventsByGuard = new Map<string, Set<string>>();
  const unconditional = new Set(
    triggers.filter((each) => guardWords(each) === '').map(({ eventType }) => eventType),
  );
  for (const trigger of triggers) {
    const intents = intentsOf(trigger.guard);
    const guard = guardWords(trigger);
    if (intents) {
      for (const intent of intents) spoken.add(quoted(intent));
    } else if (guard === '' || !unconditional.has(trigger.eventType)) {
      const events = eventsByGuard.get(guard) ?? new Set();
      eventsByGuard.set(guard, events.add(eventWords(trigger.eventType, delays)));
    }
  }
  const guardsByEvents = new Map<string, string[]>();
  for (const [guard, events] of eventsByGuard) {
    const names = [...events].join(', ');
    guardsByEvents.set(names, [...(guardsByEvents.get(names) ?? []), guard]);
  }
  const conditional = [...guardsByEvents].map(([events, guards]) => {
    const condition = guards.filter((guard) => guard !== '').join(' or ');
    return [events, condition && `[${condition}]`].filter((part) => part !== '').join(' ');
  });
  return [[...spoken].join(', '), ...conditional].filter((line) => line !== '');
}

/** What a transition that stays where it is does, or that it makes the state deaf to its events. */
export function actionWords(actions: readonly unknown[]): string {
  const named = actions.flatMap((action) => {
    if (typeof action === 'string') return [words(action)];
    if ((typeof action !== 'object' && typeof action !== 'function') || action === null) return [];
    if (!('type' in action) || typeof action.type !== 'string') return [];
    if (action.type === 'xstate.spawnChild' && 'src' in action)
      return [`invoke ${words(String(action.src))}`];
    if (action.type === 'xstate.raise' && 'event' in action) return raised(action.event);
    if (action.type.startsWith('xstate.')) return [];
    const content: unknown =
      'params' in action && typeof action.params === 'object' ? action.params : undefined;
    return [`${words(action.type)}${saidBy(content)}`];
  });
  return named.length === 0 ? 'ignored' : named.join(', ');
}

function raised(event: unknown): string[] {
  if (typeof event !== 'object' || event === null || !('type' in event)) return [];
  return [`raise ${eventWords(String(event.type), {})}`];
}

/** The key of a prompt that is known beforehand. */
function saidBy(params: unknown): string {
  if (typeof params !== 'object' || params === null || !('content' in params)) return '';
  const { content } = params;
  if (typeof content !== 'object' || content === null || !('key' in content)) return '';
  return ` “${words(String(content.key))}”`;
}
