/**
 * How sure and how quick the demo is: `npm run bench -- demo [runs]`.
 * Runs `npm run demo` again and again, each time with a desk, a store and a prompt cache that start from
 * nothing, and reads what it prints: whether the booking is in the store, and the latency of each answer, from
 * the caller's last sound to the desk's first in the audio of the call.
 */
import { spawnSync } from 'node:child_process';
import { percentile } from './percentile.js';

const runs = Number(process.argv[2] ?? 10);
const latencies: number[] = [];
let booked = 0;
for (let run = 1; run <= runs; run += 1) {
  const { status, stdout } = spawnSync('npm', ['run', '--silent', 'demo'], { encoding: 'utf8' });
  const answers = [...stdout.matchAll(/\((\d+) ms\)/g)].map(([, ms]) => Number(ms));
  latencies.push(...answers);
  if (status === 0) booked += 1;
  else console.log(stdout);
  console.log(`run ${run}: exit ${status ?? 'by signal'}, answers ${answers.join(', ')} ms`);
}
console.log(`${booked} of ${runs} demos booked`);
console.log(
  `${latencies.length} answers: median ${percentile(latencies, 0.5)} ms, 95th percentile ${percentile(latencies, 0.95)} ms, slowest ${Math.max(...latencies)} ms`,
);
