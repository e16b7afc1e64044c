"""Times three ways to one gradient in plain Python: path by path, a recursion without memory, the delta recursion.

Run with `python benchmarks/path_by_path.py`; it writes book/measurements/path_by_path.json, which the chapter
"What it costs" reads. What is timed is the backward half alone: the activations, the slopes σ'(z) and the
output errors a - y are given to all three, as numbers in lists.

How: one thread; process CPU time; for each size the three are run in turn (A B C, A B C, …), each often enough to last
a few milliseconds; a ratio is formed within each round, and the median and the quartiles of these ratios are kept.
"""

import random
import sys
from functools import partial
from itertools import product

from timing import in_turn, quartiles, store

DEPTHS, WIDTHS, ROUNDS, SHORTEST = range(1, 9), (2, 3, 4), 15, 0.005


def a_network(depth, width, rng):
    """Random W[l][j][k], slopes σ'(z^l_j), activations a^l_k and output errors for layers 1..depth."""

    def numbers(n):
        return [rng.uniform(-1, 1) for _ in range(n)]

    W = [None] + [[numbers(width) for _ in range(width)] for _ in range(depth)]
    slope = [None] + [numbers(width) for _ in range(depth)]
    a = [numbers(width) for _ in range(depth + 1)]
    return W, slope, a, numbers(width)


def by_paths(W, slope, a, error):
    """For each parameter and each path to an output: multiply the factors on the way, and add the products up."""
    L, gradient = len(W) - 1, []
    for l in range(1, L + 1):
        for j in range(len(W[l])):
            routes = list(product(*(range(len(W[r])) for r in range(l + 1, L + 1))))
            for first in (1.0, *a[l - 1]):  # the bias sees a constant 1, each weight its own input
                total = 0.0
                for route in routes:
                    value, here = first * slope[l][j], j
                    for r, there in enumerate(route, start=l + 1):
                        value *= W[r][there][here]
                        value *= slope[r][there]
                        here = there
                    total += value * error[here]
                gradient.append(total)
    return gradient


def without_memory(W, slope, a, error):
    """The delta recursion without a memory: each parameter computes its delta, and for it all deltas above it."""
    L = len(W) - 1

    def delta(l, j):
        if l == L:
            return error[j] * slope[l][j]
        return slope[l][j] * sum(W[l + 1][i][j] * delta(l + 1, i) for i in range(len(W[l + 1])))

    return [first * delta(l, j) for l in range(1, L + 1) for j in range(len(W[l])) for first in (1.0, *a[l - 1])]


def by_recursion(W, slope, a, error):
    """The deltas of a layer once, from those of the layer behind it."""
    L, layers = len(W) - 1, []
    delta = [e * s for e, s in zip(error, slope[L])]
    for l in range(L, 0, -1):
        layers.append([first * d for d in delta for first in (1.0, *a[l - 1])])
        if l > 1:
            delta = [s * sum(W[l][j][k] * d for j, d in enumerate(delta)) for k, s in enumerate(slope[l - 1])]
    return [value for layer in reversed(layers) for value in layer]


def measure(depth, width, rng):
    arguments = a_network(depth, width, rng)
    peers = {"paths": by_paths, "without_memory": without_memory, "recursion": by_recursion}
    truth = by_recursion(*arguments)
    for name, function in peers.items():
        scale = max(map(abs, truth))
        worst = max(abs(value - right) for value, right in zip(function(*arguments), truth, strict=True))
        if worst > 1e-12 * scale:
            raise AssertionError(
                f"{name} disagrees with the recursion by {worst / scale:.1e} at depth {depth}, width {width}"
            )
    rounds = in_turn({name: partial(function, *arguments) for name, function in peers.items()}, ROUNDS, SHORTEST)
    return {
        "depth": depth,
        "width": width,
        "rounds": ROUNDS,
        "paths_over_recursion": quartiles([r["paths"] / r["recursion"] for r in rounds]),
        "without_memory_over_recursion": quartiles([r["without_memory"] / r["recursion"] for r in rounds]),
        "recursion_seconds": quartiles([r["recursion"] for r in rounds]),
    }


def main():
    rng = random.Random(0)
    rows = []
    for width in WIDTHS:
        for depth in DEPTHS:
            rows.append(measure(depth, width, rng))
            print(
                f"width {width}, depth {depth}: {rows[-1]['paths_over_recursion']['median']:.1f} times", file=sys.stderr
            )
    store(
        "path_by_path",
        "CPU time of differentiating path by path, and of a recursion without memory, each divided by that of the "
        "delta recursion; plain Python, backward half only, fully connected layers of equal width, all weights and "
        "biases; median and quartiles of the ratios of interleaved rounds",
        rows=rows,
    )


if __name__ == "__main__":
    main()
