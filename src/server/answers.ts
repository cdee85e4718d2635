import { INTENTS, type Understanding } from '../nlu/understanding.js';
import type { Intents } from '../nlu/intents.js';

/** A function of the desk's owner, bound to an intent's tag: what it returns is spoken. */
export type Method = (understanding: Understanding) => string | Promise<string>;

/** The answers to side questions: those that a call can hear without leaving its booking. */
export interface Answers {
  /** The tags that have one. */
  readonly tags: readonly string[];
  /** Undefined when it takes a fact that the desk was not told, such as its address. */
  readonly answer: (understanding: Understanding) => Promise<string | undefined>;
}

/** Intents that the dialogue itself does not act on. */
const ANSWERED_DIRECTLY = ['hours', 'location'];

/**
 * Answers from the methods of the desk's owner, and else from the responses in `intents.json`.
 * @param facts what the places in responses stand for, such as `{hours}`; a response with a place that has no
 * fact is not spoken
 */
export function createAnswers(
  { intents }: Intents,
  methods: Readonly<Record<string, Method>>,
  facts: Readonly<Record<string, string | undefined>>,
  onWarning: (message: string) => void,
): Answers {
  for (const tag of Object.keys(methods)) {
    if (intents.some((intent) => intent.tag === tag)) continue;
    onWarning(
      `methods.${tag} is never called: no intent has that tag. Add it to the intents file, and train.`,
    );
  }
  const responses = new Map(
    intents
      .filter(({ tag }) => ANSWERED_DIRECTLY.includes(tag) || !INTENTS.some((known) => known === tag))
      .map(({ tag, responses }) => [tag, spokenResponses(responses, facts)] as const),
  );
  return {
    tags: [...new Set([...Object.keys(methods), ...responses.keys()])],
    async answer(understanding) {
      const { intent } = understanding;
      const method = Object.hasOwn(methods, intent) ? methods[intent] : undefined;
      if (method === undefined) return responses.get(intent)?.[0];
      // Typed to be a text, but written by the desk's owner, perhaps without types.
      const text: unknown = await method(understanding);
      if (text !== undefined && typeof text !== 'string') {
        throw new TypeError(`methods.${intent} gave ${JSON.stringify(text)}: return the text to say.`);
      }
      return text;
    },
  };
}

function spokenResponses(
  responses: readonly string[],
  facts: Readonly<Record<string, string | undefined>>,
): string[] {
  return responses
    .map((response) => response.replace(/\{(\w+)\}/g, (place, fact: string) => facts[fact] ?? place))
    .filter((response) => !/\{\w+\}/.test(response));
}
