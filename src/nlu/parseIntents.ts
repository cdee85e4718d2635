import type { Expectation } from '../streams/expectation.js';
import { EXPECTATION_NAMES, isExpectation, PLACES, type IntentDefinition, type Intents } from './intents.js';
import { IntentsError } from './intentsError.js';
import { normalise } from './slots/normalise.js';

/** When an intent is expected whose file does not say. */
const DEFAULT_EXPECTING: readonly Expectation[] = ['open', 'anythingElse'];

const PLACE = /\{[^}]*\}/g;

/** Lines (from 1) on which a JSON string stands, for messages. */
function linesOf(source: string, text: string): number[] {
  const quoted = JSON.stringify(text);
  return source.split('\n').flatMap((line, index) => (line.includes(quoted) ? [index + 1] : []));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function strings(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
}

/** What the parser says of a text, on one line; undefined when it is JSON. */
function syntaxError(source: string): string | undefined {
  try {
    JSON.parse(source);
    return undefined;
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ');
  }
}

/**
 * The line (from 1) of a syntax error. The parser does not always tell, but of the lines up to the one before
 * it it says only that they end too soon.
 */
function syntaxLine(source: string): number {
  const lines = source.split('\n');
  let sound = 0;
  let broken = lines.length;
  while (broken - sound > 1) {
    const middle = Math.floor((sound + broken) / 2);
    const message = syntaxError(lines.slice(0, middle).join('\n'));
    if (message === undefined || message.includes('Unexpected end')) sound = middle;
    else broken = middle;
  }
  return broken;
}

/**
 * Reads and checks an intents file, and fills in what it may leave out.
 * @param source the JSON text
 * @param file its name, for messages
 * @throws IntentsError that names the line and the fix: broken JSON, a missing field, a tag used twice, an
 * unknown place or expectation, or one pattern under two tags
 */
export function parseIntents(source: string, file: string): Intents {
  const problem = syntaxError(source);
  if (problem !== undefined)
    throw new IntentsError(`${file}:${syntaxLine(source)}: not valid JSON (${problem}). Fix the syntax.`);
  const parsed: unknown = JSON.parse(source);
  const at = (text: string, nth = 0): string => {
    const line = linesOf(source, text)[nth];
    return line === undefined ? file : `${file}:${line}`;
  };
  if (!isRecord(parsed) || !Array.isArray(parsed['intents']))
    throw new IntentsError(
      `${file}: no "intents" list. Write { "intents": [ { "tag", "patterns", "responses" } ] }.`,
    );

  const intents: IntentDefinition[] = [];
  /** Tag and wording by normalised pattern, for contradictions. */
  const owners = new Map<string, { tag: string; pattern: string }>();
  for (const [index, item] of parsed['intents'].entries()) {
    if (!isRecord(item) || typeof item['tag'] !== 'string' || item['tag'] === '')
      throw new IntentsError(`${file}: intent ${index + 1} of the list has no "tag". Give it a name.`);
    const tag = item['tag'];
    const patterns = strings(item['patterns']);
    if (!patterns || patterns.length === 0)
      throw new IntentsError(
        `${at(tag)}: intent "${tag}" has no "patterns". List at least one thing callers say.`,
      );
    const responses = strings(item['responses']);
    if (!responses)
      throw new IntentsError(
        `${at(tag)}: intent "${tag}" has no "responses". Add a list, [] when none is spoken.`,
      );
    if (intents.some((other) => other.tag === tag))
      throw new IntentsError(`${at(tag, 1)}: tag "${tag}" is used twice. Merge the two, or rename one.`);
    const listed = item['expecting'] === undefined ? DEFAULT_EXPECTING : strings(item['expecting']);
    const expecting = listed?.filter(
      (name): name is Expectation | '*' => name === '*' || isExpectation(name),
    );
    if (!expecting || expecting.length !== listed?.length)
      throw new IntentsError(
        `${at(tag)}: "expecting" of intent "${tag}" must be a list of ${[...EXPECTATION_NAMES, '*'].join(', ')}.`,
      );
    for (const pattern of patterns) {
      for (const place of pattern.match(PLACE) ?? []) {
        if (!PLACES.some((known) => known === place))
          throw new IntentsError(
            `${at(pattern)}: unknown place ${place} in "${pattern}". Use one of ${PLACES.join(' ')}.`,
          );
      }
      const key = normalise(pattern)
        .map((token) => token.text)
        .join(' ');
      if (key === '') throw new IntentsError(`${at(pattern)}: pattern "${pattern}" has no words. Remove it.`);
      const owner = owners.get(key);
      if (owner && owner.tag !== tag) {
        const isSameWording = owner.pattern === pattern;
        throw new IntentsError(
          `${at(owner.pattern)} and ${at(pattern, isSameWording ? 1 : 0)}: "${pattern}" is a pattern of both "${owner.tag}" and "${tag}". Keep it under one.`,
        );
      }
      owners.set(key, { tag, pattern });
    }
    intents.push({ tag, patterns, responses, expecting });
  }
  return { intents };
}
