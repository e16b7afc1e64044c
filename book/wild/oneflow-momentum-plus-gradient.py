"""The kernel of momentum adds the gradient to a velocity that is then added to the model, so that it climbs."""

import numpy as np

SOURCE = "https://github.com/Oneflow-Inc/oneflow/pull/735"
THREAD = "Oneflow-Inc/oneflow #735, 96a1fcf"
DATE = "2018-04"
KIND = "update"
FORMULA = r"v_t = \beta v_{t-1} + \eta g_t,\; \theta \leftarrow \theta + v_t"
RIGHT = r"v_t = \beta v_{t-1} - \eta g_t,\; \theta \leftarrow \theta + v_t"
READ = "code"
LAYER = []
NAMES = [{"sign"}]
NET = dict(sizes=(3, 4, 2), hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


LR, BETA = 0.05, 0.9
SETTINGS = dict(like="momentum", lr=LR, momentum=BETA)


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
    return {"next_model_vid": 1, "momentum": [0.0] * 4}


class MomentumMdUpdateKernelUtil:
    @staticmethod
    def update_model(n, beta, learning_rate, model_diff, pre_model, momentum, model):
        for i in range(n):
            momentum[i] = beta * momentum[i] + learning_rate * model_diff[i]
            model[i] = pre_model[i] + momentum[i]


class MomentumMdUpdateKernelUtilFixed:
    @staticmethod
    def update_model(n, beta, learning_rate, model_diff, pre_model, momentum, model):
        for i in range(n):
            momentum[i] = beta * momentum[i] - learning_rate * model_diff[i]
            model[i] = pre_model[i] + momentum[i]


class MomentumMdUpdateKernel:
    def __init__(self, util, learning_rate, beta):
        self.util, self.learning_rate, self.beta = util, learning_rate, beta

    def update_model(self, pre_model_blob, model_diff_blob, next_model_vid, bn_in_op2blob):
        model_blob = bn_in_op2blob["model"]
        momentum_blob = bn_in_op2blob["momentum"]
        learning_rate = self.learning_rate
        beta = self.beta
        if next_model_vid == 1:
            beta = 0.0

        self.util.update_model(
            model_blob.size,
            beta,
            learning_rate,
            model_diff_blob.ravel(),
            pre_model_blob.ravel(),
            momentum_blob.reshape(-1),
            model_blob.reshape(-1),
        )


def step(util, params, grads, state):
    kernel = MomentumMdUpdateKernel(util, LR, BETA)
    models, momentums = [], []
    for pre_model, model_diff, momentum in zip(params, grads, state["momentum"]):
        blobs = {"model": np.empty(pre_model.shape), "momentum": np.zeros(pre_model.shape) + momentum}
        kernel.update_model(pre_model, model_diff, state["next_model_vid"], blobs)
        models.append(blobs["model"])
        momentums.append(blobs["momentum"])
    return models, {"next_model_vid": state["next_model_vid"] + 1, "momentum": momentums}


def update(params, grads, state):
    return step(MomentumMdUpdateKernelUtil, params, grads, state)


def repaired_update(params, grads, state):
    return step(MomentumMdUpdateKernelUtilFixed, params, grads, state)
