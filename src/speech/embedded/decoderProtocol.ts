import type { Expectation } from '../../streams/expectation.js';

/** One thing for a decoder thread to do. It does one at a time and answers in their order. */
export type DecoderTask =
  | { readonly type: 'prepare'; readonly expectation: Expectation }
  | { readonly type: 'utterance'; readonly expectation: Expectation; readonly pcm: Int16Array }
  | {
      readonly type: 'piece';
      readonly expectation: Expectation;
      readonly pcm: Int16Array;
      readonly first: boolean;
    };

/** A thread's answer to its task; the text of a task that gives none is empty. */
export type DecoderAnswer =
  /** It can work; the warnings are about the vocabulary that it was started with. */
  | { readonly type: 'ready'; readonly warnings: readonly string[] }
  | { readonly type: 'done'; readonly text: string; readonly confidence: number }
  | { readonly type: 'failed'; readonly message: string };
