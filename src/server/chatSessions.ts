import { type ChatOptions, type ChatReply, ChatSession } from './chatSession.js';

/** Conversations kept at once; past it the one that was silent the longest is ended. */
const MAX_SESSIONS = 1_000;

/** Conversations in text with the same dialogue that answers the phone. */
export class ChatSessions {
  readonly #sessions = new Map<string, ChatSession>();

  constructor(private readonly options: ChatOptions) {}

  /**
   * Says a line in a session and waits for the desk's answer. An unknown session starts a conversation, whose
   * greeting comes first among the replies. An empty text is a caller who stays silent; on an unknown session
   * it only starts the conversation.
   */
  async say(id: string, text: string, from?: string): Promise<ChatReply> {
    const known = this.#sessions.get(id);
    const session = known ?? new ChatSession(id, from, this.options);
    // Set again, so that the map stays in the order of use.
    this.#sessions.delete(id);
    this.#sessions.set(id, session);
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > MAX_SESSIONS && oldest !== undefined) this.#end(oldest);
    const reply = await session.say(text, known === undefined);
    if (reply.ended) this.#end(id);
    return reply;
  }

  close(): void {
    for (const id of [...this.#sessions.keys()]) this.#end(id);
  }

  #end(id: string): void {
    this.#sessions.get(id)?.close();
    this.#sessions.delete(id);
  }
}
