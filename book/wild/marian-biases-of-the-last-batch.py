"""The products for the biases write over the gradient, so that of several batches only the last counts for them."""

import numpy as np

SOURCE = "https://github.com/marian-nmt/marian-dev/commit/d5c7372a"
THREAD = "marian-nmt/marian-dev d5c7372a"
DATE = "2022-04"
KIND = "gradient"
FORMULA = r"\partial C / \partial b^l = \textstyle\sum_{i \in \text{last batch}} \delta_i^l"
RIGHT = r"\partial C / \partial b^l = \textstyle\sum_i \delta_i^l"
READ = "code"
GROUP = "blocks"
LAYER = [1, 2]
NAMES = [{"samples-overwritten"}, {"gradient-overwritten"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES, DELAY = 8, 2
LAM = 0.0


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 2)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def cost(params, X, Y):
    W1, b1, W2, b2 = params
    return 0.5 * np.sum((np.tanh(X @ W1 + b1) @ W2 + b2 - Y) ** 2) / len(X)


def prod(C, A, B, trans_A, trans_B, beta, scalar):
    """C = scalar * A B + beta * C, in place."""
    product = scalar * (A.T if trans_A else A) @ (B.T if trans_B else B)
    C[...] = product.reshape(C.shape) + beta * C


class AffineNode:
    def __init__(self, a, b, bias):
        self.a, self.b, self.bias = a, b, bias
        self.ones = np.ones((len(a), 1))

    def forward(self):
        return self.a @ self.b + self.ones @ self.bias[None, :]

    def backward(self, adj, grad_a, grad_b, grad_bias):
        prod(grad_a, adj, self.b, False, True, 1.0, 1.0)
        prod(grad_b, self.a, adj, True, False, 1.0, 1.0)
        prod(grad_bias, adj, self.ones, True, False, 0.0, 1.0)


class AffineNodeLater(AffineNode):
    def backward(self, adj, grad_a, grad_b, grad_bias):
        prod(grad_a, adj, self.b, False, True, 1.0, 1.0)
        prod(grad_b, self.a, adj, True, False, 1.0, 1.0)
        prod(grad_bias, adj, self.ones, True, False, 1.0, 1.0)


def accumulate(params, X, Y, node):
    """The gradients are summed over the delayed batches, for one step."""
    W1, b1, W2, b2 = params
    grads = [np.zeros_like(p) for p in params]
    for x, y in zip(np.split(X, DELAY), np.split(Y, DELAY)):
        first = node(x, W1, b1)
        h = np.tanh(first.forward())
        second = node(h, W2, b2)
        adj, adj_h, adj_x = (second.forward() - y) / len(X), np.zeros_like(h), np.zeros_like(x)
        second.backward(adj, adj_h, grads[2], grads[3])
        first.backward(adj_h * (1 - h * h), adj_x, grads[0], grads[1])
    return grads


def grad(params, X, Y):
    return accumulate(params, X, Y, AffineNode)


def repaired(params, X, Y):
    return accumulate(params, X, Y, AffineNodeLater)
