"""The loss returned for a batch is the sum over its samples, where the step goes by the gradient of the mean."""

import numpy as np

SOURCE = "https://github.com/wichtounet/dll/commit/83d7bd80"
THREAD = "wichtounet/dll 83d7bd80"
DATE = "2016-11"
KIND = "cost"
FORMULA = r"C = -\textstyle\sum_i \sum_k y_{i,k} \log a_{i,k}"
RIGHT = r"C = -\tfrac1n \textstyle\sum_i \sum_k y_{i,k} \log a_{i,k}"
READ = "code"
LAYER = [1, 2, 3]
NAMES = [{"another-cost"}, {"mean-twice"}, {"factor"}]
SIZES = (4, 6, 5, 3)
NET = dict(sizes=SIZES, hidden="sigmoid", output="softmax", loss="cross_entropy")
SAMPLES = 6
LAM = 0.0


def start(rng):
    """A weight matrix and a vector of biases for each layer."""
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


class Context:
    def __init__(self, inputs, output):
        self.inputs, self.output = inputs, output
        self.errors = self.w_grad = self.b_grad = None


class SgdTrainer:
    def __init__(self, layers):
        self.layers = layers

    def compute_outputs(self, inputs):
        contexts = []
        for number, (w, b) in enumerate(self.layers, 1):
            z = inputs @ w + b
            if number < len(self.layers):
                output = 1 / (1 + np.exp(-z))
            else:
                e = np.exp(z - z.real.max(axis=1, keepdims=True))
                output = e / e.sum(axis=1, keepdims=True)
            contexts.append(Context(inputs, output))
            inputs = output
        return contexts

    def compute_gradients(self, contexts, labels):
        """The errors, and so the gradients, point downhill."""
        contexts[-1].errors = labels - contexts[-1].output
        for i in reversed(range(len(contexts))):
            ctx = contexts[i]
            ctx.w_grad, ctx.b_grad = ctx.inputs.T @ ctx.errors, ctx.errors.sum(axis=0)
            if i > 0:
                o_a = ctx.inputs
                contexts[i - 1].errors = o_a * (1 - o_a) * (ctx.errors @ self.layers[i][0].T)

    def train_batch(self, inputs, labels):
        n = len(labels)
        contexts = self.compute_outputs(inputs)
        self.compute_gradients(contexts, labels)
        loss = -np.sum(np.log(contexts[-1].output) * labels)
        moves = [((1.0 / n) * ctx.w_grad, (1.0 / n) * ctx.b_grad) for ctx in contexts]  # at a rate of 1
        return loss, moves


def cost(params, X, Y):
    return SgdTrainer(params).train_batch(X, Y)[0]


def meant(params, X, Y):
    return SgdTrainer(params).train_batch(X, Y)[0] / float(len(Y))


def grad(params, X, Y):
    return [(-w, -b) for w, b in SgdTrainer(params).train_batch(X, Y)[1]]


def repaired(params, X, Y):
    """The gradient of the loss that is returned."""
    return [(len(Y) * w, len(Y) * b) for w, b in grad(params, X, Y)]
