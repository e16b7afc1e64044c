// One network in plain JavaScript: the formulas, names and order of parameters of bpcore, and its backward pass in eight steps.

// Matrices: {rows, cols, v} with v row by row. Samples are rows, as in bpcore.

export const matrix = (rows, cols, v = new Float64Array(rows * cols)) => ({rows, cols, v});
export const fromRows = rows => matrix(rows.length, rows[0].length, Float64Array.from(rows.flat()));
export const toRows = A => Array.from({length: A.rows}, (_, i) => Array.from(A.v.subarray(i * A.cols, (i + 1) * A.cols)));
export const map = (f, A, B, C) => {
  const made = matrix(A.rows, A.cols), b = B?.v ?? [], c = C?.v ?? [];
  for (let i = 0; i < made.v.length; i++) made.v[i] = f(A.v[i], b[i], c[i]);
  return made;
};
export const zip = (f, A, B) => {
  const made = matrix(A.rows, A.cols);
  for (let i = 0; i < made.v.length; i++) made.v[i] = f(A.v[i], B.v[i]);
  return made;
};
export const transposed = A => {
  const made = matrix(A.cols, A.rows);
  for (let i = 0; i < A.rows; i++) for (let j = 0; j < A.cols; j++) made.v[j * A.rows + i] = A.v[i * A.cols + j];
  return made;
};
export const product = (A, B) => {
  const made = matrix(A.rows, B.cols), n = A.cols;
  for (let i = 0; i < A.rows; i++) {
    for (let k = 0; k < n; k++) {
      const factor = A.v[i * n + k];
      for (let j = 0; j < B.cols; j++) made.v[i * B.cols + j] += factor * B.v[k * B.cols + j];
    }
  }
  return made;
};
const eachRow = (A, f) => {
  for (let i = 0; i < A.rows; i++) f(A.v.subarray(i * A.cols, (i + 1) * A.cols), i);
};
const sum = values => { let total = 0; for (const value of values) total += value; return total; };
export const columnSums = A => {
  const totals = new Float64Array(A.cols);
  eachRow(A, row => row.forEach((value, j) => { totals[j] += value; }));
  return totals;
};

// Activations: f of a whole matrix; the slope df(z, a) entry by entry, or vjp(z, a, g) where a row's entries mix.

const entrywise = (f, df) => ({f: Z => map(f, Z), df});
const softmax = Z => {
  const A = matrix(Z.rows, Z.cols, Z.v.slice());
  eachRow(A, row => {
    const largest = Math.max(...row);
    row.forEach((z, k) => { row[k] = Math.exp(z - largest); });
    const total = sum(row);
    row.forEach((e, k) => { row[k] = e / total; });
  });
  return A;
};
const softmaxJacobian = (Z, A, G) => {
  const made = matrix(A.rows, A.cols);
  eachRow(made, (row, i) => {
    const at = i * A.cols;
    let shared = 0;
    for (let k = 0; k < A.cols; k++) shared += G.v[at + k] * A.v[at + k];
    for (let k = 0; k < A.cols; k++) row[k] = A.v[at + k] * (G.v[at + k] - shared);
  });
  return made;
};

export const ACTIVATIONS = {
  identity: entrywise(z => z, () => 1),
  sigmoid: entrywise(z => 0.5 * Math.tanh(0.5 * z) + 0.5, (z, a) => a * (1 - a)),
  tanh: entrywise(Math.tanh, (z, a) => 1 - a * a),
  relu: entrywise(z => Math.max(z, 0), z => +(z > 0)),
  leaky_relu: entrywise(z => (z > 0 ? z : 0.01 * z), z => (z > 0 ? 1 : 0.01)),
  softmax: {f: softmax, vjp: softmaxJacobian},
};

// g times f'(z)
export const pull = (f, Z, A, G) => (f.df ? map((g, z, a) => g * f.df(z, a), G, Z, A) : f.vjp(Z, A, G));

// Losses: of the row that begins at a place; the slope entry by entry; with a link the delta of the output is a − y, and the loss comes from z.

const addUp = (K, term) => { let total = 0; for (let k = 0; k < K; k++) total += term(k); return total; };
const logistic = z => Math.log1p(Math.exp(-Math.abs(z))) + Math.max(z, 0);
const squares = (a, y, at, K) => addUp(K, k => (a[at + k] - y[at + k]) ** 2);
const logSumExp = (z, at, K) => {
  let largest = -Infinity;
  for (let k = 0; k < K; k++) largest = Math.max(largest, z[at + k]);
  return largest + Math.log(addUp(K, k => Math.exp(z[at + k] - largest)));
};

