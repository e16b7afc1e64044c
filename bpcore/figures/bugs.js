// The mistakes of the museum that change a gradient: each stands in the place of one step of the backward pass.
import {columnSums, lossSlope, map, matrix, product, pull, STEPS, transposed, zip} from "./numerics.js";

// In which layers a mistake can be made.
const range = (from, to) => Array.from({length: Math.max(to - from, 0)}, (_, i) => from + i);
const everyLayer = net => range(1, net.L + 1);
const hiddenLayers = net => range(1, net.L);
const slopedLayers = net => range(1, net.L + (net.loss.link ? 0 : 1));
const curvedLayers = net => slopedLayers(net).filter(l => net.f[l].df && net.names[l] !== "identity");
const hiddenWithSlopes = net => hiddenLayers(net).filter(l => net.f[l].df);
const belowCurved = net => hiddenLayers(net).filter(l => curvedLayers(net).includes(l + 1));
const cancelledOutput = net => (net.loss.link && net.f.slice(1).every(f => f.df) ? [net.L] : []);
const squareLayers = net => everyLayer(net).filter(l => net.sizes[l] === net.sizes[l - 1]);
const belowSquare = net => hiddenLayers(net).filter(l => net.sizes[l] === net.sizes[l + 1]);
const reluLayers = net => slopedLayers(net).filter(l => net.names[l] === "relu");
const softmaxLayers = net => slopedLayers(net).filter(l => net.names[l] === "softmax");
const outputWith = condition => net => (condition(net) ? [net.L] : []);

const scaled = (factor, A) => map(value => factor * value, A);
const error = (s, l) => zip((a, y) => a - y, s.a[l], s.Y);
const filled = (rows, cols, value) => matrix(rows, cols, new Float64Array(rows * cols).fill(value));
const total = values => values.reduce((sum, value) => sum + value, 0);
const withoutBias = decay => {
  for (let j = 0; j < decay.rows; j++) decay.v[j * decay.cols] = 0;
  return decay;
};
const slopeOfA = (s, l, g) => pull(s.net.f[l], s.a[l], s.net.f[l].f(s.a[l]), g ?? lossSlope(s, l));

