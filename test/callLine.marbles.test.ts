import { NEVER, type Observable } from 'rxjs';
import { describe, it } from 'vitest';
import { callLine, type LineEvent } from '../src/callLine.js';
import type { InboundEvent, MediaSocket } from '../src/telephony/mediaSocket.js';
import { virtualTime } from './streams/virtualTime.js';

const INBOUND: Record<'d' | 'e' | 's', InboundEvent> = {
  d: { type: 'dtmf', sequenceNumber: 2, streamSid: 'MZ1', digit: '1' },
  e: { type: 'dtmf', sequenceNumber: 3, streamSid: 'MZ2', digit: '2' },
  s: { type: 'stop', sequenceNumber: 9, streamSid: 'MZ1', accountSid: 'AC1', callSid: 'CA1' },
};

const LINE: Record<string, LineEvent> = { ...INBOUND, r: { type: 'resumed' }, L: { type: 'lost' } };

const socket = (inbound$: Observable<InboundEvent>): MediaSocket => ({
  start: {
    type: 'start',
    sequenceNumber: 1,
    streamSid: 'MZ1',
    accountSid: 'AC1',
    callSid: 'CA1',
    customParameters: {},
  },
  inbound$,
  send: () => undefined,
  bufferedAmount: () => 0,
  close: () => undefined,
});

describe('callLine', () => {
  it.each([
    ['never', '-----', '^'],
    ['empty', '----|', '^---!'],
    ['error', '----#', '^---!'],
  ])('brings nothing without a socket: %s', (_, marbles, subscription) => {
    virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const sockets$ = cold<MediaSocket>(marbles);
      expectObservable(sockets$.pipe(callLine())).toBe(marbles);
      expectSubscriptions(sockets$.subscriptions).toBe(subscription);
    });
  });

  it('brings the events of the socket', () => {
    virtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const inbound$ = hot('----d--e--', INBOUND);
      const sockets$ = hot('-a--------', { a: socket(inbound$) });
      expectObservable(sockets$.pipe(callLine())).toBe('----d--e--', LINE);
      expectSubscriptions(inbound$.subscriptions).toBe('-^');
    });
  });

  it('is lost when the socket closes and none takes its place within 15 s', () => {
    virtualTime(({ hot, expectObservable }) => {
      const sockets$ = hot('a', { a: socket(hot('-d-|', INBOUND)) });
      expectObservable(sockets$.pipe(callLine())).toBe('-d- 15s L', LINE);
    });
  });

  it('is resumed by a socket inside the grace', () => {
    virtualTime(({ hot, expectObservable }) => {
      const sockets$ = hot('a-- 14999ms b', { a: socket(hot('-d|', INBOUND)), b: socket(hot('15004ms e', INBOUND)) });
      expectObservable(sockets$.pipe(callLine())).toBe('-d- 14999ms r-e', LINE);
    });
  });

  it('is resumed by a socket after the grace too, for whoever still listens', () => {
    virtualTime(({ hot, expectObservable }) => {
      const sockets$ = hot('a-- 20s b', { a: socket(hot('-d|', INBOUND)), b: socket(NEVER) });
      expectObservable(sockets$.pipe(callLine())).toBe('-d 15s L 4999ms -r', LINE);
    });
  });

  it('goes over to a socket that replaces one still open', () => {
    virtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const first$ = hot('-d-d-d-d-|', INBOUND);
      const second$ = hot('-----e-e-e', INBOUND);
      const sockets$ = hot('a---b', { a: socket(first$), b: socket(second$) });
      expectObservable(sockets$.pipe(callLine())).toBe('-d-dre-e-e', LINE);
      expectSubscriptions(first$.subscriptions).toBe('^---!');
      expectSubscriptions(second$.subscriptions).toBe('----^');
    });
  });

  it('is not lost after a stop', () => {
    virtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const inbound$ = hot('-d-s-d', INBOUND);
      const sockets$ = hot('a', { a: socket(inbound$) });
      expectObservable(sockets$.pipe(callLine()), '^ 1m !').toBe('-d-s', LINE);
      expectSubscriptions(inbound$.subscriptions).toBe('^--!');
    });
  });

  it('completes with the sockets once the last one is over', () => {
    virtualTime(({ hot, expectObservable }) => {
      expectObservable(hot('a|', { a: socket(hot('---s|', INBOUND)) }).pipe(callLine())).toBe('---(s|)', LINE);
      expectObservable(hot('a|', { a: socket(hot('---|', INBOUND)) }).pipe(callLine())).toBe('--- 15s (L|)', LINE);
    });
  });

  it('leaves the sockets and the grace when it is unsubscribed', () => {
    virtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const inbound$ = hot('---d-|', INBOUND);
      const sockets$ = hot('a', { a: socket(inbound$) });
      expectObservable(sockets$.pipe(callLine()), '^---!').toBe('---d', LINE);
      expectObservable(sockets$.pipe(callLine()), '^ 10s !').toBe('---d', LINE);
      expectSubscriptions(inbound$.subscriptions).toBe(['^---!', '^----!']);
      expectSubscriptions(sockets$.subscriptions).toBe(['^---!', '^ 10s !']);
    });
  });
});
