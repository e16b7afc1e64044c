"""The equations of the chapter "Common bugs: a museum", each evaluated on both sides."""
import numpy as np

from .registry import equation


@equation("eq-stale-delta", mutants={
    "sign": ("delta - eta * length", "delta + eta * length"),
    "norm not squared": ("(above ** 2).sum()", "np.sqrt((above ** 2).sum())"),
    "activation missing": ("length * a * slope", "length * slope"),
    "slope missing": ("length * a * slope", "length * a"),
    "learning rate missing": ("- eta * length", "- length"),
    "delta of the other weights": ("delta = (W.T @ above) * slope", "delta = (moved.T @ above) * slope"),
})
def stale_delta(rng, sizes):
    """Left: the delta from the moved weights. Right: the right delta less what the formula says."""
    n_below, n_above = sizes[1], sizes[2]
    W, above = rng.normal(size=(n_above, n_below)), rng.normal(size=n_above)
    z, eta = rng.normal(size=n_below), rng.uniform(0.1, 1)
    a, slope = np.tanh(z), 1 - np.tanh(z) ** 2
    moved = W - eta * np.outer(above, a)
    left = np.array([sum(moved[j, k] * above[j] for j in range(n_above)) * slope[k] for k in range(n_below)])
    delta = (W.T @ above) * slope
    length = (above ** 2).sum()
    return left, delta - eta * length * a * slope


@equation("eq-broadcast-loss", mutants={
    "variance missing": ("((a - mean) ** 2).mean() + ((y - mean) ** 2).mean()", "((a - mean) ** 2).mean()"),
    "sign": (".mean() + (", ".mean() - ("),
    "no mean": ("mean = y.mean()", "mean = 0"),
    "1/m instead of 1/m²": ("/ m ** 2", "/ m"),
})
def broadcast_loss(rng, sizes):
    """Left: the double sum, term by term. Right: the spread of the outputs about the targets' mean, and the targets' variance."""
    m = 3 + sizes[1]
    a, y = rng.normal(size=m), rng.normal(size=m)
    left = sum((a[i] - y[j]) ** 2 for i in range(m) for j in range(m)) / m ** 2
    mean = y.mean()
    return left, ((a - mean) ** 2).mean() + ((y - mean) ** 2).mean()


def in_steps(a, b):
    """micrograd's expression as its README builds it up, one assignment after the other."""
    c = a + b
    d = a * b + b ** 3
    c = c + (c + 1)
    c = c + (1 + c - a)
    d = d + (2 * d + max(b + a, 0))
    d = d + (3 * d + max(b - a, 0))
    f = (c - d) ** 2
    return f / 2 + 10 / f


@equation("eq-micrograd", mutants={
    "a's factor": ("3 * a + 4 * b", "4 * a + 4 * b"),
    "constant": ("4 * b + 3", "4 * b + 2"),
    "factor of the product": ("- 12 * (a * b + b ** 3)", "- 6 * (a * b + b ** 3)"),
    "first ReLU": ("- 4 * max(a + b, 0)", "- max(a + b, 0)"),
    "second ReLU": ("- max(b - a, 0)", "- max(a - b, 0)"),
    "square halved twice": ("e ** 2 / 2", "e ** 2 / 4"),
    "quotient": ("10 / e ** 2", "10 / e"),
})
def micrograd(rng, sizes):
    """Left: step by step. Right: in one piece. At the README's place, and at others on all sides of both kinks."""
    places = [(-4.0, 2.0), *((scale * x, scale * y) for scale in rng.uniform(0.5, 3, 2) for x in (-1, 0.4, 1.3) for y in (-1, 0.7, 2))]
    left, right = [], []
    for a, b in places:
        e = 3 * a + 4 * b + 3 - 12 * (a * b + b ** 3) - 4 * max(a + b, 0) - max(b - a, 0)
        left.append(in_steps(a, b))
        right.append(e ** 2 / 2 + 10 / e ** 2)
    return np.array(left), np.array(right)
