/**
 * What a desk costs before its first call: `npm run bench -- startup [runs]`.
 * Starts `npm start` on a free port, waits for `/health` to answer 200, and when the prompts are spoken and
 * the desk has been idle for a while reads the resident memory of all its processes (Linux).
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { percentile } from './percentile.js';

/** Longer than the voice keeps its thread when it has nothing to say. */
const IDLE_MS = 45_000;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Process ids of a process and all its descendants. */
function tree(root: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        return [{ pid: Number(name), parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) }];
      } catch {
        return []; // It ended while it was being read.
      }
    });
  const children = (pid: number): number[] =>
    parents.filter(({ parent }) => parent === pid).flatMap((child) => [child.pid, ...children(child.pid)]);
  return [root, ...children(root)];
}

const residentMb = (pid: number) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

const runs = Number(process.argv[2] ?? 5);
const seconds: number[] = [];
// The first one may install and compile: it is not counted.
for (let run = -1; run < runs; run += 1) {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-bench-'));
  const port = await freePort();
  const began = performance.now();
  const desk = spawn('npm', ['start', '--silent'], {
    env: {
      ...process.env,
      PORT: String(port),
      DATABASE_URL: join(folder, 'frontdesk.db'),
      LOG_LEVEL: 'warn',
    },
    stdio: 'ignore',
    detached: true,
  });
  const healthy = async () =>
    await fetch(`http://127.0.0.1:${port}/health`).then(
      ({ status }) => status === 200,
      () => false,
    );
  while (!(await healthy())) await pause(10);
  if (run >= 0) seconds.push((performance.now() - began) / 1000);
  if (desk.pid === undefined) throw new Error('npm start has no process');
  if (run === runs - 1) {
    await pause(IDLE_MS);
    const processes = tree(desk.pid).map((pid) => ({
      name: readFileSync(`/proc/${pid}/comm`, 'utf8').trim(),
      mb: residentMb(pid),
    }));
    for (const { name, mb } of processes) console.log(`idle, ${name}: ${mb.toFixed(0)} MB resident`);
  }
  process.kill(-desk.pid, 'SIGTERM');
  await new Promise((resolve) => desk.once('exit', resolve));
  rmSync(folder, { recursive: true });
}
console.log(
  `npm start to /health 200: median ${percentile(seconds, 0.5).toFixed(2)} s, slowest ${Math.max(...seconds).toFixed(2)} s of ${runs}`,
);
