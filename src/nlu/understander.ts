import type { Expectation } from '../streams/expectation.js';
import type { Understanding } from './understanding.js';

/** What the words of an answer are read against. */
export interface ReadingContext {
  /** The question just asked; `open` when absent. */
  readonly expecting?: Expectation;
  /** The instant that "tomorrow" counts from: the desk's clock, never the process's. */
  readonly now: Date;
}

/** Text to meaning: intent and slots. Pure after loading. */
export interface Understander {
  understand(text: string, context: ReadingContext): Understanding;
}
