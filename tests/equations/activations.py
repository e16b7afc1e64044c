"""The equations of chapter "Activations, saturation and initialisation": both sides of each, evaluated from the equation itself."""
import itertools

import numpy as np

from .registry import equation

STEP = 1e-30


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def derivative(f, z):
    """df/dz by the complex step."""
    return f(z + 1j * STEP).imag / STEP


def layers(rng, sizes):
    """Random weights and biases, W[l] (n_l, n_{l-1}) and b[l] (n_l,), slot 0 unused."""
    W = [None] + [rng.standard_normal((n, n_before)) for n_before, n in zip(sizes, sizes[1:])]
    return W, [None] + [rng.standard_normal(n) for n in sizes[1:]]


def tanh_deltas(rng, sizes):
    """W, the slopes f'(z^l), and the deltas of one sample by the step-by-step recursion, from a random delta^L."""
    W, b = layers(rng, sizes)
    L, a, slopes = len(sizes) - 1, rng.standard_normal(sizes[0]), [None]
    for l in range(1, L + 1):
        z = W[l] @ a + b[l]
        a = np.tanh(z)
        slopes.append(1 / np.cosh(z) ** 2)
    delta = [None] * L + [rng.standard_normal(sizes[L])]
    for l in range(L - 1, 0, -1):
        delta[l] = np.array([slopes[l][k] * sum(W[l + 1][j, k] * delta[l + 1][j] for j in range(sizes[l + 1])) for k in range(sizes[l])])
    return W, slopes, delta


@equation("eq-sum-or-mean")
def sum_or_mean(rng, sizes):
    m, eta = sizes[1], 0.01
    X, y, theta = rng.standard_normal((m, sizes[0])), rng.standard_normal(m), rng.standard_normal(sizes[0])

    def error(i, theta):
        return (np.tanh(X[i] @ theta) - y[i]) ** 2

    def gradient(cost):
        return np.array([cost(theta + 1j * STEP * unit).imag / STEP for unit in np.eye(len(theta))])

    summed = eta * sum(gradient(lambda theta, i=i: error(i, theta)) for i in range(m))
    of_mean = (m * eta) * gradient(lambda theta: sum(error(i, theta) for i in range(m)) / m)
    of_half_mean = (2 * m * eta) * gradient(lambda theta: sum(error(i, theta) / 2 for i in range(m)) / m)
    return np.concatenate([summed, summed]), np.concatenate([of_mean, of_half_mean])


@equation("eq-linear-stack")
def linear_stack(rng, sizes):
    W, b = layers(rng, sizes)
    L, a0 = len(sizes) - 1, rng.standard_normal(sizes[0])
    a = a0
    for l in range(1, L + 1):
        a = W[l] @ a + b[l]

    def product(lowest):
        return np.linalg.multi_dot([np.eye(sizes[L]), *W[L:lowest - 1:-1], np.eye(sizes[lowest - 1])])

    return a, product(1) @ a0 + sum(product(l + 1) @ b[l] for l in range(1, L + 1))


@equation("eq-least-squares-floor")
def least_squares_floor(rng, sizes):
    m = 3 * sizes[1]
    x, y = rng.standard_normal((2, m))
    slope = ((x - x.mean()) * (y - y.mean())).sum() / ((x - x.mean()) ** 2).sum()
    best = y.mean() + slope * (x - x.mean())
    w, b = rng.standard_normal(2)
    a = w * x + b
    return ((a - y) ** 2).mean(), ((best - y) ** 2).mean() + ((a - best) ** 2).mean()


@equation("eq-noise-floor")
def noise_floor(rng, sizes):
    f, x = rng.standard_normal((2, sizes[0]))
    two_values = 0.2, -0.2                           # a noise with mean 0 and variance 0.04 whose expectation is a finite sum
    expected = sum((f - (x ** 2 + noise)) ** 2 for noise in two_values) / 2
    return expected, (f - x ** 2) ** 2 + 0.04


