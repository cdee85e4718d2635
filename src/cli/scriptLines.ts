import { existsSync, readFileSync } from 'node:fs';
import { UsageError } from './usageError.js';

/** The caller's lines of a file: one a turn, `#` begins a comment. An empty line is a silence. */
export function scriptLines(file: string): string[] {
  if (!existsSync(file)) throw new UsageError(`There is no file ${file}.`);
  const lines = readFileSync(file, 'utf8').split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines.filter((line) => !line.startsWith('#')).map((line) => line.trim());
}

/** What `--say` holds: the name of a file with a line a turn, or the lines themselves between bars. */
export function saidLines(say: string): string[] {
  return existsSync(say) ? scriptLines(say) : say.split('|').map((line) => line.trim());
}
