"""The rectifier's slope is asked for at the neuron's output, which is never below zero."""

import numpy as np

SOURCE = "https://github.com/pgomoluch/simple-nn/commit/9ec376a"
THREAD = "pgomoluch/simple-nn 9ec376a"
DATE = "2019-04"
KIND = "gradient"
FORMULA = r"\delta^l_j = f'(a^l_j) \textstyle\sum_k \delta^{l+1}_k w^{l+1}_{kj},\; f'(x) = [x \ge 0]"
RIGHT = r"\delta^l_j = f'(z^l_j) \textstyle\sum_k \delta^{l+1}_k w^{l+1}_{kj},\; f'(x) = [x \ge 0]"
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = [{"slope-of-a"}, {"relu-mask"}, {"slope-missing"}]
SIZES = (3, 4, 3, 1)
NET = dict(sizes=SIZES, hidden="relu", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [a for m, n in zip(SIZES, SIZES[1:]) for a in (rng.uniform(-1, 1, (n, m)), rng.uniform(-0.5, 0.5, n))]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, 1))


def rectify(x):
    if x.real < 0:
        return 0.0
    return x


def d_rectify(x):
    if x.real < 0:
        return 0.0
    return 1.0


class Neuron:
    def __init__(self, weights, bias):
        self.weights, self.bias = weights, bias
        self.derivatives = np.zeros(len(weights))
        self.output = self.pre_activation_output = self.d_sum = self.d_bias = 0.0


class Network:
    def __init__(self, params):
        layers = [[Neuron(w, b) for w, b in zip(W, bs)] for W, bs in zip(params[::2], params[1::2])]
        self.hidden_layers, self.output_neuron = layers[:-1], layers[-1][0]

    def evaluate(self, inputs):
        for i, layer in enumerate(self.hidden_layers):
            for n in layer:
                total = n.bias
                for k in range(len(n.weights)):
                    total = total + n.weights[k] * (inputs[k] if i == 0 else self.hidden_layers[i - 1][k].output)
                n.pre_activation_output = total
                n.output = rectify(total)
        total = self.output_neuron.bias
        for k, n in enumerate(self.hidden_layers[-1]):
            total = total + self.output_neuron.weights[k] * n.output
        return total

    def backpropagate(self, y, ey, inputs, right):
        hidden_layers, output_neuron = self.hidden_layers, self.output_neuron
        error_factor = ey - y
        last_hidden = len(hidden_layers) - 1
        for k in range(len(output_neuron.weights)):
            output_neuron.derivatives[k] = error_factor * hidden_layers[last_hidden][k].output
        output_neuron.d_sum = error_factor
        output_neuron.d_bias = error_factor * 1.0
        for i in range(last_hidden, -1, -1):
            input_vector = inputs if i == 0 else [n.output for n in hidden_layers[i - 1]]
            for j, n in enumerate(hidden_layers[i]):
                where = n.pre_activation_output if right else n.output
                if i == last_hidden:
                    n.d_sum = output_neuron.d_sum * output_neuron.weights[j] * d_rectify(where)
                    d_previous = n.d_sum
                else:
                    d_previous = 0.0
                    for above in hidden_layers[i + 1]:
                        d_previous += above.d_sum * above.weights[j]
                    d_previous *= d_rectify(where)
                    n.d_sum = d_previous
                for k in range(len(n.weights)):
                    n.derivatives[k] = d_previous * input_vector[k]
                n.d_bias = d_previous


def cost(params, X, Y):
    return 0.5 * sum((Network(params).evaluate(x) - y[0]) ** 2 for x, y in zip(X, Y)) / len(X)


def gradients(params, X, Y, right):
    """The mean over the samples, of which the author draws one for each step."""
    total = [np.zeros(p.shape) for p in params]
    for x, y in zip(X, Y):
        network = Network(params)
        network.backpropagate(y[0], network.evaluate(x), x, right)
        layers = network.hidden_layers + [[network.output_neuron]]
        for l, layer in enumerate(layers):
            total[2 * l] += np.array([n.derivatives for n in layer]) / len(X)
            total[2 * l + 1] += np.array([n.d_bias for n in layer]) / len(X)
    return total


def grad(params, X, Y):
    return gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradients(params, X, Y, right=True)
