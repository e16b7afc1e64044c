"""Measures what chapter "Theta matrices and the regularised cost" says about speed, and the λ curves that it draws.

Run with `python benchmarks/theta_matrices.py`; it writes book/measurements/theta_matrices.json, which the chapter reads.
The gradients with and without the loop over samples are taken from the chapter's own cells, so that what is timed is what is shown.

How the times are taken: one thread; process CPU time; the peers run in turn (A B C, A B C, …), each often enough to last a few
milliseconds; a ratio is formed within each round, and the median and the quartiles of these ratios are kept.
"""

import json
import os
import sys
import tempfile

from timing import ROOT, in_turn, quartiles, store  # before NumPy: it sets the threads

import numpy as np
from scipy.optimize import minimize
from sklearn.datasets import load_digits, make_moons

from bpcore import ACTIVATIONS, Network, one_hot, relative_error

CHAPTER = ROOT / "book" / "theta_matrices.ipynb"
ROUNDS, SHORTEST = 21, 0.004
SAMPLES = (1, 10, 100, 1000)
LAMBDAS = (0, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100)
SEEDS, TRAINING, VALIDATION, ITERATIONS = 20, 100, 500, 200
sigmoid = ACTIVATIONS["sigmoid"].f


def ratios(peers, base):
    """Times of all peers divided by that of ``base``, round by round; and the seconds of ``base``."""
    rounds = in_turn(peers, ROUNDS, SHORTEST)
    return {name: quartiles([times[name] / times[base] for times in rounds]) for name in peers if name != base} | {
        f"{base}_seconds": quartiles([times[base] for times in rounds])
    }


def agree(vectors):
    names = list(vectors)
    for name in names[1:]:
        error = relative_error(vectors[name], vectors[names[0]])
        if error > 1e-13:
            raise AssertionError(f"{name} and {names[0]} disagree by {error:.1e}")


# One sample at a time, or all at once.


def chapter_functions():
    """``loop_gradient`` and ``matrix_gradient`` as the chapter defines them."""
    names = {"np": np, "sigmoid": sigmoid}
    for cell in json.loads(CHAPTER.read_text(encoding="utf-8"))["cells"]:
        if cell["id"] in ("one-sample", "loop-over-samples", "matrix-form"):
            exec("".join(cell["source"]), names)
    return names["loop_gradient"], names["matrix_gradient"]


def loop_against_matrix(X, Y):
    loop_gradient, matrix_gradient = chapter_functions()
    net, rows = Network((64, 25, 10)), []
    theta = net.init(seed=0)
    for m in SAMPLES:
        A, B = X[:m], Y[:m]
        peers = {
            "loop": lambda: loop_gradient(net, theta, A, B, 1.0),
            "matrix": lambda: matrix_gradient(net, theta, A, B, 1.0),
            "bpcore": lambda: net.grad(theta, A, B, 1.0),
        }
        agree({name: function() for name, function in peers.items()})
        rows.append({"m": m, **ratios(peers, "matrix")})
    return rows


# The bias apart or as column 0, a sample a row or a column. All four write into memory that is kept; 1/m goes into the output delta.


def apart_rows(net, theta, X, Y):
    p, m = net.params(theta), len(X)
    W, b = [[None] + [np.array(part) for part in parts[1:]] for parts in (p.W, p.b)]
    dW, db = [[None] + [np.empty_like(part) for part in parts[1:]] for parts in (W, b)]
    A = [X] + [np.empty((m, n)) for n in net.sizes[1:]]
    D = [None] + [np.empty((m, n)) for n in net.sizes[1:]]

    def gradient():
        for l in range(1, net.L + 1):
            np.dot(A[l - 1], W[l].T, out=A[l])
            A[l] += b[l]
            sigmoid(A[l], out=A[l])
        np.subtract(A[-1], Y, out=D[-1])
        D[-1] /= m
        for l in range(net.L, 0, -1):
            np.dot(D[l].T, A[l - 1], out=dW[l])
            D[l].sum(axis=0, out=db[l])
            if l > 1:
                np.dot(D[l], W[l], out=D[l - 1])
                D[l - 1] *= A[l - 1] * (1 - A[l - 1])

    return gradient, lambda: np.concatenate([np.c_[db[l], dW[l]].ravel() for l in range(1, net.L + 1)])


