import { readFile } from 'node:fs/promises';
import { createMachine } from 'xstate';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { statechartPicture } from '../../src/inspector/statechartPicture.js';
import { dialogueMachine } from '../../src/machines/dialogueMachine.js';

const committed = new URL('../../docs/statechart.svg', import.meta.url);

interface Node {
  readonly path: readonly string[];
  readonly states: Readonly<Record<string, Node>>;
}

const idsBelow = ({ states }: Node): string[] =>
  Object.values(states).flatMap((node) => [node.path.join('.'), ...idsBelow(node)]);

let picture = '';

// The layout takes a second or two.
beforeAll(async () => {
  picture = await statechartPicture(dialogueMachine);
}, 60_000);

afterEach(() => {
  vi.doUnmock('elkjs');
});

describe('the picture of the statechart', () => {
  it('in docs/ is that of the machine as it is', async () => {
    const isFresh = (await readFile(committed, 'utf8')) === picture;
    expect(isFresh, 'docs/statechart.svg is stale: run `npm run diagram` and commit it').toBe(true);
  });

  it('is the same each time, byte for byte', async () => {
    expect(await statechartPicture(dialogueMachine)).toBe(picture);
  }, 60_000);

  it('has one box for every state, which a live page can light', () => {
    const ids = [...picture.matchAll(/<g data-state="([^"]+)">/g)].map(([, id]) => id);
    expect(ids.toSorted()).toEqual(idsBelow(dialogueMachine.root).toSorted());
  });

  it('brings no scripts, no fonts and nothing from elsewhere, and has its colours for the dark', () => {
    expect(picture).not.toMatch(
      /<script|@font-face|@import|href=|on[a-z]+="|https?:(?!\/\/www\.w3\.org\/2000\/svg)/,
    );
    expect(picture).toContain('@media (prefers-color-scheme: dark)');
    expect(picture).not.toMatch(/NaN|undefined/);
  });

  it('stays within the width of a page, so that its words can be read there', () => {
    expect(Number(/width="(\d+)"/.exec(picture)?.[1])).toBeLessThan(1_200);
  });

  it('keeps names that are no XML from breaking it', async () => {
    const machine = createMachine({ initial: 'a<b', states: { 'a<b': { on: { 'x&y': 'c' } }, c: {} } });
    const odd = await statechartPicture(machine);
    expect(odd).toContain('data-state="a&#60;b"');
    expect(odd).toContain('x&#38;y');
  });

  it('says what to install when the layout engine is missing', async () => {
    vi.doMock('elkjs', () => {
      throw new Error('not installed');
    });
    await expect(statechartPicture(dialogueMachine)).rejects.toThrow('npm install --save-dev elkjs');
  });
});
