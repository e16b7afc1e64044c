"""The optimizer is called for one subgroup of the parameters after another, and counts a step each time."""

import numpy as np

SOURCE = "https://github.com/deepspeedai/DeepSpeed/commit/de88718501ee25d934b1f33c309d1e4437c6ef53"
THREAD = "deepspeedai/DeepSpeed #1823, de8871850"
DATE = "2022-05"
KIND = "update"
FORMULA = (
    r"\hat m_t^{(k)} = m_t^{(k)} / (1 - \beta_1^{K (t - 1) + k}),\; "
    r"\hat v_t^{(k)} = v_t^{(k)} / (1 - \beta_2^{K (t - 1) + k}),\; k = 1 \ldots K \text{ the subgroups}"
)
RIGHT = r"\hat m_t = m_t / (1 - \beta_1^t),\; \hat v_t = v_t / (1 - \beta_2^t)"
READ = "code"
LAYER = []
NAMES = [{"step-count-per-array"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


LR, BETA1, BETA2, EPS, WD = 0.02, 0.9, 0.999, 1e-8, 0.01
SETTINGS = dict(like="adamw", lr=LR, beta1=BETA1, beta2=BETA2, eps=EPS, weight_decay=WD)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((2, 4)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def cost(params, X, Y):
    W1, b1, W2, b2 = params
    h = np.tanh(X @ W1.T + b1)
    return 0.5 * np.sum((h @ W2.T + b2 - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    W1, b1, W2, b2 = params
    h = np.tanh(X @ W1.T + b1)
    d2 = (h @ W2.T + b2 - Y) / len(X)
    d1 = d2 @ W2 * (1 - h**2)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


def start_state():
    return {"group": {}, "state": {}}


def multi_tensor_adam(g, p, m, v, lr, beta1, beta2, epsilon, step, bias_correction, decay):
    """The branch of the kernel with ADAM_MODE_1, weight decay."""
    beta1_correction, beta2_correction = 1.0, 1.0
    if bias_correction == 1:
        beta1_correction = 1 - beta1**step
        beta2_correction = 1 - beta2**step
    for r_g, r_p, r_m, r_v in zip(g, p, m, v):
        r_m[...] = beta1 * r_m + (1 - beta1) * r_g
        r_v[...] = beta2 * r_v + (1 - beta2) * r_g * r_g
        next_m_unbiased = r_m / beta1_correction
        next_v_unbiased = r_v / beta2_correction
        denom = np.sqrt(next_v_unbiased) + epsilon
        update = (next_m_unbiased / denom) + (decay * r_p)
        r_p[...] = r_p - (lr * update)


class FusedAdam:
    def __init__(self, state):
        self.group = dict(state["group"], lr=LR, betas=(BETA1, BETA2), eps=EPS, weight_decay=WD, params=[])
        self.state = {k: {n: np.copy(x) for n, x in s.items()} for k, s in state["state"].items()}

    def count_group(self, group):
        if "step" in group:
            group["step"] += 1
        else:
            group["step"] = 1

    def count_state(self, group, state):
        return group["step"]

    def step(self):
        group = self.group
        beta1, beta2 = group["betas"]
        self.count_group(group)

        # create lists for multi-tensor apply
        g_32, p_32, m_32, v_32 = [], [], [], []
        for name, p, grad in group["params"]:
            if name not in self.state:
                self.state[name] = {"step": 0, "exp_avg": np.zeros_like(p), "exp_avg_sq": np.zeros_like(p)}
            state = self.state[name]
            g_32.append(grad)
            p_32.append(p)
            m_32.append(state["exp_avg"])
            v_32.append(state["exp_avg_sq"])
        if len(g_32) > 0:
            step = self.count_state(group, state)
            multi_tensor_adam(
                g_32, p_32, m_32, v_32, group["lr"], beta1, beta2, group["eps"], step, 1, group["weight_decay"]
            )


class FusedAdamLater(FusedAdam):
    """DeepSpeed processes each subgroup a time, so we need to keep tracking step for each tensor separately."""

    def count_group(self, group):
        pass

    def count_state(self, group, state):
        state["step"] = state["step"] + 1
        return state["step"]


def steps(optimizer, params, grads):
    """As the third stage of ZeRO does, with one array in each subgroup."""
    fp32_partitions = [p.copy() for p in params]
    for sub_group_id in range(len(params)):
        optimizer.group["params"] = [(sub_group_id, fp32_partitions[sub_group_id], grads[sub_group_id])]
        optimizer.step()
        optimizer.group["params"] = []
    kept = {"step": optimizer.group["step"]} if "step" in optimizer.group else {}
    return fp32_partitions, {"group": kept, "state": optimizer.state}


def update(params, grads, state):
    return steps(FusedAdam(state), params, grads)


def repaired_update(params, grads, state):
    return steps(FusedAdamLater(state), params, grads)