export const BUGS = {
  "stale-weights": {
    title: "Hidden deltas from weights that have moved already", step: "from_above", layers: hiddenLayers,
    wrong: (s, l) => {
      const step = scaled(s.lr / s.m, product(transposed(s.delta[l + 1]), s.a[l]));
      return product(s.delta[l + 1], zip((w, move) => w - move, s.W[l + 1], step));
    },
  },
  "fan-out-overwritten": {
    title: "Of all units above, only the last one is heard", step: "from_above", layers: hiddenLayers,
    wrong: (s, l) => {
      const above = s.delta[l + 1], W = s.W[l + 1], made = matrix(above.rows, W.cols);
      for (let i = 0; i < made.rows; i++)
        for (let k = 0; k < made.cols; k++) made.v[i * made.cols + k] = above.v[i * above.cols + above.cols - 1] * W.v[(W.rows - 1) * W.cols + k];
      return made;
    },
  },
  "samples-overwritten": {
    title: "Of all samples, only the last one counts", step: "weight_sum", layers: everyLayer,
    wrong: (s, l) => {
      const last = A => matrix(1, A.cols, A.v.slice(-A.cols));
      return product(transposed(last(s.delta[l])), last(s.a[l - 1]));
    },
  },
  "mean-missing": {
    title: "The gradient is summed over the samples, the cost averaged", step: "mean", layers: everyLayer,
    wrong: (s, l, sum) => sum,
  },
  "mean-twice": {
    title: "The mean is taken twice", step: "mean", layers: everyLayer,
    wrong: (s, l, sum) => map(value => value / s.m / s.m, sum),
  },
  "two-too-many": {
    title: "The ½ of the squared error is forgotten in the gradient", step: "output_delta", layers: outputWith(net => net.lossName === "half_squared"),
    wrong: (s, l) => s.run("through", l, scaled(2, error(s, l))),
  },
  "two-missing": {
    title: "The 2 of the squared error is missing from the gradient", step: "output_delta", layers: outputWith(net => net.lossName === "mse"),
    wrong: (s, l) => s.run("through", l, scaled(1 / s.K, error(s, l))),
  },
  "outputs-not-averaged": {
    title: "The cost averages over the outputs, the gradient does not", step: "output_delta", layers: outputWith(net => net.lossName === "mse"),
    wrong: (s, l) => s.run("through", l, scaled(2, error(s, l))),
  },
  "sign": {
    title: "The gradient has the wrong sign", step: "mean", layers: everyLayer,
    wrong: (s, l, sum) => scaled(-1 / s.m, sum),
  },
  "slope-of-a": {
    title: "σ′ is taken of the activation instead of the pre-activation", step: "through", layers: slopedLayers,
    wrong: slopeOfA,
  },
  "slope-formula-of-z": {
    title: "The formula for a, such as a(1 − a), is given z", step: "through", layers: slopedLayers,
    wrong: (s, l, g) => pull(s.net.f[l], s.z[l], s.z[l], g),
  },
  "slope-missing": {
    title: "The slope f′(z) is missing in a hidden layer", step: "through", layers: hiddenLayers,
    wrong: (s, l, g) => g,
  },
  "slope-of-wrong-layer": {
    title: "The slope is taken at another layer", step: "through", layers: belowSquare,
    wrong: (s, l, g) => pull(s.net.f[l], s.z[l + 1], s.a[l + 1], g),
  },
  "slope-of-wrong-function": {
    title: "The slope is that of another function", step: "through", layers: hiddenLayers,
    wrong: (s, l, g) => pull(s.net.f[l + 1], s.z[l], s.net.f[l + 1].f(s.z[l]), g),
  },
  "output-slope-twice": {
    title: "The output's slope is applied although the loss has cancelled it", step: "output_delta", layers: outputWith(net => net.loss.link),
    wrong: (s, l) => pull(s.net.f[l], s.z[l], s.a[l], error(s, l)),
  },
  "output-slope-forgotten": {
    title: "The output's slope is forgotten although the loss does not cancel it", step: "output_delta", layers: outputWith(() => true),
    wrong: lossSlope,
  },
  "relu-mask": {
    title: "The ReLU's mask is a ≥ 0, which is always true", step: "through", layers: reluLayers,
    wrong: (s, l, g) => zip((x, a) => x * (a >= 0), g, s.a[l]),
  },
  "softmax-diagonal": {
    title: "The softmax is treated entry by entry", step: "through", layers: softmaxLayers,
    wrong: (s, l, g) => zip((x, a) => x * a * (1 - a), g, s.a[l]),
  },
  "slope-of-a-throughout": {
    title: "σ′ is taken of the activation in all layers, the output included", step: "output_delta", layers: cancelledOutput,
    wrong: slopeOfA, also: [["through", hiddenLayers]],
  },
  "slope-twice": {
    title: "The slope is applied twice", step: "through", layers: net => curvedLayers(net).filter(l => net.names[l] !== "relu"),
    wrong: (s, l, g) => pull(s.net.f[l], s.z[l], s.a[l], pull(s.net.f[l], s.z[l], s.a[l], g)),
  },
  "activation-for-slope": {
    title: "The activation stands where its slope should", step: "through", layers: curvedLayers,
    wrong: (s, l, g) => zip((x, a) => x * a, g, s.a[l]),
  },
  "mask-of-gradient": {
    title: "The ReLU is applied to the gradient", step: "through", layers: reluLayers,
    wrong: (s, l, g) => map(x => x * (x > 0), g),
  },
  "missing-transpose": {
    title: "W instead of its transpose on the way back", step: "from_above", layers: belowSquare,
    wrong: (s, l) => product(s.delta[l + 1], transposed(s.W[l + 1])),
  },
  "transposed-block": {
    title: "The gradient of a layer's weights is transposed", step: "weight_sum", layers: squareLayers,
    wrong: (s, l) => product(transposed(s.a[l - 1]), s.delta[l]),
  },
  "input-of-wrong-layer": {
    title: "The weights' gradient uses the layer's output instead of its input", step: "weight_sum", layers: squareLayers,
    wrong: (s, l) => product(transposed(s.delta[l]), s.a[l]),
  },
  "input-before-activation": {
    title: "The weights' gradient uses z of the layer below instead of a", step: "weight_sum", layers: net => range(2, net.L + 1),
    wrong: (s, l) => product(transposed(s.delta[l]), s.z[l - 1]),
  },
  "bias-row-kept": {
    title: "The bias column is kept on the way back, and a weight cut off", step: "from_above", layers: hiddenLayers,
    wrong: (s, l) => {
      const whole = product(s.delta[l + 1], s.Theta[l + 1]), made = matrix(whole.rows, whole.cols - 1);
      for (let i = 0; i < made.rows; i++) made.v.set(whole.v.subarray(i * whole.cols, (i + 1) * whole.cols - 1), i * made.cols);
      return made;
    },
  },
  "from-above-missing": {
    title: "The weights above are left out on the way back", step: "from_above", layers: hiddenLayers,
    wrong: (s, l) => product(s.delta[l + 1], filled(s.delta[l + 1].cols, s.net.sizes[l], 1)),
  },
  "error-for-delta": {
    title: "The error is sent down instead of the delta", step: "from_above", layers: belowCurved,
    wrong: (s, l) => product(l + 1 === s.L ? lossSlope(s, s.L) : s.run("from_above", l + 1), s.W[l + 1]),
  },
  "bias-axis-missing": {
    title: "The biases' gradient is summed over the units too", step: "bias_sum", layers: everyLayer,
    wrong: (s, l) => new Float64Array(s.net.sizes[l]).fill(total(s.delta[l].v)),
  },
  "bias-mean-missing": {
    title: "The biases' gradient is summed where the weights' is averaged", step: "bias_sum", layers: everyLayer,
    wrong: (s, l) => columnSums(s.delta[l]).map(value => s.m * value),
  },
  "bias-from-weights": {
    title: "The biases' gradient is the row sum of the weights'", step: "bias_sum", layers: everyLayer,
    wrong: (s, l) => columnSums(transposed(product(transposed(s.delta[l]), s.a[l - 1]))),
  },
  "bias-one-sample": {
    title: "The biases' gradient is that of one sample", step: "bias_sum", layers: everyLayer,
    wrong: (s, l) => s.delta[l].v.slice(-s.delta[l].cols).map(value => s.m * value),
  },
  "bias-missing": {
    title: "The biases get no gradient", step: "bias_sum", layers: everyLayer,
    wrong: (s, l) => new Float64Array(s.net.sizes[l]),
  },
  "layer-forgotten": {
    title: "A layer gets no gradient at all", step: "hand_over", layers: everyLayer,
    wrong: (s, l, block) => matrix(block.rows, block.cols),
  },
  "dot-not-outer": {
    title: "A dot product stands for the outer product", step: "weight_sum", layers: everyLayer,
    wrong: (s, l) => filled(s.W[l].rows, s.W[l].cols, total(zip((d, a) => d * a, s.delta[l], s.a[l]).v)),
  },
  "bias-regularised": {
    title: "The penalty pulls at the biases too", step: "penalty", layers: everyLayer,
    wrong: (s, l) => scaled(s.lam / s.m, s.Theta[l]),
  },
  "penalty-missing": {
    title: "λ is in the cost and not in the gradient", step: "penalty", layers: everyLayer,
    wrong: (s, l) => matrix(s.Theta[l].rows, s.Theta[l].cols),
  },
  "penalty-undivided": {
    title: "λ is divided by n in the cost and not in the gradient", step: "penalty", layers: everyLayer,
    wrong: (s, l) => withoutBias(scaled(s.lam, s.Theta[l])),
  },
};

