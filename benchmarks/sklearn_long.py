"""Trains article A's program and its repair for longer than a page should take, and keeps costs, parameters and accuracies on the way.

Run with `python benchmarks/sklearn_long.py`; it writes book/measurements/sklearn_long.json, which the chapter
"Against scikit-learn" reads. The chapter repeats the first hundred epochs itself. Data, network, rate and starting weights are the
article's; the order of the samples, which its text leaves open, is that of bpcore.sgd with seed 0, the same for both programs.
"""

import sys

from timing import store  # before NumPy, whose threads it sets; it makes bpcore importable

import numpy as np
from sklearn.datasets import make_moons
from sklearn.model_selection import train_test_split

from bpcore import ACTIVATIONS, Activation, Network, sgd

EPOCHS = {"defect": 5000, "repair": 1000}
KEPT = (0, 1, 3, 10, 20, 30, 50, 100, 200, 400, 1000, 5000)
MENDED_AFTER, MENDED_FOR = 100, 400


def moons():
    """Article A's data: 400 training and 100 test rows."""
    X, labels = make_moons(n_samples=500, noise=0.2, random_state=42)
    return train_test_split(X, labels, test_size=0.2, random_state=42)


def networks(sizes):
    """The network with the right derivative, and the one that takes σ' of the activation, as the article's listing does."""
    sigmoid = ACTIVATIONS["sigmoid"]

    def slope_of_the_activation(z, a):
        again = sigmoid.f(a)
        return again * (1 - again)

    return {
        "repair": Network(sizes),
        "defect": Network(sizes, hidden=Activation("sigmoid", sigmoid.f, slope_of_the_activation)),
    }


def start(net, seed):
    """Standard-normal weights from NumPy's old generator, drawn as (in, out) matrices from the first layer to the last; biases zero."""
    draw = np.random.RandomState(seed)
    theta = np.zeros(net.n_params)
    for W in net.params(theta).W[1:]:
        W[...] = draw.randn(W.shape[1], W.shape[0]).T
    return theta


def right(net, theta, X, labels):
    """How many samples the threshold ½ puts on the right side."""
    return int(((net.predict(theta, X)[:, 0] > 0.5) == labels).sum())


def rounded(values, digits=12):
    return [float(f"{value:.{digits}g}") for value in np.ravel(values)]


def train(net, theta, X, labels, epochs, seed, kept, lr=0.01):
    """Per-sample gradient descent; returns the cost after each epoch and the parameters after those in ``kept``."""
    thetas = {0: theta}

    def keep(epoch, theta, cost):
        if epoch in kept:
            thetas[epoch] = theta

    fit = sgd(net, theta, X, labels[:, None], lr=lr, epochs=epochs, batch_size=1, seed=seed, callback=keep)
    return fit.history, thetas


def main():
    X, X_test, labels, labels_test = moons()
    nets = networks((2, 4, 4, 1))
    theta = start(nets["repair"], 42)
    runs = {}
    for name, net in nets.items():
        history, thetas = train(net, theta, X, labels, EPOCHS[name], 0, KEPT)
        steps = [*range(0, 1001), *range(1050, EPOCHS[name] + 1, 50)]
        runs[name] = {
            "epochs": EPOCHS[name],
            "epoch": steps,
            "cost": rounded(history[steps], 10),
            "lowest_cost": float(f"{history.min():.10g}"),
            "highest_cost_after_100": float(f"{history[100:].max():.10g}"),
            "lowest_cost_after_100": float(f"{history[100:].min():.10g}"),
            "kept": [
                {
                    "epoch": epoch,
                    "theta": rounded(kept),
                    "train_right": right(net, kept, X, labels),
                    "test_right": right(net, kept, X_test, labels_test),
                    "largest_hidden_weight": float(f"{max(abs(W).max() for W in net.params(kept).W[1:-1]):.6g}"),
                }
                for epoch, kept in thetas.items()
            ],
        }
        print(name, history[[100, 400, 1000]], file=sys.stderr)
        if name == "defect":
            plateau = thetas[MENDED_AFTER]
    history, thetas = train(nets["repair"], plateau, X, labels, MENDED_FOR, 1, (MENDED_FOR,))
    mended = {
        "after": MENDED_AFTER,
        "cost": rounded(history, 10),
        "train_right": right(nets["repair"], thetas[MENDED_FOR], X, labels),
        "test_right": right(nets["repair"], thetas[MENDED_FOR], X_test, labels_test),
    }
    store(
        "sklearn_long",
        "article A's program (sigma' taken of the activation) and its repair: moons, 2-4-4-1, per-sample descent, lr 0.01, "
        "training cost after each epoch; and the right gradient set to work where the program stood after 100 epochs",
        runs=runs,
        mended=mended,
    )


if __name__ == "__main__":
    main()
