"""A recurrent layer sends to the layer below what it sends to the step before: through the recurrent weights."""

import numpy as np

SOURCE = "https://github.com/wichtounet/dll/commit/e61f9477"
THREAD = "wichtounet/dll e61f9477"
DATE = "2017-11"
KIND = "gradient"
GROUP = "down"
FORMULA = r"\partial C / \partial x_t = \delta_t W^\top,\; s_t = \tanh(x_t U + s_{t-1} W + b)"
RIGHT = r"\partial C / \partial x_t = \delta_t U^\top"
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # two recurrent layers, one on the other
BLOCKS = ["u[1]", "w[1]", "b[1]", "u[2]", "w[2]", "b[2]"]
SAMPLES = 5
LAM = 0.0
TIME_STEPS, HIDDEN = 4, 3
# as many inputs as hidden units, else the shapes would not fit; all steps are gone back through once


def start(rng):
    params = {}
    for layer in (1, 2):
        params[f"u{layer}"] = rng.standard_normal((HIDDEN, HIDDEN))
        params[f"w{layer}"] = 0.8 * rng.standard_normal((HIDDEN, HIDDEN))
        params[f"b{layer}"] = 0.5 * rng.standard_normal(HIDDEN)
    return params


def data(rng):
    return rng.standard_normal((SAMPLES, TIME_STEPS, HIDDEN)), rng.standard_normal((SAMPLES, TIME_STEPS, HIDDEN))


def batch_outer(a, b):
    return a.T @ b


class RnnLayer:
    def __init__(self, u, w, b):
        self.u, self.w, self.b = u, w, b

    def forward_batch(self, x):
        self.x_t = x.transpose(1, 0, 2)
        self.s_t = []
        for t in range(TIME_STEPS):
            z = self.x_t[t] @ self.u + self.b
            if t > 0:
                z = z + self.s_t[t - 1] @ self.w
            self.s_t.append(np.tanh(z))
        return np.array(self.s_t).transpose(1, 0, 2)

    def to_input(self, d_h, back):
        """For one step: its pre-activation's gradient, and that times the recurrent weights."""
        return back

    def backward_batch(self, errors):
        delta_t = errors.transpose(1, 0, 2)
        self.u_grad, self.w_grad = np.zeros_like(self.u), np.zeros_like(self.w)
        self.b_grad = np.zeros_like(self.b)
        output = [None] * TIME_STEPS
        back = np.zeros_like(delta_t[0])
        for t in range(TIME_STEPS - 1, -1, -1):
            d_h = (delta_t[t] + back) * (1 - self.s_t[t] ** 2)
            if t > 0:
                self.w_grad = self.w_grad + batch_outer(self.s_t[t - 1], d_h)
            self.u_grad = self.u_grad + batch_outer(self.x_t[t], d_h)
            self.b_grad = self.b_grad + d_h.sum(0)
            # for the step before
            back = d_h @ self.w.T
            output[t] = self.to_input(d_h, back)
        return np.array(output).transpose(1, 0, 2)


class RnnLayerLater(RnnLayer):
    def to_input(self, d_h, back):
        return d_h @ self.u.T


def stack(params, kind):
    return [kind(params[f"u{layer}"], params[f"w{layer}"], params[f"b{layer}"]) for layer in (1, 2)]


def forward(layers, X):
    for layer in layers:
        X = layer.forward_batch(X)
    return X


def cost(params, X, Y):
    return 0.5 * np.sum((forward(stack(params, RnnLayer), X) - Y) ** 2) / len(X)


def backward(params, X, Y, kind):
    layers = stack(params, kind)
    errors = (forward(layers, X) - Y) / len(X)
    for layer in reversed(layers):
        errors = layer.backward_batch(errors)
    grads = {}
    for i, layer in enumerate(layers, 1):
        grads.update({f"u{i}": layer.u_grad, f"w{i}": layer.w_grad, f"b{i}": layer.b_grad})
    return grads


def grad(params, X, Y):
    return backward(params, X, Y, RnnLayer)


def repaired(params, X, Y):
    return backward(params, X, Y, RnnLayerLater)
