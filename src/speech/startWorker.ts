import { Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * Starts a thread from a module beside the one that asks. Compiled, that is the `.js` file; run from source by
 * tsx or vitest it is the `.ts` file, which the thread needs tsx to read.
 * @param name of the module without its extension, such as `./decoderWorker`.
 * @param base the asking module's `import.meta.url`.
 */
export function startWorker(name: string, base: string, options: WorkerOptions = {}): Worker {
  if (!base.endsWith('.ts')) {
    return new Worker(new URL(`${name}.js`, base), options);
  }
  const entry = new URL(`${name}.ts`, base).href;
  // Resolved here: the thread's code has no file, and would look for tsx from the working folder.
  const tsx = import.meta.resolve('tsx/esm/api');
  return new Worker(
    `import(${JSON.stringify(tsx)}).then(({ register }) => { register(); return import(${JSON.stringify(entry)}); });`,
    {
      ...options,
      eval: true,
    },
  );
}
