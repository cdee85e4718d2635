import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import { readConfiguration } from '../server/configuration.js';
import { openConversation } from '../server/openConversation.js';
import { scriptLines } from './scriptLines.js';

/**
 * `frontdesk chat`: the dialogue of the phone, in text. At a terminal it is a conversation, in which an empty
 * line is a silence; with a script each reply is printed as a JSON line.
 */
export async function chat({ script }: { script?: string }): Promise<void> {
  const lines = script === undefined ? undefined : scriptLines(script);
  const conversation = await openConversation(
    readConfiguration(process.env),
    {},
    console.error,
    console.warn,
  );
  const session = randomUUID();
  const say = (text: string) => conversation.chats.say(session, text);
  try {
    if (lines) {
      for (const line of ['', ...lines]) {
        const { replies, ...rest } = await say(line);
        for (const reply of replies) console.log(JSON.stringify({ ...reply, ...rest }));
        if (rest.ended) return;
      }
      return;
    }
    await converse(say);
  } finally {
    await conversation.close();
  }
}

async function converse(
  say: (text: string) => Promise<{ replies: readonly { text: string }[]; ended: boolean }>,
): Promise<void> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout, prompt: 'you:  ' });
  const show = (replies: readonly { text: string }[]) => {
    for (const { text } of replies) console.log(`desk: ${text}`);
    terminal.prompt();
  };
  show((await say('')).replies);
  for await (const line of terminal) {
    const { replies, ended } = await say(line);
    show(replies);
    if (ended) break;
  }
  terminal.close();
}
