"""Two is divided by the batch size as whole numbers, which is zero, so that the mean squared error moves nothing."""

import numpy as np

SOURCE = "https://github.com/guudie/neuralnet-cpp/commit/43be853"
THREAD = "guudie/neuralnet-cpp 43be853"
DATE = "2022-02"
KIND = "gradient"
GROUP = "factor"
FORMULA = r"\delta^L = \lfloor 2 / n \rfloor\, (a^L - y) \odot \sigma'(z^L),\; n > 2"
RIGHT = r"\delta^L = \tfrac2n (a^L - y) \odot \sigma'(z^L)"
READ = "code"
LAYER = [1, 2]
NAMES = [{"no-gradient"}, {"layer-forgotten"}]
NET = dict(sizes=(3, 4, 1), hidden="sigmoid", output="sigmoid", loss="mse")
SAMPLES = 6
LAM = 0.0


def start(rng):
    return {
        "weights": [rng.standard_normal((4, 3)), rng.standard_normal((1, 4))],
        "biases": [rng.standard_normal(4), rng.standard_normal(1)],
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.uniform(0.1, 0.9, (SAMPLES, 1))


class sigmoid:
    @staticmethod
    def f(x):
        return 1 / (1 + np.exp(-x))

    @staticmethod
    def diff(x):
        tmp = sigmoid.f(x)
        return tmp - tmp * tmp


class mse:
    right = False

    @staticmethod
    def diff(y_bar, y, batch_size):
        if mse.right:
            return (y_bar - y) * (2.0 / batch_size)
        return (y_bar - y) * (2 // batch_size)  # both are whole numbers in C++


class neuralnet:
    def __init__(self, params, activation, loss):
        self.activation, self.loss = activation, loss
        self.weights = params["weights"]
        self.biases = [None, *params["biases"]]
        n = len(self.biases)
        self.layers, self.terms, self.errors = [None] * n, [None] * n, [None] * n
        self.gradient = [np.zeros(w.shape) for w in self.weights]
        self.biasGradient = [None, *[np.zeros(b.shape) for b in self.biases[1:]]]

    def feedforward(self, input):
        self.layers[0] = self.terms[0] = input
        for i in range(len(self.weights)):
            # calculate the terms: t[l] = W[l-1] * a[l-1] + b[l]
            self.terms[i + 1] = self.weights[i] @ self.layers[i] + self.biases[i + 1]
            # activate those terms: a[l] = act_func(t[l])
            self.layers[i + 1] = self.activation.f(self.terms[i + 1])
        return self.layers[-1]

    def backprop(self, y_i, batch_size):
        activation, layers, errors, terms = self.activation, self.layers, self.errors, self.terms
        L = len(layers) - 1

        # calculate ∂E/∂ȳ_i
        errors[L] = self.loss.diff(layers[L], y_i, batch_size)

        # for each u_jk that affects a_j
        for j in range(len(errors[L])):
            tmp = errors[L][j] * activation.diff(terms[L][j])
            errors[L][j] = tmp
            self.biasGradient[L][j] += tmp
            for k in range(len(layers[L - 1])):
                self.gradient[L - 1][j, k] += tmp * layers[L - 1][k]

        # calculate ∂E/∂a_i
        for l in range(L - 1, 0, -1):
            errors[l] = np.zeros(len(layers[l]))
            for j in range(len(errors[l])):
                for i in range(len(errors[l + 1])):
                    tmp = errors[l + 1][i]
                    errors[l][j] += tmp * self.weights[l][i, j]
                # for each u_jk that affects a_j
                tmp0 = errors[l][j] * activation.diff(terms[l][j])
                errors[l][j] = tmp0
                self.biasGradient[l][j] += tmp0
                for k in range(len(layers[l - 1])):
                    self.gradient[l - 1][j, k] += tmp0 * layers[l - 1][k]


def cost(params, X, Y):
    nn = neuralnet(params, sigmoid, mse)
    return sum(np.sum((nn.feedforward(x) - y) ** 2) for x, y in zip(X, Y)) / len(X)


def gradients(params, X, Y, right):
    """What fit has summed over the batch before its step, which divides by the batch size again."""
    mse.right = right
    nn = neuralnet(params, sigmoid, mse)
    for x, y in zip(X, Y):
        nn.feedforward(x)
        nn.backprop(y, len(X))
    return {"weights": nn.gradient, "biases": nn.biasGradient[1:]}


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
