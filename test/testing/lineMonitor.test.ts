import { describe, expect, it } from 'vitest';
import { LineMonitor } from '../../src/testing/lineMonitor.js';
import { joined, silence, tone } from './tone.js';

describe('LineMonitor', () => {
  it('measures from the end of the caller’s last sound to the arrival of the desk’s first', () => {
    const monitor = new LineMonitor();
    monitor.callerEnded(1000);
    expect(monitor.deskSent(tone(20), 1450)).toEqual({
      at: 1450,
      lastVoicedAt: 1000,
      latencyMs: 450,
      overlapped: false,
    });
  });

  it('does not take silence for an answer, before the sound or in front of it', () => {
    const monitor = new LineMonitor();
    monitor.callerEnded(1000);
    expect(monitor.deskSent(silence(100), 1200)).toBeUndefined();
    expect(monitor.deskSent(joined(silence(40), tone(20)), 1210)).toMatchObject({ at: 1340, latencyMs: 340 });
  });

  it('gives one answer for one utterance', () => {
    const monitor = new LineMonitor();
    expect(monitor.deskSent(tone(20), 10)).toBeUndefined();
    monitor.deskQuiet(40);
    monitor.callerEnded(1000);
    expect(monitor.deskSent(tone(20), 1400)).toBeDefined();
    expect(monitor.deskSent(tone(20), 1420)).toBeUndefined();
  });

  it('counts from the last of two utterances', () => {
    const monitor = new LineMonitor();
    monitor.callerEnded(1000);
    monitor.callerEnded(1600);
    expect(monitor.deskSent(tone(20), 2000)).toMatchObject({ lastVoicedAt: 1600, latencyMs: 400 });
  });

  it('does not take a desk that spoke over the caller for a fast one', () => {
    const monitor = new LineMonitor();
    monitor.deskSent(tone(100), 900);
    monitor.callerEnded(950);
    expect(monitor.deskSent(tone(20), 960)).toBeUndefined();
    monitor.deskQuiet(1050);
    expect(monitor.deskSent(tone(20), 1500)).toMatchObject({ latencyMs: 550, overlapped: true });
  });

  it('measures again once the desk has cleared what it was saying', () => {
    const monitor = new LineMonitor();
    monitor.deskSent(tone(5000), 100);
    monitor.deskQuiet(700);
    monitor.callerEnded(1000);
    expect(monitor.deskSent(tone(20), 1500)).toMatchObject({ at: 1500, latencyMs: 500, overlapped: false });
  });
});
