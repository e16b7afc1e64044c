import numpy as np

rng = np.random.default_rng(2)
X = rng.standard_normal((12, 4))  # one sample a row
Y = np.eye(3)[rng.integers(0, 3, 12)]
lam = 0.5
params = [rng.standard_normal((5, 4 + 1)), rng.standard_normal((3, 5 + 1))]  # the biases in the first column


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def with_ones(a):
    return np.column_stack([np.ones(len(a)), a])


def forward(thetas):
    hidden = sigmoid(with_ones(X) @ thetas[0].T)
    return hidden, sigmoid(with_ones(hidden) @ thetas[1].T)


def cost(thetas):
    _, out = forward(thetas)
    squares = sum((theta[:, 1:] ** 2).sum() for theta in thetas)
    return -(Y * np.log(out) + (1 - Y) * np.log(1 - out)).sum() / len(X) + lam / (2 * len(X)) * squares


def grad(thetas):
    hidden, out = forward(thetas)
    delta2 = out - Y
    delta1 = delta2 @ thetas[1][:, 1:] * hidden * (1 - hidden)
    found = []
    for delta, a, theta in (delta1, X, thetas[0]), (delta2, hidden, thetas[1]):
        theta[:, 0] = 0  # the biases are not penalised
        found.append((delta.T @ with_ones(a) + lam * theta) / len(X))
    return found
