import { readConfiguration } from '../server/configuration.js';
import { readIntents } from '../server/readIntents.js';
import { train as trainModel } from '../nlu/training/train.js';

const BAR = 30;

/** `frontdesk train`: trains the intent network, with a progress bar, and says how good it is. */
export async function train(): Promise<void> {
  const { business } = readConfiguration(process.env);
  const { file, modelFolder } = await readIntents(business.intents);
  const report = await trainModel({
    intentsFile: file,
    outputDirectory: modelFolder,
    onProgress: ({ phase, epoch, epochs, loss }) => {
      if (!process.stderr.isTTY) return;
      const done = Math.round((BAR * epoch) / epochs);
      const bar = `${'█'.repeat(done)}${'░'.repeat(BAR - done)}`;
      process.stderr.write(`\r${phase.padEnd(8)} ${bar} epoch ${epoch}/${epochs}  loss ${loss.toFixed(3)}  `);
      if (epoch === epochs) process.stderr.write('\n');
    },
  });
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  console.log(
    [
      `Trained on ${report.patterns} patterns in ${report.seconds.toFixed(1)} s (TensorFlow.js, ${report.backend}).`,
      `Of patterns kept from training: ${percent(report.validationAccuracy)} understood, ` +
        `${percent(report.rejection)} of what is out of scope rejected.`,
      `Written to ${modelFolder}.`,
    ].join('\n'),
  );
}