export const LOSSES = {
  half_squared: {value: (a, y, at, K) => squares(a, y, at, K) / 2, slope: (a, y) => a - y},
  mse: {value: (a, y, at, K) => squares(a, y, at, K) / K, slope: (a, y, K) => (2 * (a - y)) / K},
  binary_cross_entropy: {
    link: "sigmoid",
    fromLogits: (z, y, at, K) => addUp(K, k => logistic(z[at + k]) - y[at + k] * z[at + k]),
    slope: (a, y) => (a - y) / (a * (1 - a)),
  },
  cross_entropy: {
    link: "softmax",
    fromLogits: (z, y, at, K) => addUp(K, k => y[at + k]) * logSumExp(z, at, K) - addUp(K, k => y[at + k] * z[at + k]),
    slope: (a, y) => -y / a,
  },
};

// Networks. theta holds Θ¹, Θ², … one after the other, row by row; column 0 of Θ^l is the bias.

export function network({sizes, hidden = "sigmoid", output = "sigmoid", loss = "half_squared"}) {
  const L = sizes.length - 1;
  const names = [null, ...(Array.isArray(hidden) ? hidden : Array(L - 1).fill(hidden)), output];
  const places = [0];
  for (let l = 1; l <= L; l++) places.push(places[l - 1] + sizes[l] * (1 + sizes[l - 1]));
  return {sizes, L, names, f: names.map(name => name && ACTIVATIONS[name]), lossName: loss, loss: LOSSES[loss], places, count: places[L]};
}

export const blocks = (net, theta) => net.sizes.map((rows, l) =>
  l && matrix(rows, 1 + net.sizes[l - 1], theta.subarray(net.places[l - 1], net.places[l])));
export function weights(Theta) {
  const made = matrix(Theta.rows, Theta.cols - 1);
  for (let j = 0; j < Theta.rows; j++) made.v.set(Theta.v.subarray(j * Theta.cols + 1, (j + 1) * Theta.cols), j * made.cols);
  return made;
}
const column = (Theta, values) => values.forEach((value, j) => { Theta.v[j * Theta.cols] = value; });

export function forward(net, theta, X) {
  const Theta = blocks(net, theta), z = [null], a = [X];
  for (let l = 1; l <= net.L; l++) {
    const Z = matrix(X.rows, net.sizes[l]), T = Theta[l], before = a[l - 1];
    for (let i = 0; i < Z.rows; i++) {
      for (let j = 0; j < Z.cols; j++) {
        let total = T.v[j * T.cols];
        for (let k = 0; k < before.cols; k++) total += T.v[j * T.cols + 1 + k] * before.v[i * before.cols + k];
        Z.v[i * Z.cols + j] = total;
      }
    }
    z.push(Z);
    a.push(net.f[l].f(Z));
  }
  return {z, a};
}

export function cost(net, theta, X, Y, lam = 0) {
  const t = forward(net, theta, X), from = net.loss.link ? t.z[net.L] : t.a[net.L], value = net.loss.fromLogits ?? net.loss.value;
  let total = 0, squared = 0;
  for (let i = 0; i < X.rows; i++) total += value(from.v, Y.v, i * from.cols, from.cols);
  if (lam) for (const Theta of blocks(net, theta).slice(1)) for (const w of weights(Theta).v) squared += w * w;
  return total / X.rows + (lam / (2 * X.rows)) * squared;
}

// The eight steps. Each gets s, all that a backward pass has at hand, and the layer; a bug stands in the place of one of them.

export const STEPS = {
  output_delta: (s, l) => (s.net.loss.link ? zip((a, y) => a - y, s.a[l], s.Y) : s.run("through", l, lossSlope(s, l))),
  from_above: (s, l) => product(s.delta[l + 1], s.W[l + 1]),
  through: (s, l, g) => pull(s.net.f[l], s.z[l], s.a[l], g),
  weight_sum: (s, l) => product(transposed(s.delta[l]), s.a[l - 1]),
  bias_sum: (s, l) => columnSums(s.delta[l]),
  mean: (s, l, total) => map(value => value / s.m, total),
  penalty: (s, l) => {
    const decay = map(value => (s.lam / s.m) * value, s.Theta[l]);
    column(decay, new Float64Array(decay.rows));
    return decay;
  },
  hand_over: (s, l, block) => block,
};

export const lossSlope = (s, l) => zip((a, y) => s.net.loss.slope(a, y, s.K), s.a[l], s.Y);

