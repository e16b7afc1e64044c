"""A mean over all entries is differentiated with a division by the size of the incoming gradient, which is one."""

import numpy as np

SOURCE = "https://github.com/mratsim/Arraymancer/commit/39da9a9e"
THREAD = "mratsim/Arraymancer 39da9a9e, PR #204, 5514b811"
DATE = "2018-03"
KIND = "gradient"
GROUP = "factor"
FORMULA = r"\partial C / \partial a = 2\, (a - y),\; C = \tfrac{1}{m K} \textstyle\sum (a - y)^2"
RIGHT = r"\partial C / \partial a = \tfrac{2}{m K}\, (a - y)"
READ = "code"
LAYER = [1, 2]
NAMES = [{"factor"}, {"mean-missing", "outputs-not-averaged"}]
SIZES = (3, 6, 2)
NET = dict(sizes=SIZES, hidden="relu", output="identity", loss="mse")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "hidden.weight": rng.standard_normal((SIZES[1], SIZES[0])),
        "hidden.bias": rng.standard_normal((1, SIZES[1])),
        "output.weight": rng.standard_normal((SIZES[2], SIZES[1])),
        "output.bias": rng.standard_normal((1, SIZES[2])),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[2]))


def linear(input, weight, bias):
    return input @ weight.T + bias


def relu(t):
    return np.where(t.real > 0, t, 0)


def linear_backward(input, weight, grad_output):
    return grad_output @ weight, grad_output.T @ input, grad_output.sum(0, keepdims=True)


def relu_backward(gradient, cached_tensor):
    return np.where(cached_tensor.real > 0, gradient, 0)


def mean_squared_error(y, y_true):
    return np.mean((y_true - y) ** 2)


class MSELoss:
    def __init__(self, input, target):
        self.cache, self.target = input, target
        self.value = np.array([mean_squared_error(input, target)])

    def elements(self, gradient):
        return gradient.size

    def backward(self, gradient):
        """The gradient is a tensor of shape 1."""
        assert gradient.shape == (1,)
        norm = gradient[0] * 2 / self.elements(gradient)
        return norm * (self.cache - self.target)


class MSELossLater(MSELoss):
    def elements(self, gradient):
        return self.cache.size


def forward(params, X):
    hidden = relu(linear(X, params["hidden.weight"], params["hidden.bias"]))
    return hidden, linear(hidden, params["output.weight"], params["output.bias"])


def cost(params, X, Y):
    return MSELoss(forward(params, X)[1], Y).value[0]


def backprop(params, X, Y, kind):
    hidden, output = forward(params, X)
    loss = kind(output, Y)
    d_output = loss.backward(np.ones_like(loss.value))
    d_hidden, d_weight2, d_bias2 = linear_backward(hidden, params["output.weight"], d_output)
    d_hidden = relu_backward(d_hidden, hidden)
    _, d_weight1, d_bias1 = linear_backward(X, params["hidden.weight"], d_hidden)
    return {"hidden.weight": d_weight1, "hidden.bias": d_bias1, "output.weight": d_weight2, "output.bias": d_bias2}


def grad(params, X, Y):
    return backprop(params, X, Y, MSELoss)


def repaired(params, X, Y):
    return backprop(params, X, Y, MSELossLater)
