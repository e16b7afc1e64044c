"""An Adam moves its two means twice in each step, and divides by the square of the one where the root should be."""

import numpy as np

SOURCE = "https://github.com/HassanRady/Deep-Learning-Framework-Cpp/commit/6e2bc32"
THREAD = "HassanRady/Deep-Learning-Framework-Cpp 15cf7d3, 6e2bc32"
DATE = "2023-07"
KIND = "update"
FORMULA = (
    r"v \leftarrow \mu v + (1 - \mu)\, g \text{ twice},\; r \leftarrow \rho r + (1 - \rho)\, g^2 \text{ twice},\; "
    r"\theta \leftarrow \theta - \eta\, \hat v / (\hat r^2 + \varepsilon)"
)
RIGHT = (
    r"v \leftarrow \mu v + (1 - \mu)\, g,\; r \leftarrow \rho r + (1 - \rho)\, g^2,\; "
    r"\theta \leftarrow \theta - \eta\, \hat v / (\sqrt{\hat r} + \varepsilon)"
)
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

RATE, MU, RHO, EPS = 0.001, 0.9, 0.9, 1e-7
SETTINGS = dict(like="adam", lr=RATE, beta1=MU, beta2=RHO, eps=EPS)


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 2)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def cost(params, X, Y):
    W1, b1, W2, b2 = params
    return 0.5 * np.sum((np.tanh(X @ W1 + b1) @ W2 + b2 - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    W1, b1, W2, b2 = params
    h = np.tanh(X @ W1 + b1)
    d2 = (h @ W2 + b2 - Y) / len(X)
    d1 = d2 @ W2.T * (1 - h**2)
    return [X.T @ d1, d1.sum(0), h.T @ d2, d2.sum(0)]


def start_state():
    return {"k": 0, "v": [0.0] * 4, "r": [0.0] * 4}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state."""
    k, moved = state["k"] + 1, [*params]
    means, squares = [*state["v"]], [*state["r"]]
    for i, (weight_tensor, gradient_tensor) in enumerate(zip(params, grads)):
        v, r = means[i], squares[i]
        v = MU * v + (1 - MU) * gradient_tensor
        r = RHO * r + (1 - RHO) * gradient_tensor**2
        if not right:
            v = MU * v + (1 - MU) * gradient_tensor
            r = RHO * r + (1 - RHO) * gradient_tensor**2
        v_hat = v / (1 - MU**k)
        r_hat = r / (1 - RHO**k)
        moved[i] = weight_tensor - RATE * v_hat / (r_hat ** (0.5 if right else 2) + EPS)
        means[i], squares[i] = v, r
    return moved, {"k": k, "v": means, "r": squares}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
