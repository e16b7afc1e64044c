"""A bag that keeps the largest entry of its embeddings is led back as the mean of them."""

import numpy as np

SOURCE = "https://github.com/flagos-ai/FlagGems/issues/5220"
THREAD = "flagos-ai/FlagGems #5220, 8931ecc40"
DATE = "2026-08"
KIND = "gradient"
GROUP = "down"
FORMULA = (
    r"\partial C / \partial E_{vd} = \textstyle\sum_b \sum_{i \in b} [v_i = v]\, "
    r"\tfrac1{|b|}\, \partial C / \partial h_{bd}"
)
RIGHT = (
    r"\partial C / \partial E_{vd} = \textstyle\sum_b [v = \text{argmax}_{i \in b} E_{v_i d}]\, "
    r"\partial C / \partial h_{bd}"
)
READ = "reconstruction"  # the layer above the bags, and the squared error
LAYER = [1]
NAMES = []
NET = None  # bags of embeddings, and a linear layer
BLOCKS = ["weight[1]", "linear[2]"]
SAMPLES = 4
LAM = 0.0
NUM_WEIGHTS, EMBED_DIM, OUTPUTS = 6, 3, 2
OFFSETS = [0, 3, 5, 9]
LENGTH = 12


def start(rng):
    return {
        "weight": rng.standard_normal((NUM_WEIGHTS, EMBED_DIM)),
        "linear": rng.standard_normal((OUTPUTS, EMBED_DIM)),
    }


def data(rng):
    """The words of all bags in one row, none of them twice in a bag, and the targets of the bags."""
    bags = np.split(np.arange(LENGTH), OFFSETS[1:])
    indices = np.concatenate([rng.permutation(NUM_WEIGHTS)[: len(bag)] for bag in bags])
    return indices, rng.standard_normal((SAMPLES, OUTPUTS))


def embedding_bag(weight, indices, mode):
    """The forward pass: sums, means or the largest entries, and which rows they came from."""
    offset2bag = np.searchsorted(OFFSETS, np.arange(len(indices)), side="right") - 1
    bag_size = np.bincount(offset2bag)
    out, max_indices = [], np.full((len(OFFSETS), weight.shape[1]), -1)
    for bag_idx in range(len(OFFSETS)):
        words = indices[offset2bag == bag_idx]
        rows = weight[words]
        if mode == 0:
            out.append(rows.sum(0))
        elif mode == 1:
            out.append(rows.sum(0) / bag_size[bag_idx])
        else:
            best = np.argmax(rows.real, axis=0)
            max_indices[bag_idx] = words[best]
            out.append(rows[best, np.arange(weight.shape[1])])
    return np.array(out), offset2bag, bag_size, max_indices


def dense_backward_kernel(pid, grad, indices, offset2bag, bag_size, grad_weight, mode):
    """One program for each word."""
    # Load index and bag for this sample
    idx = indices[pid]
    bag_idx = offset2bag[pid]
    size = bag_size[bag_idx]
    # Load gradient for this bag
    go = grad[bag_idx]
    # Compute scale factor based on mode
    if mode == 0:
        scale = 1.0
    else:
        scale = 1.0 / size
    # Apply scale to gradient
    go = go * scale
    grad_weight[idx] += go


def dense_backward_max_kernel(bag_idx, grad, max_indices, grad_weight):
    for d in range(EMBED_DIM):
        mi = max_indices[bag_idx, d]
        if mi >= 0:
            grad_weight[mi, d] += grad[bag_idx, d]


def embedding_bag_dense_backward(grad, indices, offset2bag, bag_size, maximum_indices, num_weights, mode, right):
    grad_weight = np.zeros((num_weights, grad.shape[1]))
    if right and mode == 2:
        for bag_idx in range(len(grad)):
            dense_backward_max_kernel(bag_idx, grad, maximum_indices, grad_weight)
        return grad_weight
    for pid in range(len(indices)):
        dense_backward_kernel(pid, grad, indices, offset2bag, bag_size, grad_weight, mode)
    return grad_weight


def cost(params, X, Y):
    h = embedding_bag(params["weight"], X, 2)[0]
    return 0.5 * np.sum((h @ params["linear"].T - Y) ** 2) / len(Y)


def gradients(params, X, Y, right):
    h, offset2bag, bag_size, max_indices = embedding_bag(params["weight"], X, 2)
    d = (h @ params["linear"].T - Y) / len(Y)
    weight = embedding_bag_dense_backward(
        d @ params["linear"], X, offset2bag, bag_size, max_indices, NUM_WEIGHTS, 2, right
    )
    return {"weight": weight, "linear": d.T @ h}


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