def apart_columns(net, theta, X, Y):
    p, m = net.params(theta), len(X)
    W = [None] + [np.array(part) for part in p.W[1:]]
    b = [None] + [np.array(part)[:, None] for part in p.b[1:]]
    dW, db = [[None] + [np.empty_like(part) for part in parts[1:]] for parts in (W, b)]
    A = [np.ascontiguousarray(X.T)] + [np.empty((n, m)) for n in net.sizes[1:]]
    D = [None] + [np.empty((n, m)) for n in net.sizes[1:]]
    YT = np.ascontiguousarray(Y.T)

    def gradient():
        for l in range(1, net.L + 1):
            np.dot(W[l], A[l - 1], out=A[l])
            A[l] += b[l]
            sigmoid(A[l], out=A[l])
        np.subtract(A[-1], YT, out=D[-1])
        D[-1] /= m
        for l in range(net.L, 0, -1):
            np.dot(D[l], A[l - 1].T, out=dW[l])
            D[l].sum(axis=1, keepdims=True, out=db[l])
            if l > 1:
                np.dot(W[l].T, D[l], out=D[l - 1])
                D[l - 1] *= A[l - 1] * (1 - A[l - 1])

    return gradient, lambda: np.concatenate([np.c_[db[l], dW[l]].ravel() for l in range(1, net.L + 1)])


def folded_rows(net, theta, X, Y):
    p, g, m = net.params(theta), net.params(np.empty_like(theta)), len(X)
    A = [np.c_[np.ones(m), X]] + [np.ones((m, 1 + n)) for n in net.sizes[1:]]
    a = [part[:, 1:] for part in A]
    D = [None] + [np.empty((m, n)) for n in net.sizes[1:]]

    def gradient():
        for l in range(1, net.L + 1):
            np.dot(A[l - 1], p.Theta[l].T, out=D[l])
            sigmoid(D[l], out=a[l])
        np.subtract(a[-1], Y, out=D[-1])
        D[-1] /= m
        for l in range(net.L, 0, -1):
            np.dot(D[l].T, A[l - 1], out=g.Theta[l])
            if l > 1:
                np.dot(D[l], p.W[l], out=D[l - 1])
                D[l - 1] *= a[l - 1] * (1 - a[l - 1])

    return gradient, lambda: g.theta


def folded_columns(net, theta, X, Y):
    p, g, m = net.params(theta), net.params(np.empty_like(theta)), len(X)
    A = [np.c_[np.ones(m), X].T] + [np.ones((1 + n, m)) for n in net.sizes[1:]]
    a = [part[1:] for part in A]
    G = [None] + [np.empty((1 + n, m)) for n in net.sizes[1:]]
    D = [None] + [part[1:] for part in G[1:]]
    YT = np.ascontiguousarray(Y.T)

    def gradient():
        for l in range(1, net.L + 1):
            np.dot(p.Theta[l], A[l - 1], out=D[l])
            sigmoid(D[l], out=a[l])
        np.subtract(a[-1], YT, out=D[-1])
        D[-1] /= m
        for l in range(net.L, 0, -1):
            np.dot(D[l], A[l - 1].T, out=g.Theta[l])
            if l > 1:
                np.dot(p.Theta[l].T, D[l], out=G[l - 1])
                D[l - 1] *= a[l - 1] * (1 - a[l - 1])

    return gradient, lambda: g.theta


