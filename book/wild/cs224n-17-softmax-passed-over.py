"""Right, though a reader misses the derivative of the softmax: with the cross-entropy it is in the difference."""

import numpy as np

SOURCE = "https://github.com/hankcs/CS224n/issues/17"
THREAD = "hankcs/CS224n #17"
DATE = "2019-02"
KIND = "right"
FORMULA = r"\delta^2 = a^2 - y"
RIGHT = r"\delta^2 = a^2 \odot (g - g \cdot a^2),\; g = \frac{\partial C}{\partial a^2}"
READ = "code"
LAYER = []
NAMES = []
DIMENSIONS = (4, 3, 5)
NET = dict(sizes=DIMENSIONS, hidden="sigmoid", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


def start(rng):
    """One vector: the weights of a layer, row by row, before its biases."""
    Dx, H, Dy = DIMENSIONS
    return rng.standard_normal((Dx + 1) * H + (H + 1) * Dy)


def data(rng):
    return rng.standard_normal((SAMPLES, DIMENSIONS[0])), np.eye(DIMENSIONS[2])[rng.integers(0, 5, SAMPLES)]


def unpacked(params):
    Dx, H, Dy = DIMENSIONS
    arrays, ofs = [], 0
    for shape in (Dx, H), (1, H), (H, Dy), (1, Dy):
        size = shape[0] * shape[1]
        arrays.append(np.reshape(params[ofs : ofs + size], shape))
        ofs += size
    return arrays


def sigmoid_grad(s):
    return s * (1 - s)


def forward(params, data):
    W1, b1, W2, b2 = unpacked(params)
    h = 1 / (1 + np.exp(-(np.dot(data, W1) + b1)))
    scores = np.exp(np.dot(h, W2) + b2)
    return h, scores / scores.sum(axis=1, keepdims=True)


def cost(params, data, labels):
    return np.sum(-np.log(forward(params, data)[1][labels == 1])) / data.shape[0]


def grad(params, data, labels):
    h, yhat = forward(params, data)
    d3 = (yhat - labels) / data.shape[0]
    gradW2 = np.dot(h.T, d3)
    gradb2 = np.sum(d3, axis=0)
    dh = np.dot(d3, unpacked(params)[2].T)
    grad_h = sigmoid_grad(h) * dh
    gradW1 = np.dot(data.T, grad_h)
    gradb1 = np.sum(grad_h, axis=0)
    return np.concatenate((gradW1.flatten(), gradb1.flatten(), gradW2.flatten(), gradb2.flatten()))


repaired = grad
