"""Backpropagation as loops: the four equations for some samples side by side, compiled by Numba (an optional extra)."""

import math

from numba import njit

from .compiled_functions import cross_entropies, exp_as_quotient, pull_softmax, softmax

IDENTITY, SIGMOID, TANH, RELU, LEAKY_RELU, SOFTMAX = range(6)
HALF_SQUARED, MSE, BINARY_CROSS_ENTROPY, CROSS_ENTROPY = range(4)
SLOPE = 0.01  # of the leaky ReLU
# sizes[l] is n_l.  theta[start[l] + i·(1 + n_(l-1)) + j] is Θ^l_ij; j = 0 is the bias, and g lies as theta does.
# Of n samples side by side, s has: a[l, 0, s] = 1, a[l, 1 + i, s] = a^l_i, d[l, i, s] = δ^l_i, and z[i, s] = z^L_i for
# the loss.  The innermost loops run over s, since a processor takes several neighbours at a time.
inlined = njit(inline="always")


@inlined
def activate(l, units, n, f, a):
    for i in range(1, 1 + units):
        if f == SIGMOID:
            for s in range(n):
                E, D = exp_as_quotient(-a[l, i, s])
                a[l, i, s] = D / (D + E)
        elif f == TANH:
            for s in range(n):
                a[l, i, s] = math.tanh(a[l, i, s])
        elif f == RELU or f == LEAKY_RELU:
            for s in range(n):
                a[l, i, s] = a[l, i, s] if a[l, i, s] > 0 else 0.0 if f == RELU else SLOPE * a[l, i, s]
    if f == SOFTMAX:
        softmax(l, units, n, a)


@inlined
def pull(l, units, n, f, a, d):
    # d ← d ⊙ f'(z), which a tells as well as z, or d times the Jacobian of softmax
    for i in range(units):
        if f == SIGMOID:
            for s in range(n):
                d[l, i, s] *= a[l, 1 + i, s] * (1 - a[l, 1 + i, s])
        elif f == TANH:
            for s in range(n):
                d[l, i, s] *= 1 - a[l, 1 + i, s] * a[l, 1 + i, s]
        elif f == RELU or f == LEAKY_RELU:
            for s in range(n):
                d[l, i, s] *= 1.0 if a[l, 1 + i, s] > 0 else 0.0 if f == RELU else SLOPE
    if f == SOFTMAX:
        pull_softmax(l, units, n, a, d)


@inlined
def losses(L, units, count, loss, z, a, y):
    # Σ ℓ over the samples, from z^L where that form is exact at any z
    if loss == CROSS_ENTROPY:
        return cross_entropies(units, count, z, y)
    total = 0.0
    for i in range(units):
        if loss == BINARY_CROSS_ENTROPY:
            for s in range(count):
                # log(1 + e^-|z|) = 2 artanh(t) with t = e^-|z| / (2 + e^-|z|) ≤ 1/3: its series, to t^31
                E, D = exp_as_quotient(-abs(z[i, s]))
                t, series = E / (2 * D + E), 0.0
                for k in range(31, 0, -2):
                    series = series * t * t + 1 / k
                total += 2 * t * series + z[i, s] * ((z[i, s] > 0) - y[i, s])
        else:
            for s in range(count):
                total += (a[L, 1 + i, s] - y[i, s]) ** 2 * (0.5 if loss == HALF_SQUARED else 1 / units)
    return total


@inlined
def forward(theta, sizes, start, f, n, z, a):
    L = len(sizes) - 1
    for l in range(1, L + 1):
        before = sizes[l - 1]
        for i in range(sizes[l]):
            k = start[l] + i * (1 + before)
            for j in range(1, 1 + before, 2):
                # z^l_i = b^l_i + Σ_j W^l_ij a^(l-1)_j, two terms at a time
                w, v = theta[k + j], (theta[k + j + 1] if j < before else 0.0)
                if j == 1:
                    for s in range(n):
                        a[l, 1 + i, s] = theta[k] + w * a[l - 1, j, s] + v * a[l - 1, j + 1, s]
                else:
                    for s in range(n):
                        a[l, 1 + i, s] += w * a[l - 1, j, s] + v * a[l - 1, j + 1, s]
            for s in range(n if l == L else 0):
                z[i, s] = a[L, 1 + i, s]
        activate(l, sizes[l], n, f[l], a)


