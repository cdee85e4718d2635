import { stdout } from 'node:process';
import { styleText } from 'node:util';

const MARGIN = 10;

/** Both sides of a call, printed as they speak. */
export class Transcript {
  readonly latencies: number[] = [];
  #waiting: string | undefined;
  #callerSpoke = false;
  #latencyMs: number | undefined;

  constructor(private readonly write: (text: string) => void = (text) => stdout.write(text)) {}

  /** What the desk says. Waits for its latency when the caller has asked for it and none was heard yet. */
  desk(text: string): void {
    this.#flush();
    if (this.#callerSpoke && this.#latencyMs === undefined) this.#waiting = text;
    else this.#say(text);
  }

  /** The first sound of the desk's answer was heard. */
  answered(latencyMs: number): void {
    this.latencies.push(latencyMs);
    this.#latencyMs = latencyMs;
    this.#flush();
  }

  caller(line: string): void {
    this.#flush();
    this.#print('caller', line);
    this.#callerSpoke = true;
    this.#latencyMs = undefined;
  }

  note(text: string): void {
    this.#flush();
    this.write(`${styleText('dim', text)}\n`);
  }

  #flush(): void {
    if (this.#waiting !== undefined) this.#say(this.#waiting);
  }

  #say(text: string): void {
    this.#print('desk', text, this.#latencyMs);
    this.#waiting = undefined;
    this.#latencyMs = undefined;
    this.#callerSpoke = false;
  }

  #print(who: 'desk' | 'caller', text: string, latencyMs?: number): void {
    const latency = latencyMs === undefined ? '' : styleText('dim', `  (${Math.round(latencyMs)} ms)`);
    const name = styleText(who === 'desk' ? 'cyan' : 'yellow', who.padStart(MARGIN - 2));
    this.write(`${name}  ${wrap(text)}${latency}\n`);
  }
}

/** Breaks a text into lines that fit beside the speaker's name. */
function wrap(text: string): string {
  const width = Math.max(40, Math.min(stdout.columns || 100, 100) - MARGIN - 12);
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.join(`\n${' '.repeat(MARGIN)}`);
}
