/**
 * `npm run bench` runs every benchmark but the long ones; `npm run bench -- NAME [argument …]` runs one. Each has
 * a process of its own, so that none warms up or weighs down another, and runs
 * compiled, as `npm start` does: tsx adds to every closure that is made.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const BY_DEFAULT = ['hotPath', 'understanding', 'booking', 'startup', 'demo'];

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

function run(...args: string[]): void {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

const [name, ...rest] = process.argv.slice(2);
const wanted = name === undefined ? BY_DEFAULT : [name];
for (const benchmark of wanted) {
  if (existsSync(at(`${benchmark}.ts`))) continue;
  console.error(`There is no benchmark "${benchmark}". Give one of ${BY_DEFAULT.join(', ')}, speech.`);
  process.exit(1);
}
run(at('../node_modules/typescript/bin/tsc'), '-p', at('../tsconfig.bench.json'));
for (const benchmark of wanted) {
  console.log(`\n# ${benchmark}`);
  run(at(`../dist-bench/bench/${benchmark}.js`), ...rest);
}
