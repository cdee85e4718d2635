import { Observable, type OperatorFunction } from 'rxjs';
import type { CallEvent } from '../callEvent.js';
import type { Slots } from '../nlu/understanding.js';

/** Where the time of an answer went, in milliseconds. */
export interface TurnLatency {
  /** End of speech in the audio → decision that the turn was over. */
  readonly endpointing: number;
  /** → the words. */
  readonly recognition: number;
  /** → their meaning. */
  readonly understanding: number;
  /** → what to say, the store's answer included. */
  readonly dialogue: number;
  /** → the first frame of it handed to the socket. */
  readonly speech: number;
  /** All of it: end of speech → first frame out. */
  readonly firstFrameOut: number;
}

/** One exchange: what the caller said and what the desk answered. */
export interface TurnRecord {
  /** The dialogue's state in which it was heard. */
  readonly state: string;
  /** Empty when the speech could not be made out. */
  readonly heard: string;
  readonly intent?: string;
  readonly confidence?: number;
  readonly slots: Slots;
  readonly said: string;
  readonly promptKey: string;
  readonly latency: TurnLatency;
}

type Heard = Extract<CallEvent, { type: 'heard' }>;
type Said = Extract<CallEvent, { type: 'said' }>;

/**
 * The exchanges among the events of a call: each utterance with the first prompt that answers it, once that
 * prompt's first frame is out. An utterance that another one overtakes, or that the call ends before, has no
 * record.
 */
export function turnRecords(): OperatorFunction<CallEvent, TurnRecord> {
  return (events$) =>
    new Observable((subscriber) => {
      let state = '';
      let heardIn = '';
      let heard: Heard | undefined;
      let said: Said | undefined;
      return events$.subscribe({
        next: (event) => {
          if (event.type === 'state') state = event.state.task;
          else if (event.type === 'heard') {
            heard = event;
            heardIn = state;
            said = undefined;
          } else if (event.type === 'said') said ??= event;
          else if (event.type === 'playing' && heard && event.promptId === said?.prompt.id) {
            subscriber.next(record(heardIn, heard, said, event.at));
            heard = undefined;
          }
        },
        error: (error: unknown) => {
          subscriber.error(error);
        },
        complete: () => {
          subscriber.complete();
        },
      });
    });
}

function record(state: string, heard: Heard, said: Said, playingAt: number): TurnRecord {
  const { utterance, understanding, understoodAt } = heard;
  const { endpointingMs: endpointing, recognitionMs: recognition } = utterance;
  return {
    state,
    heard: utterance.text,
    ...(understanding && { intent: understanding.intent, confidence: understanding.confidence }),
    slots: understanding?.slots ?? {},
    said: said.text,
    promptKey: said.prompt.content.key,
    latency: {
      endpointing,
      recognition,
      understanding: understoodAt - heard.at,
      dialogue: said.at - understoodAt,
      speech: playingAt - said.at,
      firstFrameOut: endpointing + recognition + playingAt - heard.at,
    },
  };
}
