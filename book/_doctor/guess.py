"""Finds the network that a program computes: sizes from the shapes of its arrays, functions from its cost."""

import itertools
import re

import numpy as np
from program import PENALTIES

from bpcore import LOSSES, Network
from bpcore.clinic.layout import find_layout
from bpcore.clinic.structures import OnVectors, Structure

SURE = ("certain", "likely", "one of several")
MOST_PLACES = 4000  # parameters from which no network is looked for


def role(leaf):
    """What an array is called: "bias", "weights", or "" where its name does not say."""
    words = re.findall(r"[A-Za-z]+", leaf.name)
    if words and re.match(r"(?i)(b|bias|biases|intercepts?|c)$", words[-1]):
        return "bias"
    if words and re.match(r"(?i)(w|weights?|theta|coefs?|kernel)$", words[-1]) and leaf.shape:
        return "weights"
    return ""


def steps(leaf, n):
    """The widths k to which an array can lead from a layer of n units: alone, or with biases in a row or column."""
    shapes = [leaf.shape, leaf.shape[::-1]] if len(leaf.shape) == 2 else [(leaf.size, 1), (1, leaf.size)]
    widths = [k for inside, k in shapes if inside == n] + [k for inside, k in shapes if inside == n + 1]
    return list(dict.fromkeys(widths))


def chains(leaves, inputs):
    """The sizes that arrays allow in their order: the weights of one layer after the other, and biases beside them."""

    def go(place, sizes, left):
        if len(sizes) > 12:
            return
        if place == len(leaves):
            if len(sizes) > 1 and all(size in sizes[1:] for size in left):
                yield sizes
            return
        leaf = leaves[place]
        if role(leaf) != "bias":
            for k in steps(leaf, sizes[-1]):
                yield from go(place + 1, (*sizes, k), left)
        if role(leaf) != "weights" and (len(leaf.shape) < 2 or 1 in leaf.shape):
            yield from go(place + 1, sizes, (*left, leaf.size))

    for n in inputs:
        yield from go(0, (n,), ())


def unrolled(size, inputs, Y):
    """The networks with one hidden layer, or none, that have so many parameters, with biases and without."""
    outputs = [*Y.shape[::-1], 1] if Y.ndim == 2 else [len(np.unique(Y)), 1]
    for n, K, own in itertools.product(inputs, dict.fromkeys(outputs), (1, 0)):
        hidden, rest = divmod(size - own * K, n + own + K)
        if not rest and hidden > 0:
            yield n, hidden, K
        if size == (n + own) * K:
            yield n, K


def sizes_of(program, structure):
    """The sizes of networks that the program may be, the likeliest first."""
    leaves, shape, goal = [leaf for leaf in structure.leaves if leaf.size], program.X.shape, program.Y.shape
    inputs = dict.fromkeys([*shape[::-1], 1] if len(shape) == 2 else [1, *shape])
    numbered = sorted(leaves, key=lambda leaf: [int(number) for number in re.findall(r"\d+", leaf.name)])
    found = [program.sizes()] if program.sizes() else []
    for row in (leaves, numbered, leaves[::-1]):
        found += itertools.islice(chains(row, inputs), 100)
    if len(leaves) == 1 and len(leaves[0].shape) == 1 and leaves[0].size > 2 * max(inputs):
        found += unrolled(leaves[0].size, inputs, program.Y)
    labels = max(goal) == program.Y.size and (program.Y == np.round(program.Y)).all() and program.Y.min() >= 0

    def fits(sizes):
        K = sizes[-1]
        return K in goal or K == 1 and len(goal) == 1 or K > 1 and labels and program.Y.max() <= K

    return [sizes for sizes in dict.fromkeys(found) if fits(sizes)]


