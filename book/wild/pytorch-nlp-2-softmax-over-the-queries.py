"""The softmax of the attention runs over the queries of the whole batch instead of the context of each query."""

import numpy as np

SOURCE = "https://github.com/PetrochukM/PyTorch-NLP/issues/2"
THREAD = "PetrochukM/PyTorch-NLP #2, df02867"
DATE = "2018-03"
KIND = "cost"
FORMULA = r"a_{ij} = e^{s_{ij}} / \textstyle\sum_k e^{s_{kj}}"
RIGHT = r"a_{ij} = e^{s_{ij}} / \textstyle\sum_k e^{s_{ik}}"
READ = "code"  # half the sum of squares above it is made up
LAYER = [1, 2]
NAMES = []
NET = None  # attention
BLOCKS = ["linear_in[1]", "linear_out[2]"]
SAMPLES = 3
LAM = 0.0
OUTPUT_LEN, QUERY_LEN, DIMENSIONS = 2, 3, 3


def start(rng):
    return {
        "linear_in": rng.standard_normal((DIMENSIONS, DIMENSIONS)),
        "linear_out": rng.standard_normal((DIMENSIONS, 2 * DIMENSIONS)),
    }


def data(rng):
    """Queries, and behind them the context of each sample; what should come out."""
    X = rng.standard_normal((SAMPLES, OUTPUT_LEN + QUERY_LEN, DIMENSIONS))
    return X, rng.uniform(-0.9, 0.9, (SAMPLES, OUTPUT_LEN, DIMENSIONS))


class Attention:
    """With scores of the kind "general"."""

    dim = 0

    def __init__(self, params):
        self.linear_in, self.linear_out = params["linear_in"], params["linear_out"]

    def softmax(self, scores):
        e = np.exp(scores)
        return e / e.sum(axis=self.dim, keepdims=True)

    def forward(self, query, context):
        batch_size, output_len, dimensions = query.shape
        query_len = context.shape[1]
        self.seen, self.context = query.reshape(batch_size * output_len, dimensions), context
        self.query = (self.seen @ self.linear_in.T).reshape(query.shape)

        scores = self.query @ context.transpose(0, 2, 1)
        # weights across every context sequence
        self.weights = self.softmax(scores.reshape(batch_size * output_len, query_len))
        mix = self.weights.reshape(batch_size, output_len, query_len) @ context

        self.combined = np.concatenate((mix, self.query), axis=2).reshape(batch_size * output_len, 2 * dimensions)
        self.output = np.tanh(self.combined @ self.linear_out.T).reshape(query.shape)
        return self.output

    def backward(self, above):
        batch_size, output_len, dimensions = above.shape
        d_out = (above * (1 - self.output**2)).reshape(-1, dimensions)
        d_combined = (d_out @ self.linear_out).reshape(batch_size, output_len, 2 * dimensions)
        d_mix, d_query = d_combined[..., :dimensions], d_combined[..., dimensions:]
        d_weights = (d_mix @ self.context.transpose(0, 2, 1)).reshape(self.weights.shape)
        d_scores = self.weights * (d_weights - np.sum(d_weights * self.weights, axis=self.dim, keepdims=True))
        d_query = d_query + d_scores.reshape(batch_size, output_len, -1) @ self.context
        return {"linear_in": d_query.reshape(-1, dimensions).T @ self.seen, "linear_out": d_out.T @ self.combined}


class AttentionLater(Attention):
    dim = -1


def loss(attention, X, Y):
    return 0.5 * np.sum((attention.forward(X[:, :OUTPUT_LEN], X[:, OUTPUT_LEN:]) - Y) ** 2) / len(X)


def cost(params, X, Y):
    return loss(Attention(params), X, Y)


def meant(params, X, Y):
    return loss(AttentionLater(params), X, Y)


def grad(params, X, Y):
    """What automatic differentiation gives for the program."""
    attention = Attention(params)
    output = attention.forward(X[:, :OUTPUT_LEN], X[:, OUTPUT_LEN:])
    return attention.backward((output - Y) / len(X))


repaired = grad
