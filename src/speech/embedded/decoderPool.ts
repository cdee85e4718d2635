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

/**
 * Live decoding of one stretch of speech. From its first piece on it holds a thread's decoder until an utterance
 * needs that, it ends, the decoder fails or the pool closes; then it is over.
 */
export interface LiveSession {
  /**
   * Decodes the next piece as soon as a decoder is free. Pieces left out before it blur the text.
   * @returns the text so far; `undefined` when the session was over before the piece was decoded. Never rejects.
   */
  piece(pcm: Int16Array): Promise<string | undefined>;
  /** Lets another session have the decoder; pieces that still wait are not decoded. */
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
  /** Ends the threads and the live sessions; results of utterances that are not decoded yet stay pending. */
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

interface Session {
  readonly expectation: Expectation;
  /** It has been given a thread. */
  begun: boolean;
  over: boolean;
}

/** A piece that is not decoded yet. */
interface Piece {
  readonly session: Session;
  readonly pcm: Int16Array;
  readonly resolve: (text: string | undefined) => void;
  decoding: boolean;
}

interface Thread {
  readonly worker: Worker;
  ready: boolean;
  job?: Job | undefined;
  expectation?: Expectation | undefined;
  session?: Session | undefined;
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
  let pieces: Piece[] = [];
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
      const { job, session } = thread;
      if (session !== undefined) {
        endSession(session);
      }
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
        endSessions();
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

  function endSession(session: Session): void {
    session.over = true;
    for (const thread of threads) {
      if (thread.session === session) {
        thread.session = undefined;
      }
    }
    for (const piece of pieces) {
      if (piece.session === session) {
        piece.resolve(undefined);
      }
    }
    pieces = pieces.filter((piece) => piece.session !== session);
  }

  /** All that have pieces; the others have nothing that waits. */
  function endSessions(): void {
    for (const { session } of pieces) {
      endSession(session);
    }
  }

  function dispatch(): void {
    if (closed) {
      return;
    }
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
      if (thread.session !== undefined) {
        endSession(thread.session);
      }
      run(thread, job);
    }
    for (const piece of pieces.filter(({ decoding }) => !decoding)) {
      const holder = piece.session.begun ? piece.session : undefined;
      const thread = idleThreads().find(({ session }) => session === holder);
      if (thread !== undefined) {
        runPiece(thread, piece);
      }
    }
  }

  function runPiece(thread: Thread, piece: Piece): void {
    const { session, pcm } = piece;
    const first = !session.begun;
    session.begun = true;
    thread.session = session;
    piece.decoding = true;
    run(thread, {
      task: { type: 'piece', expectation: session.expectation, pcm, first },
      resolve: ({ text }) => {
        pieces = pieces.filter((other) => other !== piece);
        piece.resolve(text);
      },
      reject: (error) => {
        onWarning(error.message);
        endSession(session);
      },
      failures: MOST_FAILURES,
    });
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
      // Whoever decodes ahead may not want the result any more when it fails; who wants it is still told.
      result.catch(() => undefined);
      dispatch();
      return {
        result,
        cancel() {
          queue = queue.filter((queued) => queued !== job);
        },
      };
    },
    live(expectation) {
      const session: Session = { expectation, begun: false, over: false };
      return {
        piece: (pcm) =>
          new Promise((resolve) => {
            if (session.over || closed) {
              resolve(undefined);
            } else {
              pieces.push({ session, pcm, resolve, decoding: false });
              dispatch();
            }
          }),
        end() {
          endSession(session);
          dispatch();
        },
      };
    },
    async close() {
      closed = true;
      queue = [];
      endSessions();
      await Promise.all([...threads].map(({ worker }) => worker.terminate()));
    },
  };
}
