"""What the shapes of somebody's arrays allow them to be: every reading as the weights, biases and data of a network."""

import itertools
import math
import re
from dataclasses import dataclass, replace

import numpy as np

from .. import arguments

MOST, STEPS = 400, 5000  # readings of one kind that are given, and steps on the way to them

WAYS = (
    "(out, in)",
    "(in, out)",
    *(f"(out, in), biases in the {end} column" for end in ("first", "last")),
    *(f"(in, out), biases in the {end} row" for end in ("first", "last")),
)
ORDERS = {1: "", -1: "the layers in reverse order", 0: "the layers in an order of their own"}


@dataclass(frozen=True)
class Reading:
    """One way to read the owner's vector: W[l] and b[l] as arrays of its indices (b[l] may be None), and words."""

    W: tuple
    b: tuple
    words: str

    def source(self):
        """The owner's index of every entry of the network's theta, -1 for a bias that there is not."""
        rows = [np.column_stack([np.full(len(W), -1) if b is None else b, W]).ravel() for W, b in zip(self.W, self.b)]
        return np.concatenate(rows)


def _weights(leaf, n_in, n_out):
    """The ways to read one leaf as weights alone: orientation, (n_out, n_in) indices."""
    at = leaf.places
    if at.size != n_in * n_out:
        return
    if at.shape == (n_out, n_in) or at.ndim < 2:
        yield "(out, in)", at.reshape(n_out, n_in)
    if at.shape == (n_in, n_out) or at.ndim < 2:
        yield "(in, out)", at.reshape(n_in, n_out).T


def _with_bias(leaf, n_in, n_out):
    """The ways to read one leaf as weights and biases together: the way, indices of the weights, of the biases."""
    at = leaf.places
    if at.size != n_out * (n_in + 1):
        return
    for orientation, line, shape in (
        ("(out, in)", "column", (n_out, n_in + 1)),
        ("(in, out)", "row", (n_in + 1, n_out)),
    ):
        if at.shape == shape or at.ndim == 1:
            Theta = at.reshape(shape) if orientation == "(out, in)" else at.reshape(shape).T
            yield f"{orientation}, biases in the first {line}", Theta[:, 1:], Theta[:, 0]
            yield f"{orientation}, biases in the last {line}", Theta[:, :-1], Theta[:, -1]


def _is_bias(leaf, n_out):
    return leaf.size == n_out and leaf.shape in ((n_out,), (1, n_out), (n_out, 1), ())


def _assigned(leaves, sizes, way, biased, ordered):
    """The assignments of leaves to layers; ``way`` chooses the orientation, ``biased`` says which layers have biases.

    ``ordered``: 1 where weights and biases each stand in the order of the layers, -1 in the reverse order, 0 in any.
    """
    L, steps = len(sizes) - 1, itertools.count()
    widths = {n * k for n, k in zip(sizes, sizes[1:])} | {(n + 1) * k for n, k in zip(sizes, sizes[1:])}
    of_weights = [i for i, leaf in enumerate(leaves) if leaf.size in widths]
    of_biases = [i for i, leaf in enumerate(leaves) if leaf.size in sizes[1:]]

    def follows(i, before):
        return not ordered or not before or ordered * (i - before[-1]) > 0

    def enough(i, like, needed):
        """Whether as many leaves follow as the layers above still need."""
        return not ordered or sum(ordered * (k - i) > 0 for k in like) >= needed

    def layer(l, taken, w, b, found):
        if l == L:
            yield found
            return
        for i, leaf in enumerate(leaves):
            if i in taken or not follows(i, w) or not enough(i, of_weights, L - 1 - l) or next(steps) > STEPS:
                continue
            for words, W in _weights(leaf, sizes[l], sizes[l + 1]):
                if way not in (None, words) and (biased[l] or not way.startswith(words)):
                    continue
                if not biased[l]:
                    yield from layer(l + 1, taken | {i}, (*w, i), b, (*found, (words, W, None, "no biases")))
                    continue
                for j, other in enumerate(leaves):
                    if j not in taken and j != i and _is_bias(other, sizes[l + 1]) and follows(j, b):
                        if way in WAYS[:2] and not enough(j, of_biases, sum(biased[l + 1 :])):
                            continue
                        place = f"biases apart as {_shape_in_words(other.shape, words)}"
                        yield from layer(
                            l + 1, taken | {i, j}, (*w, i), (*b, j), (*found, (words, W, other.places.ravel(), place))
                        )
            for words, W, bias in _with_bias(leaf, sizes[l], sizes[l + 1]) if biased[l] else ():
                if way in (None, words):
                    yield from layer(l + 1, taken | {i}, (*w, i), b, (*found, (words, W, bias, "")))

    yield from layer(0, frozenset(), (), (), ())


