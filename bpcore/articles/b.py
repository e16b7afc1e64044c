"""Article B: two programs of one class that is to learn the sine, sample by sample and in batches of five.

Kept: the data and their one shuffle, the order of all random draws (points, then all weights, then all biases), a
sample as a column, the order of every operation, the loss of the last sample as the printed one, two drawing calls
and two legends for each point that both show the target; of the second program the sum over a batch divided by the
batch size, the choice of activations, the cross-entropies with their clip, the softmax without a maximum subtracted,
and the two functions for the file of parameters, the first of which NumPy refuses.

Left out: ``np.mat``, which NumPy 2 no longer has. With arrays of the same shapes the numbers are the same for one
output, as here, since the products in the losses are then of one entry. For two outputs matrices have no loss at all:
``pow(…, 2)`` is the matrix power of a column (LinAlgError), and ``*`` in the cross-entropies the product of two
columns (ValueError). Also left out: the progress bar, and the flag ``Mode_Train`` of ``forward``, which decides whether
gradients are computed and added up; the values a and z are stored either way.

The program sets no seed; here every function that draws takes a ``numpy.random.RandomState``, whose methods are those
of the program. In the published second program all lines after the data are commented out (``COMMENTED_OUT``);
``train_in_batches`` is what they say, and ``lr_adjust`` is off as it is there. The line that loads stands before the
loop, so a first run would look for a file that it has yet to write.
The article calls neither the softmax nor the cross-entropies. Softmax overflows for entries above 709.
"""

import math

import numpy as np

SIZES_1, SIZES_2 = (1, 2, 3, 2, 1), (1, 2, 4, 2, 1)
COMMENTED_OUT = (
    "building the network",
    "loading parameter.npz",
    "the loop over epochs and batches",
    "saving parameter.npz",
)


def data(rng):
    """A list of 315 pairs (x, sin x) for x from -5π in steps of 0.1, shuffled once."""
    points = [(x, math.sin(x)) for x in np.arange(-5 * math.pi, 5 * math.pi, 0.1)]
    rng.shuffle(points)
    return points


def start(sizes, rng):
    """``W, b`` from the standard normal distribution: ``W[l]`` (n_l, n_{l-1}), ``b[l]`` (n_l, 1), slot 0 is None."""
    W = [None] + [rng.randn(n_out, n_in) for n_in, n_out in zip(sizes, sizes[1:])]
    return W, [None] + [rng.randn(n_out, 1) for n_out in sizes[1:]]


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_derivative(x):
    return np.multiply(sigmoid(x), 1 - sigmoid(x))


def rule(x):
    """ReLU, under the name that the program gives it."""
    return np.maximum(x, 0)


def rule_derivative(x):
    return (x > 0) + 0.0


def leaky_relu(x):
    return np.where(x < 0, 0.5 * x, x)


def leaky_relu_derivative(x):
    return np.where(x < 0, 0.5, 1.0)


SIGMOID = (sigmoid, sigmoid_derivative)
RULE = (rule, rule_derivative)
LEAKY_RELU = (leaky_relu, leaky_relu_derivative)


def loss_function(y_pre, y_real):
    """½ Σ (y_pre - y_real)², for one sample. Matrices (``np.asmatrix``) work for one output only (LinAlgError)."""
    return 0.5 * pow(y_pre - y_real, 2).sum()


def loss_derivative(y_pre, y_real):
    return y_pre - y_real


def forward(x, W, b, f=sigmoid):
    """``z, a`` of one sample, columns; ``a[0]`` is x, ``z[0]`` is None."""
    z, a = [None], [np.array(x, dtype=float).reshape(-1, 1)]
    for W_l, b_l in zip(W[1:], b[1:]):
        z.append(W_l.dot(a[-1]) + b_l)
        a.append(f(z[-1]))
    return z, a


def backpropagation(y_real, z, a, W, df=sigmoid_derivative):
    """``dW, db, delta`` of one sample, by the four equations; db is delta."""
    delta = [None] * len(W)
    delta[-1] = np.multiply(loss_derivative(a[-1], y_real), df(z[-1]))
    for l in range(len(W) - 2, 0, -1):
        delta[l] = np.multiply(np.dot(W[l + 1].T, delta[l + 1]), df(z[l]))
    return [None] + [D.dot(A.T) for D, A in zip(delta[1:], a)], delta, delta


