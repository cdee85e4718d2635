/** The port of text to speech. */
export interface Synthesizer {
  /** Names the voice and its settings; part of the prompt cache's key, such as `flite/slt`. */
  readonly voice: string;
  /**
   * Speaks a text.
   * @returns μ-law at 8000 Hz without any header, leading and trailing silence trimmed.
   * @throws when the voice fails; the caller decides what is said instead.
   */
  synthesize(text: string): Promise<Uint8Array>;
}
