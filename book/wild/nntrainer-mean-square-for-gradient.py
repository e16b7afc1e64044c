"""An RMSprop divides its running mean square by the root of it, and writes the quotient over the gradient."""

import numpy as np

SOURCE = "https://github.com/nntrainer/nntrainer/pull/2587"
THREAD = "nntrainer/nntrainer PR #2587, f060dd367"
DATE = "2024-05"
KIND = "update"
FORMULA = r"\theta \leftarrow \theta - \eta\, v_t / (\sqrt{v_t} + \epsilon),\; v_t = \rho v_{t-1} + (1 - \rho) g_t^2"
RIGHT = r"\theta \leftarrow \theta - \eta\, g_t / (\sqrt{v_t} + \epsilon),\; v_t = \rho v_{t-1} + (1 - \rho) g_t^2"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="sigmoid", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0

LR, RHO, EPSILON = 0.02, 0.9, 1e-7
SETTINGS = dict(like="rmsprop", lr=LR, beta2=RHO, eps=EPSILON)


def start(rng):
    """The weights of a fully connected layer are inputs by units."""
    return [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 2)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(2)[rng.integers(0, 2, SAMPLES)]


def forward(params, X):
    W1, b1, W2, b2 = params
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    e = np.exp(h @ W2 + b2)
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[2].T * h * (1 - h)
    return [X.T @ d1, d1.sum(0), h.T @ d2, d2.sum(0)]


def start_state():
    return {"iteration": 0, "wv": [0.0] * 4}


class RunOptimizerContext:
    def __init__(self, weight, grad, wv, learning_rate):
        self.weight, self.grad, self.wv = (weight.copy(), grad.copy(), np.zeros_like(weight) + wv)
        self.learning_rate = learning_rate

    def getGradient(self):
        return self.grad

    def getOptimizerVariable(self):
        return self.wv

    def applyGradient(self, lr, updated_grad):
        self.weight -= lr * updated_grad


class RMSProp:
    """With torch_ref; the other branch writes over x_grad as well."""

    rho, epsilon = RHO, EPSILON

    def applyGradient(self, context):
        x_grad = context.getGradient()
        wv = context.getOptimizerVariable()

        wv *= self.rho
        wv += (x_grad * x_grad) * (1.0 - self.rho)

        denom = np.sqrt(wv)
        denom += self.epsilon

        self.divide(wv, denom, x_grad)

        context.applyGradient(context.learning_rate, x_grad)

    def divide(self, wv, denom, x_grad):
        """wv.divide(denom, x_grad): x_grad is where the quotient goes."""
        np.divide(wv, denom, out=x_grad)


class RMSPropReviewed(RMSProp):
    def divide(self, wv, denom, x_grad):
        """x_grad.divide_i(denom)"""
        x_grad /= denom


def step(optimizer, params, grads, state):
    contexts = [RunOptimizerContext(p, g, wv, LR) for p, g, wv in zip(params, grads, state["wv"])]
    for context in contexts:
        optimizer.applyGradient(context)
    return [c.weight for c in contexts], {"iteration": state["iteration"] + 1, "wv": [c.wv for c in contexts]}


def update(params, grads, state):
    return step(RMSProp(), params, grads, state)


def repaired_update(params, grads, state):
    return step(RMSPropReviewed(), params, grads, state)