@inlined
def backward(theta, sizes, start, f, loss, n, count, a, d, y, g):
    L = len(sizes) - 1
    factor = 2 / sizes[L] if loss == MSE else 1.0
    for i in range(sizes[L]):
        # BP1: δ^L = a^L - y if f belongs to the loss, else ∂ℓ/∂a^L ⊙ f'(z^L)
        for s in range(count):
            d[L, i, s] = factor * (a[L, 1 + i, s] - y[i, s])
        for s in range(count, n):
            d[L, i, s] = 0.0  # a place without a sample
    if loss == HALF_SQUARED or loss == MSE:
        pull(L, sizes[L], n, f[L], a, d)
    for l in range(L, 0, -1):
        before = sizes[l - 1]
        for i in range(sizes[l]):
            for j in range(1 + before):
                # BP3 and BP4: Σ_samples ∂ℓ/∂Θ^l_ij = Σ_samples δ^l_i [1; a^(l-1)]_j
                total = 0.0
                for s in range(n):
                    total += d[l, i, s] * a[l - 1, j, s]
                g[start[l] + i * (1 + before) + j] += total
        for j in range(before if l > 1 else 0):
            for i in range(0, sizes[l], 2):
                # BP2: δ^(l-1)_j = Σ_i W^l_ij δ^l_i ⊙ f'(z^(l-1)_j), two by two
                k = start[l] + i * (1 + before) + 1 + j
                w = theta[k]
                v = theta[k + 1 + before] if i + 1 < sizes[l] else 0.0
                if i == 0:
                    for s in range(n):
                        d[l - 1, j, s] = w * d[l, i, s] + v * d[l, i + 1, s]
                else:
                    for s in range(n):
                        d[l - 1, j, s] += w * d[l, i, s] + v * d[l, i + 1, s]
        if l > 1:
            pull(l - 1, before, n, f[l - 1], a, d)


@inlined
def update(theta, g, share, decays, mean, square, rate, rule, step):
    # ∂C/∂Θ^l_ij = share g + decay Θ^l_ij: share is 1 over the batch's samples, decay λ/n for a weight, 0 for a bias
    adam, momentum, beta1, beta2, eps = rule
    if adam:
        scale = rate * (1 - beta2**step) ** 0.5 / (1 - beta1**step)
        for k in range(len(theta)):
            slope = share * g[k] + decays[k] * theta[k]
            mean[k] = beta1 * mean[k] + (1 - beta1) * slope
            square[k] = beta2 * square[k] + (1 - beta2) * slope * slope
            theta[k] -= scale * mean[k] / (square[k] ** 0.5 + eps)
    else:
        for k in range(len(theta)):
            mean[k] = momentum * mean[k] + rate * (share * g[k] + decays[k] * theta[k])
            theta[k] -= mean[k]


@njit(cache=True, fastmath={"contract", "reassoc"}, error_model="numpy")  # dividing by zero is not an error
def passes(theta, good, orders, rates, size, step, note, costs, X, Y, decays, rule, net, room, few):
    # a pass over the samples for each rate, without steps where it is negative; good is theta before the last steps
    sizes, start, f, loss = net
    z, a, d, y, mean, square, g = room
    L, m, width = len(sizes) - 1, X.shape[1], y.shape[1]
    for turn in range(len(rates)):
        learn, row, total = rates[turn] >= 0, turn % len(orders), 0.0
        if learn:
            for k in range(len(theta)):
                total += theta[k] * theta[k]
            if not math.isfinite(total + costs[turn - 1]):
                return turn
            total = 0.0
            for k in range(len(theta)):
                good[k] = theta[k]
        for begin in range(0, m, size if learn else m):
            end = min(begin + size, m) if learn else m
            for k in range(len(theta)):
                g[k] = 0.0
            for first in range(begin, end, width):
                count = min(width, end - first)
                # with few places, n is known when this is compiled, and the loops over s vanish
                n = -(-count // 16) * 16 if few is None else len(few)
                if turn == 0 or size < m or width < m:  # otherwise the samples are there already
                    for j in range(sizes[0]):
                        for s in range(count):
                            a[0, 1 + j, s] = X[j, orders[row, first + s]]
                    for i in range(sizes[L]):
                        for s in range(count):
                            y[i, s] = Y[i, orders[row, first + s]]
                forward(theta, sizes, start, f, n, z, a)
                if note or not learn:
                    total += losses(L, sizes[L], count, loss, z, a, y)
                if learn:
                    backward(theta, sizes, start, f, loss, n, count, a, d, y, g)
            for k in range(len(theta) if decays[-1] > 0 else 0):
                total += (end - begin) * decays[k] / 2 * theta[k] * theta[k]
            if learn:
                step += 1
                update(theta, g, 1 / (end - begin), decays, mean, square, rates[turn], rule, step)
        costs[turn] = total / m
    return len(rates)
