import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The folder of the acoustic models inside the soundswallower package, with the slash that it asks for. */
export function modelFolder(): string {
  return `${join(dirname(createRequire(import.meta.url).resolve('soundswallower')), 'model')}/`;
}
