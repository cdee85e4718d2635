import { bigramsOf, piecesOf, type Vocabulary } from '../features.js';

const PIECE_BUCKETS = 768;
/** A pair seen in one pattern only is chance. */
const LEAST_PATTERNS = 2;

/**
 * The inputs of a network from the stems of its patterns, with the smoothed inverse document frequency
 * ln((1 + n) / (1 + df)) + 1 of each.
 */
export function buildVocabulary(documents: readonly (readonly string[])[]): Vocabulary {
  const stemCounts = new Map<string, number>();
  const bigramCounts = new Map<string, number>();
  const pieceCounts = new Array<number>(PIECE_BUCKETS).fill(0);
  const count = (counts: Map<string, number>, items: readonly string[]): void => {
    for (const item of new Set(items)) counts.set(item, (counts.get(item) ?? 0) + 1);
  };
  for (const stems of documents) {
    count(stemCounts, stems);
    count(bigramCounts, bigramsOf(stems));
    const pieces = stems
      .filter((stem) => !stem.startsWith('{'))
      .flatMap((stem) => piecesOf(stem, PIECE_BUCKETS));
    for (const piece of new Set(pieces)) pieceCounts[piece] = (pieceCounts[piece] ?? 0) + 1;
  }
  const bigrams = [...bigramCounts].filter(([, patterns]) => patterns >= LEAST_PATTERNS);
  // Four decimals: the metadata stays small, and training and serving read the same rounded figure.
  const idf = (patterns: number): number =>
    Math.round((Math.log((1 + documents.length) / (1 + patterns)) + 1) * 10_000) / 10_000;
  return {
    stems: [...stemCounts.keys()],
    bigrams: bigrams.map(([bigram]) => bigram),
    pieceBuckets: PIECE_BUCKETS,
    idf: [...stemCounts.values(), ...bigrams.map(([, patterns]) => patterns), ...pieceCounts].map(idf),
  };
}
