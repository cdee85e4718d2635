import { writeFile } from 'node:fs/promises';
import { statechartPicture } from '../inspector/statechartPicture.js';
import { dialogueMachine } from '../machines/dialogueMachine.js';

/** Draws the statechart of a call as an SVG file. */
export async function writeDiagram(file: string): Promise<void> {
  await writeFile(file, await statechartPicture(dialogueMachine));
}
