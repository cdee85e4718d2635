/** A `start` as it is written on the wire, with fields of its own changed. */
export const startText = (over: object = {}): string =>
  JSON.stringify({
    event: 'start',
    sequenceNumber: '5',
    streamSid: 'MZ1',
    start: {
      accountSid: 'AC1',
      callSid: 'CA1',
      mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 },
      ...over,
    },
  });
