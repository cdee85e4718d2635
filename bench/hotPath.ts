import { fileURLToPath } from 'node:url';
import { map, Subject } from 'rxjs';
import { fillGaps } from '../src/streams/fillGaps.js';
import { gatherChunks } from '../src/streams/gatherChunks.js';
import { FRAME_BYTES, FRAME_MS, SAMPLES_PER_MS } from '../src/streams/mediaFrame.js';
import type { MediaFrame } from '../src/streams/mediaFrame.js';
import { decodeMuLaw } from '../src/streams/muLaw.js';
import { percentile } from './percentile.js';

const CHUNK_MS = 40;
/** Rounds that the compiler has for itself. */
const WARM_UP = 3;
const ROUNDS = 15;
const FRAMES_PER_ROUND = 100_000;
/** Enough different payloads that they do not all stay in the processor's nearest cache. */
const PAYLOADS = 1000;

/**
 * Nanoseconds of processor time a frame, the garbage collector's included and other processes' turns not:
 * medians of interleaved rounds.
 */
export interface HotPathFigures {
  /** Calls that the frames were spread over, in turn. */
  readonly calls: number;
  /** `fillGaps`, `gatherChunks` and decoding, as operators. */
  readonly operatorsNs: number;
  /** One loop that does the same work with the same results. */
  readonly plainLoopNs: number;
  /** Operators over plain loop. */
  readonly ratio: number;
}

interface Path {
  readonly receive: (frame: MediaFrame) => void;
  readonly hangUp: () => void;
}

/** Samples that reached the end, and their sum: proof that both paths do the same. */
interface Heard {
  samples: number;
  sum: number;
}

function listen(pcm: Int16Array, heard: Heard): void {
  heard.samples += pcm.length;
  heard.sum += (pcm[0] ?? 0) + (pcm[pcm.length - 1] ?? 0);
}

function operators(heard: Heard): Path {
  const frames$ = new Subject<MediaFrame>();
  const subscription = frames$
    .pipe(fillGaps(), gatherChunks({ ms: CHUNK_MS }), map(decodeMuLaw))
    .subscribe((pcm) => {
      listen(pcm, heard);
    });
  return {
    receive: (frame) => {
      frames$.next(frame);
    },
    hangUp: () => {
      subscription.unsubscribe();
    },
  };
}

/** What a careful hand would write without RxJS, for frames in order; it does not watch for missing ones. */
function plainLoop(heard: Heard): Path {
  let end = -1;
  let arrivedAt = 0;
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  return {
    receive: ({ timestamp, payload }) => {
      if (end >= 0 && timestamp !== end) throw new Error(`A gap at ${timestamp}: the benchmark sends none.`);
      end = timestamp + payload.length / SAMPLES_PER_MS;
      arrivedAt = Date.now();
      waiting.push(payload);
      bytes += payload.length;
      if (bytes < CHUNK_MS * SAMPLES_PER_MS) return;
      const chunk = new Uint8Array(bytes);
      let offset = 0;
      for (const piece of waiting) {
        chunk.set(piece, offset);
        offset += piece.length;
      }
      waiting = [];
      bytes = 0;
      listen(decodeMuLaw(chunk), heard);
    },
    hangUp: () => {
      if (arrivedAt === 0) throw new Error('No frame arrived.');
    },
  };
}

/** Sends one round to each of the calls in turn: nanoseconds a frame. */
function send(paths: readonly Path[], round: number, payloads: readonly Uint8Array[]): number {
  const framesPerCall = FRAMES_PER_ROUND / paths.length;
  const first = round * framesPerCall;
  const begin = process.cpuUsage();
  for (let frame = first; frame < first + framesPerCall; frame++) {
    for (let call = 0; call < paths.length; call++) {
      const payload = payloads[(frame + call) % PAYLOADS];
      if (payload) paths[call]?.receive({ timestamp: 99 + frame * FRAME_MS, payload });
    }
  }
  const { user, system } = process.cpuUsage(begin);
  return ((user + system) * 1000) / FRAMES_PER_ROUND;
}

/**
 * Measures what a frame costs from the socket's door to the recogniser's.
 * @param calls 1 measures the operators hot; many, as on a server, with the caches cold.
 * @throws when the two paths do not hear the same.
 */
export function measureHotPath(calls: number): HotPathFigures {
  const payloads = Array.from({ length: PAYLOADS }, (_, i) =>
    Uint8Array.from({ length: FRAME_BYTES }, (_, j) => (i * 31 + j * 7) & 0xff),
  );
  const heard = { byOperators: { samples: 0, sum: 0 }, byPlainLoop: { samples: 0, sum: 0 } };
  const operatorPaths = Array.from({ length: calls }, () => operators(heard.byOperators));
  const plainPaths = Array.from({ length: calls }, () => plainLoop(heard.byPlainLoop));
  const operatorsNs: number[] = [];
  const plainLoopNs: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    const ours = send(operatorPaths, round, payloads);
    const plain = send(plainPaths, round, payloads);
    if (round < WARM_UP) continue;
    operatorsNs.push(ours);
    plainLoopNs.push(plain);
  }
  for (const path of [...operatorPaths, ...plainPaths]) path.hangUp();
  if (
    heard.byOperators.samples !== heard.byPlainLoop.samples ||
    heard.byOperators.sum !== heard.byPlainLoop.sum
  ) {
    throw new Error('The operators and the plain loop heard different things.');
  }
  return {
    calls,
    operatorsNs: percentile(operatorsNs, 0.5),
    plainLoopNs: percentile(plainLoopNs, 0.5),
    ratio: percentile(
      operatorsNs.map((ns, i) => ns / (plainLoopNs[i] ?? NaN)),
      0.5,
    ),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const calls of [1, 1000]) {
    const { operatorsNs, plainLoopNs, ratio } = measureHotPath(calls);
    console.log(
      `${calls} call${calls === 1 ? '' : 's'}: operators ${operatorsNs.toFixed(0)} ns a frame, ` +
        `plain loop ${plainLoopNs.toFixed(0)} ns, ratio ${ratio.toFixed(2)}`,
    );
  }
}
