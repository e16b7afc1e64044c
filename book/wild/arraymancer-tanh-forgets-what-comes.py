"""The backward pass of a hyperbolic tangent gives back its slope alone and forgets the gradient that came in."""

import numpy as np

SOURCE = "https://github.com/mratsim/Arraymancer/commit/987c7ea049ecfd190c3be15b58660c8b9b5e77df"
THREAD = "mratsim/Arraymancer 987c7ea0"
DATE = "2018-05"
KIND = "gradient"
GROUP = "down"
FORMULA = r"\delta^l = 1 - (a^l)^2,\; a^l = \tanh z^l"
RIGHT = r"\delta^l = \bigl((W^{l+1})^\top \delta^{l+1}\bigr) \odot (1 - (a^l)^2)"
READ = "code"
LAYER = [1, 2]
NAMES = [{"from-above-missing"}]
SIZES = (3, 5, 4, 1)
NET = dict(sizes=SIZES, hidden="tanh", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 8
LAM = 0.0


def start(rng):
    params = []
    for in_features, out_features in zip(SIZES, SIZES[1:]):
        params.append(rng.standard_normal((out_features, in_features)))
        params.append(rng.standard_normal((1, out_features)))
    return params


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, 1)).astype(float)


class LinearGate:
    def __init__(self, weight, bias):
        self.weight, self.bias = weight, bias

    def forward(self, input):
        self.input = input
        return input @ self.weight.T + self.bias

    def backward(self, grad_output):
        self.grads = [grad_output.T @ self.input, grad_output.sum(0, keepdims=True)]
        return grad_output @ self.weight


class TanhActivation:
    grads = []

    def forward(self, a):
        self.cache = np.tanh(a)
        return self.cache

    def tanh_backward(self, gradient, cached_tensor):
        return np.ones_like(gradient) - cached_tensor**2

    def backward(self, gradient):
        return self.tanh_backward(gradient, self.cache)


class TanhActivationLater(TanhActivation):
    def tanh_backward(self, gradient, cached_tensor):
        return gradient - gradient * (cached_tensor * cached_tensor)


class SigmoidCrossEntropyLoss:
    """On logits, divided by the size of the batch."""

    def forward(self, input, target):
        self.input, self.target = input, target
        return np.sum(np.log(1 + np.exp(input)) - input * target) / len(target)

    def backward(self):
        return (1 / (1 + np.exp(-self.input)) - self.target) / len(self.target)


def network(params, activation):
    gates = []
    for i in range(0, len(params), 2):
        gates.append(LinearGate(params[i], params[i + 1]))
        if i + 2 < len(params):
            gates.append(activation())
    return gates


def run(params, X, Y, activation):
    gates, loss = network(params, activation), SigmoidCrossEntropyLoss()
    value = X
    for gate in gates:
        value = gate.forward(value)
    return gates, loss, loss.forward(value, Y)


def backprop(params, X, Y, activation):
    gates, loss, _ = run(params, X, Y, activation)
    gradient = loss.backward()
    for gate in reversed(gates):
        gradient = gate.backward(gradient)
    return [g for gate in gates for g in gate.grads]


def cost(params, X, Y):
    return run(params, X, Y, TanhActivation)[2]


def grad(params, X, Y):
    return backprop(params, X, Y, TanhActivation)


def repaired(params, X, Y):
    return backprop(params, X, Y, TanhActivationLater)
