"""The negative log likelihood is averaged over the classes too, and the gradient by hand over the batch alone."""

import numpy as np

SOURCE = "https://github.com/geohot/ai-notebooks/pull/9"
THREAD = "geohot/ai-notebooks PR #9"
DATE = "2021-02"
KIND = "cost"
FORMULA = r"C = -\dfrac1{m K} \textstyle\sum_i \sum_k y_{ik} \log p_{ik}"
RIGHT = r"C = -\dfrac1m \textstyle\sum_i \sum_k y_{ik} \log p_{ik}"
READ = "code"
LAYER = [1, 2]
NAMES = [{"outputs-not-averaged"}, {"factor"}, {"another-cost"}]
NET = None  # two layers without biases, ReLU and a log softmax
BLOCKS = ["l1[1]", "l2[2]"]
SAMPLES = 5
LAM = 0.0
CLASSES = 3


def start(rng):
    return {"l1": rng.standard_normal((4, 5)), "l2": rng.standard_normal((5, CLASSES))}


def data(rng):
    """The pictures, and the digit of each."""
    return rng.standard_normal((SAMPLES, 4)), rng.integers(0, CLASSES, SAMPLES)


def logsumexp(x):
    c = x.real.max(axis=1)
    return c + np.log(np.exp(x - c.reshape((-1, 1))).sum(axis=1))


def forward(x, y, l1, l2):
    out = np.zeros((len(y), CLASSES))
    out[range(out.shape[0]), y] = 1

    x_l1 = x.dot(l1)
    x_relu = x_l1 * (x_l1.real > 0)
    x_l2 = x_relu.dot(l2)
    x_lsm = x_l2 - logsumexp(x_l2).reshape((-1, 1))
    return out, x_relu, x_lsm


def batch_loss(x, y, l1, l2, right=False):
    out, _, x_lsm = forward(x, y, l1, l2)
    if right:
        x_loss = (-out * x_lsm).sum(axis=1)
    else:
        x_loss = (-out * x_lsm).mean(axis=1)
    return x_loss.mean()


def backward(x, y, l1, l2, share):
    out, x_relu, x_lsm = forward(x, y, l1, l2)

    # from the loss down
    d_out = -out / share

    # derivative of the log softmax
    dx_lsm = d_out - np.exp(x_lsm) * d_out.sum(axis=1).reshape((-1, 1))

    # derivative of l2
    d_l2 = x_relu.T.dot(dx_lsm)
    dx_relu = dx_lsm.dot(l2.T)

    # derivative of relu
    dx_l1 = (x_relu > 0).astype(float) * dx_relu

    # derivative of l1
    d_l1 = x.T.dot(dx_l1)
    return {"l1": d_l1, "l2": d_l2}


def cost(params, X, Y):
    return batch_loss(X, Y, params["l1"], params["l2"])


def meant(params, X, Y):
    return batch_loss(X, Y, params["l1"], params["l2"], right=True)


def grad(params, X, Y):
    return backward(X, Y, params["l1"], params["l2"], len(Y))


def repaired(params, X, Y):
    """The gradient of the loss as it is."""
    return backward(X, Y, params["l1"], params["l2"], len(Y) * CLASSES)
