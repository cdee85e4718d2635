/** The package has no types of its own; these are the functions of libfvad's `fvad.h` that are used. */
declare module '@echogarden/fvad-wasm' {
  interface Fvad {
    readonly HEAP16: Int16Array;
    _malloc(bytes: number): number;
    _free(address: number): void;
    _fvad_new(): number;
    _fvad_free(detector: number): void;
    _fvad_set_mode(detector: number, mode: number): number;
    _fvad_set_sample_rate(detector: number, hertz: number): number;
    _fvad_process(detector: number, samples: number, count: number): number;
  }
  export default function createFvad(): Promise<Fvad>;
}
