"""A reader misses the use of what a pooling rule returns, which is the matrix that it was handed and has filled."""

import numpy as np

SOURCE = "https://github.com/wiseodd/hipsternet/issues/1"
THREAD = "wiseodd/hipsternet #1"
DATE = "2017-10"
KIND = "right"
FORMULA = (
    r"\partial C / \partial a_{ij} = \partial C / \partial p_w\ \text{at the maximum of window}\ w,\; "
    r"0\ \text{elsewhere}"
)
RIGHT = r"\partial C / \partial a_{ij},\; 0\ \text{everywhere is not it}"
READ = "code"
LAYER = []
NAMES = []
IMAGE, KERNEL, SIZE, STRIDE = 5, 2, 2, 2
NET = None  # a convolution and max pooling
BLOCKS = ["kernel[1]", "bias[1]", "W[2]", "b[2]"]
SAMPLES = 4
LAM = 0.0


def start(rng):
    return [
        rng.standard_normal((KERNEL, KERNEL)),
        rng.standard_normal(1),
        rng.standard_normal((4, 3)),
        rng.standard_normal(3),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, IMAGE, IMAGE)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def windows(side, size, stride):
    """The places of each window's entries in an image that is read row by row."""
    corners = range(0, side - size + 1, stride)
    return np.array(
        [[(r + i) * side + c + j for r in corners for c in corners] for i in range(size) for j in range(size)]
    )


def im2col(X, size, stride):
    return np.concatenate([x.ravel()[windows(X.shape[1], size, stride)] for x in X], axis=1)


def col2im(dX_col, shape, size, stride):
    places = windows(shape[1], size, stride)
    dX = np.zeros((shape[0], shape[1] * shape[2]))
    for n, columns in enumerate(np.split(dX_col, shape[0], axis=1)):
        np.add.at(dX[n], places, columns)
    return dX.reshape(shape)


def maxpool_forward(X):
    X_col = im2col(X, SIZE, STRIDE)
    max_idx = np.argmax(X_col.real, axis=0)
    out = X_col[max_idx, range(max_idx.size)]
    return out.reshape(len(X), -1), (X, X_col, max_idx)


def maxpool_backward(d_out, cache):
    def dmaxpool(dX_col, out_grads, pool_cache):
        dX_col[pool_cache, range(out_grads.size)] = out_grads
        return dX_col

    return _pool_backward(d_out, dmaxpool, cache)


def _pool_backward(d_out, dpool_fun, cache):
    X, X_col, pool_cache = cache
    dX_col = np.zeros_like(X_col)
    out_grads = d_out.ravel()
    dX = dpool_fun(dX_col, out_grads, pool_cache)
    dX = col2im(dX_col, X.shape, SIZE, STRIDE)
    return dX.reshape(X.shape)


def forward(params, X):
    kernel, bias, W, b = params
    side = IMAGE - KERNEL + 1
    hidden = np.tanh(kernel.ravel() @ im2col(X, KERNEL, 1) + bias).reshape(len(X), side, side)
    flat, cache = maxpool_forward(hidden)
    e = np.exp(flat @ W + b)
    return hidden, flat, cache, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[-1])) / len(X)


def grad(params, X, Y):
    hidden, flat, cache, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = maxpool_backward(d2 @ params[2].T, cache) * (1 - hidden**2)
    kernel = (im2col(X, KERNEL, 1) @ d1.ravel()).reshape(KERNEL, KERNEL)
    return [kernel, np.array([d1.sum()]), flat.T @ d2, d2.sum(0)]


repaired = grad