def train(points, W, b, epochs=99, lr=0.01, axes=None):
    """The first program: one step per point, always in the same order. Returns ``W, b, printed``.

    ``printed`` holds what the program prints once per epoch: the loss of the epoch's last point, before its step.
    With ``axes``, of Matplotlib, each point is drawn as the program draws it.
    """
    printed = []
    for _ in range(epochs):
        for x, y in points:
            z, a = forward(x, W, b)
            dW, db, _ = backpropagation(y, z, a, W)
            b = [None] + [b_l - lr * db_l for b_l, db_l in zip(b[1:], db[1:])]
            W = [None] + [W_l - lr * dW_l for W_l, dW_l in zip(W[1:], dW[1:])]
            if axes is not None:
                draw_point(axes, x, y)
        printed.append(loss_function(a[-1], y))
    return W, b, printed


def show_data(axes, x, y, c, marker, legend):
    """One scatter call and one legend, of which the program makes two for each point."""
    axes.scatter(x, y, marker=marker, color=c)
    axes.legend(legend)


def draw_point(axes, x, y):
    """Both calls draw the target y; the second is labelled as the prediction."""
    show_data(axes, x, y, (0.8, 0.0, 0.0), "*", "sinx")
    show_data(axes, x, y, (0.0, 0.5, 0.0), ".", "P")


def gradient_of_batch(batch, W, b, activation=SIGMOID):
    """The sums of dW and of db over the samples of a batch."""
    f, df = activation
    total_W = [None] + [np.zeros_like(W_l) for W_l in W[1:]]
    total_b = [None] + [np.zeros_like(b_l) for b_l in b[1:]]
    for x, y in batch:
        z, a = forward(x, W, b, f)
        dW, db, _ = backpropagation(np.array(y, dtype=float).reshape(-1, 1), z, a, W, df)
        total_W = [None] + [w + nw for w, nw in zip(total_W[1:], dW[1:])]
        total_b = [None] + [w + nw for w, nw in zip(total_b[1:], db[1:])]
    return total_W, total_b


def total_loss(points, W, b, f=sigmoid):
    """The second program's printed loss: a sum over all points."""
    return np.sum([loss_function(forward(x, W, b, f)[1][-1], np.array(y).reshape(-1, 1)) for x, y in points])


def lr_adjust(lr, i, epochs):
    """lr (1 - i/epochs)^¼; as its line is written, ``lr = lr_adjust(lr, i, epochs)``, the factors compound."""
    return lr * pow(1 - i / epochs, 0.25)


def train_in_batches(points, W, b, epochs=5000, batch_size=5, lr=1.5, activation=SIGMOID, adjust=False):
    """The second program's loop, which is commented out where it is published. Returns ``W, b, printed``.

    ``printed`` holds (epoch, learning rate, total loss); ``adjust`` turns on the line that is commented out twice.
    A last batch that is smaller is divided by ``batch_size`` as well.
    """
    printed = []
    for i in range(epochs):
        for first in range(0, len(points), batch_size):
            dW, db = gradient_of_batch(points[first : first + batch_size], W, b, activation)
            b = [None] + [b_l - lr * (db_l / batch_size) for b_l, db_l in zip(b[1:], db[1:])]
            W = [None] + [W_l - lr * (dW_l / batch_size) for W_l, dW_l in zip(W[1:], dW[1:])]
        if adjust:
            lr = lr_adjust(lr, i, epochs)
        printed.append((i, lr, total_loss(points, W, b, activation[0])))
    return W, b, printed


def binary_cross_entropy(y_pre, y_real):
    """-Σ (y ln p + (1 - y) ln(1 - p)) with p clipped to [1e-12, 1 - 1e-12]; matrices: one entry only (ValueError)."""
    y_pre = np.clip(y_pre, 1e-12, 1.0 - 1e-12)
    return -np.sum(y_real * np.log(y_pre) + (1 - y_real) * np.log(1 - y_pre))


def cross_entropy(y_pre, y_real):
    """-Σ y ln p with the same clip; y_real is one-hot. Matrices work for one entry only (ValueError)."""
    y_pre = np.clip(y_pre, 1e-12, 1.0 - 1e-12)
    return -np.sum(y_real * np.log(y_pre))


def softmax(layer_z):
    """exp(z) over its sum: of one sample's column the probabilities of its classes."""
    exp_z = np.exp(layer_z)
    return exp_z / np.sum(exp_z)


def save_model(file, W, b):
    """As published: lists of arrays of unequal shapes, which NumPy does not make an array of (ValueError)."""
    np.savez(file, W[1:], b[1:])


def load_model(file):
    """As published, with ``allow_pickle=True``: such a file can run any code. Do not load one from somebody else."""
    stored = np.load(file, allow_pickle=True)
    return [None, *stored["arr_0"]], [None, *stored["arr_1"]]