def _shape_in_words(shape, orientation):
    if len(shape) < 2:
        return "(n,)" if shape else "a number"
    column = shape[1] == 1 and (shape[0] > 1 or orientation == "(out, in)")
    return "(n, 1)" if column else "(1, n)"


def _from_leaves(leaves, sizes, ways, biased, ordered):
    for way in ways:
        for found in _assigned(leaves, sizes, way, biased, ordered):
            layers = [", ".join(filter(None, (f"weights {words}", place))) for words, _, _, place in found]
            if len(set(layers)) > 1:
                layers = [f"layer {l}: {words}" for l, words in enumerate(layers, start=1)]
            words = [*dict.fromkeys(layers), *filter(None, [ORDERS[ordered] if len(sizes) > 2 else ""])]
            yield Reading(tuple(W for _, W, _, _ in found), tuple(b for _, _, b, _ in found), "; ".join(words))


def _from_vector(places, sizes, biased):
    """The ways to read one run of numbers, layer after layer."""
    pairs, L = list(zip(sizes, sizes[1:])), len(sizes) - 1
    chunks = {
        "the weights of each layer, then its biases": [(k, l) for l in range(L) for k in "Wb"],
        "the biases of each layer, then its weights": [(k, l) for l in range(L) for k in "bW"],
        "all weights, then all biases": [(k, l) for k in "Wb" for l in range(L)],
        "all biases, then all weights": [(k, l) for k in "bW" for l in range(L)],
    }
    if not any(biased):
        chunks = {"the weights of each layer, no biases": [("W", l) for l in range(L)]}
    for (words, order), down, way in itertools.product(chunks.items(), (False, True), ("(in, out)", "(out, in)")):
        if down:  # the layers from the last to the first, in the same order of kinds
            order = [(k, L - 1 - l) for k, l in order]
        at, W, b = 0, [None] * L, [None] * L
        for k, l in order:
            n_in, n_out = pairs[l]
            if k == "W":
                part, at = places[at : at + n_in * n_out], at + n_in * n_out
                W[l] = part.reshape(n_out, n_in) if way == "(out, in)" else part.reshape(n_in, n_out).T
            elif biased[l]:
                b[l], at = places[at : at + n_out], at + n_out
        reverse = ", the layers in reverse order" * (down and L > 1)
        octave = {"the b": "[b | W]", "the w": "[W | b]"}.get(words[:5]) if way == "(in, out)" and any(biased) else None
        same = f", which is each {octave} column by column, as Octave unrolls it" if octave else ""
        yield Reading(tuple(W), tuple(b), f"{words}; weights {way} row by row{same}{reverse}")
    if not all(biased):
        return
    for down, way in itertools.product((False, True), ("out", "in")):
        runs, at = [None] * L, 0
        for l in range(L)[:: -1 if down else 1]:
            n_in, n_out = pairs[l]
            part, at = places[at : at + n_out * (n_in + 1)], at + n_out * (n_in + 1)
            runs[l] = part.reshape(n_out, n_in + 1) if way == "out" else part.reshape(n_in + 1, n_out).T
        by = "row by row" if way == "out" else "column by column, as Octave does"
        reverse = ", the layers in reverse order" * (down and L > 1)
        for end, W, b in (("first", slice(1, None), 0), ("last", slice(None, -1), -1)):
            yield Reading(
                tuple(T[:, W] for T in runs),
                tuple(T[:, b] for T in runs),
                f"each layer's (out, 1 + in) matrix {by}, biases in the {end} column{reverse}",
            )


def _masks(sizes):
    """Which layers have biases: all, none, and every other choice."""
    L = len(sizes) - 1
    yield (True,) * L
    yield (False,) * L
    if L <= 8:
        yield from (mask for mask in itertools.product((True, False), repeat=L) if len(set(mask)) > 1)


