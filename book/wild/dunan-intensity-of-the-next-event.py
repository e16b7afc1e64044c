"""A reader wants another sign in the gradient of a point process's decay, having read a difference backwards."""

import numpy as np

SOURCE = "https://github.com/dunan/NeuralPointProcess/issues/1"
THREAD = "dunan/NeuralPointProcess #1"
DATE = "2017-01"
KIND = "right"
FORMULA = (
    r"\partial C / \partial w = \tfrac1n \textstyle\sum_j \Bigl(-d_j - \frac{e^{s_j} - e^{u_j}}{w^2} "
    r"+ \frac{e^{s_j} d_j}w\Bigr)"
)
RIGHT = (
    r"C = \tfrac1n \textstyle\sum_j \Bigl(\frac{e^{s_j} - e^{u_j}}w - s_j\Bigr),\; "
    r"s_j = u_j + w\, d_j,\; u_j = v \cdot h_j + b"
)
READ = "code"
LAYER = []
NAMES = []
NET = None  # the time of the next event, whose intensity is an exponential
BLOCKS = ["weight[1]", "v[1]", "b[1]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    """The decay, and the linear layer below, v^T h_j + b."""
    return {"weight": rng.uniform(0.5, 1.2, 1), "v": 0.7 * rng.standard_normal(3), "b": rng.standard_normal(1)}


def data(rng):
    """Hidden states, and the time until the next event."""
    return rng.standard_normal((SAMPLES, 3)), rng.exponential(1.0, SAMPLES)


class IntensityNllCriterionLayer:
    def __init__(self, w, lam=1.0):
        self.w, self.lam = w, lam

    def UpdateOutput(self, vt_hj, delta_t):
        # operands[0]: v^T h_j; operands[1]: dt = t_{j+1} - t_j
        self.w_scalar = self.w["value"][0]
        # cur_state = v^T h_j + b + w^T dt;
        self.cur_state = vt_hj + self.w_scalar * delta_t

        # exp(v^th_j + b)
        buffer = np.exp(vt_hj)

        self.grad = np.exp(self.cur_state)
        self.grad = self.grad - buffer
        self.grad = self.grad / self.w_scalar

        buffer = self.grad - self.cur_state

        self.loss = np.sum(buffer)

    def BackPropErr(self):
        batch_size = len(self.grad)
        prev_grad = self.grad * (self.lam / batch_size)
        prev_grad = prev_grad + -self.lam / batch_size
        return prev_grad

    def AccDeriv(self, delta_t):
        dw = -np.sum(delta_t)
        dw -= np.sum(self.grad) / self.w_scalar
        cur_state = np.exp(self.cur_state)
        dw += np.dot(cur_state, delta_t) / self.w_scalar
        dw *= self.lam / len(self.grad)
        return dw


def layer(params, X, Y):
    criterion = IntensityNllCriterionLayer({"value": params["weight"]})
    criterion.UpdateOutput(X @ params["v"] + params["b"], Y)
    return criterion


def cost(params, X, Y):
    """The layer's loss over the size of the batch, by which its gradients are divided."""
    return layer(params, X, Y).loss / len(X)


def grad(params, X, Y):
    criterion = layer(params, X, Y)
    prev_grad = criterion.BackPropErr()
    return {"weight": np.array([criterion.AccDeriv(Y)]), "v": X.T @ prev_grad, "b": np.array([np.sum(prev_grad)])}


repaired = grad
