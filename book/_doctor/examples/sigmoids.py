import numpy as np

rng = np.random.default_rng(0)
X = rng.standard_normal((20, 3))  # one sample a row
Y = (X[:, :1] * X[:, 1:2] > 0).astype(float)
params = {
    "W1": rng.standard_normal((3, 5)),
    "b1": rng.standard_normal(5),
    "W2": rng.standard_normal((5, 1)),
    "b2": rng.standard_normal(1),
}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(p):
    hidden = sigmoid(X @ p["W1"] + p["b1"])
    return hidden, sigmoid(hidden @ p["W2"] + p["b2"])


def cost(p):
    hidden, out = forward(p)
    return ((out - Y) ** 2).sum() / (2 * len(X))


def grad(p):
    hidden, out = forward(p)
    error, m = out - Y, len(X)
    output_delta = error * out * (1 - out)
    hidden_delta = error @ p["W2"].T * hidden * (1 - hidden)
    return {
        "W1": X.T @ hidden_delta / m,
        "b1": hidden_delta.mean(axis=0),
        "W2": hidden.T @ output_delta / m,
        "b2": output_delta.mean(axis=0),
    }
