import { randomUUID } from 'node:crypto';
import {
  type Observable,
  Subject,
  type Subscription,
  filter,
  map,
  firstValueFrom,
  startWith,
  timeout,
} from 'rxjs';
import type { DialogueEvent } from '../machines/dialogueEvent.js';
import type { DialogueInput } from '../machines/dialogueContext.js';
import type { DialogueOutput } from '../machines/dialogue.js';
import type { PhraseContext, Phrasebook } from '../machines/phrasebook.js';
import type { Expectation } from '../streams/expectation.js';
import type { Understander } from '../nlu/understander.js';

/** The desk's answer to one line of a chat. */
export interface ChatReply {
  readonly replies: readonly { readonly key: string; readonly text: string }[];
  /** The dialogue's state, a dotted path. */
  readonly state: string;
  readonly expecting: Expectation;
  readonly ended: boolean;
}

/** What a conversation in text is made of. */
export interface ChatOptions {
  readonly understander: Understander;
  readonly phrasebook: Phrasebook;
  readonly phraseContext: () => PhraseContext;
  /** A conversation with the dialogue machine, without its no-input timer: silence is said, not timed. */
  readonly converse: (
    events$: Observable<DialogueEvent>,
    input: Pick<DialogueInput, 'callId' | 'callerPhone'>,
  ) => Observable<DialogueOutput>;
}

/** A service that takes longer than the dialogue's own limits is a fault. */
const REPLY_TIMEOUT_MS = 30_000;

/** One conversation in text with the dialogue that answers the phone. */
export class ChatSession {
  readonly #events = new Subject<DialogueEvent>();
  readonly #settled = new Subject<boolean>();
  readonly #subscription: Subscription;
  #replies: { key: string; text: string }[] = [];
  #state = '';
  #turn = '';
  #expecting: Expectation = 'open';
  #ended = false;
  #fault: Error | undefined;

  constructor(
    id: string,
    from: string | undefined,
    private readonly options: ChatOptions,
  ) {
    const { phrasebook, phraseContext, converse } = options;
    const outputs$ = converse(this.#events, {
      // New for each conversation: a session's name may be used again.
      callId: `chat:${id}:${randomUUID()}`,
      ...(from !== undefined && { callerPhone: from }),
    });
    // Put into words within the stream, where a fault is this conversation's own and not the process's.
    const worded$ = outputs$.pipe(
      map((output) =>
        output.type === 'say'
          ? { ...output, text: phrasebook.sentences(output.prompt, phraseContext()).join(' ') }
          : output,
      ),
    );
    this.#subscription = worded$.subscribe({
      next: (output) => {
        if (output.type === 'say') {
          const { prompt, text } = output;
          this.#replies.push({ key: prompt.content.key, text });
          this.#expecting = prompt.expectation;
          // Text is heard as soon as it is written.
          queueMicrotask(() => {
            this.#events.next({ type: 'prompt.finished', id: prompt.id });
          });
        } else {
          this.#state = output.state.task;
          this.#turn = output.state.turn;
          this.#settled.next(this.#isSettled());
        }
      },
      error: (error: unknown) => {
        this.#fault = error instanceof Error ? error : new Error(String(error));
        this.#finish();
      },
      complete: () => {
        this.#finish();
      },
    });
  }

  async say(text: string, starts: boolean): Promise<ChatReply> {
    if (starts) await this.#settle();
    if (!(starts && text.trim() === '') && !this.#ended) {
      this.#events.next(this.#read(text));
      await this.#settle();
    }
    if (this.#fault !== undefined) throw this.#fault;
    const replies = this.#replies;
    this.#replies = [];
    return { replies, state: this.#state, expecting: this.#expecting, ended: this.#ended };
  }

  close(): void {
    this.#subscription.unsubscribe();
  }

  #read(text: string): DialogueEvent {
    if (text.trim() === '') return { type: 'caller.silent' };
    const { understander, phraseContext } = this.options;
    const context = { expecting: this.#expecting, now: phraseContext().now };
    return { type: 'caller.understood', understanding: understander.understand(text, context) };
  }

  /** Waits until the desk has said all it has to say and listens, or has ended. */
  async #settle(): Promise<void> {
    await firstValueFrom(
      this.#settled.pipe(startWith(this.#isSettled()), filter(Boolean), timeout({ first: REPLY_TIMEOUT_MS })),
    );
  }

  #isSettled(): boolean {
    return this.#ended || this.#turn === 'listening';
  }

  #finish(): void {
    this.#ended = true;
    this.#settled.next(true);
  }
}
