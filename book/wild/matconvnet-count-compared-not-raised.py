"""A count of derivatives that came in is compared where it should be raised, so that the last branch alone stays."""

import numpy as np

SOURCE = "https://github.com/vlfeat/matconvnet/commit/dc6bdf87"
THREAD = "vlfeat/matconvnet #258, dc6bdf87"
DATE = "2015-09"
KIND = "gradient"
FORMULA = r"\bar h = \sigma'(h) \odot \bar r,\; r = \sigma(h),\; o = h + r V"
RIGHT = r"\bar h = \bar o + \sigma'(h) \odot \bar r,\; r = \sigma(h),\; o = h + r V"
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = [{"fan-out-overwritten"}]
NET = None  # a branch around two layers
BLOCKS = ["W[1]", "V[2]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    return {"W": rng.standard_normal((3, 4)), "V": rng.standard_normal((4, 4))}


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 4))


class Linear:
    def forward(self, inputs, params):
        return inputs[0] @ params[0]

    def backward(self, inputs, params, der):
        return [der @ params[0].T], [inputs[0].T @ der]


class Sigmoid:
    def forward(self, inputs, params):
        return 1 / (1 + np.exp(-inputs[0]))

    def backward(self, inputs, params, der):
        y = self.forward(inputs, params)
        return [der * (y * (1 - y))], []


class Sum:
    def forward(self, inputs, params):
        return inputs[0] + inputs[1]

    def backward(self, inputs, params, der):
        return [der, der], []


LAYERS = [
    (Linear(), ["x"], "h", ["W"]),
    (Sigmoid(), ["h"], "r", []),
    (Linear(), ["r"], "v", ["V"]),
    (Sum(), ["h", "v"], "o", []),
]


class DagNN:
    def __init__(self, params):
        self.params = params
        self.value, self.der, self.param_der = {}, {}, {}
        self.num_pending_var_refs = dict.fromkeys(["x", "h", "r", "v", "o"], 0)

    def forward(self, x):
        self.value["x"] = x
        for block, inputs, output, params in LAYERS:
            self.value[output] = block.forward([self.value[v] for v in inputs], [self.params[p] for p in params])
        return self.value["o"]

    def count(self, v):
        self.num_pending_var_refs[v] == self.num_pending_var_refs[v] + 1  # noqa: B015

    def backward_advanced(self, block, inputs, output, params):
        der_inputs, der_params = block.backward(
            [self.value[v] for v in inputs], [self.params[p] for p in params], self.der[output]
        )
        for i, v in enumerate(inputs):
            if self.num_pending_var_refs[v] == 0:
                self.der[v] = der_inputs[i]
            else:
                self.der[v] = self.der[v] + der_inputs[i]
            self.count(v)
        for i, p in enumerate(params):
            self.param_der[p] = der_params[i]

    def eval(self, x, der_output):
        self.forward(x)
        self.der["o"] = der_output
        for layer in reversed(LAYERS):
            self.backward_advanced(*layer)
        return self.param_der


class DagNNLater(DagNN):
    def count(self, v):
        self.num_pending_var_refs[v] = self.num_pending_var_refs[v] + 1


def cost(params, X, Y):
    return 0.5 * np.sum((DagNN(params).forward(X) - Y) ** 2) / len(X)


def grad(params, X, Y):
    net = DagNN(params)
    return net.eval(X, (net.forward(X) - Y) / len(X))


def repaired(params, X, Y):
    net = DagNNLater(params)
    return net.eval(X, (net.forward(X) - Y) / len(X))
