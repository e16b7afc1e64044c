"""What programs make of their inputs and targets before a network sees them, and how it reads."""

import numpy as np


def listed(values):
    values = np.ravel(values)
    values = np.where(abs(values) < 1e-9 * abs(values).max(initial=0), 0, values)
    return ", ".join(f"{v:.4g}".replace("-", "−") for v in values)


def _each(f):
    """Of every sample by itself."""
    return lambda v: f(v.T).T


INPUTS = (  # text, and what is made of the right inputs
    ("standardised", lambda x: (x - x.mean(axis=0)) / x.std(axis=0)),
    ("standardised, with m − 1", lambda x: (x - x.mean(axis=0)) / x.std(axis=0) * np.sqrt(1 - np.divide(1, len(x)))),
    ("without their means", lambda x: x - x.mean(axis=0)),
    ("from 0 to 1", lambda x: (x - x.min(axis=0)) / np.ptp(x, axis=0)),
    ("divided by the largest", lambda x: x / abs(x).max()),
    ("divided by the largest of each input", lambda x: x / abs(x).max(axis=0)),
    ("divided by 255", lambda x: x / 255),
    ("of length 1 each", lambda x: x / np.linalg.norm(x, axis=1, keepdims=True)),
    ("standardised all together", lambda x: (x - x.mean()) / x.std()),
    ("cut off to whole numbers", np.trunc),
    ("standardised sample by sample", _each(lambda x: (x - x.mean(0)) / x.std(0))),
    ("without the mean of each sample", _each(lambda x: x - x.mean(0))),
    ("from 0 to 1 sample by sample", _each(lambda x: (x - x.min(0)) / np.ptp(x, axis=0))),
    ("divided by the sum of each sample", _each(lambda x: x / x.sum(0))),
    ("divided by the largest of each sample", _each(lambda x: x / abs(x).max(0))),
    ("without the mean of all", lambda x: x - x.mean()),
    ("from 0 to 1 all together", lambda x: (x - x.min()) / np.ptp(x)),
    ("divided by their standard deviations", lambda x: x / x.std(axis=0)),
    ("without their means, divided by the variance", lambda x: (x - x.mean(axis=0)) / x.var(axis=0)),
    ("without their means, divided by the range", lambda x: (x - x.mean(axis=0)) / np.ptp(x, axis=0)),
    ("those of the first sample for all", lambda x: x[:1] + 0 * x),
    ("those of the last sample for all", lambda x: x[-1:] + 0 * x),
    ("their means for all", lambda x: x.mean(axis=0) + 0 * x),
    ("with their columns in reverse order", lambda x: x[:, ::-1]),
    ("with the samples in reverse order", lambda x: x[::-1]),
    ("those of the sample before", lambda x: np.roll(x, 1, 0)),
    ("those of the sample after", lambda x: np.roll(x, -1, 0)),
    ("one column further", lambda x: np.roll(x, 1, 1)),
    ("one column back", lambda x: np.roll(x, -1, 1)),
    ("the transpose, read row by row", lambda x: x.T.reshape(x.shape)),
    ("read column by column", lambda x: x.reshape(x.shape, order="F")),
    ("rounded to whole numbers", np.rint),
    ("cut to 0 … 1", lambda x: np.clip(x, 0, 1)),
    ("cut to −1 … 1", lambda x: np.clip(x, -1, 1)),
    ("without what is below 0", lambda x: np.maximum(x, 0)),
    ("squared", np.square),
    ("|x|", abs),
    ("log(1 + x)", np.log1p),
    ("σ(x)", lambda x: 1 / (1 + np.exp(-x))),
    ("tanh(x)", np.tanh),
    ("in float32", lambda x: x.astype(np.float32).astype(float)),
    ("in float16", lambda x: x.astype(np.float16).astype(float)),
    *((f"rounded to {k} decimals", lambda x, k=k: np.round(x, k)) for k in (1, 2, 3, 4)),
    *((text, lambda x, c=c: c * x) for text, c in (("−x", -1), ("½ x", 0.5), ("2 x", 2), ("255 x", 255))),
    *((f"divided by {c}", lambda x, c=c: x / c) for c in (10, 16, 100, 127.5, 128, 256, 255**2)),
    *((f"x − {c}", lambda x, c=c: x - c) for c in (0.5, 1, 127.5, 128)),
    *((f"x/{c} − {d}", lambda x, c=c, d=d: x / c - d) for c in (255, 127.5) for d in (0.5, 1)),
    *(
        (text, lambda x, c=c, d=d: c * x + d)
        for text, c, d in (("1 − x", -1, 1), ("2x − 1", 2, -1), ("(x + 1)/2", 0.5, 0.5))
    ),
)


def _other(ways, values):
    """Pairs of words and what has been made of the values, where that is finite and not what it was."""
    found = []
    with np.errstate(all="ignore"):
        for words, f in ways:
            made = np.array(f(values), float)
            if made.shape == values.shape and np.isfinite(made).all() and not np.array_equal(made, values):
                found.append((words, made))
    return found


