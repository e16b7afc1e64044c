"""The norm of the gradients is clipped when the optimiser has stepped already, and they are cleared next."""

import numpy as np

SOURCE = "https://github.com/VGraphRNN/VGRNN/issues/4"
THREAD = "VGraphRNN/VGRNN #4"
DATE = "2020-08"
KIND = "update"
FORMULA = r"\theta \leftarrow \operatorname{Adam}(\theta, g_t),\; g_t \leftarrow g_t \min(1, c / \lVert g_t \rVert)"
RIGHT = r"g_t \leftarrow g_t \min(1, c / \lVert g_t \rVert),\; \theta \leftarrow \operatorname{Adam}(\theta, g_t)"
READ = "code"
LAYER = []
NAMES = [{"clip-missing"}]
NET = dict(sizes=(3, 4, 2), hidden="relu", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 8
LAM = 0.0


LR, BETAS, EPS = 1e-2, (0.9, 0.999), 1e-8
CLIP = 0.1  # ten in a network of many more weights
SETTINGS = dict(like="adam", lr=LR, beta1=BETAS[0], beta2=BETAS[1], eps=EPS, clip_norm=CLIP)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((2, 4)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.integers(0, 2, (SAMPLES, 2)).astype(float)


def forward(params, X):
    W1, b1, W2, b2 = params
    z = X @ W1.T + b1
    h = np.where(z.real > 0, z, 0)
    return h, 1 / (1 + np.exp(-(h @ W2.T + b2)))


def cost(params, X, Y):
    p = forward(params, X)[1]
    return -np.sum(Y * np.log(p) + (1 - Y) * np.log(1 - p)) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[2] * (h > 0)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


class Parameter:
    def __init__(self, data, grad):
        self.data, self.grad = data.copy(), grad.copy()


class Adam:
    def __init__(self, parameters, lr, state):
        self.parameters, self.lr = parameters, lr
        self.state = [dict(s) for s in state]

    def step(self):
        for p, state in zip(self.parameters, self.state):
            if not state:
                state.update(step=0, exp_avg=np.zeros_like(p.data), exp_avg_sq=np.zeros_like(p.data))
            state["step"] += 1
            state["exp_avg"] = BETAS[0] * state["exp_avg"] + (1 - BETAS[0]) * p.grad
            state["exp_avg_sq"] = BETAS[1] * state["exp_avg_sq"] + (1 - BETAS[1]) * p.grad * p.grad
            denom = np.sqrt(state["exp_avg_sq"] / (1 - BETAS[1] ** state["step"])) + EPS
            p.data -= self.lr / (1 - BETAS[0] ** state["step"]) * state["exp_avg"] / denom


def clip_grad_norm(parameters, max_norm):
    total_norm = np.sqrt(sum(np.sum(p.grad**2) for p in parameters))
    clip_coef = max_norm / (total_norm + 1e-6)
    if clip_coef < 1:
        for p in parameters:
            p.grad *= clip_coef


def start_state():
    return [{}, {}, {}, {}]


def update(params, grads, state):
    model = [Parameter(p, g) for p, g in zip(params, grads)]
    optimizer = Adam(model, LR, state)
    optimizer.step()

    clip_grad_norm(model, CLIP)
    return [p.data for p in model], optimizer.state


def repaired_update(params, grads, state):
    model = [Parameter(p, g) for p, g in zip(params, grads)]
    optimizer = Adam(model, LR, state)
    clip_grad_norm(model, CLIP)

    optimizer.step()
    return [p.data for p in model], optimizer.state
