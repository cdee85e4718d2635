/** The caller began to speak. Comes before any text of that stretch of speech; drives barge-in. */
export interface SpeechStart {
  readonly type: 'speechStart';
}

/** What the recogniser has heard so far of a stretch of speech; each one replaces the one before. */
export interface InterimResult {
  readonly type: 'interim';
  readonly text: string;
}

/** What the recogniser settled on. An empty text is speech that matched nothing it listens for. */
export interface FinalResult {
  readonly type: 'final';
  readonly text: string;
  /** 0 to 1; what a provider that gives none reports as 1. */
  readonly confidence: number;
  /** Milliseconds from the end of speech in the audio to the decision that the caller had finished. */
  readonly endpointingMs: number;
  /** Milliseconds from that decision to this result. */
  readonly recognitionMs: number;
}

/** What a recogniser says about a stream of audio. */
export type SpeechResult = SpeechStart | InterimResult | FinalResult;
