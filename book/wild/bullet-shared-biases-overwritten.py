"""The gradient of a vector that is added to two batches is overwritten by the second sum over a batch."""

import numpy as np

SOURCE = "https://github.com/jw1912/bullet/commit/2891e055a7"
THREAD = "jw1912/bullet 2891e055, #330"
DATE = "2025-03"
KIND = "gradient"
GROUP = "blocks"
FORMULA = r"\partial C / \partial b^1 = \textstyle\sum_i \delta^{\text{stm}}_i"
RIGHT = r"\partial C / \partial b^1 = \textstyle\sum_i \delta^{\text{stm}}_i + \textstyle\sum_i \delta^{\text{ntm}}_i"
READ = "code"  # the linear combination is the author's; the graph is his usual one with two perspectives, made small
LAYER = [1]
NAMES = [{"gradient-overwritten"}, {"fan-out-overwritten"}]
NET = None  # two perspectives share a layer
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    return {
        "l0w": rng.standard_normal((3, 2)),
        "l0b": rng.standard_normal(3),
        "l1w": rng.standard_normal((1, 6)),
        "l1b": rng.standard_normal(1),
    }


def data(rng):
    """Both sides' inputs side by side, and the results of the games."""
    return rng.standard_normal((SAMPLES, 4)), rng.uniform(0, 1, (SAMPLES, 1))


class DenseMatrix:
    def __init__(self, buf, batched):
        self.buf, self.batched = buf, batched


class Node:
    def __init__(self, values, batched, operation=None):
        self.values = DenseMatrix(values, batched)
        self.gradients = DenseMatrix(np.zeros_like(values), batched)
        self.operation = operation


def gemm(alpha, beta, a, b, c):
    c[...] = beta * c + alpha * (a @ b)


def reduce_add(ones, input, output, onto):
    gemm(1.0, float(onto), ones, input, output)


class Graph:
    onto = False

    def __init__(self):
        self.nodes = []

    def push(self, values, batched, *operation):
        self.nodes.append(Node(values, batched, operation))
        return self.nodes[-1]

    def matmul(self, w, x):
        return self.push(x.values.buf @ w.values.buf.T, True, self.matmul_backward, w, x)

    def matmul_backward(self, g, w, x):
        w.gradients.buf += g.buf.T @ x.values.buf
        x.gradients.buf += g.buf @ w.values.buf

    def linear_comb(self, a, b):
        return self.push(a.values.buf + b.values.buf, True, self.linear_comb_backward, a, b)

    def linear_comb_backward(self, g, a, b):
        self.backprop_add_single(a, g)
        self.backprop_add_single(b, g)

    def backprop_add_single(self, node, output_grad):
        input_grad = node.gradients
        if input_grad.batched == output_grad.batched:
            input_grad.buf += output_grad.buf
        else:
            reduce_add(np.ones(len(output_grad.buf)), output_grad.buf, input_grad.buf, self.onto)

    def sigmoid(self, x):
        return self.push(1 / (1 + np.exp(-x.values.buf)), True, self.sigmoid_backward, x)

    def sigmoid_backward(self, g, x):
        s = 1 / (1 + np.exp(-x.values.buf))
        x.gradients.buf += g.buf * s * (1 - s)

    def concat(self, a, b):
        return self.push(np.hstack([a.values.buf, b.values.buf]), True, self.concat_backward, a, b)

    def concat_backward(self, g, a, b):
        n = a.values.buf.shape[1]
        a.gradients.buf += g.buf[:, :n]
        b.gradients.buf += g.buf[:, n:]

    def backward(self):
        for node in reversed(self.nodes):
            backward, *inputs = node.operation
            backward(node.gradients, *inputs)


class GraphMended(Graph):
    onto = True


def build(graph, params, X):
    p = {name: Node(w, False) for name, w in params.items()}
    stm, ntm = Node(X[:, :2].astype(params["l0w"].dtype), True), Node(X[:, 2:].astype(params["l0w"].dtype), True)
    stm_hidden = graph.sigmoid(graph.linear_comb(graph.matmul(p["l0w"], stm), p["l0b"]))
    ntm_hidden = graph.sigmoid(graph.linear_comb(graph.matmul(p["l0w"], ntm), p["l0b"]))
    hidden = graph.concat(stm_hidden, ntm_hidden)
    return p, graph.sigmoid(graph.linear_comb(graph.matmul(p["l1w"], hidden), p["l1b"]))


def cost(params, X, Y):
    _, output = build(Graph(), params, X)
    return np.sum((output.values.buf - Y) ** 2) / len(X)


def gradients(graph, params, X, Y):
    p, output = build(graph, params, X)
    output.gradients.buf += 2 * (output.values.buf - Y) / len(X)
    graph.backward()
    return {name: node.gradients.buf for name, node in p.items()}


def grad(params, X, Y):
    return gradients(Graph(), params, X, Y)


def repaired(params, X, Y):
    return gradients(GraphMended(), params, X, Y)
