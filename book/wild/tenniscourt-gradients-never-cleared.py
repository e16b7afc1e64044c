"""The training loop of a detector of tennis courts never clears its gradients, so that Adam gets the sum of all."""

import numpy as np

SOURCE = "https://github.com/yastrebksv/TennisCourtDetector/issues/7"
THREAD = "yastrebksv/TennisCourtDetector #7, e5cd4f1"
DATE = "2024-02"
KIND = "update"
FORMULA = (
    r"m_t = \beta_1 m_{t-1} + (1 - \beta_1) G_t,\; v_t = \beta_2 v_{t-1} + (1 - \beta_2) G_t^2,\; "
    r"G_t = \textstyle\sum_{s \le t} g_s"
)
RIGHT = r"m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t,\; v_t = \beta_2 v_{t-1} + (1 - \beta_2) g_t^2"
READ = "code"
LAYER = []
NAMES = [{"gradients-summed"}]
NET = None  # a convolutional network; of its blocks, here are two on a line of pixels
BLOCKS = ["conv1.weight[1]", "conv1.bias[1]", "conv2.weight[2]", "conv2.bias[2]"]
SAMPLES = 6
LAM = 0.0

LR, BETAS, EPS = 0.01, (0.9, 0.999), 1e-8
SETTINGS = dict(like="adam", lr=LR, beta1=BETAS[0], beta2=BETAS[1], eps=EPS)


def start(rng):
    return {
        "conv1.weight": 0.7 * rng.standard_normal((2, 1, 3)),
        "conv1.bias": 0.3 + rng.random(2),
        "conv2.weight": rng.standard_normal((2, 2, 3)),
        "conv2.bias": rng.standard_normal(2),
    }


def data(rng):
    """A batch of pictures, and heat maps of two points."""
    return rng.random((SAMPLES, 1, 6)), rng.random((SAMPLES, 2, 6))


def windows(x):
    """The neighbours of each pixel, beyond the edge nothing."""
    padded = np.pad(x, ((0, 0), (0, 0), (1, 1)))
    return np.stack([padded[:, :, k : k + x.shape[2]] for k in range(3)], -1)


def conv(x, weight, bias):
    return np.einsum("ncpk,ock->nop", windows(x), weight) + bias[:, None]


def forward(params, X):
    z = conv(X, params["conv1.weight"], params["conv1.bias"])
    h = np.where(z.real > 0, z, 0)
    return h, 1 / (1 + np.exp(-conv(h, params["conv2.weight"], params["conv2.bias"])))


def cost(params, X, Y):
    """criterion(F.sigmoid(out), gt_hm_hp), an MSELoss."""
    return np.sum((forward(params, X)[1] - Y) ** 2) / Y.size


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, out = forward(params, X)
    d2 = 2 * (out - Y) / Y.size * out * (1 - out)
    d1 = np.einsum("nopk,ock->ncp", windows(d2)[..., ::-1], params["conv2.weight"]) * (h > 0)
    return {
        "conv1.weight": np.einsum("nop,ncpk->ock", d1, windows(X)),
        "conv1.bias": d1.sum((0, 2)),
        "conv2.weight": np.einsum("nop,ncpk->ock", d2, windows(h)),
        "conv2.bias": d2.sum((0, 2)),
    }


def start_state():
    return {"grad": {}, "step": 0, "exp_avg": {}, "exp_avg_sq": {}}


def backward(grad, grads):
    """loss.backward() adds to what is there."""
    return {name: grad.get(name, 0.0) + g for name, g in grads.items()}


def adam_step(params, state):
    step = state["step"] + 1
    exp_avg, exp_avg_sq, new = {}, {}, {}
    for name, p in params.items():
        grad = state["grad"][name]
        exp_avg[name] = BETAS[0] * state["exp_avg"].get(name, 0.0) + (1 - BETAS[0]) * grad
        exp_avg_sq[name] = BETAS[1] * state["exp_avg_sq"].get(name, 0.0) + (1 - BETAS[1]) * grad**2
        denom = np.sqrt(exp_avg_sq[name]) / np.sqrt(1 - BETAS[1] ** step) + EPS
        new[name] = p - LR / (1 - BETAS[0] ** step) * exp_avg[name] / denom
    return new, {"grad": state["grad"], "step": step, "exp_avg": exp_avg, "exp_avg_sq": exp_avg_sq}


def train(params, grads, state, zero_grad):
    """One turn of the loop over the batches."""
    state = dict(state, grad=backward(state["grad"], grads))  # loss.backward()
    params, state = adam_step(params, state)  # optimizer.step()
    if zero_grad:
        state["grad"] = {}  # optimizer.zero_grad()
    return params, state


def update(params, grads, state):
    return train(params, grads, state, zero_grad=False)


def repaired_update(params, grads, state):
    return train(params, grads, state, zero_grad=True)
