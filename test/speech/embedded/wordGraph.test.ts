import { describe, expect, it } from 'vitest';
import { oneOf, optional, sequence, words, type Phrase } from '../../../src/speech/embedded/phrase.js';
import { wordGraph } from '../../../src/speech/embedded/wordGraph.js';
import { accepts } from './accepts.js';

describe('word graph', () => {
  it('accepts a sentence and nothing shorter, longer or other', () => {
    const graph = wordGraph(words('book a table'));
    expect(accepts(graph, 'book a table')).toBe(true);
    expect(['book a', 'book a table now', 'book the table'].filter((s) => accepts(graph, s))).toEqual([]);
  });

  it('accepts each choice, with and without what is optional', () => {
    const graph = wordGraph(sequence(optional('um'), oneOf('two', 'half past two'), optional('please')));
    const said = ['two', 'um two', 'two please', 'um half past two please'];
    expect(said.filter((sentence) => !accepts(graph, sentence))).toEqual([]);
    expect(accepts(graph, 'um please')).toBe(false);
  });

  it('keeps sentences apart that begin alike', () => {
    const graph = wordGraph(oneOf('no', 'no thank you', 'no thank goodness', 'no way'));
    expect(accepts(graph, 'no thank you')).toBe(true);
    expect(accepts(graph, 'no thank')).toBe(false);
    expect(graph.arcs.filter(([, , word]) => word === 'no')).toHaveLength(1);
  });

  it('repeats a phrase as often as it is said, and goes on after it', () => {
    const digits: Phrase = { kind: 'repeated', phrase: oneOf('one', 'two', 'double two') };
    const graph = wordGraph(sequence(words('call'), digits, optional('please')));
    expect(accepts(graph, 'call one double two two one please')).toBe(true);
    expect(accepts(graph, 'call please')).toBe(false);
  });

  it('repeats phrases with optional endings', () => {
    const detail = oneOf(sequence(words('two'), optional("o'clock")), 'tomorrow');
    const graph = wordGraph(sequence({ kind: 'repeated', phrase: { kind: 'shared', phrase: detail } }));
    expect(accepts(graph, "two o'clock tomorrow two tomorrow")).toBe(true);
  });

  it('holds a shared phrase once for all sentences that end with it', () => {
    const name: Phrase = { kind: 'shared', phrase: oneOf('john', 'mary', 'sarah') };
    const graph = wordGraph(
      oneOf(sequence(words('my name is'), name), sequence(words('this is'), name), name),
    );
    expect(graph.arcs.filter(([, , word]) => word === 'mary')).toHaveLength(1);
    expect(['mary', 'this is john', 'my name is sarah'].filter((s) => !accepts(graph, s))).toEqual([]);
    expect(accepts(graph, 'this is')).toBe(false);
  });

  it('refuses a phrase without words', () => {
    expect(() => wordGraph(sequence())).toThrow(RangeError);
  });
});