@equation("eq-sigmoid-derivative")
def sigmoid_derivative(rng, sizes):
    z = rng.normal(0, 3, sizes[:2])
    return derivative(sigmoid, z), sigmoid(z) * (1 - sigmoid(z))


@equation("eq-tanh-derivative")
def tanh_derivative(rng, sizes):
    z = rng.normal(0, 2, sizes[:2])
    return derivative(np.tanh, z), 1 - np.tanh(z) ** 2


@equation("eq-tanh-is-a-sigmoid")
def tanh_is_a_sigmoid(rng, sizes):
    z = rng.normal(0, 2, sizes[:2])
    return np.tanh(z), 2 * sigmoid(2 * z) - 1


@equation("eq-piecewise-derivative")
def piecewise_derivative(rng, sizes):
    z = rng.standard_normal(sizes[:2])
    left, right = [], []
    for s in 1.0, 0.0, 0.01:
        left.append(derivative(lambda z, s=s: np.where(z.real > 0, z, s * z), z))
        right.append(np.where(z > 0, 1.0, s))
    return np.array(left), np.array(right)


@equation("eq-two-conventions")
def two_conventions(rng, sizes):
    z = rng.normal(0, 3, sizes[:2])
    a = sigmoid(z)
    return derivative(sigmoid, z), a * (1 - a)


@equation("eq-mixed-conventions")
def mixed_conventions(rng, sizes):
    far = np.array([-60.0, 60.0])                    # where the sigmoid is 0 and 1 to rounding
    a = sigmoid(far)
    return sigmoid(a) * (1 - sigmoid(a)), np.array([0.25, sigmoid(1.0) * (1 - sigmoid(1.0))])


@equation("eq-delta-product")
def delta_product(rng, sizes):
    W, slopes, delta = tanh_deltas(rng, sizes)
    L = len(sizes) - 1
    factors = [np.diag(slopes[1])]
    for k in range(2, L + 1):
        factors += [W[k].T] + [np.diag(slopes[k])] * (k < L)
    return delta[1], np.linalg.multi_dot([*factors, delta[L]])


@equation("eq-sigmoid-quarter")
def sigmoid_quarter(rng, sizes):
    z = np.append(rng.normal(0, 3, sizes[0]), 0.0)
    slopes = derivative(sigmoid, z)
    excess = np.maximum(slopes - 0.25, 0)            # the inequality: nothing is left above a quarter
    return np.concatenate([slopes, excess]), np.concatenate([0.25 - (sigmoid(z) - 0.5) ** 2, np.zeros(len(z))])


@equation("eq-vanishing-bound", tolerance=0)         # an inequality: the smaller of the two sides is exactly the left one
def vanishing_bound(rng, sizes):
    W, _, delta = tanh_deltas(rng, sizes)
    L, smaller, norms = len(sizes) - 1, [], []
    for l in range(1, L):
        stretch = np.prod([np.linalg.svd(W[k], compute_uv=False)[0] for k in range(l + 1, L + 1)])
        norms.append(np.linalg.norm(delta[l]))
        smaller.append(min(norms[-1], 1.0 ** (L - l) * stretch * np.linalg.norm(delta[L])))     # the largest slope of tanh is 1
    return np.array(smaller), np.array(norms)


@equation("eq-dead-unit", tolerance=0)               # whether each derivative is exactly zero: products with a zero are exact
def dead_unit(rng, sizes):
    m, (n0, n1, n2) = 6, sizes[:3]
    X, Y = rng.standard_normal((m, n0)), rng.standard_normal((m, n2))
    W1, W2, b1 = rng.standard_normal((n1, n0)), rng.standard_normal((n2, n1)), rng.standard_normal(n1)
    b1[0] = -(X @ W1[0]).max()                       # unit 0 is never above zero

    def cost(W1, b1):
        z = X @ W1.T + b1
        return (((np.where(z.real > 0, z, 0) @ W2.T) - Y) ** 2).sum() / (2 * m)

    slopes = [cost(W1, b1 + 1j * STEP * np.eye(n1)[0]).imag / STEP]
    for k in range(n0):
        moved = W1.astype(complex)
        moved[0, k] += 1j * STEP
        slopes.append(cost(moved, b1).imag / STEP)
    return np.array(slopes) == 0, np.ones(1 + n0, bool)


