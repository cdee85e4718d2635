import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';

/**
 * Starts the fastest TensorFlow.js backend there is: WebAssembly, else plain JavaScript.
 * @returns its name, `wasm` or `cpu`
 */
export async function startTensorflow(): Promise<string> {
  const wasm = await import('@tensorflow/tfjs-backend-wasm');
  const packageFile = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json');
  wasm.setWasmPaths(join(dirname(packageFile), 'wasm-out/'));
  if (!(await tf.setBackend('wasm'))) {
    await import('@tensorflow/tfjs-backend-cpu');
    await tf.setBackend('cpu');
  }
  await tf.ready();
  return tf.getBackend();
}
