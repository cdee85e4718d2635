import { describe, expect, it } from 'vitest';
import { PlaybackBuffer } from '../../src/testing/playbackBuffer.js';

const audio = (length: number, value: number): Uint8Array => new Uint8Array(length).fill(value);

describe('PlaybackBuffer', () => {
  it('has nothing to play at first', () => {
    expect(new PlaybackBuffer().tick()).toEqual({ marks: [], frame: undefined });
  });

  it('plays pieces of any length in ticks of 20 ms and fills up the last one with silence', () => {
    const buffer = new PlaybackBuffer();
    buffer.play(audio(100, 1));
    buffer.play(audio(100, 2));
    expect(buffer.tick().frame).toEqual(Uint8Array.of(...audio(100, 1), ...audio(60, 2)));
    expect(buffer.tick().frame).toEqual(Uint8Array.of(...audio(40, 2), ...audio(120, 0xff)));
    expect(buffer.tick().frame).toBeUndefined();
  });

  it('reaches a mark once what was before it has been played', () => {
    const buffer = new PlaybackBuffer();
    buffer.play(audio(160, 1));
    buffer.mark('a');
    buffer.play(audio(80, 2));
    buffer.mark('b');
    expect(buffer.tick().marks).toEqual([]);
    expect(buffer.tick().marks).toEqual(['a']);
    expect(buffer.tick().marks).toEqual(['b']);
  });

  it('reaches a mark in the middle of a tick at its end', () => {
    const buffer = new PlaybackBuffer();
    buffer.play(audio(80, 1));
    buffer.mark('a');
    buffer.play(audio(80, 2));
    expect(buffer.tick()).toEqual({ marks: [], frame: Uint8Array.of(...audio(80, 1), ...audio(80, 2)) });
    expect(buffer.tick()).toEqual({ marks: ['a'], frame: undefined });
  });

  it('reaches a mark at once when nothing is before it', () => {
    const buffer = new PlaybackBuffer();
    buffer.mark('a');
    expect(buffer.tick().marks).toEqual(['a']);
  });

  it('gives back what a clear threw away, marks in order', () => {
    const buffer = new PlaybackBuffer();
    buffer.play(audio(80, 1));
    buffer.mark('a');
    buffer.play(audio(200, 2));
    buffer.mark('b');
    buffer.tick();
    expect(buffer.clear()).toEqual({ bytes: 120, marks: ['a', 'b'] });
    expect(buffer.tick()).toEqual({ marks: [], frame: undefined });
    expect(buffer.clear()).toEqual({ bytes: 0, marks: [] });
  });
});
