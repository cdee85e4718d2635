import { access } from 'node:fs/promises';
import type { Worker } from 'node:worker_threads';
import { asyncScheduler, type SchedulerLike, type Subscription } from 'rxjs';
import { startWorker } from '../startWorker.js';
import type { Synthesizer } from '../synthesizer.js';
import type { FliteAnswer, FliteTask } from './fliteProtocol.js';
import { flitePath } from './flitePath.js';
import type { FliteVoice } from './fliteVoice.js';

export interface FliteSynthesizerOptions {
  readonly voice?: FliteVoice;
  /** Its thread, some 90 MB, ends after so long without anything to say; the next text starts it again. */
  readonly idleMs?: number;
  readonly scheduler?: SchedulerLike;
}

/** A synthesiser in this process: no account, no network, English. */
export interface FliteSynthesizer extends Synthesizer {
  /** Ends its thread. What is being spoken rejects. */
  close(): Promise<void>;
}

interface Request {
  readonly resolve: (audio: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Creates a synthesiser that speaks with flite in a thread of its own, one text after another. Characters that
 * flite cannot say are left out; a text with nothing to say is no audio. The thread starts with the first text.
 * @throws when the flite program is not installed.
 */
export async function createFliteSynthesizer(
  options: FliteSynthesizerOptions = {},
): Promise<FliteSynthesizer> {
  await access(flitePath());
  const { voice = 'slt', idleMs = 30_000, scheduler = asyncScheduler } = options;
  let worker: Worker | undefined;
  let requests: Request[] = [];
  let idle: Subscription | undefined;
  let closed = false;

  function start(): Worker {
    const started = startWorker('./fliteWorker', import.meta.url, { name: 'flite' });
    let cause = new Error('its thread ended');
    started.on('message', (answer: FliteAnswer) => {
      const request = requests.shift();
      if (answer.type === 'spoken') {
        request?.resolve(answer.audio);
      } else {
        request?.reject(new Error(`flite failed: ${answer.message}`));
      }
      rest();
    });
    started.on('error', (error) => {
      cause = error instanceof Error ? error : new Error(String(error));
    });
    started.on('exit', () => {
      if (worker === started) {
        worker = undefined;
        failAll(new Error('flite failed', { cause }));
      }
    });
    return started;
  }

  function failAll(error: Error): void {
    const failed = requests;
    requests = [];
    for (const request of failed) {
      request.reject(error);
    }
  }

  function end(): Promise<unknown> {
    const ending = worker;
    worker = undefined;
    return ending?.terminate() ?? Promise.resolve();
  }

  function rest(): void {
    idle?.unsubscribe();
    idle = undefined;
    if (requests.length === 0) {
      idle = scheduler.schedule(() => void end(), idleMs);
    }
  }

  return {
    voice: `flite/${voice}`,
    async synthesize(text) {
      const spoken = sayable(text);
      if (!/[a-z0-9]/i.test(spoken)) {
        return new Uint8Array(0);
      }
      if (closed) {
        throw new Error('the synthesiser is closed');
      }
      idle?.unsubscribe();
      worker ??= start();
      const task: FliteTask = { voice, text: spoken };
      worker.postMessage(task);
      return new Promise((resolve, reject) => {
        requests.push({ resolve, reject });
      });
    },
    async close() {
      closed = true;
      idle?.unsubscribe();
      const ending = end();
      failAll(new Error('the synthesiser was closed'));
      await ending;
    },
  };
}

/** Flite reads ASCII. */
function sayable(text: string): string {
  return text
    .replaceAll(/[’‘]/g, "'")
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\x20-\x7e]+/g, ' ')
    .trim();
}
