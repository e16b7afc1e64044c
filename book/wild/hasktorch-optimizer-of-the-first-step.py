"""A model of an epidemic folds over its parameters alone, and hands every step the optimiser of the beginning."""

import numpy as np

SOURCE = "https://github.com/hasktorch/hasktorch/commit/572c2d57"
THREAD = "hasktorch/hasktorch 572c2d57"
DATE = "2020-09"
KIND = "update"
FORMULA = (
    r"m = (1 - \beta_1) g_t,\; v = (1 - \beta_2) g_t^2,\; \hat m = m / (1 - \beta_1),\; \hat v = v / (1 - \beta_2)"
)
RIGHT = (
    r"m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t,\; v_t = \beta_2 v_{t-1} + (1 - \beta_2) g_t^2,\; "
    r"\hat m_t = m_t / (1 - \beta_1^t),\; \hat v_t = v_t / (1 - \beta_2^t)"
)
READ = "code"
LAYER = []
NAMES = [{"state-new-each-step"}]
NET = None  # the decoder with its swish; an encoder and a recurrent cell before it are left out
BLOCKS = ["l0.weight[1]", "l0.bias[1]", "l1.weight[2]", "l1.bias[2]", "l2.weight[3]", "l2.bias[3]"]
SAMPLES = 24
LAM = 0.0

LEARNING_RATE, BETA1, BETA2, EPS = 1e-2, 0.9, 0.999, 1e-37
SETTINGS = dict(like="adam", lr=LEARNING_RATE, beta1=BETA1, beta2=BETA2, eps=EPS)


def start(rng):
    """flattenParameters"""
    parameters = []
    for inputs, outputs in ((3, 4), (4, 3), (3, 1)):
        parameters += [0.5 * rng.standard_normal((outputs, inputs)), 0.2 + rng.random(outputs)]
    return parameters


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), 3 * rng.standard_normal((SAMPLES, 1))


def relu(z):
    return np.where(z.real > 0, z, 0)


def mlp(parameters, X):
    w0, b0, w1, b1, w2, b2 = parameters
    h0 = relu(X @ w0.T + b0)
    h1 = relu(h0 @ w1.T + b1)
    return h0, h1, h1 @ w2.T + b2


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def swish(x):
    return x * sigmoid(x)


def cost(parameters, X, Y):
    """T.sqrt $ lossFn actual output"""
    return np.sqrt(np.sum((swish(mlp(parameters, X)[2]) - Y) ** 2) / Y.size)


def repaired(parameters, X, Y):
    """The right gradient, to train with."""
    h0, h1, z = mlp(parameters, X)
    s = sigmoid(z)
    d2 = (z * s - Y) / Y.size / cost(parameters, X, Y) * (s + z * s * (1 - s))
    d1 = d2 @ parameters[4] * (h1 > 0)
    d0 = d1 @ parameters[2] * (h0 > 0)
    return [d0.T @ X, d0.sum(0), d1.T @ h0, d1.sum(0), d2.T @ h1, d2.sum(0)]


def mkAdam(iter, beta1, beta2):
    """The means begin as zeros, of the parameters' shapes."""
    return {"beta1": beta1, "beta2": beta2, "m1": [0.0] * 6, "m2": [0.0] * 6, "iter": iter}


OPTIM_SPEC = {"optimizer": mkAdam(0, BETA1, BETA2), "learningRate": LEARNING_RATE}


def adam(lr, gradients, parameters, optimizer):
    beta1, beta2, iter = optimizer["beta1"], optimizer["beta2"], optimizer["iter"]
    # decaying averages of 1st & 2nd moments
    f1 = lambda m1, dp: beta1 * m1 + (1 - beta1) * dp
    f2 = lambda m2, dp: beta2 * m2 + (1 - beta2) * (dp * dp)
    m1_ = [f1(m1, dp) for m1, dp in zip(optimizer["m1"], gradients)]
    m2_ = [f2(m2, dp) for m2, dp in zip(optimizer["m2"], gradients)]
    # bias adjustment
    a = lambda beta, m: m / (1 - beta ** (iter + 1))
    a1 = [a(beta1, m) for m in m1_]
    a2 = [a(beta2, m) for m in m2_]
    # parameter update
    eps = EPS
    update = lambda prevParam, a1_, a2_: prevParam - lr * a1_ / (np.sqrt(a2_) + eps)
    parameters_ = [update(p, x, y) for p, x, y in zip(parameters, a1, a2)]
    return parameters_, {"beta1": beta1, "beta2": beta2, "m1": m1_, "m2": m2_, "iter": iter + 1}


def start_state():
    """What foldLoop hands on beside the model."""
    return {"optimizer": OPTIM_SPEC["optimizer"]}


def train_turn(state, gradients, optimizer):
    newModel, optimizer = adam(OPTIM_SPEC["learningRate"], gradients, state, optimizer)
    return newModel, optimizer


def update(params, grads, state):
    """foldLoop init numIters $ \\state iter: the new optimizer ends with the turn."""
    newModel, optimizer = train_turn(params, grads, OPTIM_SPEC["optimizer"])
    return newModel, state


def repaired_update(params, grads, state):
    """foldLoop (init, optimizer) numIters $ \\(state, optimizer) iter"""
    newModel, optimizer = train_turn(params, grads, state["optimizer"])
    return newModel, {"optimizer": optimizer}
