"""A reader misses that the one put before the sums, and the entry it makes, are cut off again."""

import numpy as np

SOURCE = "https://github.com/tjaskula/Coursera/issues/5"
THREAD = "tjaskula/Coursera #5"
DATE = "2019-08"
KIND = "right"
FORMULA = r"\delta^2 = \Theta_2^T \delta^3 \odot g'([1; \Theta_1 a^1])"
RIGHT = r"\delta^2 = \Theta_2^T \delta^3 \odot [1; g'(\Theta_1 a^1)], \text{ without its first entry}"
READ = "code"
LAYER = []
NAMES = []
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 8
LAM = 0.7


def start(rng):
    """Both matrices unrolled, column by column; the biases are the first columns."""
    return rng.uniform(-1, 1, sum((m + 1) * n for m, n in zip(SIZES, SIZES[1:])))


def data(rng):
    """Inputs and labels from 1."""
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(1, SIZES[-1] + 1, SAMPLES)


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def sigmoidGradient(z):
    return sigmoid(z) * (1 - sigmoid(z))


def nnCostFunction(nn_params, input_layer_size, hidden_layer_size, num_labels, X, y, lam):
    size = hidden_layer_size * (input_layer_size + 1)
    Theta1 = nn_params[:size].reshape(hidden_layer_size, input_layer_size + 1, order="F")
    Theta2 = nn_params[size:].reshape(num_labels, hidden_layer_size + 1, order="F")
    m = len(X)
    a1 = np.hstack([np.ones((m, 1)), X])
    a2 = np.hstack([np.ones((m, 1)), sigmoid(a1 @ Theta1.T)])
    h = sigmoid(a2 @ Theta2.T)
    yVec = (np.tile(np.arange(1, num_labels + 1), (m, 1)) == np.tile(y[:, None], (1, num_labels))).astype(float)
    cost = -yVec * np.log(h) - (1 - yVec) * np.log(1 - h)
    theta1ExcludingBias = Theta1[:, 1:]
    theta2ExcludingBias = Theta2[:, 1:]
    reg1 = np.sum(theta1ExcludingBias**2)
    reg2 = np.sum(theta2ExcludingBias**2)
    J = (1 / m) * np.sum(cost) + (lam / (2 * m)) * (reg1 + reg2)
    delta1 = np.zeros(Theta1.shape, h.dtype)
    delta2 = np.zeros(Theta2.shape, h.dtype)
    for t in range(m):
        h1t, a1t, a2t, yVect = h[t], a1[t], a2[t], yVec[t]
        d3t = h1t - yVect
        z2t = np.concatenate([[1], Theta1 @ a1t])
        d2t = Theta2.T @ d3t * sigmoidGradient(z2t)
        delta1 = delta1 + np.outer(d2t[1:], a1t)
        delta2 = delta2 + np.outer(d3t, a2t)
    Theta1ZeroedBias = np.hstack([np.zeros((len(Theta1), 1)), theta1ExcludingBias])
    Theta2ZeroedBias = np.hstack([np.zeros((len(Theta2), 1)), theta2ExcludingBias])
    Theta1_grad = (1 / m) * delta1 + (lam / m) * Theta1ZeroedBias
    Theta2_grad = (1 / m) * delta2 + (lam / m) * Theta2ZeroedBias
    return J, np.concatenate([Theta1_grad.ravel(order="F"), Theta2_grad.ravel(order="F")])


def cost(params, X, Y):
    return nnCostFunction(params, *SIZES, X, Y, LAM)[0]


def grad(params, X, Y):
    return nnCostFunction(params, *SIZES, X, Y, LAM)[1]


repaired = grad