// Beside the named ones: any step of the backward pass, with any exchange of what it computes. The key is "step:exchange".
export const STEP_NAMES = {
  output_delta: "BP1, the output's delta", from_above: "BP2, what comes from above", through: "BP2, after the slope", weight_sum: "BP4, the product",
  bias_sum: "BP3, the sum", mean: "the mean over the samples", penalty: "the penalty", hand_over: "the whole gradient",
};
export const EXCHANGES = {
  sign: ["with the wrong sign", x => -x], doubled: ["doubled", x => 2 * x], halved: ["halved", x => x / 2], squared: ["squared", x => x * x],
  unsigned: ["without its signs", Math.abs], signs: ["only its signs", Math.sign], missing: ["left out", () => 0], ones: ["replaced by ones", () => 1],
};
const PLACES = {output_delta: net => [net.L], from_above: hiddenLayers, through: slopedLayers, weight_sum: everyLayer, bias_sum: everyLayer, mean: everyLayer, penalty: everyLayer, hand_over: everyLayer};

function exchanged(step, exchange) {
  const [words, f] = EXCHANGES[exchange];
  const each = made => (made instanceof Float64Array ? made.map(x => f(x)) : map(x => f(x), made));
  return {title: `${STEP_NAMES[step]}, ${words}`, step, layers: PLACES[step], wrong: (s, l, ...given) => each(STEPS[step](s, l, ...given))};
}
for (const step of Object.keys(STEP_NAMES)) for (const exchange of Object.keys(EXCHANGES)) BUGS[`${step}:${exchange}`] = exchanged(step, exchange);

// One bug in the layers named, or in every layer where it can be made.
export function planted(name, net, chosen = null) {
  const bug = BUGS[name], possible = bug.layers(net);
  return {...bug, layers: () => (chosen ? possible.filter(l => chosen.includes(l)) : possible)};
}
