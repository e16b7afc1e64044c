"""The penalty is subtracted once for each training example from the objective, and once in all in its gradient."""

import numpy as np

SOURCE = "https://github.com/kaldi-asr/kaldi/commit/736990067c0fecdd1ddcb27258c5a2f55d84091f"
THREAD = "kaldi-asr/kaldi 736990067"
DATE = "2014-03"
KIND = "cost"
FORMULA = r"C = -\tfrac1n \textstyle\sum_i \bigl(\log p_{i y_i} - \tfrac{\nu}2 \lVert W \rVert^2\bigr)"
RIGHT = r"C = -\tfrac1n \bigl(\textstyle\sum_i \log p_{i y_i} - \tfrac{\nu}2 \lVert W \rVert^2\bigr)"
READ = "code"
LAYER = [1]
NAMES = [{"penalty"}, {"another-cost"}]
NET = None  # the priors are a column of the weights, for an input of 1, and are penalised too
BLOCKS = ["weights[1]"]
SAMPLES = 8
LAM = 0.0
NORMALIZER = 0.3


def start(rng):
    """A row for each class; the last column is for the prior."""
    return rng.standard_normal((3, 5))


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), rng.integers(0, 3, SAMPLES)


def apply_softmax(row):
    e = np.exp(row)
    return e / np.sum(e)


class LogisticRegression:
    def __init__(self, weights, right=False, grad_of_objf=False):
        self.weights_ = weights
        self.right = right
        self.grad_of_objf = grad_of_objf

    def train_step(self, xs, ys, normalizer):
        xs_with_prior = np.zeros((len(xs), xs.shape[1] + 1))
        xs_with_prior[:, :-1] = xs
        # Adding on extra column for each x to handle the prior.
        for i in range(len(xs)):
            xs_with_prior[i, xs.shape[1]] = 1.0
        return self.do_step(xs_with_prior, ys, normalizer)

    def do_step(self, xs, ys, normalizer):
        gradient = np.zeros_like(self.weights_)
        xw = xs @ self.weights_.T
        objf = self.get_objf_and_grad(xs, ys, xw, gradient, normalizer)
        return objf, gradient

    def get_objf_and_grad(self, xs, ys, xw, grad, normalizer):
        objf = 0.0
        # For each training example class
        for i in range(len(ys)):
            row = apply_softmax(xw[i])
            p_y = row[ys[i]] if row[ys[i]].real > 1.0e-20 else 1.0e-20
            if self.right:
                objf += np.log(p_y)
            else:
                objf += np.log(p_y) - 0.5 * normalizer * np.trace(self.weights_ @ self.weights_.T)
            x = xs[i]
            # Iterate over the class labels
            for k in range(len(self.weights_)):
                p = row[k]
                if k == ys[i]:
                    grad[k] += (1.0 - p) * x
                else:
                    grad[k] += -1.0 * p * x
        grad += -1.0 * normalizer * (len(ys) if self.grad_of_objf else 1) * self.weights_
        grad *= 1.0 / len(ys)
        if self.right:
            objf -= 0.5 * normalizer * np.trace(self.weights_ @ self.weights_.T)
        return objf / len(ys)


def cost(weights, X, Y):
    """L-BFGS maximises the objective, so its negative is the cost."""
    return -LogisticRegression(weights).train_step(X, Y, NORMALIZER)[0]


def meant(weights, X, Y):
    return -LogisticRegression(weights, right=True).train_step(X, Y, NORMALIZER)[0]


def grad(weights, X, Y):
    return -LogisticRegression(weights).train_step(X, Y, NORMALIZER)[1]


def repaired(weights, X, Y):
    """The gradient of the objective as it was."""
    return -LogisticRegression(weights, grad_of_objf=True).train_step(X, Y, NORMALIZER)[1]