def bias_folded(X, Y):
    moons, sides = make_moons(400, noise=0.2, random_state=42)
    small, digits = Network((2, 4, 4, 1)), Network((64, 25, 10))
    rows = []
    for title, net, A, B in (
        ("2-4-4-1, one sample", small, moons[:1], sides[:1, None].astype(float)),
        ("2-4-4-1, 400 samples", small, moons, sides[:, None].astype(float)),
        ("64-25-10, 100 samples", digits, X[:100], Y[:100]),
        ("64-25-10, 1000 samples", digits, X[:1000], Y[:1000]),
    ):
        theta = net.init(seed=0, scheme="standard_normal")
        made = {f.__name__: f(net, theta, A, B) for f in (apart_rows, folded_rows, apart_columns, folded_columns)}
        for gradient, _ in made.values():
            gradient()
        agree({name: result() for name, (_, result) in made.items()} | {"bpcore": net.grad(theta, A, B)})
        rows.append(
            {"network": title, **ratios({name: gradient for name, (gradient, _) in made.items()}, "apart_rows")}
        )
    return rows


# Writing the parameters to a file at every evaluation of the cost.


def savetxt_at_every_cost(X, Y):
    net, rows = Network((64, 25, 10)), []
    theta = net.init(seed=0)
    p = net.params(theta)
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, f"Theta{l}.csv") for l in (1, 2)]
        for m in (100, 1000):
            A, B = X[:m], Y[:m]

            def evaluate():
                return net.cost(theta, A, B, 1.0), net.grad(theta, A, B, 1.0)

            def evaluate_and_write():
                for l in (1, 2):
                    np.savetxt(paths[l - 1], p.Theta[l])
                return evaluate()

            rows.append(
                {
                    "m": m,
                    **ratios({"written": evaluate_and_write, "plain": evaluate}, "plain"),
                    "bytes": sum(os.path.getsize(path) for path in paths),
                }
            )
    return rows


# λ against training and validation cost.


def lambda_curves(X, Y, labels):
    net, rows = Network((64, 25, 10)), []
    for lam in LAMBDAS:
        runs = []
        for seed in range(SEEDS):
            order = np.random.default_rng(seed).permutation(len(X))
            known, held = order[:TRAINING], order[TRAINING : TRAINING + VALIDATION]
            fit = minimize(
                lambda theta: (net.cost(theta, X[known], Y[known], lam), net.grad(theta, X[known], Y[known], lam)),
                net.init(seed=seed),
                jac=True,
                method="L-BFGS-B",
                options={"maxiter": ITERATIONS},
            )
            wrong = [
                float((net.predict(fit.x, X[part]).argmax(axis=1) != labels[part]).mean()) for part in (known, held)
            ]
            runs.append([net.cost(fit.x, X[known], Y[known]), net.cost(fit.x, X[held], Y[held]), *wrong])
        columns = ("training_cost", "validation_cost", "training_error", "validation_error")
        rows.append(
            {"lambda": lam}
            | {name: [float(f"{value:.4g}") for value in column] for name, column in zip(columns, zip(*runs))}
        )
        print(f"λ = {lam}: validation cost {np.median(rows[-1]['validation_cost']):.3f}", file=sys.stderr)
    return {
        "network": "64-25-10",
        "seeds": SEEDS,
        "training": TRAINING,
        "validation": VALIDATION,
        "iterations": ITERATIONS,
        "rows": rows,
    }


def main():
    images, labels = load_digits(return_X_y=True)
    X, Y = images / 16, one_hot(labels, 10)
    store(
        "theta_matrices",
        "Ratios of CPU times (median and quartiles over interleaved rounds): the gradient by a loop over samples and in bpcore, "
        "divided by its matrix form; three layouts of a gradient divided by the one with the bias apart and a sample a row; "
        "cost and gradient with the two matrices written to text files, divided by the same without. "
        "Costs and shares of misread digits against lambda: one number a seed, the penalty left out",
        rounds=ROUNDS,
        loop_against_matrix=loop_against_matrix(X, Y),
        bias_folded=bias_folded(X, Y),
        savetxt=savetxt_at_every_cost(X, Y),
        lambda_curves=lambda_curves(X, Y, labels),
    )


if __name__ == "__main__":
    main()
