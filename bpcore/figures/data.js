// Small data sets for explorables: points (m, 2) and labels 0 and 1, the same for the same seed.
import {generator, matrix, normal} from "./numerics.js";

const kinds = {
  moons: (t, label) => {
    const angle = Math.PI * t;
    return label ? [1 - Math.cos(angle), 0.5 - Math.sin(angle)] : [Math.cos(angle), Math.sin(angle)];
  },
  circles: (t, label) => {
    const angle = 2 * Math.PI * t, radius = label ? 0.5 : 1;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  },
  xor: (t, label, random) => {
    const right = random() < 0.5, up = right !== Boolean(label);
    return [(0.2 + 0.8 * random()) * (right ? 1 : -1), (0.2 + 0.8 * random()) * (up ? 1 : -1)];
  },
  spiral: (t, label) => {
    const angle = 1.75 * 2 * Math.PI * t + (label ? Math.PI : 0), radius = 0.1 + 0.9 * t;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  },
};
export const KINDS = Object.keys(kinds);

// Points, targets (m, 1) and their labels; the points have mean 0 and spread 1 in both directions.
export function dataset(kind, count = 100, seed = 0, noise = 0.15) {
  const random = generator(seed), X = matrix(count, 2), Y = matrix(count, 1);
  for (let i = 0; i < count; i++) {
    const label = i % 2, t = (Math.floor(i / 2) + 0.5) / Math.ceil(count / 2);
    const point = kinds[kind](t, label, random);
    for (const k of [0, 1]) X.v[2 * i + k] = point[k] + noise * normal(random);
    Y.v[i] = label;
  }
  for (const k of [0, 1]) {
    let mean = 0, square = 0;
    for (let i = 0; i < count; i++) mean += X.v[2 * i + k] / count;
    for (let i = 0; i < count; i++) square += (X.v[2 * i + k] - mean) ** 2 / count;
    for (let i = 0; i < count; i++) X.v[2 * i + k] = (X.v[2 * i + k] - mean) / Math.sqrt(square);
  }
  return {X, Y};
}

// 40 points of one period of the sine, as article B has its task, in units of its own.
export function sine(count = 40) {
  const X = matrix(count, 1), Y = matrix(count, 1);
  for (let i = 0; i < count; i++) {
    X.v[i] = -2 + (4 * i) / (count - 1);
    Y.v[i] = Math.sin((Math.PI / 2) * X.v[i]);
  }
  return {X, Y};
}
