"""Where windows of a max pooling overlap and share their largest entry, only the last window's error reaches it."""

import numpy as np

SOURCE = "https://github.com/TzuChieh/NumPy-ML/commit/5327794ad2"
THREAD = "TzuChieh/NumPy-ML 5327794"
DATE = "2024-05"
KIND = "gradient"
GROUP = "down"
FORMULA = r"\partial C / \partial x_i = \delta_p,\; p \text{ the last pool with } \arg\max x_p = i"
RIGHT = r"\partial C / \partial x_i = \textstyle\sum_{p:\, \arg\max x_p = i} \delta_p"
READ = "code"  # the layers are the author's, with a squared error above them and windows that move by one
LAYER = [1]
NAMES = [{"fan-out-overwritten"}, {"gradient-overwritten"}]
NET = None  # a convolution with a max pooling
BLOCKS = ["bias[1]", "weight[1]"]
SAMPLES = 4
LAM = 0.0
FEATURES = 2


def start(rng):
    return {"bias": rng.standard_normal((FEATURES, 1, 1)), "weight": rng.standard_normal((FEATURES, 2, 2))}


def data(rng):
    return rng.standard_normal((SAMPLES, 5, 5)), rng.standard_normal((SAMPLES, FEATURES, 3, 3))


def sliding_window_view(matrix, window_shape, stride_shape, is_writeable=False):
    view = np.lib.stride_tricks.sliding_window_view(matrix, window_shape, writeable=is_writeable)
    return view[tuple(slice(None, None, s) for s in stride_shape)]


def correlate(matrix, kernel):
    return np.einsum("yxkl,kl->yx", sliding_window_view(matrix, kernel.shape, (1, 1)), kernel)


class Convolution:
    def __init__(self, bias, weight):
        self.bias, self.weight = bias, weight

    def feedforward(self, x):
        z = np.zeros((len(self.weight), x.shape[0] - 1, x.shape[1] - 1), self.weight.dtype)
        for output_channel in range(len(self.weight)):
            b = self.bias[output_channel]
            k = self.weight[output_channel]
            z[output_channel] = correlate(x, k) + b
        return z

    def derived_params(self, x, delta):
        # For the bias the gradient is summed over each feature
        del_b = delta.sum(axis=(-2, -1), keepdims=True)
        del_w = np.zeros_like(self.weight)
        for output_channel in range(len(self.weight)):
            del_w[output_channel] = correlate(x, delta[output_channel])
        return {"bias": del_b, "weight": del_w}


class Pool:
    def __init__(self, kernel_shape, stride_shape):
        self._kernel_shape, self._stride_shape = kernel_shape, stride_shape

    def feedforward(self, x):
        return sliding_window_view(x, self._kernel_shape, self._stride_shape).max(axis=(-3, -2, -1))

    def assign(self, dCdx_pool, i, delta):
        dCdx_pool.flat[i] = delta

    def backpropagate(self, x, delta):
        x_pool_view = sliding_window_view(x, self._kernel_shape, self._stride_shape)
        dCdx = np.zeros(x.shape, dtype=delta.dtype)
        dCdx_pool_view = sliding_window_view(dCdx, self._kernel_shape, self._stride_shape, is_writeable=True)
        for pool_idx in np.ndindex(*delta.shape):
            x_pool = x_pool_view[pool_idx]
            dCdx_pool = dCdx_pool_view[pool_idx]
            # Gradient only propagates to the max element
            self.assign(dCdx_pool, x_pool.argmax(), delta[pool_idx])
        return dCdx


class PoolMended(Pool):
    def assign(self, dCdx_pool, i, delta):
        dCdx_pool.flat[i] += delta


def network(params, pool):
    return Convolution(params["bias"], params["weight"]), pool((1, 2, 2), (1, 1, 1))


def cost(params, X, Y):
    cov1, mp1 = network(params, Pool)
    return sum(0.5 * np.sum((mp1.feedforward(cov1.feedforward(x)) - y) ** 2) for x, y in zip(X, Y)) / len(X)


def gradients(pool, params, X, Y):
    cov1, mp1 = network(params, pool)
    total = {name: np.zeros_like(p) for name, p in params.items()}
    for x, y in zip(X, Y):
        a = cov1.feedforward(x)
        delta = mp1.feedforward(a) - y
        delta = mp1.backpropagate(a, delta)
        for name, d in cov1.derived_params(x, delta).items():
            total[name] += d / len(X)
    return total


def grad(params, X, Y):
    return gradients(Pool, params, X, Y)


def repaired(params, X, Y):
    return gradients(PoolMended, params, X, Y)
