"""The kernel of Nesterov's momentum adds the weight decay to the velocity and leaves it out beside it."""

import numpy as np

SOURCE = "https://github.com/apache/mxnet/pull/16053"
THREAD = "apache/mxnet #15543, PR #16053, 85fe0b439a"
DATE = "2019-07"
KIND = "update"
FORMULA = r"v \leftarrow \mu v + g + \lambda w,\; w \leftarrow w - \eta (\mu v + g)"
RIGHT = r"v \leftarrow \mu v + g + \lambda w,\; w \leftarrow w - \eta (\mu v + g + \lambda w)"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


LR, MOMENTUM, WD = 0.05, 0.8, 0.1
SETTINGS = dict(like="nesterov", lr=LR, momentum=MOMENTUM, weight_decay=WD)


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
    return [np.zeros((4, 3)), np.zeros(4), np.zeros((2, 4)), np.zeros(2)]


def NAGMomKernel(i, out_data, mom_data, weight_data, grad_data, param_momentum, param_lr, param_wd, param_rescale_grad):
    mom_data[i] = param_momentum * mom_data[i] + param_rescale_grad * grad_data[i] + (param_wd * weight_data[i])
    out_data[i] = weight_data[i] - param_lr * (param_momentum * mom_data[i] + param_rescale_grad * grad_data[i])


def NAGMomKernelLater(
    i, out_data, mom_data, weight_data, grad_data, param_momentum, param_lr, param_wd, param_rescale_grad
):
    """The velocity has the rate in it, and the other sign."""
    mom_data[i] = param_momentum * mom_data[i]
    out_data[i] = (
        weight_data[i]
        - mom_data[i]
        + (param_momentum + 1)
        * (mom_data[i] - (param_lr * (param_rescale_grad * grad_data[i] + param_wd * weight_data[i])))
    )
    mom_data[i] = mom_data[i] - param_lr * ((param_rescale_grad * grad_data[i]) + (param_wd * weight_data[i]))


def NAGMomUpdate(kernel, weight, grad, mom):
    """An array's elements one by one."""
    mom_data, weight_data, grad_data = mom.ravel().copy(), weight.ravel(), grad.ravel()
    out_data = np.empty_like(weight_data)
    for i in range(weight.size):
        kernel(i, out_data, mom_data, weight_data, grad_data, MOMENTUM, LR, WD, 1.0)
    return out_data.reshape(weight.shape), mom_data.reshape(weight.shape)


def updated(kernel, params, grads, state):
    new, moms = [], []
    for weight, grad, mom in zip(params, grads, state):
        out, mom = NAGMomUpdate(kernel, weight, grad, mom)
        new.append(out)
        moms.append(mom)
    return new, moms


def update(params, grads, state):
    return updated(NAGMomKernel, params, grads, state)


def repaired_update(params, grads, state):
    return updated(NAGMomKernelLater, params, grads, state)
