"""Three layers in one vector, cut up by a list of sizes."""

import numpy as np

rng = np.random.default_rng(5)
layer_sizes = [4, 5, 3, 2]
X = rng.normal(size=(9, 4))
labels = rng.integers(0, 2, 9)
T = np.eye(2)[labels]
theta = rng.normal(size=sum((a + 1) * b for a, b in zip(layer_sizes, layer_sizes[1:])))


def unpack(theta):
    Ws, bs, i = [], [], 0
    for a, b in zip(layer_sizes, layer_sizes[1:]):
        Ws.append(theta[i : i + a * b].reshape(a, b))
        i += a * b
        bs.append(theta[i : i + b])
        i += b
    return Ws, bs


def forward(theta, X):
    Ws, bs = unpack(theta)
    acts = [X]
    for W, b in zip(Ws[:-1], bs[:-1]):
        acts.append(np.tanh(acts[-1] @ W + b))
    e = np.exp(acts[-1] @ Ws[-1] + bs[-1])
    return acts, e / e.sum(axis=1, keepdims=True)


def cost(theta):
    return -np.mean(np.sum(T * np.log(forward(theta, X)[1]), axis=1))


def grad(theta):
    Ws, bs = unpack(theta)
    acts, p = forward(theta, X)
    d, parts = (p - T) / len(X), []
    for l in (2, 1, 0):
        parts.insert(0, np.concatenate([(acts[l].T @ d).ravel(), d.sum(0)]))
        d = d @ Ws[l].T * (1 - acts[l] ** 2)
    return np.concatenate(parts)
