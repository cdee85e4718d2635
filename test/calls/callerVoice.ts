import type { FliteVoice } from '../../src/speech/embedded/fliteVoice.js';
import { createFliteSynthesizer } from '../../src/speech/embedded/fliteSynthesizer.js';
import { withPromptCache } from '../../src/speech/promptCache.js';
import type { Synthesizer } from '../../src/speech/synthesizer.js';

/** A caller's voice. What it said once it need not make again, which leaves the processors to the desk. */
export async function callerVoice(voice: FliteVoice): Promise<Synthesizer & { close(): Promise<void> }> {
  const flite = await createFliteSynthesizer({ voice });
  return {
    ...withPromptCache(flite, { directory: 'node_modules/.cache/frontdesk/callers' }),
    close: () => flite.close(),
  };
}
