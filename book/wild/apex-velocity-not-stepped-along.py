"""The fused kernel keeps a velocity, but without Nesterov's momentum it steps along the gradient alone."""

import numpy as np

SOURCE = "https://github.com/NVIDIA/apex/commit/ac74f3452e5205fae10362c4745eeb2847dddec7"
THREAD = "NVIDIA/apex ac74f345"
DATE = "2019-03"
KIND = "update"
FORMULA = r"v_t = \mu v_{t-1} + g_t,\; \theta \leftarrow \theta - \eta\, g_t"
RIGHT = r"v_t = \mu v_{t-1} + g_t,\; \theta \leftarrow \theta - \eta\, v_t"
READ = "code"
LAYER = []
NAMES = [{"velocity-not-kept"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


LR, MOMENTUM = 0.05, 0.9
SETTINGS = dict(like="momentum", lr=LR, momentum=MOMENTUM)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((2, 4)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(2)[rng.integers(0, 2, SAMPLES)]


def forward(params, X):
    W1, b1, W2, b2 = params
    z = X @ W1.T + b1
    h = np.tanh(z)
    e = np.exp(h @ W2.T + b2)
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[2] * (1 - h**2)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


def start_state():
    return {}


class SGDFunctor:
    later = False

    def __call__(self, grad_in, weight_in, mom_in, wd, momentum, dampening, lr, nesterov, first_run):
        """What the threads do one after another, in loops of ILP, is done in one loop."""
        for i in range(len(grad_in)):
            incoming_grads = grad_in[i]
            incoming_weights = weight_in[i]
            incoming_moms = mom_in[i]

            # apply weight decay
            if wd != 0.0:
                incoming_grads += wd * incoming_weights
            if momentum != 0.0:
                if not first_run:
                    incoming_moms = incoming_moms * momentum + (1.0 - dampening) * incoming_grads

                if nesterov:
                    incoming_grads += momentum * incoming_moms
                elif self.later:
                    incoming_grads = incoming_moms

            # adjust the weight and write out
            weight_in[i] += -lr * incoming_grads

            # also write out the new momentum
            if momentum != 0.0:
                mom_in[i] = incoming_moms


class SGDFunctorLater(SGDFunctor):
    later = True


def step(params, grads, state, multi_tensor_sgd):
    param_state = {k: buf.copy() for k, buf in state.items()}
    params = [p.copy() for p in params]
    momentums = []
    for k in range(len(params)):
        if k not in param_state:
            first_run = True
            buf = param_state[k] = np.zeros_like(params[k])
            buf[...] = buf * MOMENTUM + grads[k]
            momentums.append(buf)
        else:
            first_run = False
            momentums.append(param_state[k])
    # launch update: modifies weight and momentum values inplace
    for g, p, m in zip(grads, params, momentums):
        multi_tensor_sgd(np.ravel(g), p.reshape(-1), m.reshape(-1), 0.0, MOMENTUM, 0.0, LR, False, first_run)
    return params, param_state


def update(params, grads, state):
    return step(params, grads, state, SGDFunctor())


def repaired_update(params, grads, state):
    return step(params, grads, state, SGDFunctorLater())
