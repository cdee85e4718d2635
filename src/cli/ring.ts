import { lastValueFrom, tap } from 'rxjs';
import { createFliteSynthesizer } from '../speech/embedded/fliteSynthesizer.js';
import { dial } from '../testing/simulatedCall.js';
import { simulatedCaller } from '../testing/simulatedCaller.js';
import { saidLines, scriptLines } from './scriptLines.js';
import { Transcript } from './transcript.js';
import { UsageError } from './usageError.js';

interface RingOptions {
  readonly say?: string;
  readonly script?: string;
  readonly voice: string;
  readonly from: string;
}

const VOICES = ['rms', 'awb', 'kal', 'slt'] as const;

/**
 * `frontdesk call`: rings any desk and says a line whenever it has finished speaking, then hangs up. What
 * comes back is audio, so the desk's side is shown by the keys of its prompts.
 * @returns the exit code: 0 when the call was answered
 */
export async function ring(url: string, { say, script, voice: name, from }: RingOptions): Promise<number> {
  const voiceName = VOICES.find((voice) => voice === name);
  if (voiceName === undefined)
    throw new UsageError(`There is no voice "${name}". Give one of ${VOICES.join(', ')}.`);
  if (!URL.canParse(url)) throw new UsageError(`"${url}" is no URL. Give one such as http://127.0.0.1:8080.`);
  const lines = say === undefined ? (script === undefined ? [] : scriptLines(script)) : saidLines(say);
  if (lines.length === 0)
    throw new UsageError('Nothing to say. Give --say "book a table|tomorrow at two|yes".');

  const voice = await createFliteSynthesizer({ voice: voiceName });
  const transcript = new Transcript();
  const authToken = process.env['TWILIO_AUTH_TOKEN'];
  const call = dial({ url, from, to: '+441632960000', ...(authToken && { authToken }) });
  let next = 0;
  const plan = () => {
    const line = lines[next++];
    if (line === undefined) call.hangUp();
    return line;
  };
  try {
    const end = await lastValueFrom(
      simulatedCaller({ call, voice, plan }).pipe(
        tap((event) => {
          if (event.type === 'said') transcript.caller(event.line);
          else if (event.type === 'answered') transcript.answered(event.latencyMs);
          else if (event.type === 'heard') transcript.desk(`[${event.key}]`);
        }),
      ),
    );
    if (end.type !== 'ended') return 1;
    transcript.note(`The call ended: ${end.reason}${end.detail === undefined ? '' : ` (${end.detail})`}.`);
    return end.reason === 'failed' ? 1 : 0;
  } finally {
    await voice.close();
  }
}
