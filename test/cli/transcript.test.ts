import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Transcript } from '../../src/cli/transcript.js';

/** A transcript and the lines that it has printed. */
function transcript() {
  const printed: string[] = [];
  const both = new Transcript((text) => printed.push(stripVTControlCharacters(text).trim()));
  return { both, printed };
}

describe('a transcript', () => {
  it('prints an answer with its latency, whether the words or the sound of it are known first', () => {
    const { both, printed } = transcript();
    both.desk('Hello.');
    both.caller('A table please.');
    both.desk('What day?');
    both.answered(431.6);
    both.caller('Tomorrow.');
    both.answered(388);
    both.desk('What time?');
    expect(printed).toEqual([
      'desk  Hello.',
      'caller  A table please.',
      'desk  What day?  (432 ms)',
      'caller  Tomorrow.',
      'desk  What time?  (388 ms)',
    ]);
    expect(both.latencies).toEqual([431.6, 388]);
  });

  it('gives no latency to what the desk says unasked, and loses nothing that was waiting for one', () => {
    const { both, printed } = transcript();
    both.caller('Hello?');
    both.desk('How can I help?');
    both.desk('Are you still there?');
    both.note('The call ended.');
    expect(printed).toEqual([
      'caller  Hello?',
      'desk  How can I help?',
      'desk  Are you still there?',
      'The call ended.',
    ]);
  });
});
