/**
 * `npm run bench` runs every benchmark but the long ones; `npm run bench -- NAME [argument …]` runs one. Each has
 * a process of its own, so that none warms up or weighs down another.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const BY_DEFAULT = ['hotPath', 'understanding', 'booking', 'startup', 'demo'];

const [name, ...rest] = process.argv.slice(2);
for (const benchmark of name === undefined ? BY_DEFAULT : [name]) {
  const file = fileURLToPath(new URL(`${benchmark}.ts`, import.meta.url));
  if (!existsSync(file)) {
    console.error(`There is no benchmark "${benchmark}". Give one of ${BY_DEFAULT.join(', ')}, speech.`);
    process.exitCode = 1;
    break;
  }
  console.log(`\n# ${benchmark}`);
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', file, ...rest], { stdio: 'inherit' });
  if (status !== 0) {
    process.exitCode = 1;
    break;
  }
}
