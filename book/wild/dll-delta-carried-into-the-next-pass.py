"""Only the last step's error enters a recurrent layer; each further pass goes on with what the one before left."""

import numpy as np

SOURCE = "https://github.com/wichtounet/dll/commit/394280289f7cc3c8280a55347427a588e8a5c13f"
THREAD = "wichtounet/dll 39428028"
DATE = "2017-11"
KIND = "gradient"
GROUP = "down"
FORMULA = (
    r"\delta_T = e_T \odot f'(s_T),\; \delta_t = (\delta_{\text{before}} W^\top) \odot f'(s_t),\;"
    r" t = T - 1, \dots, 1, T - 1, \dots, 1, T - 2, \dots"
)
RIGHT = r"\delta_t = (e_t + \delta_{t+1} W^\top) \odot f'(s_t),\; t = T, \dots, 1"
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # a recurrent layer with a target at each step
BLOCKS = ["w[1]", "u[1]", "b[1]"]
SAMPLES = 4
LAM = 0.0
TIME_STEPS, LENGTH, HIDDEN = 4, 2, 3
BPTT_STEPS = TIME_STEPS


def start(rng):
    return {
        "w": rng.standard_normal((HIDDEN, HIDDEN)),
        "u": rng.standard_normal((LENGTH, HIDDEN)),
        "b": rng.standard_normal(HIDDEN),
    }


def data(rng):
    shapes = (SAMPLES, TIME_STEPS, LENGTH), (SAMPLES, TIME_STEPS, HIDDEN)
    return tuple(rng.standard_normal(shape) for shape in shapes)


def f_derivative(s):
    """The slope of the hyperbolic tangent, from its value."""
    return 1 - s**2


def forward_batch(params, x_t):
    s_t = [np.tanh(x_t[0] @ params["u"] + params["b"])]
    for t in range(1, TIME_STEPS):
        s_t.append(np.tanh(x_t[t] @ params["u"] + s_t[t - 1] @ params["w"] + params["b"]))
    return s_t


class RnnLayer:
    """The context of a layer in training, with its gradients."""

    def __init__(self, params, X, Y):
        self.w = params["w"]
        self.x_t = np.swapaxes(X, 0, 1)
        self.s_t = forward_batch(params, self.x_t)
        self.o_t = [(s - y) / len(X) for s, y in zip(self.s_t, np.swapaxes(Y, 0, 1))]
        self.grads = {name: np.zeros_like(value) for name, value in params.items()}

    def cost(self):
        return 0.5 * sum(np.sum(errors**2) for errors in self.o_t) * self.x_t.shape[1]

    def add(self, t, delta_t):
        if t > 0:
            self.grads["w"] += self.s_t[t - 1].T @ delta_t
        self.grads["u"] += self.x_t[t].T @ delta_t
        self.grads["b"] += np.sum(delta_t, axis=0)

    def compute_gradients(self):
        last_step = max(TIME_STEPS - BPTT_STEPS, 0)
        ttt = TIME_STEPS - 1
        while True:
            for t in range(ttt, last_step - 1, -1):
                if t == TIME_STEPS - 1:
                    delta_t = self.o_t[t] * f_derivative(self.s_t[t])
                else:
                    delta_t = (delta_t @ self.w.T) * f_derivative(self.s_t[t])
                self.add(t, delta_t)
            ttt -= 1
            if ttt == 0:
                return self.grads


class RepairedRnnLayer(RnnLayer):
    def compute_gradients(self):
        d_h_t = 0.0
        for t in reversed(range(TIME_STEPS)):
            delta_t = (self.o_t[t] + d_h_t) * f_derivative(self.s_t[t])
            self.add(t, delta_t)
            d_h_t = delta_t @ self.w.T
        return self.grads


def cost(params, X, Y):
    return RnnLayer(params, X, Y).cost()


def grad(params, X, Y):
    return RnnLayer(params, X, Y).compute_gradients()


def repaired(params, X, Y):
    return RepairedRnnLayer(params, X, Y).compute_gradients()
