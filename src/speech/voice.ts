import type { ObservableInput } from 'rxjs';

/**
 * What a call needs of a synthesiser. A `Synthesizer` fits as it is; a marble test hands in observables, which,
 * unlike promises, settle in virtual time.
 */
export interface Voice {
  /** μ-law at 8000 Hz without a header; one value. */
  synthesize(text: string): ObservableInput<Uint8Array>;
}