def network_of(program, given=None):
    """The network whose cost is the program's, with λ and what it is divided by; and a sentence about it.

    Parameters
    ----------
    program : Program
        Read, with data.
    given : Network, optional
        The one that the reader chose.

    Returns
    -------
    net : Network or None
    settings : dict
        ``lam`` and ``n`` for ``diagnose``, where the cost has a penalty.
    layout : Layout or None
    sentence : str
    """
    if given is None and (program.X is None or program.Y is None):
        lacking = " and no ".join(
            name for name, part in (("inputs X", program.X), ("targets Y", program.Y)) if part is None
        )
        return None, {}, None, f"network: not looked for, since the program has no {lacking}"
    structure = Structure(program.params)
    functions = OnVectors(structure, program.cost, program.grad)
    start = structure.vector(program.params)
    candidates = [given] if given else []
    if not given:
        if structure.size > MOST_PLACES:
            return None, {}, None, f"network: not looked for, with {structure.size} parameters; take a smaller copy"
        candidates = [first_guess(sizes, program.Y) for sizes in sizes_of(program, structure)[:6]]
    # a network of the book with other sizes is likelier than a cost that none of them has, and found sooner
    turns = [(net, thorough) for thorough in (False, True) for net in candidates]
    for net, thorough in turns if len(candidates) > 1 else turns[-1:]:
        try:
            layout = find_layout(functions.cost, structure, start, net, program.X, program.Y, thorough=thorough)
        except ValueError:  # data of other sizes
            if given:
                raise
            continue
        if layout.sure not in SURE:
            continue
        origin = "chosen by you" if given else "found by holding your cost against its own"
        if given is None and layout.net.loss.name in LOSSES:
            layout = nearest_loss(layout, functions, structure, start, program)
            net = layout.net
        elif given is None:
            origin = "the nearest to your cost, which no network of the book has"
        settings = penalty_of(layout, program)
        return net, settings, layout, f"network: {written(net)}, {origin}"
    if given:
        return given, {}, None, f"network: {written(given)}, chosen by you"
    if not candidates:
        return None, {}, None, "network: none found whose sizes fit the shapes of the parameters and the data"
    tried = ", ".join("-".join(map(str, net.sizes)) for net in candidates[:3])
    return None, {}, None, f"network: none of sizes {tried} has a cost like yours"


def first_guess(sizes, Y):
    """Where the search begins: the functions that most programs with such targets have."""
    if Y.min() < 0 or Y.max() > 1 and Y.size == max(Y.shape) and sizes[-1] == 1:
        return Network(sizes, "tanh", "identity", "half_squared")
    if sizes[-1] > 1:
        return Network(sizes, "tanh", "softmax", "cross_entropy")
    return Network(sizes, "tanh")


def written(net):
    """The call that makes a network."""
    hidden, output = [activation.name for activation in net.activations[1:-1]], net.activations[-1].name
    inside = [f'hidden="{hidden[0]}"' if len(set(hidden)) == 1 else f"hidden={hidden!r}"] if hidden else []
    inside += [f'output="{output}"', f'loss="{net.loss.name}"']
    return f"Network({net.sizes}, {', '.join(inside)})"


def nearest_loss(layout, functions, structure, start, program):
    """Of two losses that differ by a factor alone, the one with the factor 1."""
    net, others = layout.net, {"half_squared": "mse", "mse": "half_squared"}
    if net.loss.name not in others or abs(layout.factor - 1) < 1e-6:
        return layout
    hidden = tuple(activation.name for activation in net.activations[1:-1]) or "sigmoid"
    other = Network(net.sizes, hidden, net.activations[-1].name, others[net.loss.name])
    second = find_layout(functions.cost, structure, start, other, program.X, program.Y)
    return second if second.sure in SURE and abs(second.factor - 1) < 1e-6 else layout


def penalty_of(layout, program):
    """λ and n such that λ/2n is the factor of Σ W² in the cost: λ is the program's own, if it has one."""
    half, m = layout.of_weights, len(layout.X)
    own, _ = program.number(PENALTIES, program.owner)
    if abs(half) < 1e-12:
        return {"lam": own} if own and own > 0 else {}
    for n in (m, 1, 0.5, m / 2):
        if own and abs(own / (2 * n) - half) < 1e-6 * abs(half):
            return {"lam": own, **({} if n == m else {"n": n})}
    lam = 2 * m * half
    rounded = float(f"{lam:.6g}")
    return {"lam": rounded if abs(rounded - lam) < 1e-6 * abs(lam) else lam} if lam > 0 else {}
