import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { saidLines, scriptLines } from '../../src/cli/scriptLines.js';
import { UsageError } from '../../src/cli/usageError.js';

/** A script with this text, for as long as the running test. */
function script(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-script-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const file = join(folder, 'script.txt');
  writeFileSync(file, text);
  return file;
}

describe('scriptLines', () => {
  it('reads a line a turn, leaves comments out, and keeps an empty line for a silence', () => {
    const file = script('# a caller\nhello \r\n\n# waits\n  stop\n');
    expect(scriptLines(file)).toEqual(['hello', '', 'stop']);
  });

  it('reads the last line without its end', () => {
    expect(scriptLines(script('hello\nstop'))).toEqual(['hello', 'stop']);
  });

  it('says which file there is not', () => {
    expect(() => scriptLines('/nowhere.txt')).toThrow(new UsageError('There is no file /nowhere.txt.'));
  });
});

describe('saidLines', () => {
  it('takes lines between bars', () => {
    expect(saidLines('hello| tomorrow at two ||stop')).toEqual(['hello', 'tomorrow at two', '', 'stop']);
  });

  it('takes the name of a file', () => {
    expect(saidLines(script('hello\nstop\n'))).toEqual(['hello', 'stop']);
  });
});
