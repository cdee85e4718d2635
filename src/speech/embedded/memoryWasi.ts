/** Error numbers of WASI preview 1. */
const OK = 0;
const BAD_DESCRIPTOR = 8;
const NO_ENTRY = 44;

/** Open flags of `path_open`. */
const CREATE = 1;
const TRUNCATE = 8;

const FILE_TYPE = { device: 2, directory: 3, file: 4 };
const ROOT = 3;
const FIRST_FILE = 4;

/** Thrown through the program to end it; `_start` never returns otherwise. */
class Exit extends Error {
  constructor(readonly status: number) {
    super(`the program ended with status ${status}`);
  }
}

/**
 * Runs a WASI command whose only files are in memory, named by their path below `/`. It is given the calls
 * that flite makes and no more: Node's own WASI is experimental, warns so at every start and needs a real
 * folder.
 * @param args the program's name first.
 * @returns the files that it wrote.
 * @throws when the program ends with another status than 0, with what it printed.
 */
export async function runInMemory(
  program: WebAssembly.Module,
  args: readonly string[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, { bytes: Uint8Array; size: number }>();
  const open = new Map<number, { path: string; position: number }>();
  const printed: string[] = [];
  let memory: WebAssembly.Memory | undefined = undefined;
  let nextDescriptor = FIRST_FILE;

  const view = (): DataView => new DataView(buffer());
  const bytesAt = (address: number, length: number): Uint8Array => new Uint8Array(buffer(), address, length);
  const buffer = (): ArrayBuffer => {
    if (memory === undefined) {
      throw new Error('the program called out before it had any memory');
    }
    return memory.buffer;
  };
  const encoded = args.map((arg) => new TextEncoder().encode(`${arg}\0`));

  /** The pieces of memory that a scattered read or write names. */
  const pieces = (address: number, count: number): Uint8Array[] =>
    Array.from({ length: count }, (_, i) =>
      bytesAt(view().getUint32(address + 8 * i, true), view().getUint32(address + 8 * i + 4, true)),
    );

  const wasi = {
    args_sizes_get(count: number, size: number) {
      view().setUint32(count, encoded.length, true);
      view().setUint32(
        size,
        encoded.reduce((sum, { length }) => sum + length, 0),
        true,
      );
      return OK;
    },
    args_get(pointers: number, texts: number) {
      let at = texts;
      encoded.forEach((arg, i) => {
        view().setUint32(pointers + 4 * i, at, true);
        bytesAt(at, arg.length).set(arg);
        at += arg.length;
      });
      return OK;
    },
    clock_time_get(_clock: number, _precision: bigint, time: number) {
      view().setBigUint64(time, BigInt(Date.now()) * 1_000_000n, true);
      return OK;
    },
    fd_prestat_get(descriptor: number, stat: number) {
      if (descriptor !== ROOT) {
        return BAD_DESCRIPTOR;
      }
      view().setUint32(stat, 0, true);
      view().setUint32(stat + 4, 1, true);
      return OK;
    },
    fd_prestat_dir_name(_descriptor: number, name: number) {
      bytesAt(name, 1).set(new TextEncoder().encode('/'));
      return OK;
    },
    fd_fdstat_get(descriptor: number, stat: number) {
      bytesAt(stat, 24).fill(0);
      const type =
        descriptor === ROOT ? FILE_TYPE.directory : descriptor < ROOT ? FILE_TYPE.device : FILE_TYPE.file;
      view().setUint8(stat, type);
      // Every right, and every right for what is opened below.
      bytesAt(stat + 8, 16).fill(0xff);
      return OK;
    },
    fd_fdstat_set_flags: () => OK,
    path_open(
      _directory: number,
      _lookup: number,
      path: number,
      length: number,
      flags: number,
      _rights: bigint,
      _inheriting: bigint,
      _descriptorFlags: number,
      descriptor: number,
    ) {
      const name = new TextDecoder().decode(bytesAt(path, length).slice());
      if (!files.has(name) && (flags & CREATE) === 0) {
        return NO_ENTRY;
      }
      if (!files.has(name) || (flags & TRUNCATE) !== 0) {
        files.set(name, { bytes: new Uint8Array(1 << 16), size: 0 });
      }
      open.set(nextDescriptor, { path: name, position: 0 });
      view().setUint32(descriptor, nextDescriptor, true);
      nextDescriptor += 1;
      return OK;
    },
    fd_close(descriptor: number) {
      return open.delete(descriptor) ? OK : BAD_DESCRIPTOR;
    },
    fd_seek(descriptor: number, offset: bigint, whence: number, result: number) {
      const handle = open.get(descriptor);
      const file = handle && files.get(handle.path);
      if (!handle || !file) {
        return BAD_DESCRIPTOR;
      }
      handle.position = Number(offset) + ([0, handle.position, file.size][whence] ?? 0);
      view().setBigUint64(result, BigInt(handle.position), true);
      return OK;
    },
    fd_read(descriptor: number, vectors: number, count: number, read: number) {
      const handle = open.get(descriptor);
      const file = handle && files.get(handle.path);
      if (!handle || !file) {
        return BAD_DESCRIPTOR;
      }
      const from = handle.position;
      for (const piece of pieces(vectors, count)) {
        const part = file.bytes.subarray(
          handle.position,
          Math.min(file.size, handle.position + piece.length),
        );
        piece.set(part);
        handle.position += part.length;
      }
      view().setUint32(read, handle.position - from, true);
      return OK;
    },
    fd_write(descriptor: number, vectors: number, count: number, written: number) {
      const parts = pieces(vectors, count);
      const length = parts.reduce((sum, part) => sum + part.length, 0);
      const handle = open.get(descriptor);
      const file = handle && files.get(handle.path);
      if (handle && file) {
        if (handle.position + length > file.bytes.length) {
          const larger = new Uint8Array(2 * (handle.position + length));
          larger.set(file.bytes);
          file.bytes = larger;
        }
        for (const part of parts) {
          file.bytes.set(part, handle.position);
          handle.position += part.length;
        }
        file.size = Math.max(file.size, handle.position);
      } else if (descriptor < ROOT) {
        printed.push(...parts.map((part) => new TextDecoder().decode(part.slice())));
      } else {
        return BAD_DESCRIPTOR;
      }
      view().setUint32(written, length, true);
      return OK;
    },
    proc_exit(status: number): never {
      throw new Exit(status);
    },
  };

  const { exports } = await WebAssembly.instantiate(program, { wasi_snapshot_preview1: wasi });
  const command = exports as { readonly memory: WebAssembly.Memory; readonly _start: () => void };
  memory = command.memory;
  let status = 0;
  try {
    command._start();
  } catch (error) {
    if (!(error instanceof Exit)) {
      throw error;
    }
    ({ status } = error);
  }
  if (status !== 0) {
    throw new Error(`${args[0] ?? 'the program'} ended with status ${status}: ${printed.join('').trim()}`);
  }
  return new Map([...files].map(([path, { bytes, size }]) => [path, bytes.subarray(0, size)]));
}
