"""The way back through a logarithmic softmax takes the sum of the gradients over the batch, not over one sample."""

import numpy as np

SOURCE = "https://github.com/spearow/juice/commit/e88df5e6"
THREAD = "spearow/juice e88df5e6"
DATE = "2023-01"
KIND = "gradient"
FORMULA = r"\bar x_{ij} = \bar y_{ij} - e^{y_{ij}} \textstyle\sum_{n, k} \bar y_{nk}"
RIGHT = r"\bar x_{ij} = \bar y_{ij} - e^{y_{ij}} \textstyle\sum_k \bar y_{ik},\; y = \log \operatorname{softmax}(x)"
READ = "code"
GROUP = "softmax"
LAYER = [2]
NAMES = []
NET = dict(sizes=(3, 4, 3), hidden="sigmoid", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 3)), rng.standard_normal(3)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def map2(src1, src2, f):
    return np.array([f(s1, s2) for s1, s2 in zip(src1, src2)])


class NativeBackend:
    def sigmoid(self, x):
        return 1.0 / (1.0 + np.exp(-x))

    def sigmoid_grad(self, x, x_diff):
        return x * (1.0 - x) * x_diff

    def log_softmax(self, x):
        result = np.zeros_like(x)
        for i in range(len(x)):
            max_input = np.max(x[i].real)
            logsum = max_input + np.log(np.sum(np.exp(x[i] - max_input)))
            result[i] = x[i] - logsum
        return result

    def log_softmax_grad(self, x, x_diff):
        xs, dxs = x.ravel(), x_diff.ravel()
        sum = 0.0
        for grad_val in dxs:
            sum += grad_val
        return map2(xs, dxs, lambda t, dt: dt - np.exp(t) * sum).reshape(x.shape)


class NativeBackendLater(NativeBackend):
    def log_softmax_grad(self, x, x_diff):
        batch_size, item_size = x.shape
        xs, dxs = x.ravel(), x_diff.ravel()
        drs = np.zeros_like(xs)
        for i in range(batch_size):
            item = slice(i * item_size, (i + 1) * item_size)
            sum = 0.0
            for grad_val in dxs[item]:
                sum += grad_val
            drs[item] = map2(xs[item], dxs[item], lambda t, dt: dt - np.exp(t) * sum)
        return drs.reshape(x.shape)


def forward(params, X, backend):
    W1, b1, W2, b2 = params
    h = backend.sigmoid(X @ W1 + b1)
    return h, backend.log_softmax(h @ W2 + b2)


def cost(params, X, Y):
    """The negative logarithmic likelihood."""
    return -np.sum(Y * forward(params, X, NativeBackend())[1]) / len(X)


def gradients(params, X, Y, backend):
    h, output = forward(params, X, backend)
    d2 = backend.log_softmax_grad(output, -Y / len(X))
    d1 = backend.sigmoid_grad(h, d2 @ params[2].T)
    return [X.T @ d1, d1.sum(axis=0), h.T @ d2, d2.sum(axis=0)]


def grad(params, X, Y):
    return gradients(params, X, Y, NativeBackend())


def repaired(params, X, Y):
    return gradients(params, X, Y, NativeBackendLater())
