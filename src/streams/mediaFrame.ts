/** One piece of a caller's audio as it came off the line. */
export interface MediaFrame {
  /** Where the frame begins in the stream, in milliseconds since the stream's start. */
  readonly timestamp: number;
  /** 8-bit μ-law samples at 8000 Hz, one channel (ITU-T G.711); usually 160 bytes, 20 ms. */
  readonly payload: Uint8Array;
}

/** Samples, and with μ-law bytes, per millisecond of telephone audio. */
export const SAMPLES_PER_MS = 8;

/** Milliseconds of the frames that a telephone network speaks in. */
export const FRAME_MS = 20;

/** Bytes of such a frame as μ-law. */
export const FRAME_BYTES = FRAME_MS * SAMPLES_PER_MS;

/** The μ-law byte of digital silence (positive zero). */
export const MU_LAW_SILENCE = 0xff;