@equation("eq-range-floor")
def range_floor(rng, sizes):
    m = 2 * sizes[1]
    y = rng.standard_normal(m)
    floor = (np.minimum(y, 0) ** 2).sum() / (2 * m)
    others = np.maximum(np.maximum(y, 0) + rng.standard_normal((20, m)), 0)
    excess = np.maximum(floor - ((others - y) ** 2).sum(axis=1) / (2 * m), 0)
    reached = ((np.maximum(y, 0) - y) ** 2).sum() / (2 * m)
    return np.append(excess, reached), np.append(np.zeros(20), floor)


@equation("eq-symmetry")
def symmetry(rng, sizes):
    n0, n1, n2 = sizes[:3]
    X, Y = rng.standard_normal((5, n0)), rng.standard_normal((5, n2))
    Theta1, W2 = rng.standard_normal((n1, 1 + n0)), rng.standard_normal((n2, n1))
    Theta1[1], W2[:, 1] = Theta1[0], W2[:, 0]        # units 0 and 1 are equal on the way in and on the way out

    def cost(Theta1, W2):
        a1 = np.tanh(Theta1[:, 0] + X @ Theta1[:, 1:].T)
        return ((np.tanh(a1 @ W2.T) - Y) ** 2).sum() / 10

    def moved(array, *place):
        array = array.astype(complex)
        array[place] += 1j * STEP
        return array

    sides = []
    for unit in 0, 1:
        way_in = [cost(moved(Theta1, unit, k), W2).imag / STEP for k in range(1 + n0)]
        way_out = [cost(Theta1, moved(W2, i, unit)).imag / STEP for i in range(n2)]
        sides.append(np.array(way_in + way_out))
    return tuple(sides)


def all_signs(count):
    """Every choice of signs: the expectation over independent ±1 as a finite mean."""
    return np.array(list(itertools.product((-1.0, 1.0), repeat=count)))


@equation("eq-variance-forward")
def variance_forward(rng, sizes):
    n_before, s = sizes[1], rng.uniform(0.5, 2)
    a = rng.standard_normal(n_before)
    z = (s * all_signs(n_before)) @ a
    return (z ** 2).mean(), n_before * s ** 2 * ((a ** 2).sum() / n_before)


@equation("eq-variance-backward")
def variance_backward(rng, sizes):
    n, s = sizes[1], rng.uniform(0.5, 2)
    delta = rng.standard_normal(n)
    column = s * all_signs(n)                        # one column of W, that of unit k below
    return ((column @ delta) ** 2).mean(), n * s ** 2 * ((delta ** 2).sum() / n)


@equation("eq-glorot")
def glorot(rng, sizes):
    n_in, n_out = sizes[:2]
    r = np.sqrt(6 / (n_in + n_out))
    nodes, weights = np.polynomial.legendre.leggauss(4)     # exact for the square
    variance = (weights * (r * nodes) ** 2).sum() / 2       # mean of w² over [-r, r]
    return variance, 2 / (n_in + n_out)


@equation("eq-he")
def he(rng, sizes):
    n = sizes[1]
    z = rng.standard_normal(50)
    z = np.concatenate([z, -z])                      # as often negative as positive, symmetrically
    a = rng.standard_normal(n)
    signs = all_signs(n) * np.sqrt(2 / n)            # weights of variance 2/n
    passed_on = (np.maximum(signs @ a, 0) ** 2).mean()
    return np.array([(np.maximum(z, 0) ** 2).mean(), passed_on]), np.array([(z ** 2).mean() / 2, (a ** 2).mean()])     # the mean square stays
