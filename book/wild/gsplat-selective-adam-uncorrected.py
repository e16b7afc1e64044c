"""The fused kernel of a selective Adam steps along its two means as they are, without bias correction."""

import numpy as np

SOURCE = "https://github.com/nerfstudio-project/gsplat/issues/604"
THREAD = "nerfstudio-project/gsplat #604, PR #770"
DATE = "2025-03"
KIND = "update"
FORMULA = r"\theta \leftarrow \theta - \eta\, m_t / (\sqrt{v_t} + \epsilon)"
RIGHT = r"\theta \leftarrow \theta - \eta \frac{m_t / (1 - \beta_1^t)}{\sqrt{v_t / (1 - \beta_2^t)} + \epsilon}"
READ = "code"
LAYER = []
NAMES = [{"no-bias-correction"}]
NET = dict(sizes=(3, 4, 2), hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


LR, B1, B2, EPS = 0.02, 0.9, 0.999, 1e-8
SETTINGS = dict(like="adam", lr=LR, beta1=B1, beta2=B2, eps=EPS)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((2, 4)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(2)[rng.integers(0, 2, SAMPLES)]


def forward(params, X):
    W1, b1, W2, b2 = params
    z = X @ W1.T + b1
    h = np.where(z.real > 0, z, 0)
    e = np.exp(h @ W2.T + b2)
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[2] * (h > 0)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


def start_state():
    return {"step": 0, "exp_avg": [0.0] * 4, "exp_avg_sq": [0.0] * 4}


def adam_kernel(N, D, param, param_grad, exp_avg, exp_avg_sq, valid, lr, b1, b2, eps, step_count=None):
    for p_idx in range(N * D):
        g_idx = p_idx // D

        if g_idx >= N:
            continue
        if valid is not None and not valid[g_idx]:
            continue

        register_param_grad = param_grad[p_idx]
        register_exp_avg = exp_avg[p_idx]
        register_exp_avg_sq = exp_avg_sq[p_idx]
        register_exp_avg = b1 * register_exp_avg + (1.0 - b1) * register_param_grad
        register_exp_avg_sq = b2 * register_exp_avg_sq + (1.0 - b2) * register_param_grad * register_param_grad
        if step_count is None:
            step = -lr * register_exp_avg / (np.sqrt(register_exp_avg_sq) + eps)
        else:
            m_hat = register_exp_avg / (1.0 - b1**step_count)
            v_hat = register_exp_avg_sq / (1.0 - b2**step_count)
            step = -lr * m_hat / (np.sqrt(v_hat) + eps)

        param[p_idx] += step
        exp_avg[p_idx] = register_exp_avg
        exp_avg_sq[p_idx] = register_exp_avg_sq


class SelectiveAdam:
    corrected = False

    def __init__(self, params, state, eps=EPS, betas=(B1, B2)):
        self.param_groups = [{"params": [p], "lr": LR, "eps": eps, "betas": betas} for p in params]
        self.state = state

    def step(self, visibility, grads):
        kept = {"step": self.state["step"] + 1, "exp_avg": [], "exp_avg_sq": []}
        for i, group in enumerate(self.param_groups):
            lr = group["lr"]
            eps = group["eps"]
            beta1, beta2 = group["betas"]

            param = group["params"][0]
            exp_avg = np.zeros_like(param) + self.state["exp_avg"][i]
            exp_avg_sq = np.zeros_like(param) + self.state["exp_avg_sq"][i]
            N = len(param)
            adam_kernel(
                N,
                param.size // N,
                param.reshape(-1),
                grads[i].ravel(),
                exp_avg.reshape(-1),
                exp_avg_sq.reshape(-1),
                visibility,
                lr,
                beta1,
                beta2,
                eps,
                kept["step"] if self.corrected else None,
            )
            kept["exp_avg"].append(exp_avg)
            kept["exp_avg_sq"].append(exp_avg_sq)
        self.state = kept


class SelectiveAdamCorrected(SelectiveAdam):
    corrected = True


def stepped(kind, params, grads, state):
    """Everything is visible, so that each parameter has made as many steps."""
    new = [p.copy() for p in params]
    optimizer = kind(new, state)
    optimizer.step(None, grads)
    return new, optimizer.state


def update(params, grads, state):
    return stepped(SelectiveAdam, params, grads, state)


def repaired_update(params, grads, state):
    return stepped(SelectiveAdamCorrected, params, grads, state)
