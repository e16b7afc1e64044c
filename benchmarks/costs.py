"""Measures the times of chapter "What it costs": backward over forward, sizes, and scikit-learn.

Run with `python benchmarks/costs.py`; it writes book/measurements/costs.json, which the chapter reads. It takes about
two minutes.

How: one BLAS thread; process CPU time; peers run in turn (A B C, A B C, …), each often enough to last some
milliseconds; a ratio is formed within each round, and the median and the quartiles of these ratios are kept. Before
bpcore and scikit-learn are timed, their losses over three epochs must agree, and beside each time stand the
multiply-adds that the chapter counts again itself.
"""

import sys
import warnings

from timing import in_turn, quartiles, store  # before NumPy: it sets the threads

import numpy as np
from sklearn.datasets import load_digits, make_moons
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier, MLPRegressor

from bpcore import Network, Params, Trace, adam, equations, one_hot, sgd
from bpcore.parameters import with_ones

ROUNDS, SHORTEST = 11, 0.02
PASSES = (
    ((784, 30, 10), "sigmoid", 256),
    ((64, 25, 10), "sigmoid", 200),
    ((784, 256, 128, 10), "relu", 128),
    ((2, 4, 4, 1), "sigmoid", 400),
    ((512,) * 9, "sigmoid", 64),
    ((512,) * 9, "relu", 64),
)
WIDTHS, WIDTH_SAMPLES = (2, 4, 8, 16, 32, 64, 128, 256, 512), 128
DEPTHS, DEPTH_WIDTH = (1, 2, 4, 8, 16), 64
BATCHES, BATCH_SIZES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000), (64, 25, 10)


def random_case(sizes, hidden, m):
    """A network with sigmoid outputs, parameters, and m random samples."""
    rng, net = np.random.default_rng(0), Network(sizes, hidden=hidden)
    return net, net.init(0), rng.standard_normal((m, sizes[0])), rng.integers(0, 2, (m, sizes[-1])).astype(float)


def walks(net, theta, X, Y):
    """The forward and the backward pass as training runs them: into memory that is reused, arguments not validated."""
    p, g = net.params(theta), Params(net.sizes, np.empty_like(theta))
    t = Trace(net.sizes, with_ones(X, theta.dtype)).with_delta()
    equations.forward(net, p, t)
    return {
        "forward": lambda: equations.forward(net, p, t),
        "backward": lambda: equations.gradient(net, p, equations.backward(net, p, t, Y), g, 0.0),
    }


def step(net, theta, X, Y):
    """Forward and backward together."""
    both = walks(net, theta, X, Y)

    def run():
        both["forward"]()
        both["backward"]()

    return run


def multiply_adds(sizes):
    """Those of one sample's matrix products as bpcore forms them, the bias a weight on 1: forward, and backward."""
    layers = [n * (1 + n_before) for n_before, n in zip(sizes, sizes[1:])]
    return sum(layers), 2 * sum(layers) - layers[0]


def passes():
    rows = []
    for sizes, hidden, m in PASSES:
        rounds = in_turn(walks(*random_case(sizes, hidden, m)), ROUNDS, SHORTEST)
        forward, backward = multiply_adds(sizes)
        rows.append(
            {
                "sizes": list(sizes),
                "hidden": hidden,
                "m": m,
                "forward_multiply_adds": m * forward,
                "backward_multiply_adds": m * backward,
                "backward_over_forward": quartiles([times["backward"] / times["forward"] for times in rounds]),
            }
        )
        print(
            f"{sizes} {hidden}: backward / forward {rows[-1]['backward_over_forward']['median']:.2f}", file=sys.stderr
        )
    return rows


def per_unit(cases, units, base):
    """Time of a step per unit of work over that of the case ``base``: rows of quartiles in the order of the cases."""
    rounds = in_turn({name: step(*random_case(*case)) for name, case in cases.items()}, ROUNDS, SHORTEST)
    return [
        {
            "at": name,
            "ratio": quartiles([(times[name] / units[name]) / (times[base] / units[base]) for times in rounds]),
        }
        for name in cases
    ]


def widths():
    """Time per multiply-add of three layers of equal width, in units of the widest."""
    cases = {width: ((width,) * 4, "sigmoid", WIDTH_SAMPLES) for width in WIDTHS}
    return per_unit(cases, {width: sum(multiply_adds((width,) * 4)) for width in WIDTHS}, WIDTHS[-1])


def depths():
    """Time of a step, in units of a network with one layer."""
    cases = {depth: ((DEPTH_WIDTH,) * (depth + 1), "sigmoid", WIDTH_SAMPLES) for depth in DEPTHS}
    return per_unit(cases, dict.fromkeys(DEPTHS, 1), 1)


def batches():
    """Time per sample, in units of the largest batch."""
    return per_unit({m: (BATCH_SIZES, "sigmoid", m) for m in BATCHES}, {m: m for m in BATCHES}, BATCHES[-1])


# bpcore against scikit-learn.


