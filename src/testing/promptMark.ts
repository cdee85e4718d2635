/** What a mark says of the prompt it ends: the desk names its marks `KEY#N`. */
export interface PromptMark {
  /** The prompt's key, such as `askDate`. */
  readonly key: string;
  /** Counts the prompts of a call. */
  readonly number: number;
}

/**
 * Reads a mark's name.
 * @returns undefined when the name is not of the form `KEY#N`.
 */
export function parsePromptMark(name: string): PromptMark | undefined {
  const match = /^(.+)#(\d+)$/.exec(name);
  return match?.[1] === undefined ? undefined : { key: match[1], number: Number(match[2]) };
}
