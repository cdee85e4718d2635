import type { Features } from './features.js';

/** One dense layer: `kernel` is inputs × units, row by row, as TensorFlow.js saves it. */
export interface DenseLayer {
  readonly units: number;
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

/**
 * The forward pass of a network of dense layers, ReLU between and softmax at the end, over a sparse input.
 * Dropout does nothing outside training.
 * @returns a function from features to one probability per tag; the array is reused by the next call
 */
export function network(layers: readonly DenseLayer[]): (features: Features) => Float32Array {
  const outputs = layers.map((layer) => new Float32Array(layer.units));
  return ({ indices, values }) => {
    let previous: Float32Array | undefined;
    let output = new Float32Array(0);
    layers.forEach(({ units, kernel, bias }, depth) => {
      output = outputs[depth] ?? output;
      output.set(bias);
      if (previous === undefined) {
        for (let at = 0; at < indices.length; at++) {
          const row = (indices[at] ?? 0) * units;
          const value = values[at] ?? 0;
          for (let unit = 0; unit < units; unit++)
            output[unit] = (output[unit] ?? 0) + value * (kernel[row + unit] ?? 0);
        }
      } else {
        for (let input = 0; input < previous.length; input++) {
          const value = previous[input] ?? 0;
          if (value === 0) continue;
          const row = input * units;
          for (let unit = 0; unit < units; unit++)
            output[unit] = (output[unit] ?? 0) + value * (kernel[row + unit] ?? 0);
        }
      }
      if (depth < layers.length - 1) {
        for (let unit = 0; unit < units; unit++) if ((output[unit] ?? 0) < 0) output[unit] = 0;
      }
      previous = output;
    });
    let highest = -Infinity;
    for (const logit of output) if (logit > highest) highest = logit;
    let sum = 0;
    for (let unit = 0; unit < output.length; unit++) {
      const power = Math.exp((output[unit] ?? 0) - highest);
      output[unit] = power;
      sum += power;
    }
    for (let unit = 0; unit < output.length; unit++) output[unit] = (output[unit] ?? 0) / sum;
    return output;
  };
}
