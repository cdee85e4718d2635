/** What a network knows of language: its inputs, in the order of their index. */
export interface Vocabulary {
  /** Stems seen in training. */
  readonly stems: readonly string[];
  /** Pairs of neighbouring stems, joined by a space; `^` and `$` are the ends of the utterance. */
  readonly bigrams: readonly string[];
  /** Inputs that share the three-letter pieces of words among them, by hash. */
  readonly pieceBuckets: number;
  /** Inverse document frequency of every input: stems, then bigrams, then pieces. */
  readonly idf: readonly number[];
}

/** A sparse input: indices in no order, each once, with their values; of Euclidean length 1. */
export interface Features {
  readonly indices: readonly number[];
  readonly values: readonly number[];
  /** Share of the stems that were seen in training, 0 to 1. */
  readonly coverage: number;
}

/** Weight of a three-letter piece beside a whole stem. */
const PIECE_WEIGHT = 0.5;

/** FNV-1a (32 bit) of three characters. */
function hashPiece(a: number, b: number, c: number): number {
  let hash = 0x811c9dc5;
  hash = Math.imul(hash ^ a, 0x01000193);
  hash = Math.imul(hash ^ b, 0x01000193);
  hash = Math.imul(hash ^ c, 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** Neighbouring stems, the ends included. */
export function bigramsOf(stems: readonly string[]): string[] {
  const pairs: string[] = [];
  let previous = '^';
  for (const stem of stems) {
    pairs.push(`${previous} ${stem}`);
    previous = stem;
  }
  pairs.push(`${previous} $`);
  return pairs;
}

/** The hash bucket of each three-letter piece of a word, its ends marked. */
export function piecesOf(stem: string, buckets: number): number[] {
  const pieces: number[] = [];
  const last = stem.length - 1;
  const edge = 0x5f;
  for (let index = 0; index <= last; index++) {
    const before = index === 0 ? edge : stem.charCodeAt(index - 1);
    const after = index === last ? edge : stem.charCodeAt(index + 1);
    pieces.push(hashPiece(before, stem.charCodeAt(index), after) % buckets);
  }
  return pieces;
}

/**
 * Makes the reader of a network's inputs: stems, pairs of stems and three-letter pieces, each weighed by its
 * inverse document frequency, then brought to length 1.
 */
export function featureReader(vocabulary: Vocabulary): (stems: readonly string[]) => Features {
  const { idf, pieceBuckets } = vocabulary;
  const stemIndex = new Map(vocabulary.stems.map((stem, index) => [stem, index]));
  const firstBigram = vocabulary.stems.length;
  /** By first stem, then second: looks a pair up without joining it. */
  const bigramIndex = new Map<string, Map<string, number>>();
  vocabulary.bigrams.forEach((bigram, index) => {
    const [first = '', second = ''] = bigram.split(' ');
    let seconds = bigramIndex.get(first);
    if (!seconds) bigramIndex.set(first, (seconds = new Map<string, number>()));
    seconds.set(second, firstBigram + index);
  });
  const firstPiece = firstBigram + vocabulary.bigrams.length;
  const knownPieces = new Map(vocabulary.stems.map((stem) => [stem, piecesOf(stem, pieceBuckets)]));

  return (stems) => {
    const weights = new Map<number, number>();
    const add = (index: number, weight: number): void => {
      weights.set(index, (weights.get(index) ?? 0) + weight);
    };
    let seen = 0;
    let previous = '^';
    for (const stem of stems) {
      const index = stemIndex.get(stem);
      if (index !== undefined) {
        seen++;
        add(index, idf[index] ?? 0);
      }
      const pair = bigramIndex.get(previous)?.get(stem);
      if (pair !== undefined) add(pair, idf[pair] ?? 0);
      previous = stem;
      if (stem.startsWith('{')) continue;
      for (const piece of knownPieces.get(stem) ?? piecesOf(stem, pieceBuckets))
        add(firstPiece + piece, PIECE_WEIGHT * (idf[firstPiece + piece] ?? 0));
    }
    const end = bigramIndex.get(previous)?.get('$');
    if (end !== undefined) add(end, idf[end] ?? 0);

    let squares = 0;
    for (const weight of weights.values()) squares += weight * weight;
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    const indices: number[] = [];
    const values: number[] = [];
    for (const [index, weight] of weights) {
      indices.push(index);
      values.push(weight * scale);
    }
    return { indices, values, coverage: stems.length === 0 ? 0 : seen / stems.length };
  };
}
