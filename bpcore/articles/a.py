"""Article A: a 2-4-4-1 network of sigmoids on two moons, as its complete program and its step-by-step text compute it.

Kept: of the complete program the data, the start, the order of all random draws, the shapes and the order of every
operation, so that a run gives its bits; in its backward pass the function σ′ that applies the sigmoid itself and is
handed an activation, in all three layers; the shapes of the text, which do not fit; the settings of its scikit-learn
model.

Changed: the text's backward pass multiplies from the left, ``dA * A * (1 - A)``; here A (1 - A) is computed first, so
that a run of the text agrees to rounding only.

Left out: pictures, a forward pass over all points before the training, the loss of each single sample in it, which is
not used, and the lines that are printed during a pass (``PRINTED_LINES`` counts them). Its loss is
infinite, or not a number, where an output rounds to exactly 0 or 1; its sigmoid warns of an overflow for pre-
activations below -709.
"""

import numpy as np

from ..activations import ACTIVATIONS, Activation
from ..losses import Loss
from ..network import Network
from .layouts import rows_from_theta, theta_from_rows

SIZES = (2, 4, 4, 1)
SHAPES_OF_THE_TEXT = {"W1": (2, 4), "b1": (1, 4), "W2": (4, 1), "b2": (1, 1), "W3": (4, 1), "b3": (1, 1)}
PRINTED_LINES = {"forward": 3, "compute_loss": 1}  # in one call of each
SKLEARN = {
    "hidden_layer_sizes": (4,),
    "activation": "logistic",
    "learning_rate": "constant",
    "solver": "sgd",
    "learning_rate_init": 0.01,
    "max_iter": 1000,
    "random_state": 42,
}


def data():
    """``X, X_test, Y, Y_test``: 400 and 100 of 500 points on two moons; Y is a column of 0 and 1."""
    from sklearn.datasets import make_moons
    from sklearn.model_selection import train_test_split

    X, Y = make_moons(n_samples=500, noise=0.2, random_state=42)
    return train_test_split(X, Y.reshape(-1, 1), test_size=0.2, random_state=42)


def start(seed=42, sizes=SIZES):
    """``W, b, rng``: standard normal weights, biases of zero, and the generator, which then draws the shuffles.

    ``W[l]`` is (n_{l-1}, n_l), ``b[l]`` is (1, n_l), slot 0 of each list is None.
    """
    rng = np.random.RandomState(seed)
    W = [None] + [rng.randn(n_in, n_out) for n_in, n_out in zip(sizes, sizes[1:])]
    return W, [None] + [np.zeros((1, n_out)) for n_out in sizes[1:]], rng


def sigmoid(X):
    return 1 / (1 + np.exp(-X))


def sigmoid_derivative(x):
    """σ′(x) = σ(x) (1 - σ(x)): right where x is a pre-activation."""
    return sigmoid(x) * (1 - sigmoid(x))


def forward(X, W, b):
    """The activations of all layers; ``A[0]`` is X, one sample per row."""
    A = [X]
    for W_l, b_l in zip(W[1:], b[1:]):
        A.append(sigmoid(np.dot(A[-1], W_l) + b_l))
    return A


def compute_loss(Y, A_L):
    """The binary cross-entropy, a mean over the samples."""
    return -np.sum(Y * np.log(A_L) + (1 - Y) * np.log(1 - A_L)) / Y.shape[0]


def mean_loss(Y, A_L):
    """The squared error, a mean over the samples: defined by the program and never called there."""
    return np.sum((Y - A_L) ** 2) / Y.shape[0]


def backward(Y, A, W):
    """``dW, db`` of the complete program: dZ^l = dA^l ⊙ σ′(A^l) in every layer, where σ′(Z^l) would be right.

    With dA^L = -(Y/A^L - (1-Y)/(1-A^L)) the output's delta becomes (A^L - Y) σ′(A^L) / (A^L (1 - A^L)).
    """
    dA = -(np.divide(Y, A[-1]) - np.divide(1 - Y, 1 - A[-1]))
    return walk_back(dA * sigmoid_derivative(A[-1]), A, W, sigmoid_derivative)[:2]


