"""Measures the λ curves of "Θ matrices and the regularised cost", and what "What it costs" says about its gradients.

Run with `python benchmarks/theta_matrices.py`; it writes book/measurements/theta_matrices.json, for both chapters.
What is timed is what is shown: the gradient in matrix form is taken from the first chapter's own cell, and article C's
published functions, with its loop over the samples and its file, from bpcore.articles.c.

How the times are taken: one thread; process CPU time; the peers run in turn (A B C, A B C, …), each often enough to
last a few milliseconds; a ratio is formed within each round, and the median and the quartiles of these ratios are kept.
"""

import json
import os
import sys
import tempfile
from functools import partial

from timing import ROOT, in_turn, quartiles, store  # before NumPy: it sets the threads

import numpy as np
from scipy.optimize import minimize
from sklearn.datasets import load_digits, make_moons

from bpcore import ACTIVATIONS, Network, one_hot, relative_error
from bpcore.articles import c as article_c

CHAPTER = ROOT / "book" / "theta_matrices.ipynb"
ROUNDS, SHORTEST = 21, 0.004
SAMPLES = (1, 10, 100, 1000)
LAMBDAS = (0, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100)
SEEDS, TRAINING, VALIDATION, ITERATIONS = 20, 100, 500, 200
sigmoid = ACTIVATIONS["sigmoid"].f


def ratio(rounds, name, base):
    """The time of ``name`` divided by that of ``base``, round by round."""
    return quartiles([times[name] / times[base] for times in rounds])


def ratios(rounds, base):
    """Times of all peers divided by that of ``base``; and the seconds of ``base``."""
    return {name: ratio(rounds, name, base) for name in rounds[0] if name != base} | {
        f"{base}_seconds": quartiles([times[base] for times in rounds])
    }


def agree(vectors):
    names = list(vectors)
    for name in names[1:]:
        error = relative_error(vectors[name], vectors[names[0]])
        if error > 1e-13:
            raise AssertionError(f"{name} and {names[0]} disagree by {error:.1e}")


# One sample at a time, or all at once.


def matrix_form():
    """``matrix_gradient`` as the chapter defines it."""
    names = {"np": np, "article_c": article_c}
    for cell in json.loads(CHAPTER.read_text(encoding="utf-8"))["cells"]:
        if cell["id"] == "matrix-form":
            exec("".join(cell["source"]), names)
    return names["matrix_gradient"]


def loop_against_matrix(X, Y, labels):
    matrix_gradient = matrix_form()
    net, rows = Network((64, 25, 10)), []
    theta = net.init(
        seed=0
    )  # its biases are zero, so that the published gradient, which sets them to zero, is right here
    for m in SAMPLES:
        A, B, y = X[:m], Y[:m], labels[:m]
        peers = {
            "loop": lambda: article_c.gradient(theta.copy(), *net.sizes, A, y, 1.0),
            "matrix": lambda: matrix_gradient(net, theta, A, B, 1.0),
            "bpcore": lambda: net.grad(theta, A, B, 1.0),
        }
        agree({name: function() for name, function in peers.items()})
        rows.append({"m": m, **ratios(in_turn(peers, ROUNDS, SHORTEST), "matrix")})
    return rows


# The bias apart or as column 0, one sample per row or per column.
# All four write into memory that is kept; 1/m goes into the output delta.


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
        rounds = in_turn({name: gradient for name, (gradient, _) in made.items()}, ROUNDS, SHORTEST)
        rows.append(
            {
                "network": title,
                **ratios(rounds, "apart_rows"),
                "folded_over_apart_columns": ratio(rounds, "folded_columns", "apart_columns"),
            }
        )
    return rows


# Writing Θ^1 to a file at every evaluation of the cost, as article C's cost function does.


def savetxt_at_every_cost(X, Y, labels):
    net, rows, home = Network((64, 25, 10)), [], os.getcwd()
    theta = net.init(seed=0)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)  # the published program names a file in the folder where it runs
        for m in (100, 1000):
            A, B, y = X[:m], Y[:m], labels[:m]

            def published_cost(write):
                return article_c.cost_function(theta, *net.sizes, A, y, 1.0, write=write)

            def published_evaluation(write):
                return published_cost(write), article_c.gradient(theta.copy(), *net.sizes, A, y, 1.0)

            def bpcore_evaluation(write):
                if write:
                    np.savetxt(article_c.WRITTEN["cost_function"], net.params(theta).Theta[1], delimiter=",")
                return net.cost(theta, A, B, 1.0), net.grad(theta, A, B, 1.0)

            programs = {
                "cost": published_cost,
                "evaluation": published_evaluation,
                "bpcore_evaluation": bpcore_evaluation,
            }
            peers = {
                f"{name}_{'written' if write else 'plain'}": partial(program, write)
                for name, program in programs.items()
                for write in (True, False)
            }
            rounds = in_turn(peers, ROUNDS, SHORTEST)
            rows.append(
                {
                    "m": m,
                    **{name: ratio(rounds, f"{name}_written", f"{name}_plain") for name in programs},
                    **{
                        f"{name}_plain_seconds": quartiles([times[f"{name}_plain"] for times in rounds])
                        for name in programs
                    },
                    "bytes": os.path.getsize(article_c.WRITTEN["cost_function"]),
                }
            )
        os.chdir(home)
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
        "Ratios of CPU times (median and quartiles over interleaved rounds): article C's gradient with its loop over "
        "samples, and bpcore's, divided by the matrix form; three layouts of a gradient divided by the one with the "
        "bias apart and one sample per row, and columns with the bias folded in divided by columns with it apart; "
        "article C's cost function, its cost and gradient, and bpcore's, with Theta1 written to a text file, divided "
        "by the same without. "
        "Costs and shares of misread digits against lambda: one number per seed, the penalty left out",
        rounds=ROUNDS,
        loop_against_matrix=loop_against_matrix(X, Y, labels),
        bias_folded=bias_folded(X, Y),
        savetxt=savetxt_at_every_cost(X, Y, labels),
        lambda_curves=lambda_curves(X, Y, labels),
    )


if __name__ == "__main__":
    main()