def readings(structure, sizes):
    """All readings of a nest as a network's parameters, in three groups, the natural ones first.

    Each group is bounded, and no reading comes twice.
    """
    leaves, known = [leaf for leaf in structure.leaves if leaf.size], set()

    def fresh(group):
        for reading in itertools.islice(group, MOST):
            key = reading.source().tobytes()
            if key not in known:
                known.add(key)
                yield reading

    return [list(fresh(group(leaves, sizes))) for group in (_natural, _in_another_order, _unusual)]


def _entries(sizes, biased):
    return sum(n * k + k * has for n, k, has in zip(sizes, sizes[1:], biased))


def possible_sizes(sizes):
    """How many numbers a vector of this network can have, with and without biases."""
    return {_entries(sizes, biased) for biased in _masks(sizes)}


def _natural(leaves, sizes):
    """One way for all layers, in their order or the reverse; without biases only where they cannot be with them."""
    for biased in _masks(sizes):
        found = [r for order in (1, -1) for r in _from_leaves(leaves, sizes, WAYS, biased, order)]
        yield from found
        if found and all(biased):
            break
    for biased in _masks(sizes):
        for leaf in leaves:
            if (
                len(leaf.shape) == 1
                and leaf.size == _entries(sizes, biased)
                and (leaf.size > sizes[1] or len(leaves) == 1)
            ):
                yield from _from_vector(leaf.places, sizes, biased)


def _in_another_order(leaves, sizes):
    """In the order of the numbers in their names, or in any other."""
    numbered = sorted(leaves, key=lambda leaf: [int(number) for number in re.findall(r"\d+", leaf.name)])
    for order, those in ((1, numbered), (0, leaves)):
        for biased in itertools.islice(_masks(sizes), 2):
            yield from _from_leaves(those, sizes, WAYS, biased, order)


def _unusual(leaves, sizes):
    """Layers stacked in one array, all leaves as one run of numbers, and another way for each layer."""
    stacked = {leaf.shape[0] for leaf in leaves if len(leaf.shape) == 3}
    if stacked:
        slices = [part for leaf in leaves for part in _slices(leaf, stacked)]
        for biased in itertools.islice(_masks(sizes), 2):
            yield from _from_leaves(slices, sizes, WAYS, biased, 1)
    if len(sizes) > 2:
        yield from _tied(leaves, sizes)
    every = np.concatenate([leaf.places.ravel() for leaf in leaves])
    if all(len(leaf.shape) < 2 for leaf in leaves):
        for biased in _masks(sizes):
            if _entries(sizes, biased) == every.size:
                yield from _from_vector(every, sizes, biased)
    for order, biased in itertools.product((1, 0), itertools.islice(_masks(sizes), 2)):
        yield from _from_leaves(leaves, sizes, (None,), biased, order)


def _tied(leaves, sizes):
    """One bias for all units of a layer: an array of its own for each layer, or one array with a number a layer."""
    L = len(sizes) - 1
    for reading in itertools.islice(_from_leaves(leaves, sizes, WAYS[:2], (False,) * L, 1), STEPS):
        taken = np.concatenate([W.ravel() for W in reading.W])
        left = [leaf for leaf in leaves if not np.isin(leaf.places, taken).any()]
        places = np.concatenate([leaf.places.ravel() for leaf in left]) if left else np.array([], int)
        for numbers in (places, places.repeat(L)) if places.size in (1, L) else ():
            if numbers.size == L:
                b = tuple(np.full(n, k) for n, k in zip(sizes[1:], numbers))
                alone = reading.words.replace(", no biases", "")
                serves = "all layers" if L > places.size else "each layer"
                yield Reading(reading.W, b, f"{alone}; one bias for {serves}")


def _slices(leaf, stacked):
    """The layers that are stacked in one leaf, each as a leaf of its own."""
    if len(leaf.shape) < 2 or leaf.shape[0] not in stacked:
        return [leaf]
    shape, size = leaf.shape[1:], leaf.size // leaf.shape[0]
    return [
        replace(leaf, name=f"{leaf.name}[{k}]", shape=shape, start=leaf.start + k * size) for k in range(leaf.shape[0])
    ]


# The sizes.

CHAINS, CHAINS_KEPT = 6, 60  # that are tried where nobody says what the sizes are, and kept on the way to them


def _of_a_vector(size, n, shape_Y):
    """Sizes of networks that have so many weights, with biases or without, for n inputs."""
    found = []
    for K in dict.fromkeys((1, shape_Y[-1] if len(shape_Y) > 1 else 1)):
        if size in (K * n, K * (n + 1)):
            found.append((n, K))
        hidden = (size - K) / (n + 1 + K)
        if hidden == int(hidden) >= 1:
            found.append((n, int(hidden), K))
    return found


