#!/usr/bin/env node
import { Command } from 'commander';
import { UsageError } from './usageError.js';

/**
 * The `frontdesk` command. Each subcommand is a file of its own, loaded when it is asked for, so that one
 * does not pay for the others.
 */
const program = new Command('frontdesk')
  .description("Answers a business's phone and books appointments.")
  .showHelpAfterError()
  // Commander takes a word that it does not know for an argument of the default command.
  .hook('preSubcommand', ({ args: [word] }, command) => {
    if (word !== undefined && !word.startsWith('-') && word !== command.name())
      throw new UsageError(`There is no command "${word}". See frontdesk --help.`);
  });

program
  .command('serve', { isDefault: true })
  .description('answer calls on PORT (8080)')
  .action(async () => {
    const { serve } = await import('./serve.js');
    await serve();
  });

program
  .command('demo')
  .description('a whole spoken call against a desk of its own; exit 0 when the booking is in the store')
  .action(async () => {
    const { demo } = await import('./demo.js');
    process.exitCode = await demo();
  });

program
  .command('call')
  .description('ring a desk and speak to it')
  .argument('[url]', 'the desk', 'http://127.0.0.1:8080')
  .option('--say <lines>', 'what to say, turn by turn: lines separated by |, or a file with a line a turn')
  .option('--script <file>', 'a file with a line a turn')
  .option('--voice <voice>', 'rms, awb, kal or slt', 'rms')
  .option('--from <number>', "the caller's number, E.164", '+441632960123')
  .action(async (url: string, options: { say?: string; script?: string; voice: string; from: string }) => {
    const { ring } = await import('./ring.js');
    process.exitCode = await ring(url, options);
  });

program
  .command('chat')
  .description('talk to the dialogue in text')
  .option('--script <file>', 'caller lines from a file; each reply is printed as a JSON line')
  .action(async (options: { script?: string }) => {
    const { chat } = await import('./chat.js');
    await chat(options);
  });

program
  .command('understand')
  .description('read {"text","expecting"?,"now"?} lines, write {"intent","confidence","slots"} lines')
  .requiredOption('--jsonl', 'JSON lines on standard input and output')
  .action(async () => {
    const { understand } = await import('./understand.js');
    await understand();
  });

program
  .command('bookings')
  .description('list the bookings')
  .option('--json', 'as JSON')
  .option('--date <date>', 'of one day, YYYY-MM-DD')
  .action(async (options: { json?: boolean; date?: string }) => {
    const { bookings } = await import('./bookings.js');
    await bookings(options);
  });

program
  .command('train')
  .description('train the intent network from models/intents.json')
  .action(async () => {
    const { train } = await import('./train.js');
    await train();
  });

program
  .command('diagram')
  .description('draw the statechart of a call')
  .argument('[file]', 'where to', 'docs/statechart.svg')
  .action(async (file: string) => {
    const { writeDiagram } = await import('./diagram.js');
    await writeDiagram(file);
  });

try {
  await program.parseAsync();
} catch (error) {
  // What the user can mend is a message; what is a fault keeps its stack.
  const mendable = error instanceof Error && /(Configuration|Store|Model|Intents|Usage)/.test(error.name);
  console.error(mendable ? error.message : error);
  process.exitCode = 1;
}