def backward_of_the_text(Y, A, W):
    """``dW, db`` of the step-by-step text, which are right: dZ^L = A^L - Y, and dZ^l = dA^l ⊙ A^l ⊙ (1 - A^l) below."""
    return walk_back(A[-1] - Y, A, W, slope_of_the_text)[:2]


def slope_of_the_text(a):
    """σ′ as the step-by-step text computes it: a (1 - a), of the activation."""
    return a * (1 - a)


def walk_back(dZ_L, A, W, slope):
    """``dW, db, dZ`` of all layers, from dZ^L down: dZ^l = dZ^{l+1} (W^{l+1})ᵀ ⊙ slope(A^l); dW and db are means."""
    m, L = A[0].shape[0], len(W) - 1
    dW, db, dZ = [None] * (L + 1), [None] * (L + 1), [None] * L + [dZ_L]
    for l in range(L, 0, -1):
        dW[l] = np.dot(A[l - 1].T, dZ[l]) / m
        db[l] = np.sum(dZ[l], axis=0, keepdims=True) / m
        if l > 1:
            dZ[l - 1] = np.dot(dZ[l], W[l].T) * slope(A[l - 1])
    return dW, db, dZ


def update(W, b, dW, db, learning_rate=0.01):
    """One step of gradient descent; returns new lists."""
    W = [None] + [W_l - learning_rate * dW_l for W_l, dW_l in zip(W[1:], dW[1:])]
    return W, [None] + [b_l - learning_rate * db_l for b_l, db_l in zip(b[1:], db[1:])]


def train(X, Y, W, b, rng, learning_rate=0.01, num_iterations=100, backward=backward):
    """The complete program's training: sample by sample, in a new order in each epoch.

    Returns ``W, b, loss_history``, whose entry k is the loss over all of X after epoch k + 1.
    """
    loss_history = []
    for _ in range(num_iterations):
        permutation = rng.permutation(len(X))
        X_shuffled, Y_shuffled = X[permutation], Y[permutation]
        for j in range(len(X)):
            A = forward(X_shuffled[j : j + 1], W, b)
            W, b = update(W, b, *backward(Y_shuffled[j : j + 1], A, W), learning_rate)
        loss_history.append(compute_loss(Y, forward(X, W, b)[-1]))
    return W, b, loss_history


def train_of_the_text(X, Y, W, b, learning_rate=0.01, num_iterations=100):
    """The text's training: all samples at once; entry k of the history is the loss before step k + 1."""
    loss_history = []
    for _ in range(num_iterations):
        A = forward(X, W, b)
        loss_history.append(compute_loss(Y, A[-1]))
        W, b = update(W, b, *backward_of_the_text(Y, A, W), learning_rate)
    return W, b, loss_history


def predict(X, W, b):
    """1 where the output is above ½, and 0 elsewhere."""
    return (forward(X, W, b)[-1] > 0.5).astype(int)


def gradient(theta, X, Y, sizes=SIZES):
    """The complete program's gradient at ``theta``, laid out as the book's theta."""
    W, b = rows_from_theta(sizes, theta)
    return theta_from_rows(*backward(Y, forward(X, W, b), W))


def published_network(sizes=SIZES):
    """A ``Network`` whose ``cost`` is the article's loss and whose ``grad`` is its wrong gradient, to rounding.

    Its sigmoids have the derivative that the program uses on record, and its loss does not cancel the output's.
    """
    f = ACTIVATIONS["sigmoid"].f
    wrong = Activation("sigmoid with σ′ of a", f, lambda z, a: f(a) * (1 - f(a)))
    loss = Loss(
        "cross-entropy of article A",
        value=lambda a, y: -(y * np.log(a) + (1 - y) * np.log(1 - a)).sum(axis=1),
        slope=lambda a, y: -(y / a - (1 - y) / (1 - a)),
    )
    return Network(sizes, hidden=wrong, output=wrong, loss=loss)
