import { describe, expect, it } from 'vitest';
import { closeAll } from '../../src/server/closeAll.js';

describe('closeAll', () => {
  it('closes what was opened last first, one after the other', async () => {
    const closed: string[] = [];
    const closing = (name: string) => async () => {
      closed.push(`${name} begins`);
      await Promise.resolve();
      closed.push(`${name} is closed`);
    };
    await closeAll([closing('store'), closing('voice')]);
    expect(closed).toEqual(['voice begins', 'voice is closed', 'store begins', 'store is closed']);
  });

  it('closes nothing twice', async () => {
    let closed = 0;
    const opened = [
      () => {
        closed += 1;
      },
    ];
    await Promise.all([closeAll(opened), closeAll(opened)]);
    await closeAll(opened);
    expect(closed).toBe(1);
  });

  it('closes everything even when some of it fails to, then throws the first failure', async () => {
    let closed = 0;
    const closes = () => {
      closed += 1;
    };
    const fails = (message: string) => () => Promise.reject(new Error(message));
    const breaks = () => {
      throw new Error('the port is gone');
    };
    await expect(closeAll([closes, fails('the store is gone'), closes, breaks, closes])).rejects.toThrow(
      'the port is gone',
    );
    expect(closed).toBe(3);
  });
});
