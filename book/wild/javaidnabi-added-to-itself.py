"""A recurrent network adds the gradient of its output biases to itself instead of the errors, and it stays zero."""

import numpy as np

SOURCE = "https://github.com/javaidnabi31/RNN-from-scratch/issues/2"
THREAD = "javaidnabi31/RNN-from-scratch #2"
DATE = "2022-10"
KIND = "gradient"
FORMULA = r"\partial C / \partial c = 0"
RIGHT = r"\partial C / \partial c = \textstyle\sum_t (\hat y_t - y_t)"
READ = "code"
GROUP = "blocks"
LAYER = [2]
NAMES = [{"bias-missing"}]
HIDDEN, VOCAB = 4, 3
NET = None  # a recurrent network of letters
BLOCKS = ["U[1]", "W[1]", "b[1]", "V[2]", "c[2]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    return {
        "U": rng.standard_normal((HIDDEN, VOCAB)),
        "W": rng.standard_normal((HIDDEN, HIDDEN)),
        "b": rng.standard_normal((HIDDEN, 1)),
        "V": rng.standard_normal((VOCAB, HIDDEN)),
        "c": rng.standard_normal((VOCAB, 1)),
    }


def data(rng):
    """The letters of a text, and the letter that follows each."""
    text = rng.integers(0, VOCAB, SAMPLES + 1)
    return text[:-1, None], text[1:, None]


class RNN:
    def __init__(self, params):
        for name, value in params.items():
            setattr(self, name, value)

    def softmax(self, x):
        p = np.exp(x)
        return p / np.sum(p)

    def forward(self, inputs):
        xs, hs, ycap = {}, {-1: np.zeros((HIDDEN, 1))}, {}
        for t, letter in enumerate(inputs):
            xs[t] = np.eye(VOCAB)[:, [letter]]
            hs[t] = np.tanh(self.U @ xs[t] + self.W @ hs[t - 1] + self.b)
            ycap[t] = self.softmax(self.V @ hs[t] + self.c)
        return xs, hs, ycap

    def loss(self, ps, targets):
        return sum(-np.log(ps[t][target, 0]) for t, target in enumerate(targets))

    def backward(self, xs, hs, ps, targets, right):
        dU, dW, dV = np.zeros_like(self.U), np.zeros_like(self.W), np.zeros_like(self.V)
        db, dc = np.zeros_like(self.b), np.zeros_like(self.c)
        dhnext = np.zeros_like(hs[0])
        for t in reversed(range(len(targets))):
            dy = np.copy(ps[t])
            dy[targets[t]] -= 1
            dV += dy @ hs[t].T
            dc += dy if right else dc
            dh = self.V.T @ dy + dhnext
            dhrec = (1 - hs[t] * hs[t]) * dh
            db += dhrec
            dU += dhrec @ xs[t].T
            dW += dhrec @ hs[t - 1].T
            dhnext = self.W.T @ dhrec
        return {"U": dU, "W": dW, "b": db, "V": dV, "c": dc}


def cost(params, X, Y):
    rnn = RNN(params)
    return rnn.loss(rnn.forward(X[:, 0])[-1], Y[:, 0])


def gradient(params, X, Y, right):
    rnn = RNN(params)
    return rnn.backward(*rnn.forward(X[:, 0]), Y[:, 0], right)


def grad(params, X, Y):
    return gradient(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradient(params, X, Y, right=True)