// The gradient, laid out as theta, and the deltas. bugs: a list of {step, layers(net), wrong, also}.
export function backward(net, theta, X, Y, {lam = 0, lr = 0.5, bugs = []} = {}) {
  const {z, a} = forward(net, theta, X), Theta = blocks(net, theta), L = net.L, replaced = {};
  for (const {step, layers, wrong, also = []} of bugs) {
    for (const l of layers(net)) replaced[`${step} ${l}`] = wrong;
    for (const [other, layersOf] of also) for (const l of layersOf(net)) replaced[`${other} ${l}`] = wrong;
  }
  const s = {net, Theta, W: Theta.map(T => T && weights(T)), z, a, delta: Array(L + 1).fill(null), Y, lam, lr, m: X.rows, K: net.sizes[L], L};
  s.run = (step, l, ...given) => (replaced[`${step} ${l}`] ?? STEPS[step])(s, l, ...given);
  s.delta[L] = s.run("output_delta", L);
  for (let l = L - 1; l > 0; l--) s.delta[l] = s.run("through", l, s.run("from_above", l));
  const gradient = new Float64Array(net.count);
  blocks(net, gradient).forEach((G, l) => {
    if (!l) return;
    const inside = s.run("weight_sum", l), total = matrix(G.rows, G.cols);
    eachRow(total, (row, j) => row.set(inside.v.subarray(j * inside.cols, (j + 1) * inside.cols), 1));
    column(total, s.run("bias_sum", l));
    G.v.set(s.run("hand_over", l, zip((x, y) => x + y, s.run("mean", l, total), s.run("penalty", l))).v);
  });
  return {gradient, delta: s.delta, z, a};
}

// Central differences of the cost, for a meter that knows nothing of the backward pass.
export function numericalGradient(net, theta, X, Y, lam = 0, h = 1e-5) {
  const at = theta.slice(), made = new Float64Array(net.count);
  for (let i = 0; i < net.count; i++) {
    at[i] = theta[i] + h;
    const up = cost(net, at, X, Y, lam);
    at[i] = theta[i] - h;
    made[i] = (up - cost(net, at, X, Y, lam)) / (2 * h);
    at[i] = theta[i];
  }
  return made;
}

const norm = values => Math.sqrt(sum(values.map(value => value * value)));
export function relativeError(x, y) {
  const larger = Math.max(norm(x), norm(y));
  return larger ? norm(x.map((value, i) => value - y[i])) / larger : 0;
}

// Update rules, as sgd and adam of bpcore; each changes theta in place.

export function momentumRule(count, momentum = 0) {
  const velocity = new Float64Array(count);
  return (theta, g, rate) => {
    for (let i = 0; i < count; i++) {
      velocity[i] = momentum * velocity[i] + g[i];
      theta[i] -= rate * velocity[i];
    }
  };
}

export function adamRule(count, {beta1 = 0.9, beta2 = 0.999, eps = 1e-8} = {}) {
  const mean = new Float64Array(count), square = new Float64Array(count);
  let step = 0;
  return (theta, g, rate) => {
    step += 1;
    const scale = rate * Math.sqrt(1 - beta2 ** step) / (1 - beta1 ** step);
    for (let i = 0; i < count; i++) {
      mean[i] = beta1 * mean[i] + (1 - beta1) * g[i];
      square[i] = beta2 * square[i] + (1 - beta2) * g[i] * g[i];
      theta[i] -= scale * mean[i] / (Math.sqrt(square[i]) + eps);
    }
  };
}

// Chance that can be repeated: a generator for a seed, uniform on [0, 1), and standard-normal numbers from it.

export function generator(seed) {
  let state = seed >>> 0;
  return () => {  // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
export const normal = random => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
export function shuffled(count, random) {
  const order = Array.from({length: count}, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
export function rowsOf(A, order) {
  const made = matrix(order.length, A.cols);
  order.forEach((from, to) => made.v.set(A.v.subarray(from * A.cols, (from + 1) * A.cols), to * A.cols));
  return made;
}

// A start: normal numbers times a scale per layer, "glorot", "he" or a number; biases zero.
export function start(net, random, scale = "glorot") {
  const theta = new Float64Array(net.count);
  blocks(net, theta).forEach((Theta, l) => {
    if (!l) return;
    const [out, into] = [net.sizes[l], net.sizes[l - 1]];
    const size = scale === "glorot" ? Math.sqrt(2 / (into + out)) : scale === "he" ? Math.sqrt(2 / into) : scale;
    eachRow(Theta, row => row.forEach((_, k) => { row[k] = k ? size * normal(random) : 0; }));
  });
  return theta;
}
