import { parentPort, workerData } from 'node:worker_threads';
import { createDecoder } from './decoder.js';
import type { DecoderAnswer, DecoderTask } from './decoderProtocol.js';
import { listeningFor } from './listeningFor.js';
import type { Vocabulary } from './vocabulary.js';

/** The thread of one decoder: tasks in, one answer each out, in the same order. */
const port = parentPort;
if (port === null) {
  throw new Error('decoderWorker is started as a worker thread');
}
const warnings: string[] = [];
const { lexicon, grammars } = listeningFor(workerData as Vocabulary, (warning) => warnings.push(warning));
const decoder = await createDecoder(lexicon, grammars);

function perform(task: DecoderTask): DecoderAnswer {
  decoder.listenFor(task.expectation);
  switch (task.type) {
    case 'prepare':
      return { type: 'done', text: '', confidence: 0 };
    case 'utterance':
      return { type: 'done', ...decoder.decode(task.pcm) };
    case 'piece':
      return { type: 'done', text: decoder.decodeLive(task.pcm, task.first), confidence: 0 };
  }
}

port.on('message', (task: DecoderTask) => {
  let answer: DecoderAnswer;
  try {
    answer = perform(task);
  } catch (error) {
    if (error instanceof Error && error.name === 'RuntimeError') {
      // The module's memory cannot be trusted after a trap: end the thread, another takes its place.
      throw error;
    }
    answer = { type: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
  port.postMessage(answer);
});
port.postMessage({ type: 'ready', warnings } satisfies DecoderAnswer);
