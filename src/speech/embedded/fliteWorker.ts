import { parentPort } from 'node:worker_threads';
import { encodeMuLaw } from '../../streams/muLaw.js';
import { loadFlite } from './flite.js';
import type { FliteAnswer, FliteTask } from './fliteProtocol.js';
import { telephoneAudio } from './telephoneAudio.js';

/** The thread of the synthesiser: texts in, audio out, in the same order. */
const port = parentPort;
if (port === null) {
  throw new Error('fliteWorker is started as a worker thread');
}
const flite = loadFlite();
let last = Promise.resolve();

async function perform({ voice, text }: FliteTask): Promise<FliteAnswer> {
  try {
    const speak = await flite;
    return { type: 'spoken', audio: encodeMuLaw(telephoneAudio(await speak(voice, text))) };
  } catch (error) {
    return { type: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}

port.on('message', (task: FliteTask) => {
  last = last.then(async () => {
    port.postMessage(await perform(task));
  });
});
