"""Which kind of network a cost belongs to, told by what leaves it unchanged: dropout, batch norm, recurrence."""

import numpy as np

SAME = 1e-10  # relative


def layers_of(net):
    """Pairs (weights, biases) of places in theta, for each layer of a Network; weights (n_in, n_out)."""
    p = net.params(np.arange(float(net.n_params)))
    return [(p.W[l].astype(int).T, p.b[l].astype(int)) for l in range(1, net.L + 1)]


def layers_of_blocks(blocks):
    """The same from the owner's blocks in order, and the recurrent weights among them; None where no chain fits."""
    layers, square, width = [], None, None
    k = 0
    while k < len(blocks):
        _, weights = blocks[k]
        if (
            weights.ndim != 2
            or min(weights.shape) == 1
            and k + 1 < len(blocks)
            and blocks[k + 1][1].size == weights.size
        ):
            return None
        after = k + 1
        if (
            after < len(blocks)
            and blocks[after][1].ndim == 2
            and blocks[after][1].shape[0] == blocks[after][1].shape[1]
        ):
            n = blocks[after][1].shape[0]
            if n in weights.shape and after + 1 < len(blocks) and blocks[after + 1][1].size == n and square is None:
                square, after = (len(layers), blocks[after][1]), after + 1
        if after >= len(blocks):
            return None
        biases = blocks[after][1]
        n = biases.size
        if biases.ndim == 2 and 1 not in biases.shape:
            return None
        if weights.shape[1] == n and (width is None or weights.shape[0] == width):
            layers.append((weights, biases.ravel()))
        elif weights.shape[0] == n and (width is None or weights.shape[1] == width):
            layers.append((weights.T, biases.ravel()))
        else:
            return None
        width, k = n, after + 1
    return (layers, square) if len(layers) > 1 else None


def _value(cost, theta):
    try:
        value = np.asarray(cost(theta), float)
        return float(value.item()) if value.size == 1 else np.nan
    except Exception:  # which need not suit a place that the doctor chose
        return np.nan


def kind(cost, theta, layers, square=None):
    """What the cost is, as a name of the doctor's and a sentence; None for a plain network, or if nothing can be told.

    Hidden units of a plain network can change places. Where they cannot, and a unit can still be stretched (or turned
    over) by itself, each unit has something of its own: a dropout mask. Where all weights of a layer can be stretched,
    the layer is normalised. Where units change places only together with a square block on both sides, that block leads
    from one time to the next.
    """
    here = _value(cost, theta.copy())
    if not np.isfinite(here):
        return None
    same = lambda moved: abs(_value(cost, moved) - here) <= SAME * max(abs(here), 1e-12)
    for l in range(len(layers) - 1):
        (W, b), (V, _) = layers[l], layers[l + 1]
        n = W.shape[1]
        stretched = theta.copy()
        stretched[W] *= 1.7
        stretched[b] *= 1.7
        if same(stretched):
            flat = theta.copy()
            flat[W] = 0
            if not same(flat):
                return "batch-norm", (
                    f"The weights of layer {l + 1} can all be multiplied by a number and the cost stays the same: "
                    f"the layer is normalised, over the batch or over its units."
                )
        if n < 2:
            continue
        turned, source = np.roll(np.arange(n), 1), theta.copy()
        swapped = theta.copy()
        swapped[W], swapped[b], swapped[V] = source[W][:, turned], source[b][turned], source[V][turned]
        recurrent = square is not None and square[0] == l
        if recurrent:
            H = square[1]
            alone = same(swapped)
            swapped[H] = source[H][np.ix_(turned, turned)]
            if same(swapped) and not alone:
                return "recurrent", (
                    "Hidden units change places only together with the square block, on both sides of it: "
                    "the block leads from one time to the next, and the cost is that of a recurrent network."
                )
            continue
        if same(swapped):
            continue
        for factor, outwards in ((1.7, 1 / 1.7), (-1.0, -1.0)):  # a ReLU can be stretched, a tanh turned over
            alone = True
            for unit in range(n):
                moved = theta.copy()
                moved[W[:, unit]] *= factor
                moved[b[unit]] *= factor
                moved[V[unit]] *= outwards
                alone = alone and same(moved)
            if alone:
                return "dropout", (
                    f"The units of layer {l + 1} cannot change places, though each by itself is an ordinary unit: "
                    f"each has something of its own that is no parameter, as the mask of dropout is."
                )
    return None