def chains(structure, X, Y):
    """The sizes of networks that the arrays could be the weights of, in their order, between the data; few at most."""
    shapes_X, shape_Y = np.shape(X), np.shape(Y)
    leaves = [leaf for leaf in structure.leaves if leaf.size]

    def last(n):
        return len(shape_Y) < 2 or n in shape_Y

    def follow(leaf, kept):
        """What the chains of layers become with one more leaf, which is weights, or biases and nothing new."""
        more = dict(kept)
        for sizes, used in kept.items():
            if len(leaf.shape) == 2:
                ends = [b for a, b in dict.fromkeys((leaf.shape, leaf.shape[::-1])) if a in (sizes[-1], sizes[-1] + 1)]
            else:
                ends = [1] if leaf.shape == sizes[-1:] else []
            for n in ends:
                more[*sizes, n] = max(more.get((*sizes, n), 0), used + leaf.size)
        return dict(sorted(more.items(), key=lambda row: -row[1])[:CHAINS_KEPT])

    if [len(leaf.shape) for leaf in leaves] == [1]:
        return _of_a_vector(leaves[0].size, shapes_X[-1] if len(shapes_X) > 1 else 1, shape_Y)
    found = []
    for n in dict.fromkeys(shapes_X[::-1] if len(shapes_X) > 1 else (1, *shapes_X)):
        kept = {(n,): 0}
        for leaf in leaves:
            kept = follow(leaf, kept)
        found += [(used, sizes) for sizes, used in kept.items() if len(sizes) > 1 and last(sizes[-1])]
    found.sort(key=lambda row: -row[0])
    most = found[0][0] if found else 0
    return list(dict.fromkeys(sizes for used, sizes in found if used > 0.5 * most))[:CHAINS]


# The data.


def in_rows(A, net):
    """Data whose samples are columns of their own, (m, n, 1), with one row a sample; for a network, tables as well."""
    is_row = A.ndim > 2 and (net is not None or sum(length != 1 for length in A.shape[1:]) < 2)
    return A.reshape(len(A), math.prod(A.shape[1:])) if is_row else A


def rows_of(net, X, Y):
    """Every reading of X and Y with one sample per row that the shapes allow: (words for X, words for Y, X, Y).

    Raises
    ------
    TypeError, ValueError
        For anything but finite numbers, and where no shape fits.
    """
    n, K = net.sizes[0], net.sizes[-1]
    X, Y = (
        arguments.finite(name, np.array(arguments.numeric(name, value, "real numbers"), float))  # a copy to keep
        for name, value in (("X", X), ("Y", Y))
    )
    found = {}
    for words, A in _either(X, n):
        for more, B in (*_either(Y, K), *_labels(Y, K)):
            if len(A) == len(B):
                found.setdefault((A.tobytes(), B.tobytes()), (words, more, A, B))
    if not found:
        raise ValueError(
            f"X has shape {X.shape} and Y has shape {Y.shape}, but the network has {n} input{'s' * (n > 1)} and "
            f"{K} output{'s' * (K > 1)}: expected (m, {n}) and (m, {K}) with one sample per row, "
            f"or ({n}, m) and ({K}, m) with one sample per column"
        )
    return sorted(found.values(), key=lambda reading: (reading[0] != reading[1], reading[0] != "rows"))


def _labels(Y, K):
    """A class per sample, counted from 0 or from 1, as rows with a single one."""
    labels = Y.ravel().astype(int)
    if K > 1 and Y.size == max(Y.shape, default=0) and (labels == Y.ravel()).all():
        low = 0 if labels.min() == 0 or labels.max() < K else 1
        if low <= labels.min() and labels.max() < K + low:
            yield f"labels from {low} to {K - 1 + low}", np.eye(K)[labels - low]


def _either(A, columns):
    if A.ndim < 2:
        A = A.reshape(-1, 1) if columns == 1 else A.reshape(1, -1)
        return [("rows", A)] if A.shape[1] == columns else []
    ways = [("rows", A)] if A.ndim == 2 and A.shape[1] == columns else []
    return ways + ([("columns", np.ascontiguousarray(A.T))] if A.ndim == 2 and A.shape[0] == columns else [])
