"""By a renaming the hidden units are sigmoids, while their slope is still that of a tanh."""

import numpy as np

SOURCE = "https://github.com/andrewderango/Neural-Network-in-C/commit/bbec8f8"
THREAD = "andrewderango/Neural-Network-in-C bbec8f8"
DATE = "2023-12"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"a^1 = \sigma(z^1),\; \delta^1 = (1 - a^1 \odot a^1) \odot W^{2\,T} \delta^2"
RIGHT = r"a^1 = \tanh(z^1),\; \delta^1 = (1 - a^1 \odot a^1) \odot W^{2\,T} \delta^2"
READ = "code"
LAYER = [1, 2]
NAMES = [{"another-network"}, {"another-cost"}, {"slope-of-wrong-function"}]
SIZES = (3, 4, 3, 2)
NET = dict(sizes=SIZES, hidden="tanh", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [a for m, n in zip(SIZES, SIZES[1:]) for a in (rng.standard_normal((n, m)), rng.standard_normal(n))]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def Sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))


def ForwardPass(num_hidden_layers, X_train, W, b):
    """One array a layer, with a column for each sample."""
    a = []
    for layer in range(num_hidden_layers + 1):
        rows = []
        for i in range(len(b[layer])):
            row = []
            for j in range(len(X_train)):
                total = 0
                for k in range(W[layer].shape[1]):
                    total = total + W[layer][i][k] * (X_train[j][k] if layer == 0 else a[layer - 1][k][j])
                if layer == num_hidden_layers:
                    row.append(Sigmoid(total + b[layer][i]))
                else:
                    row.append(Sigmoid(total + b[layer][i]))
            rows.append(row)
        a.append(np.array(rows))
    return a


def BackwardPass(num_hidden_layers, X_train, Y_train, W, b, a, as_it_was):
    """The sums that the author multiplies by the rate and takes off the weights and biases."""
    PL = [None] * (num_hidden_layers + 1)
    output = a[num_hidden_layers]
    PL[num_hidden_layers] = (output - Y_train.T) * (1 - output) * output
    for layer in range(num_hidden_layers - 1, -1, -1):
        if as_it_was:
            slope = a[layer] * (1 - a[layer])
        else:
            slope = 1 - a[layer] * a[layer]
        W_PL = np.zeros(a[layer].shape)
        for i in range(W_PL.shape[0]):
            for j in range(W_PL.shape[1]):
                for k in range(len(b[layer + 1])):
                    W_PL[i, j] += W[layer + 1][k][i] * PL[layer + 1][k][j]
        PL[layer] = slope * W_PL
    result = []
    for layer in range(num_hidden_layers + 1):
        sums = np.zeros(W[layer].shape)
        for i in range(sums.shape[0]):
            for j in range(sums.shape[1]):
                for k in range(len(X_train)):
                    sums[i, j] += PL[layer][i][k] * (X_train[k][j] if layer == 0 else a[layer - 1][j][k])
        result += [sums, PL[layer].sum(axis=1)]
    return result


def cost(params, X, Y):
    """The squares over all samples, with the half that belongs to the step."""
    a = ForwardPass(len(SIZES) - 2, X, params[::2], params[1::2])
    return 0.5 * np.sum((a[-1] - Y.T) ** 2)


def gradients(params, X, Y, as_it_was):
    W, b = params[::2], params[1::2]
    a = ForwardPass(len(SIZES) - 2, X, W, b)
    return BackwardPass(len(SIZES) - 2, X, Y, W, b, a, as_it_was)


def grad(params, X, Y):
    return gradients(params, X, Y, as_it_was=False)


def repaired(params, X, Y):
    """The gradient of the cost as it was."""
    return gradients(params, X, Y, as_it_was=True)
