import type { FliteVoice } from './fliteVoice.js';

/** A text for the synthesiser's thread to speak. */
export interface FliteTask {
  readonly voice: FliteVoice;
  readonly text: string;
}

/** Its answer; tasks are answered in their order. */
export type FliteAnswer =
  /** μ-law at 8000 Hz. */
  | { readonly type: 'spoken'; readonly audio: Uint8Array }
  | { readonly type: 'failed'; readonly message: string };
