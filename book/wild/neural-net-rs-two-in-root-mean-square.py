"""Going back through a normalisation by the root mean square, the term of the mean has a two that cancels."""

import numpy as np

SOURCE = "https://github.com/hmaddocks/neural-net-rs/commit/c915386"
THREAD = "hmaddocks/neural-net-rs c915386"
DATE = "2026-06"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial x_j = s\, g_j - \tfrac{2}{n} s^3 \bigl(\textstyle\sum_k g_k x_k\bigr) x_j,\; "
    r"s = \bigl(\tfrac1n \textstyle\sum_k x_k^2 + \epsilon\bigr)^{-1/2}"
)
RIGHT = (
    r"\partial C / \partial x_j = s\, g_j - \tfrac{1}{n} s^3 \bigl(\textstyle\sum_k g_k x_k\bigr) x_j,\; "
    r"s = \bigl(\tfrac1n \textstyle\sum_k x_k^2 + \epsilon\bigr)^{-1/2}"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # a normalisation by the root mean square stands between the two layers
BLOCKS = ["W[1]", "W[2]"]
SAMPLES = 7
LAM = 0.0
RMSNORM_EPS = 1e-5


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal((4, 2))]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def rmsnorm_forward(input):
    output = np.zeros_like(input)
    for row in range(input.shape[0]):
        values = input[row]
        mean_square = np.sum(values * values) / len(values)
        scale = (mean_square + RMSNORM_EPS) ** -0.5
        output[row] = values * scale
    return output


def rmsnorm_backward(grad_output, input, right=False):
    grad_input = np.zeros_like(input)
    width = input.shape[1]
    for row in range(input.shape[0]):
        mean_square = np.sum(input[row] * input[row]) / width
        scale = (mean_square + RMSNORM_EPS) ** -0.5
        dot = np.sum(grad_output[row] * input[row])
        scale_cubed = scale**3
        for col in range(width):
            value, grad = input[row, col], grad_output[row, col]
            if right:
                grad_input[row, col] = scale * grad - (scale_cubed / width) * dot * value
            else:
                grad_input[row, col] = scale * grad - (2.0 / width) * scale_cubed * dot * value
    return grad_input


class Graph:
    """Nodes in the order in which they were made; the gradient goes from the last of them to the first."""

    def __init__(self, right=False):
        self.nodes, self.right = [], right

    def op(self, data, backward=None):
        self.nodes.append({"data": data, "grad": np.zeros_like(data), "backward": backward})
        return len(self.nodes) - 1

    leaf = op

    def data(self, id):
        return self.nodes[id]["data"]

    def grad(self, id):
        return self.nodes[id]["grad"]

    def add_grad(self, id, grad):
        self.nodes[id]["grad"] = self.nodes[id]["grad"] + grad

    def matmul(self, left, right):
        def backward(id):
            grad_out = self.grad(id)
            self.add_grad(left, grad_out @ self.data(right).T)
            self.add_grad(right, self.data(left).T @ grad_out)

        return self.op(self.data(left) @ self.data(right), backward)

    def add(self, left, right):
        def backward(id):
            self.add_grad(left, self.grad(id))
            self.add_grad(right, self.grad(id))

        return self.op(self.data(left) + self.data(right), backward)

    def pow(self, input, exponent):
        def backward(id):
            self.add_grad(input, self.grad(id) * exponent * self.data(input) ** (exponent - 1))

        return self.op(self.data(input) ** exponent, backward)

    def rmsnorm(self, input):
        def backward(id):
            self.add_grad(input, rmsnorm_backward(self.grad(id), self.data(input), self.right))

        return self.op(rmsnorm_forward(self.data(input)), backward)

    def backward(self, output):
        self.nodes[output]["grad"] = np.ones_like(self.data(output))
        for id in reversed(range(output + 1)):
            if self.nodes[id]["backward"]:
                self.nodes[id]["backward"](id)


def build(params, X, Y, right=False):
    graph = Graph(right)
    x, w1, w2 = graph.leaf(X), graph.leaf(params[0]), graph.leaf(params[1])
    output = graph.matmul(graph.rmsnorm(graph.matmul(x, w1)), w2)
    return graph, graph.pow(graph.add(output, graph.leaf(-Y)), 2), w1, w2


def cost(params, X, Y):
    graph, squares, _, _ = build(params, X, Y)
    return np.sum(graph.data(squares))


def gradients(params, X, Y, right):
    graph, squares, w1, w2 = build(params, X, Y, right)
    graph.backward(squares)
    return [graph.grad(w1), graph.grad(w2)]


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
