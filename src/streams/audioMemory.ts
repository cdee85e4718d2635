/** Four seconds of 16-bit samples; what a slice of it keeps alive is little. */
const SLAB_BYTES = 1 << 16;
/** Larger pieces get memory of their own. */
const LARGEST_SLICE = SLAB_BYTES >> 3;
/** Sixteen-bit samples start at even bytes. */
const ALIGNMENT = 2;

let slab = new ArrayBuffer(0);
let used = 0;

function slice(bytes: number): { readonly buffer: ArrayBuffer; readonly offset: number } {
  if (bytes > LARGEST_SLICE) return { buffer: new ArrayBuffer(bytes), offset: 0 };
  if (used + bytes > slab.byteLength) {
    slab = new ArrayBuffer(SLAB_BYTES);
    used = 0;
  }
  const offset = used;
  used += Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
  return { buffer: slab, offset };
}

/**
 * Zeroed memory for a piece of audio, cut from a slab that pieces share, as Node's `Buffer.allocUnsafe` does it:
 * a typed array of its own costs more than decoding a frame into it. Nothing is ever cut twice.
 *
 * Its `buffer` holds other pieces too: copy it before handing it to another thread, which would be sent all.
 */
export const audioMemory = {
  bytes(length: number): Uint8Array<ArrayBuffer> {
    const { buffer, offset } = slice(length);
    return new Uint8Array(buffer, offset, length);
  },
  samples(length: number): Int16Array<ArrayBuffer> {
    const { buffer, offset } = slice(length * Int16Array.BYTES_PER_ELEMENT);
    return new Int16Array(buffer, offset, length);
  },
};
