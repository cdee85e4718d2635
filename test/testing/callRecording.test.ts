import { describe, expect, it } from 'vitest';
import { CallRecording } from '../../src/testing/callRecording.js';
import { joined, silence, tone } from './tone.js';

describe('CallRecording', () => {
  it('keeps both sides on one timeline', () => {
    const recording = new CallRecording();
    recording.push(tone(20), silence(20));
    recording.push(silence(20), tone(20));
    expect(recording.durationMs).toBe(40);
    expect(recording.caller).toEqual(joined(tone(20), silence(20)));
    expect(recording.desk).toEqual(joined(silence(20), tone(20)));
  });

  it('writes a stereo WAV file with the caller on the left', () => {
    const recording = new CallRecording();
    recording.push(new Uint8Array(160).fill(0x00), new Uint8Array(160).fill(0x80));
    const wav = Buffer.from(recording.toWav());
    expect(wav.length).toBe(44 + 160 * 4);
    expect(wav.toString('latin1', 0, 4)).toBe('RIFF');
    expect(wav.readUInt32LE(4)).toBe(wav.length - 8);
    expect([wav.readUInt16LE(20), wav.readUInt16LE(22), wav.readUInt32LE(24)]).toEqual([1, 2, 8000]);
    expect([wav.readInt16LE(44), wav.readInt16LE(46)]).toEqual([-32124, 32124]);
  });
});
