"""A reader misses the sigmoid's slope at the output, which a cross entropy takes away."""

import numpy as np

SOURCE = "https://github.com/lawlite19/MachineLearning_Python/issues/3"
THREAD = "lawlite19/MachineLearning_Python #3"
DATE = "2017-12"
KIND = "right"
FORMULA = r"\delta^2 = h - y"
RIGHT = (
    r"C = -\tfrac1m \textstyle\sum [y \log h + (1 - y) \log(1 - h)] + \tfrac{\lambda}{2m} \sum_l \lVert W^l \rVert^2"
)
READ = "code"
LAYER = []
NAMES = []
SIZES = (3, 5, 3)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 6
LAM = 1.0


def start(rng):
    """Both matrices unrolled row by row; the first column of each is for the bias."""
    return rng.standard_normal(5 * 4 + 3 * 6)


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def sigmoid_gradient(z):
    return sigmoid(z) * (1 - sigmoid(z))


def matrices(nn_params):
    input_layer_size, hidden_layer_size, num_labels = SIZES
    split = hidden_layer_size * (input_layer_size + 1)
    Theta1 = nn_params[:split].reshape(hidden_layer_size, input_layer_size + 1).copy()
    Theta2 = nn_params[split:].reshape(num_labels, hidden_layer_size + 1).copy()
    return Theta1, Theta2


def cost(nn_params, X, class_y):
    Theta1, Theta2 = matrices(nn_params)
    m = X.shape[0]
    unrolled = np.vstack((Theta1[:, 1:].reshape(-1, 1), Theta2[:, 1:].reshape(-1, 1)))
    term = np.dot(np.transpose(unrolled), unrolled)[0, 0]
    a1 = np.hstack((np.ones((m, 1)), X))
    a2 = np.hstack((np.ones((m, 1)), sigmoid(np.dot(a1, np.transpose(Theta1)))))
    h = sigmoid(np.dot(a2, np.transpose(Theta2)))
    return -(np.sum(class_y * np.log(h)) + np.sum((1 - class_y) * np.log(1 - h)) - LAM * term / 2) / m


def grad(nn_params, X, class_y):
    Theta1, Theta2 = matrices(nn_params)
    m = X.shape[0]
    Theta2_x = Theta2[:, 1:].copy()
    Theta1_grad, Theta2_grad = np.zeros_like(Theta1), np.zeros_like(Theta2)
    a1 = np.hstack((np.ones((m, 1)), X))
    z2 = np.dot(a1, np.transpose(Theta1))
    a2 = np.hstack((np.ones((m, 1)), sigmoid(z2)))
    z3 = np.dot(a2, np.transpose(Theta2))
    h = sigmoid(z3)
    for i in range(m):
        delta3 = (h[i, :] - class_y[i, :]).reshape(1, -1)
        Theta2_grad = Theta2_grad + np.dot(np.transpose(delta3), a2[i, :].reshape(1, -1))
        delta2 = np.dot(delta3, Theta2_x) * sigmoid_gradient(z2[i, :])
        Theta1_grad = Theta1_grad + np.dot(np.transpose(delta2), a1[i, :].reshape(1, -1))
    Theta1[:, 0] = 0
    Theta2[:, 0] = 0
    grads = np.vstack((Theta1_grad.reshape(-1, 1), Theta2_grad.reshape(-1, 1)))
    return np.ravel((grads + LAM * np.vstack((Theta1.reshape(-1, 1), Theta2.reshape(-1, 1)))) / m)


repaired = grad
