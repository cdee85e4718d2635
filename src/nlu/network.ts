import type { Features } from './features.js';

/** One dense layer: `kernel` is inputs × units, row by row, as TensorFlow.js saves it. */
export interface DenseLayer {
  readonly units: number;
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

/**
 * Adds the rows of a kernel, each times its value, to an output. Four rows at a time, so that the output is
 * read and written a quarter as often, which is what this loop waits for.
 */
function addRows(
  output: Float32Array,
  kernel: Float32Array,
  indices: readonly number[],
  values: readonly number[],
): void {
  const units = output.length;
  let at = 0;
  for (; at + 3 < indices.length; at += 4) {
    const a = (indices[at] ?? 0) * units;
    const b = (indices[at + 1] ?? 0) * units;
    const c = (indices[at + 2] ?? 0) * units;
    const d = (indices[at + 3] ?? 0) * units;
    const va = values[at] ?? 0;
    const vb = values[at + 1] ?? 0;
    const vc = values[at + 2] ?? 0;
    const vd = values[at + 3] ?? 0;
    for (let unit = 0; unit < units; unit++) {
      output[unit] =
        (output[unit] ?? 0) +
        va * (kernel[a + unit] ?? 0) +
        vb * (kernel[b + unit] ?? 0) +
        vc * (kernel[c + unit] ?? 0) +
        vd * (kernel[d + unit] ?? 0);
    }
  }
  for (; at < indices.length; at++) {
    const row = (indices[at] ?? 0) * units;
    const value = values[at] ?? 0;
    for (let unit = 0; unit < units; unit++)
      output[unit] = (output[unit] ?? 0) + value * (kernel[row + unit] ?? 0);
  }
}

/** In place: e to each power, over their sum. */
function softmax(logits: Float32Array): void {
  let highest = -Infinity;
  for (const logit of logits) if (logit > highest) highest = logit;
  let sum = 0;
  for (let unit = 0; unit < logits.length; unit++) {
    const power = Math.exp((logits[unit] ?? 0) - highest);
    logits[unit] = power;
    sum += power;
  }
  for (let unit = 0; unit < logits.length; unit++) logits[unit] = (logits[unit] ?? 0) / sum;
}

/**
 * The forward pass of a network of dense layers, ReLU between and softmax at the end, over a sparse input.
 * Dropout does nothing outside training.
 * @returns a function from features to one probability per tag; the array is reused by the next call
 */
export function network(
  layers: readonly DenseLayer[],
): (features: Pick<Features, 'indices' | 'values'>) => Float32Array {
  const outputs = layers.map((layer) => new Float32Array(layer.units));
  return (features) => {
    let { indices, values } = features;
    let output = new Float32Array(0);
    for (const [depth, { kernel, bias }] of layers.entries()) {
      output = outputs[depth] ?? output;
      output.set(bias);
      addRows(output, kernel, indices, values);
      if (depth === layers.length - 1) break;
      // What ReLU leaves at zero adds nothing to the next layer.
      const active: number[] = [];
      const activity: number[] = [];
      for (let unit = 0; unit < output.length; unit++) {
        const value = output[unit] ?? 0;
        if (value <= 0) continue;
        active.push(unit);
        activity.push(value);
      }
      indices = active;
      values = activity;
    }
    softmax(output);
    return output;
  };
}
