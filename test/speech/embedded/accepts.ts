import type { WordGraph } from '../../../src/speech/embedded/wordGraph.js';

/** Whether a graph accepts a sentence, followed the way a decoder does: one silent arc at a time. */
export function accepts(graph: WordGraph, sentence: string): boolean {
  const passSilently = (states: ReadonlySet<number>): Set<number> =>
    new Set([
      ...states,
      ...graph.arcs.flatMap(([from, to, word]) => (word === null && states.has(from) ? [to] : [])),
    ]);
  let states = passSilently(new Set([graph.start]));
  for (const said of sentence.split(' ')) {
    states = passSilently(
      new Set(graph.arcs.flatMap(([from, to, word]) => (word === said && states.has(from) ? [to] : []))),
    );
  }
  return states.has(graph.final);
}
