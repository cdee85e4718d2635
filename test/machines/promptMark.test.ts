import { describe, expect, it } from 'vitest';
import { parsePromptMark, promptMark } from '../../src/machines/promptMark.js';

describe('promptMark', () => {
  it('names a prompt by its key and its number, as it is read', () => {
    const mark = promptMark({ id: 12, content: { key: 'goodbye' }, expectation: 'open' });
    expect(mark).toBe('goodbye#12');
    expect(parsePromptMark(mark)).toEqual({ key: 'goodbye', number: 12 });
  });
});

describe('parsePromptMark', () => {
  it('reads the key and the number', () => {
    expect(parsePromptMark('askDate#12')).toEqual({ key: 'askDate', number: 12 });
    expect(parsePromptMark('a#b#3')).toEqual({ key: 'a#b', number: 3 });
  });

  it.each(['', 'askDate', 'askDate#', '#1', 'askDate#x'])('knows nothing of %j', (name) => {
    expect(parsePromptMark(name)).toBeUndefined();
  });
});
