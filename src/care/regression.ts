/**
 * Multinomial logistic regression over sparse features, trained by full gradient steps with momentum: no chance in
 * it, so the same messages give the same weights to the last digit.
 */
import { scaleOf } from '../conversation/disclosure/trained';

/** One message as the trainer sees it. */
export interface Example {
  /** Indices of the features that it has. */
  features: Int32Array;
  /** Index of its class. */
  label: number;
  /** How much it counts. */
  weight: number;
}

export interface Settings {
  classes: number;
  features: number;
  /** Pull of every weight towards nought. */
  decay: number;
  steps: number;
}

const RATE = 0.05;
const FIRST_MOMENT = 0.9;
const SECOND_MOMENT = 0.999;
const TINY = 1e-8;

/** @returns weights[feature * classes + class] (Kingma and Ba's Adam, with weight decay) */
export function train(examples: readonly Example[], settings: Settings): Float64Array {
  const { classes, features, decay, steps } = settings;
  const size = classes * features;
  const weights = new Float64Array(size);
  const first = new Float64Array(size);
  const second = new Float64Array(size);
  const slope = new Float64Array(size);
  const total = examples.reduce((sum, { weight }) => sum + weight, 0);
  const at = (values: Float64Array, index: number) => values[index] ?? 0;
  for (let step = 1; step <= steps; step += 1) {
    for (let index = 0; index < size; index += 1) slope[index] = decay * at(weights, index);
    for (const { features: present, label, weight } of examples) {
      const shares = sharesOf(weights, present, classes);
      const scale = (scaleOf(present.length) * weight) / total;
      for (let one = 0; one < classes; one += 1) {
        const error = (at(shares, one) - (one === label ? 1 : 0)) * scale;
        for (const feature of present) {
          const index = feature * classes + one;
          slope[index] = at(slope, index) + error;
        }
      }
    }
    const firstBias = 1 - FIRST_MOMENT ** step;
    const secondBias = 1 - SECOND_MOMENT ** step;
    for (let index = 0; index < size; index += 1) {
      const now = at(slope, index);
      const one = (first[index] = FIRST_MOMENT * at(first, index) + (1 - FIRST_MOMENT) * now);
      const two = (second[index] = SECOND_MOMENT * at(second, index) + (1 - SECOND_MOMENT) * now * now);
      weights[index] = at(weights, index) - (RATE * (one / firstBias)) / (Math.sqrt(two / secondBias) + TINY);
    }
  }
  return weights;
}

/** @returns the share of each class, summing to 1 */
function sharesOf(weights: Float64Array, present: Int32Array, classes: number): Float64Array {
  const scores = new Float64Array(classes);
  for (const feature of present) {
    for (let one = 0; one < classes; one += 1)
      scores[one] = (scores[one] ?? 0) + (weights[feature * classes + one] ?? 0);
  }
  const scale = scaleOf(present.length);
  const highest = Math.max(...scores) * scale;
  const shares = scores.map((score) => Math.exp(score * scale - highest));
  const sum = shares.reduce((all, one) => all + one, 0);
  return shares.map((one) => one / sum);
}
