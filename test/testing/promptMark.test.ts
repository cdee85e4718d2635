import { describe, expect, it } from 'vitest';
import { parsePromptMark } from '../../src/testing/promptMark.js';

describe('parsePromptMark', () => {
  it('reads the key and the number', () => {
    expect(parsePromptMark('askDate#12')).toEqual({ key: 'askDate', number: 12 });
    expect(parsePromptMark('a#b#3')).toEqual({ key: 'a#b', number: 3 });
  });

  it.each(['', 'askDate', 'askDate#', '#1', 'askDate#x'])('knows nothing of %j', (name) => {
    expect(parsePromptMark(name)).toBeUndefined();
  });
});
