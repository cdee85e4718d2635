import { describe, expect, it } from 'vitest';
import { voicedFrames } from '../../src/testing/voicedFrames.js';
import { joined, silence, tone } from './tone.js';

describe('voicedFrames', () => {
  it('finds the frames with sound', () => {
    expect(voicedFrames(joined(silence(40), tone(60), silence(20), tone(20), silence(100)))).toEqual([
      2, 3, 4, 6,
    ]);
  });

  it('finds none in silence, in line noise, or in nothing', () => {
    expect(voicedFrames(silence(100))).toEqual([]);
    expect(voicedFrames(tone(100, 60))).toEqual([]);
    expect(voicedFrames(new Uint8Array(0))).toEqual([]);
  });

  it('judges a short last frame by itself', () => {
    expect(voicedFrames(joined(silence(20), tone(5)))).toEqual([1]);
  });

  it('hears a soft consonant', () => {
    expect(voicedFrames(tone(20, 300))).toEqual([0]);
  });
});
