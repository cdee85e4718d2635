import createModule from 'soundswallower';
import type { Expectation } from '../../streams/expectation.js';
import type { Grammars } from './grammars.js';
import { HESITATIONS } from './courtesies.js';
import type { Lexicon } from './lexicon.js';
import { modelFolder } from './modelFolder.js';
import type { WordGraph } from './wordGraph.js';

/** What a decoder made of some audio. */
export interface Decoded {
  /** Without hesitations; empty when nothing in the grammar matched. */
  readonly text: string;
  /** 0 to 1: the mean posterior probability of the words. */
  readonly confidence: number;
}

/** Speech to text over one grammar at a time. Every call blocks its thread. */
export interface Decoder {
  /** Makes a grammar the current one: some milliseconds to tens of them, nothing when it is already. */
  listenFor(expectation: Expectation): void;
  /** Decodes a whole utterance; its mean spectrum is taken out first, which live decoding cannot do. */
  decode(pcm: Int16Array): Decoded;
  /** Decodes the next piece of an utterance that is still being spoken and returns the text so far. */
  decodeLive(pcm: Int16Array, first: boolean): string;
}

/**
 * SoundSwallower as it is used here. Its own types stand on globals of Emscripten, and lack the functions of
 * the WebAssembly module that its JavaScript no longer wraps (PocketSphinx' `fsg_model.h`).
 */
interface SoundSwallower {
  readonly HEAP8: Int8Array;
  readonly Decoder: new (settings: Readonly<Record<string, string | number>>) => SphinxDecoder;
  _malloc(bytes: number): number;
  _free(address: number): void;
  _decoder_logmath(decoder: number): number;
  _decoder_set_fsg(decoder: number, graph: number): number;
  _fsg_model_init(name: number, logmath: number, languageWeight: number, states: number): number;
  _fsg_model_word_add(graph: number, word: number): number;
  _fsg_model_trans_add(graph: number, from: number, to: number, logProbability: number, word: number): void;
  _fsg_model_null_trans_add(graph: number, from: number, to: number, logProbability: number): number;
  _fsg_set_states(graph: number, start: number, final: number): void;
}

interface SphinxDecoder {
  /** Its address in the module. */
  readonly cdecoder: number;
  initialize(): Promise<void>;
  add_words(...words: readonly (readonly [word: string, phones: string])[]): void;
  get_config(key: string): string | number;
  start(): void;
  process_audio(pcm: Float32Array, noSearch: boolean, wholeUtterance: boolean): number;
  stop(): void;
  get_text(): string;
  get_alignment(): { readonly w?: readonly { readonly t: string; readonly p: number }[] };
}

const load = createModule as unknown as (options: { readonly modelBase: string }) => Promise<SoundSwallower>;

/** The telephone's sample rate; insertion penalties as measured best on synthetic callers. */
const SETTINGS = { samprate: 8000, wip: 0.1, pip: 0.8, loglevel: 'FATAL' };

/**
 * Loads SoundSwallower's English telephone model with a dictionary of only the words that are listened for,
 * about a third of the memory of the full one.
 * @throws when the model cannot be read.
 */
export async function createDecoder(lexicon: Lexicon, grammars: Grammars): Promise<Decoder> {
  const listeners = new Set(process.listeners('uncaughtException'));
  const module = await load({ modelBase: modelFolder() });
  for (const listener of process.listeners('uncaughtException')) {
    if (!listeners.has(listener)) {
      // Emscripten's rethrows what it is given, which replaces an error's own report by its own.
      process.off('uncaughtException', listener);
    }
  }

  // A dictionary that cannot be read is no error: the decoder starts with its fillers only.
  const decoder = new module.Decoder({ ...SETTINGS, dict: `${modelFolder()}none` });
  await decoder.initialize();
  decoder.add_words(
    ...[...lexicon].flatMap(([word, pronunciations]) =>
      pronunciations.map((phones, i): [string, string] => [i === 0 ? word : `${word}(${i + 1})`, phones]),
    ),
  );

  let current: Expectation | undefined;
  let started = false;

  const start = (): void => {
    decoder.start();
    started = true;
  };
  const stop = (): void => {
    if (started) {
      started = false;
      decoder.stop();
    }
  };

  return {
    listenFor(expectation) {
      if (expectation !== current) {
        stop();
        setGraph(module, decoder, grammars[expectation]);
        current = expectation;
      }
    },
    decode(pcm) {
      stop();
      start();
      decoder.process_audio(toFloat(pcm), false, true);
      stop();
      const text = withoutHesitations(decoder.get_text());
      const said = (decoder.get_alignment().w ?? []).filter(({ t }) => !/^[<[(]/.test(t));
      const confidence = said.reduce((sum, { p }) => sum + p, 0) / Math.max(1, said.length);
      return { text, confidence: text === '' ? 0 : Math.min(1, Math.max(0, confidence)) };
    },
    decodeLive(pcm, first) {
      if (first) {
        stop();
        start();
      }
      decoder.process_audio(toFloat(pcm), false, false);
      return withoutHesitations(decoder.get_text());
    },
  };
}

function withoutHesitations(text: string): string {
  return text
    .split(' ')
    .filter((word) => !HESITATIONS.includes(word))
    .join(' ');
}

function toFloat(pcm: Int16Array): Float32Array {
  return Float32Array.from(pcm, (sample) => sample / 32768);
}

/** Builds a graph inside the module, arc by arc: text in JSGF would copy every shared part. */
function setGraph(module: SoundSwallower, decoder: SphinxDecoder, graph: WordGraph): void {
  const withText = <T>(text: string, use: (address: number) => T): T => {
    const bytes = new TextEncoder().encode(`${text}\0`);
    const address = module._malloc(bytes.length);
    module.HEAP8.set(bytes, address);
    const result = use(address);
    module._free(address);
    return result;
  };
  const languageWeight = Number(decoder.get_config('lw'));
  const fsg = withText('answer', (name) =>
    module._fsg_model_init(name, module._decoder_logmath(decoder.cdecoder), languageWeight, graph.states),
  );
  const ids = new Map<string, number>();
  for (const [from, to, word] of graph.arcs) {
    if (word === null) {
      module._fsg_model_null_trans_add(fsg, from, to, 0);
    } else {
      const id = ids.get(word) ?? withText(word, (address) => module._fsg_model_word_add(fsg, address));
      ids.set(word, id);
      module._fsg_model_trans_add(fsg, from, to, 0, id);
    }
  }
  module._fsg_set_states(fsg, graph.start, graph.final);
  if (module._decoder_set_fsg(decoder.cdecoder, fsg) < 0) {
    throw new Error('the decoder refused a grammar; a word of it may be missing from the dictionary');
  }
}