def give(estimator, net, theta):
    """Put the parameters of ``theta`` into scikit-learn's documented attributes."""
    p = net.params(theta)
    estimator.coefs_, estimator.intercepts_ = [W.T.copy() for W in p.W[1:]], [b.copy() for b in p.b[1:]]


def pair(net, X, Y, labels, solver, lr, batch_size, epochs):
    """Two functions that train the same network from the same start on the same batches; their losses must agree."""
    train, hidden = {"sgd": sgd, "adam": adam}[solver], net.activations[1].name
    kind = MLPRegressor if net.activations[-1].name == "identity" else MLPClassifier
    settings = {
        "solver": solver,
        "activation": {"sigmoid": "logistic"}.get(hidden, hidden),
        "learning_rate_init": lr,
        "batch_size": batch_size or len(X),
        "alpha": 0.0,
        "shuffle": False,
        "tol": 0.0,
        "n_iter_no_change": 10**9,
        "warm_start": True,
        "random_state": 0,
    }
    settings |= {"momentum": 0.0} if solver == "sgd" else {}
    theta = net.init(0)
    estimator = kind(hidden_layer_sizes=net.sizes[1:-1], max_iter=1, **settings).fit(X, labels)
    give(estimator, net, theta)
    estimator.set_params(max_iter=3).fit(X, labels)
    ours = train(net, theta, X, Y, lr=lr, epochs=3, batch_size=batch_size, shuffle=False, history="running").history[1:]
    apart = float(np.max(np.abs(np.array(estimator.loss_curve_[-3:]) / ours - 1)))
    if apart > 1e-12:
        raise AssertionError(f"{net}: the losses differ by {apart:.1e}")
    estimator.set_params(max_iter=epochs)
    return {
        "bpcore": lambda: train(
            net, theta, X, Y, lr=lr, epochs=epochs, batch_size=batch_size, shuffle=False, history="running"
        ),
        "scikit-learn": lambda: estimator.fit(X, labels),
    }


def workloads(images, digits):
    """title → network, data, and how it is trained."""
    moons, sides = make_moons(400, noise=0.2, random_state=42)
    angle = np.linspace(-np.pi, np.pi, 315)
    rng = np.random.default_rng(0)
    wide, classes = rng.standard_normal((1024, 784)), np.arange(1024) % 10
    small, ten = Network((2, 4, 4, 1)), {"output": "softmax", "loss": "cross_entropy"}
    curve = Network((1, 2, 4, 2, 1), output="identity", loss="half_squared")
    read, large = Network((64, 25, 10), **ten), Network((784, 256, 128, 10), hidden="relu", **ten)
    moon_data, digit_data = (moons, sides[:, None].astype(float), sides), (images, one_hot(digits, 10), digits)
    sine_data = (angle[:, None] / np.pi, np.sin(angle)[:, None], np.sin(angle))
    wide_data = (wide, one_hot(classes, 10), classes)
    return {
        "moons, one sample per step": (small, *moon_data, "sgd", 0.01, 1, 3),
        "moons, all 400 per step": (small, *moon_data, "sgd", 0.01, None, 100),
        "sine, 5 per step": (curve, *sine_data, "sgd", 0.1, 5, 10),
        "digits, all 1797 per step": (read, *digit_data, "sgd", 0.1, None, 10),
        "digits, Adam, 200 per step": (read, *digit_data, "adam", 0.001, 200, 5),
        "784 inputs, 128 per step": (large, *wide_data, "sgd", 0.01, 128, 1),
    }


def against_sklearn(images, digits):
    rows = []
    for title, (net, X, Y, labels, solver, lr, batch_size, epochs) in workloads(images, digits).items():
        peers = pair(net, X, Y, labels, solver, lr, batch_size, epochs)
        rounds = in_turn(peers, ROUNDS, SHORTEST)
        rows.append(
            {
                "workload": title,
                "network": "-".join(map(str, net.sizes)),
                "hidden": net.activations[1].name,
                "solver": solver,
                "batch": batch_size or len(X),
                "samples": len(X),
                "sklearn_over_bpcore": quartiles([t["scikit-learn"] / t["bpcore"] for t in rounds]),
            }
        )
        print(f"{title}: scikit-learn / bpcore {rows[-1]['sklearn_over_bpcore']['median']:.2f}", file=sys.stderr)
    return rows


def main():
    warnings.simplefilter("ignore", ConvergenceWarning)  # the number of epochs is fixed on purpose
    images, digits = load_digits(return_X_y=True)
    images = images / 16
    store(
        "costs",
        "Ratios of CPU times (median and quartiles over interleaved rounds): the backward pass over the forward "
        "pass, beside their multiply-adds; a step per multiply-add for growing width, per sample for growing "
        "batches, and for growing depth; scikit-learn over bpcore, the same network, start, batches and losses",
        rounds=ROUNDS,
        passes=passes(),
        widths=widths(),
        depths=depths(),
        batches=batches(),
        against_sklearn=against_sklearn(images, digits),
    )


if __name__ == "__main__":
    main()
