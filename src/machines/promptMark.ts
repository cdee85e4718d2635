import type { Prompt } from './prompt.js';

/** What a mark says of the prompt it ends. */
export interface PromptMark {
  /** The prompt's key, such as `askDate`. */
  readonly key: string;
  /** Counts the prompts of a call. */
  readonly number: number;
}

/** A prompt's name on the line, and so its mark's: `KEY#N`, what was asked and which prompt of the call it is. */
export function promptMark({ id, content: { key } }: Prompt): string {
  return `${key}#${id}`;
}

/**
 * Reads a mark's name.
 * @returns undefined when the name is not of the form `KEY#N`.
 */
export function parsePromptMark(name: string): PromptMark | undefined {
  const match = /^(.+)#(\d+)$/.exec(name);
  return match?.[1] === undefined ? undefined : { key: match[1], number: Number(match[2]) };
}
