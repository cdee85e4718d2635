// Makes a checkout ready to run: installs what package-lock.json names and compiles src, each only when it
// has changed since the last time. Uses nothing but Node, since it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const at = (...parts) => join(root, ...parts);

const OLDEST = [20, 19];
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  console.error(`Frontdesk needs Node.js ${OLDEST.join('.')} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

function run(command, args, doing) {
  console.error(`${doing}…`);
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (error) throw error;
  if (status !== 0) {
    console.error(`${doing} failed (exit code ${status}).`);
    process.exit(status ?? 1);
  }
}

const modified = (path) => statSync(path).mtimeMs;

/** npm writes this file last, so it tells a finished installation from one that was cut short. */
export function ensureInstalled() {
  const installed = at('node_modules', '.package-lock.json');
  if (existsSync(installed) && modified(installed) >= modified(at('package-lock.json'))) return;
  // What compiles is a development dependency, wanted also where NODE_ENV says production.
  run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], 'Installing dependencies');
}

/** Folders count too: theirs changes when a file is deleted. */
function newest(folder) {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return Math.max(
    modified(folder),
    ...entries.map(({ parentPath, path, name }) => modified(join(parentPath ?? path, name))),
  );
}

export function ensureBuilt() {
  const stamp = at('dist', '.built');
  const sources = Math.max(
    newest(at('src')),
    modified(at('tsconfig.build.json')),
    modified(at('package-lock.json')),
  );
  if (existsSync(stamp) && Number(readFileSync(stamp, 'utf8')) === sources) return;
  rmSync(at('dist'), { recursive: true, force: true });
  run(
    process.execPath,
    [at('node_modules', 'typescript', 'bin', 'tsc'), '-p', at('tsconfig.build.json')],
    'Compiling',
  );
  writeFileSync(stamp, String(sources));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) ensureInstalled();
