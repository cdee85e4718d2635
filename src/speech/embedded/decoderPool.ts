import type { Worker } from 'node:worker_threads';
import type { Expectation } from '../../streams/expectation.js';
import { startWorker } from '../startWorker.js';
import type { Decoded } from './decoder.js';
import type { DecoderAnswer, DecoderTask } from './decoderProtocol.js';
import type { Vocabulary } from './vocabulary.js';

/** An utterance on its way through a decoder. */
export interface UtteranceJob {
  /** Rejects when the decoder failed, never when cancelled. */
  readonly result: Promise<Decoded>;
  /** Takes it out of the queue, if it is not being decoded yet; its result then stays pending. */
  cancel(): void;
}

/** Live decoding of one stretch of speech; it holds a thread's decoder until an utterance needs it. */
export interface LiveSession {
  /**
   * Decodes the next piece, which must be the one after the last.
   * @returns the text so far; nothing when no decoder is free, the piece is then to be brought again with what follows
   * it; `lost` when the session is over.
   */
  piece(pcm: Int16Array): Promise<string> | 'busy' | 'lost';
  /** Lets another session have the decoder. */
  end(): void;
}

/** Decoders in threads, one each, shared by every call. */
export interface DecoderPool {
  /** Lets an idle decoder switch to a grammar before it is needed. */
  prepare(expectation: Expectation): void;
  /** Queues a whole utterance; utterances come before everything else. */
  utterance(expectation: Expectation, pcm: Int16Array): UtteranceJob;
  live(expectation: Expectation): LiveSession;
  /** Threads alive. */
  readonly size: number;
  close(): Promise<void>;
}

export interface DecoderPoolOptions {
  readonly vocabulary: Vocabulary;
  /** The most threads; one is started at once, the others when utterances wait. */
  readonly threads: number;
  readonly onWarning: (message: string) => void;
  /** Starts a thread; defaults to the decoder's own. */
  readonly start?: (vocabulary: Vocabulary) => Worker;
}

interface Job {
  readonly task: DecoderTask;
  readonly resolve: (decoded: Decoded) => void;
  readonly reject: (error: Error) => void;
  failures: number;
}

interface Thread {
  readonly worker: Worker;
  ready: boolean;
  job?: Job | undefined;
  expectation?: Expectation | undefined;
  session?: LiveSession | undefined;
}

/** Building the grammars leaves garbage that would otherwise stay resident with an idle decoder. */
const LIMITS = { maxYoungGenerationSizeMb: 4 };

/** An utterance is tried on a second thread when the first one died; a third would die as well. */
const MOST_FAILURES = 2;

/**
 * Starts the pool; resolves when the first decoder can work.
 * A thread that dies is replaced and what it was decoding is decoded again.
 * @throws when the first decoder cannot start.
 */
export async function createDecoderPool(options: DecoderPoolOptions): Promise<DecoderPool> {
  const { vocabulary, onWarning } = options;
  const start =
    options.start ??
    ((workerData) =>
      startWorker('./decoderWorker', import.meta.url, {
        workerData,
        name: 'decoder',
        resourceLimits: LIMITS,
      }));
  const threads = new Set<Thread>();
  let queue: Job[] = [];
  let closed = false;

  function addThread(onReady?: (warnings: readonly string[]) => void, onDead?: (error: Error) => void): void {
    const thread: Thread = { worker: start(vocabulary), ready: false };
    threads.add(thread);
    let cause = new Error('the thread ended');
    thread.worker.on('message', (answer: DecoderAnswer) => {
      if (answer.type === 'ready') {
        thread.ready = true;
        onReady?.(answer.warnings);
      } else {
        settle(thread, answer);
      }
      dispatch();
    });
    thread.worker.on('error', (error) => {
      cause = error instanceof Error ? error : new Error(String(error));
    });
    thread.worker.on('exit', () => {
      threads.delete(thread);
      if (closed) {
        return;
      }
      onWarning(`a speech decoder ended unexpectedly: ${cause.message}`);
      onDead?.(cause);
      const { job } = thread;
      if (job !== undefined) {
        job.failures += 1;
        if (job.failures < MOST_FAILURES) {
          queue.unshift(job);
        } else {
          job.reject(new Error('the speech decoder failed on this utterance', { cause }));
        }
      }
      if (thread.ready) {
        addThread();
      } else if (threads.size === 0) {
        // It cannot even start: waiting would leave every call in silence. The next utterance tries again.
        for (const waiting of queue) {
          waiting.reject(new Error('the speech decoder cannot start', { cause }));
        }
        queue = [];
      }
    });
  }

  function settle(thread: Thread, answer: Exclude<DecoderAnswer, { type: 'ready' }>): void {
    const { job } = thread;
    thread.job = undefined;
    if (answer.type === 'done') {
      job?.resolve({ text: answer.text, confidence: answer.confidence });
    } else {
      job?.reject(new Error(`the speech decoder failed: ${answer.message}`));
    }
  }

  function run(thread: Thread, job: Job): void {
    thread.job = job;
    thread.expectation = job.task.expectation;
    thread.worker.postMessage(job.task);
  }

  function idleThreads(): Thread[] {
    return [...threads].filter(({ ready, job }) => ready && job === undefined);
  }

  function dispatch(): void {
    for (const job of [...queue]) {
      const idle = idleThreads();
      const thread = idle.find(({ expectation }) => expectation === job.task.expectation) ?? idle[0];
      if (thread === undefined) {
        if (threads.size < options.threads) {
          addThread();
        }
        return;
      }
      queue.splice(queue.indexOf(job), 1);
      thread.session = undefined;
      run(thread, job);
    }
  }

  await new Promise<void>((resolve, reject) => {
    addThread((warnings) => {
      warnings.forEach(onWarning);
      resolve();
    }, reject);
  });

  return {
    get size() {
      return threads.size;
    },
    prepare(expectation) {
      const idle = idleThreads();
      const thread = idle.find(({ session }) => session === undefined);
      if (thread !== undefined && !idle.some((ready) => ready.expectation === expectation)) {
        run(thread, {
          task: { type: 'prepare', expectation },
          resolve: () => undefined,
          reject: (error) => {
            onWarning(error.message);
          },
          failures: MOST_FAILURES,
        });
      }
    },
    utterance(expectation, pcm) {
      let job: Job | undefined;
      const result = new Promise<Decoded>((resolve, reject) => {
        job = { task: { type: 'utterance', expectation, pcm }, resolve, reject, failures: 0 };
        queue.push(job);
      });
      dispatch();
      return {
        result,
        cancel() {
          queue = queue.filter((queued) => queued !== job);
        },
      };
    },
    live(expectation) {
      let thread: Thread | undefined;
      const session: LiveSession = {
        piece(pcm) {
          const first = thread === undefined;
          thread ??= idleThreads().find((idle) => idle.session === undefined);
          if (thread === undefined) {
            return 'busy';
          }
          if (first) {
            thread.session = session;
          } else if (thread.session !== session || !threads.has(thread)) {
            return 'lost';
          } else if (thread.job !== undefined) {
            return 'busy';
          }
          const holder = thread;
          return new Promise<Decoded>((resolve, reject) => {
            const task: DecoderTask = { type: 'piece', expectation, pcm, first };
            run(holder, { task, resolve, reject, failures: MOST_FAILURES });
          }).then(({ text }) => text);
        },
        end() {
          if (thread?.session === session) {
            thread.session = undefined;
          }
        },
      };
      return session;
    },
    async close() {
      closed = true;
      queue = [];
      await Promise.all([...threads].map(({ worker }) => worker.terminate()));
    },
  };
}
