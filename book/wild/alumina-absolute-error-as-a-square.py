"""Where only the first input needs a gradient, the mean absolute error is given the slope of a squared one."""

import numpy as np

SOURCE = "https://github.com/millardjn/alumina/commit/690ccf6"
THREAD = "millardjn/alumina 690ccf6"
DATE = "2017-11"
KIND = "gradient"
FORMULA = r"\partial C / \partial a = \tfrac{2}{m} (a - y)"
RIGHT = r"\partial C / \partial a = \tfrac1m \operatorname{sign}(a - y),\; C = \tfrac1m \textstyle\sum |a - y|"
READ = "code"
LAYER = [2]
NAMES = [{"another-cost"}]
NET = None  # a network with an absolute error
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 2)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


class MaeJointPass:
    def __init__(self, multiplier, mean_axes):
        self.multiplier, self.mean_axes = multiplier, mean_axes

    def run(self, input1, input2, input1_required, input2_required, right=False):
        divisor = np.prod([input1.shape[axis] for axis in self.mean_axes])
        multiplier = self.multiplier / divisor
        error = 0.0
        input1_grad, input2_grad = np.zeros_like(input1), np.zeros_like(input2)
        for i in np.ndindex(input1.shape):
            diff = input1[i] - input2[i]
            error += abs(diff) * multiplier
            if input1_required and input2_required:
                input1_grad[i] += np.sign(diff) * multiplier
                input2_grad[i] += -np.sign(diff) * multiplier
            elif input1_required:
                if right:
                    input1_grad[i] += np.sign(diff) * multiplier
                else:
                    input1_grad[i] += 2.0 * diff * multiplier
            elif input2_required:
                input2_grad[i] += -np.sign(diff) * multiplier
        return error, input1_grad, input2_grad


def forward(params, X):
    W1, b1, W2, b2 = params
    h = np.tanh(X @ W1 + b1)
    return h, h @ W2 + b2


def cost(params, X, Y):
    return MaeJointPass(1.0, [0]).run(forward(params, X)[1], Y, True, False)[0]


def gradients(params, X, Y, right):
    h, output = forward(params, X)
    _, d2, _ = MaeJointPass(1.0, [0]).run(output, Y, True, False, right)
    d1 = d2 @ params[2].T * (1 - h**2)
    return [X.T @ d1, d1.sum(axis=0), h.T @ d2, d2.sum(axis=0)]


def grad(params, X, Y):
    return gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradients(params, X, Y, right=True)
