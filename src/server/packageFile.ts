import { fileURLToPath } from 'node:url';

/** A file or folder of this package, from the compiled code as well as from the sources. */
export function packageFile(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}
