import { concatMap, type OperatorFunction } from 'rxjs';
import type { PlayoutCommand } from '../streams/playout.js';
import type { Synthesizer } from './synthesizer.js';

/** A prompt in words. */
export interface SpokenPrompt {
  /** Names the prompt in the playout and in its mark. */
  readonly id: string;
  /** Spoken one after another, each synthesised by itself: so a cache serves those that it has. */
  readonly sentences: readonly string[];
}

/**
 * Prompts in words → prompts in audio, in order, one at a time. A sentence that cannot be spoken is reported
 * and left out; a prompt of which nothing is left is played as empty audio, so that its end is still known.
 */
export function speak(
  synthesizer: Synthesizer,
  onError: (error: unknown) => void,
): OperatorFunction<SpokenPrompt, PlayoutCommand> {
  return concatMap(async ({ id, sentences }): Promise<PlayoutCommand> => {
    const spoken = await Promise.allSettled(sentences.map((sentence) => synthesizer.synthesize(sentence)));
    const audio = spoken.flatMap((result) => {
      if (result.status === 'fulfilled') return [result.value];
      onError(result.reason);
      return [];
    });
    return { type: 'play', id, audio: new Uint8Array(Buffer.concat(audio)) };
  });
}