def prepared(X, most=None):
    """What programs make of their inputs inside the cost, the usual first: pairs of words and the array."""
    return _other(INPUTS[:most], X)


def other_targets(Y):
    """What programs make of their targets inside the cost: pairs of words, as a formula of y, and the array."""
    K, ways = Y.shape[1], [*TARGETS[1:]]
    for share in (0.05, 0.1, 0.2, 0.3):
        ways += [(f"{1 - share:g} y + {share / K:.6g}", lambda y, s=share: (1 - s) * y + s / K)]
        ways += [(f"{1 - share:g} y + {share:g}", lambda y, s=share: (1 - s) * y + s)]
        ways += [(f"{1 - share:g} y + {1 / K:.6g}", lambda y, s=share: (1 - s) * y + 1 / K)]
    moved = [np.roll(Y, by, 0) for by in (1, -1)] + [Y[::-1]]
    turned = [np.roll(Y, by, 1) for by in range(1, min(K, 10))] + ([Y[:, ::-1]] if K > 2 else [])
    return _other(ways, Y) + [(targets_in_words(y, Y), y) for y in (*moved, *turned) if not np.array_equal(y, Y)]


TARGETS = (  # text, and what is made of the right targets
    ("the targets", lambda y: y),
    ("1 − y", lambda y: 1 - y),
    ("2y − 1", lambda y: 2 * y - 1),
    ("(y + 1)/2", lambda y: (y + 1) / 2),
    ("−y", lambda y: -y),
    ("0", lambda y: 0 * y),
    ("1", lambda y: 0 * y + 1),
    ("y cut off to whole numbers", np.trunc),
    ("y rounded to whole numbers", np.rint),
    ("⌊y⌋", np.floor),
    ("y²", lambda y: y * y),
    ("|y|", abs),
    ("y minus its mean", lambda y: y - y.mean(0)),
    ("y minus its mean, divided by its standard deviation", lambda y: (y - y.mean(0)) / y.std(0)),
    ("y divided by its standard deviation", lambda y: y / y.std(0)),
    ("y from 0 to 1", lambda y: (y - y.min(0)) / np.ptp(y, axis=0)),
    ("y divided by the largest", lambda y: y / y.max()),
    ("the mean of y", lambda y: y.mean(0) + 0 * y),
    ("y of the last sample", lambda y: y[-1] + 0 * y),
    ("y of the first sample", lambda y: y[0] + 0 * y),
    ("y in float32", lambda y: y.astype(np.float32).astype(float)),
    ("softmax(y)", lambda y: np.exp(y) / np.exp(y).sum(1, keepdims=True)),
    ("y divided by its sum", lambda y: y / y.sum(1, keepdims=True)),
    ("σ(y)", lambda y: 1 / (1 + np.exp(-y))),
    ("the class's number", lambda y: y.argmax(1)[:, None] + 0 * y),
    ("log y", np.log),
    ("log(1 + y)", np.log1p),
)


def targets_in_words(targets, Y, tolerance=1e-6):
    """What targets are, seen from the right ones."""
    size, K = max(np.linalg.norm(targets), 1e-12), Y.shape[1]
    close = lambda other: np.shape(other) == targets.shape and np.linalg.norm(other - targets) <= tolerance * size
    with np.errstate(all="ignore"):
        for text, f in TARGETS:
            if close(f(Y)):
                return text
        for digits in range(1, 5):
            if close(np.round(Y, digits)):
                return f"y rounded to {digits} decimals"
        for shift in range(1, len(Y)):
            if close(np.roll(Y, shift, 0)):
                back = min(shift, len(Y) - shift)
                return f"y of the sample {back} {'before' if shift == back else 'after'}"
        for text, other in (("y in reverse order", Y[::-1]), ("y with the outputs in reverse order", Y[:, ::-1])):
            if close(other):
                return text
        for shift in range(1, K):
            if close(np.roll(Y, shift, 1)):
                return f"y {shift} output{'s' * (shift > 1)} further"
        if close(np.full(targets.shape, targets.mean())):
            return f"{targets.mean():.6g} for all samples and outputs"
        columns = np.stack([Y.ravel(), np.ones(Y.size)], 1)
        (c, d), *_ = np.linalg.lstsq(columns, targets.ravel(), rcond=None)
        if close((c * Y + d).reshape(targets.shape)):
            times = "" if abs(c - 1) < 1e-9 else f"{c:.6g} ".replace("-", "−")
            return f"{times}y" + (f" + {d:.6g}" if d > 1e-9 else f" − {-d:.6g}" if d < -1e-9 else "")
        for kind in ("row", "column"):
            A, B = (Y, targets) if kind == "row" else (Y.T, targets.T)
            order = [next((k for k, v in enumerate(A) if np.allclose(v, row, atol=1e-6)), None) for row in B]
            if None not in order:
                where = "samples" if kind == "row" else "outputs"
                return f"those of other {where}: {', '.join(str(k + 1) for k in order)}"
    few = listed(targets) if targets.size <= 8 else listed(np.ravel(targets)[:6]) + ", …"
    return f"others: {few}"
