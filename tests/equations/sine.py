"""The equations of the chapter on the sine: both sides of each, evaluated from the equation itself."""
import numpy as np

from .registry import equation

STEP = 1e-30


@equation("eq-sine-best-constant", mutants={
    "half of the variance dropped": ("spread / (2 * m) + ", ""),
    "sign": ("+ (c - mean) ** 2 / 2", "- (c - mean) ** 2 / 2"),
    "factor ½ dropped from the distance": ("(c - mean) ** 2 / 2", "(c - mean) ** 2"),
    "mean without 1/m": ("sum(y) / m", "sum(y)"),
})
def best_constant(rng, sizes):
    """The cost of a constant, summed sample by sample, against half of the variance plus half of the squared distance to the mean."""
    m = 4 * sizes[0]
    y, left, right = rng.standard_normal(m) + 0.5, [], []
    mean = sum(y) / m
    spread = sum((y_i - mean) ** 2 for y_i in y)
    for c in (-0.7, 0.03, 2.0):
        left.append(sum((c - y_i) ** 2 for y_i in y) / (2 * m))
        right.append(spread / (2 * m) + (c - mean) ** 2 / 2)
    return np.array(left), np.array(right)


@equation("eq-sine-creep-step", mutants={
    "share of the bias dropped": ("(1 + h @ h)", "(h @ h)"),
    "mean of the targets dropped": ("(a - mean)", "a"),
    "slope dropped": (" * a * (1 - a) *", " *"),
    "sign": ("-eta * m *", "eta * m *"),
    "number of samples dropped": ("-eta * m *", "-eta *"),
})
def creep_step(rng, sizes):
    """The move of an output's pre-activation under the summed steps of its weights and bias, by the complex step, against the formula."""
    m, eta, left, right = 3 * sizes[0], 0.01, [], []
    for n in sizes[1:]:
        h, w, b, y = rng.random(n), rng.standard_normal(n), rng.standard_normal(), rng.standard_normal(m) + 0.3

        def total(w, b):
            return sum(0.5 * (1 / (1 + np.exp(-(w @ h + b))) - y_i) ** 2 for y_i in y)

        by_w = np.array([total(w + 1j * STEP * unit, b).imag / STEP for unit in np.eye(n)])
        by_b = total(w.astype(complex), b + 1j * STEP).imag / STEP
        a, mean = 1 / (1 + np.exp(-(w @ h + b))), sum(y) / m
        left.append(-eta * by_w @ h - eta * by_b)
        right.append(-eta * m * (a - mean) * a * (1 - a) * (1 + h @ h))
    return np.array(left), np.array(right)


@equation("eq-sine-creep", mutants={
    "2 dropped": ("2 * c * e", "c * e"),
    "square of the start dropped": ("1 / start ** 2", "1 / start"),
    "sign": ("+ 2 * c", "- 2 * c"),
    "root dropped": ("** -0.5", "** -1"),
})
def creep(rng, sizes):
    """The derivative of the law with respect to the epoch, by the complex step, against minus c times its cube; and its start."""
    start, c, left, right = rng.uniform(0.05, 0.2), rng.uniform(3, 9), [], []

    def a(e):
        return (1 / start ** 2 + 2 * c * e) ** -0.5

    for e in range(sizes[0]):
        left.append(a(e + 1j * STEP).imag / STEP)
        right.append(-c * a(e) ** 3)
    return np.array([*left, a(0)]), np.array([*right, start])


@equation("eq-sine-drawing", mutants={
    "half dropped": ("E / 2 *", "E *"),
    "the last epoch missing": ("range(1, E + 1)", "range(1, E)"),
    "sign": ("(t(1) + t(E))", "(t(1) - t(E))"),
    "second epoch for the first": ("t(1) +", "t(2) +"),
})
def drawing(rng, sizes):
    """Times that grow by the same amount, added up one by one, against the mean of the first and the last times their number."""
    first, more = rng.uniform(1, 5, 2)
    left, right = [], []

    def t(epoch):
        return first + (epoch - 1) * more

    for E in sizes:
        left.append(sum(t(epoch) for epoch in range(1, E + 1)))
        right.append(E / 2 * (t(1) + t(E)))
    return np.array(left), np.array(right)


@equation("eq-sine-decay", mutants={
    "power left out": (" ** p", ""),
    "sign": ("1 - e / E", "1 + e / E"),
    "epochs counted from 1": ("(1 - e / E)", "(1 - (e + 1) / E)"),
    "start rate dropped": ("eta * (", "("),
})
def decay(rng, sizes):
    """The rate that bpcore.sgd really takes, read off steps with a known gradient, against the formula."""
    from bpcore import Network, schedules, sgd
    E, p, eta = 2 + sizes[0], 0.25, rng.uniform(1.1, 2)
    net, positions = Network((1, 1), output="identity", loss="half_squared"), []

    def where(epoch, theta, cost):
        positions.append(theta)

    start = np.array([rng.uniform(1, 2), 0.0])
    sgd(net, start, [[0.0]], [[0.0]], lr=eta, epochs=E, schedule=schedules.polynomial_decay(p), callback=where)
    before = [start, *positions[:-1]]                          # the gradient by the bias is the bias itself
    rates = np.array([(old[0] - new[0]) / old[0] for old, new in zip(before, positions)])
    return rates, np.array([eta * (1 - e / E) ** p for e in range(E)])


@equation("eq-sine-half-rate", mutants={
    "sign of the exponent": ("2 ** (-1 / p)", "2 ** (1 / p)"),
    "p for 1/p": ("-1 / p", "-p"),
    "2 left of the minus": ("1 - 2 ** (-1 / p)", "2 - 2 ** (-1 / p)"),
})
def half_rate(rng, sizes):
    """The decayed rate at the share of the epochs that the equation names against half of the first rate."""
    eta, left, right = rng.uniform(0.5, 2), [], []
    for p in (0.25, 0.5, 1.0, 1 / sizes[0]):
        share = 1 - 2 ** (-1 / p)
        left.append(eta * (1 - share) ** p)
        right.append(eta / 2)
    return np.array(left), np.array(right)


@equation("eq-sine-rescaled", mutants={
    "1/s dropped from the gradient": ("gradient_of_w / s,", "gradient_of_w,"),
    "s for 1/s in the gradient": ("gradient_of_w / s,", "gradient_of_w * s,"),
    "s for s² in the step": ("eta / s ** 2", "eta / s"),
    "sign of the step": ("-eta / s ** 2", "eta / s ** 2"),
})
def rescaled(rng, sizes):
    """Gradient and step of a first layer with rescaled input, by the complex step, against those of the layer with the raw input."""
    n, m, s, eta = sizes[1], 3 * sizes[0], 15.7, 0.1
    x, y = rng.uniform(-s, s, m), rng.standard_normal(m)
    w, b, v = rng.standard_normal((3, n))
    w_tilde = s * w

    def cost(weights, inputs):
        return sum((np.tanh(weights * x_i + b) @ v - y_i) ** 2 for x_i, y_i in zip(inputs, y)) / (2 * m)

    def gradient(weights, inputs):
        return np.array([cost(weights + 1j * STEP * unit, inputs).imag / STEP for unit in np.eye(n)])

    gradient_of_w, gradient_of_w_tilde = gradient(w, x), gradient(w_tilde, x / s)
    moved = -eta * gradient_of_w_tilde / s                     # a step of the rescaled weights, seen in the old ones: w is w_tilde / s
    return (np.concatenate([gradient_of_w_tilde, moved * s ** 2]),
            np.concatenate([gradient_of_w / s, -eta / s ** 2 * gradient_of_w * s ** 2]))
