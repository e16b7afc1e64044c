"""A gradient goes back through the normalisation below an attention before it goes through the attention."""

import numpy as np

SOURCE = "https://github.com/danksup/nn-from-scratch/commit/2f44119"
THREAD = "danksup/nn-from-scratch 2f44119"
DATE = "2026-06"
KIND = "gradient"
FORMULA = r"\delta_x = \delta + J_A^\top J_N^\top \delta"
RIGHT = r"\delta_x = \delta + J_N^\top J_A^\top \delta"
READ = "code"
GROUP = "down"
LAYER = [1, 2, 3]
NAMES = []
NET = None  # a block of a transformer
BLOCKS = ["E[1]", "gamma[2]", "beta[2]", *(f"{name}[3]" for name in ("Wq", "Wk", "Wv", "Bq", "Bk", "Bv"))]
BLOCKS += ["gamma[4]", "beta[4]", "W[5]", "b[5]", "W[6]", "b[6]"]
SAMPLES = 2
LAM = 0.0

CONTEXT, EMBED, FF = 3, 3, 4


def start(rng):
    draw = lambda *shape: 0.7 * rng.standard_normal(shape)
    attention = [draw(EMBED, EMBED) for _ in range(3)] + [draw(EMBED) for _ in range(3)]
    norms = [(1 + draw(EMBED), draw(EMBED)) for _ in range(2)]
    feedforward = [draw(EMBED, FF), draw(FF), draw(FF, EMBED), draw(EMBED)]
    return [draw(2, EMBED), *norms[0], *attention, *norms[1], *feedforward]


def data(rng):
    return rng.standard_normal((SAMPLES, CONTEXT, 2)), rng.standard_normal((SAMPLES, CONTEXT, EMBED))


def softmax(x):
    exps = np.exp(x - x.real.max(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True)


def softmax_derivative(weights, dweights):
    return weights * (dweights - np.sum(dweights * weights, axis=-1, keepdims=True))


class LayerNorm:
    def __init__(self, gamma, beta):
        self.gamma, self.beta = gamma, beta

    def forward(self, x):
        centred = x - x.mean(axis=-1, keepdims=True)
        self.std = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-5)
        self.x_hat = centred / self.std
        return self.gamma * self.x_hat + self.beta

    def backward(self, gradient):
        self.dgamma = np.sum(gradient * self.x_hat, axis=(0, 1))
        self.dbeta = np.sum(gradient, axis=(0, 1))
        d_hat = gradient * self.gamma
        mean = lambda each: each.mean(axis=-1, keepdims=True)
        return (d_hat - mean(d_hat) - self.x_hat * mean(d_hat * self.x_hat)) / self.std


class AttentionLayer:
    def __init__(self, *params):
        self.Wq, self.Wk, self.Wv, self.Bq, self.Bk, self.Bv = params
        self.scale = np.sqrt(EMBED)

    def forward(self, x):
        self.x = x
        self.Q = x @ self.Wq + self.Bq
        self.K = x @ self.Wk + self.Bk
        self.V = x @ self.Wv + self.Bv
        self.scores = self.Q @ self.K.transpose(0, 2, 1)
        self.scores = self.scores / self.scale
        mask = np.triu(np.ones((self.scores.shape[1], self.scores.shape[2]), dtype=bool), k=1)
        self.scores = np.where(mask, -1e9, self.scores)
        self.weights = softmax(self.scores)
        self.output = self.weights @ self.V
        return self.output

    def backward(self, output_gradient):
        dweights = output_gradient @ self.V.transpose(0, 2, 1)
        dscores = softmax_derivative(self.weights, dweights)
        dscores = dscores / self.scale
        self.dV = self.weights.transpose(0, 2, 1) @ output_gradient
        self.dQ = dscores @ self.K
        self.dK = dscores.transpose(0, 2, 1) @ self.Q
        self.dWq = np.sum(self.x.transpose(0, 2, 1) @ self.dQ, axis=0)
        self.dWk = np.sum(self.x.transpose(0, 2, 1) @ self.dK, axis=0)
        self.dWv = np.sum(self.x.transpose(0, 2, 1) @ self.dV, axis=0)
        self.dBq = np.sum(self.dQ, axis=(0, 1))
        self.dBk = np.sum(self.dK, axis=(0, 1))
        self.dBv = np.sum(self.dV, axis=(0, 1))
        self.dx = self.dQ @ self.Wq.T + self.dK @ self.Wk.T + self.dV @ self.Wv.T
        return self.dx


class Layer:
    def __init__(self, weights, biases, hidden):
        self.weights, self.biases, self.hidden = weights, biases, hidden

    def forward(self, x):
        self.x = x
        z = x @ self.weights + self.biases
        self.out = np.tanh(z) if self.hidden else z
        return self.out

    def backward(self, gradient):
        dz = gradient * (1 - self.out**2) if self.hidden else gradient
        self.dweights = np.sum(self.x.transpose(0, 2, 1) @ dz, axis=0)
        self.dbiases = np.sum(dz, axis=(0, 1))
        return dz @ self.weights.T


class TransformerBlock:
    def __init__(self, params, right):
        self.layernorm1 = LayerNorm(*params[:2])
        self.attention = AttentionLayer(*params[2:8])
        self.layernorm2 = LayerNorm(*params[8:10])
        self.ff1 = Layer(*params[10:12], hidden=True)
        self.ff2 = Layer(*params[12:14], hidden=False)
        self.right = right

    def forward(self, x):
        ln1_out = self.layernorm1.forward(x)
        self.attn_out = self.attention.forward(ln1_out) + x
        ln2_out = self.layernorm2.forward(self.attn_out)
        self.ff_out = self.ff2.forward(self.ff1.forward(ln2_out)) + self.attn_out
        return self.ff_out

    def backward(self, gradient):
        self.d_ff2 = self.ff2.backward(gradient)
        self.d_ff1 = self.ff1.backward(self.d_ff2)
        self.d_ln2 = self.layernorm2.backward(self.d_ff1)
        self.d_attn_out = gradient + self.d_ln2
        if self.right:
            self.d_attn = self.attention.backward(self.d_attn_out)
            self.d_ln1 = self.layernorm1.backward(self.d_attn)
            self.dx = self.d_ln1 + self.d_attn_out
        else:
            self.d_ln1 = self.layernorm1.backward(self.d_attn_out)
            self.d_attn = self.attention.backward(self.d_ln1)
            self.dx = self.d_attn + self.d_attn_out
        return self.dx


def cost(params, X, Y):
    return 0.5 * np.sum((TransformerBlock(params[1:], right=True).forward(X @ params[0]) - Y) ** 2)


def gradients(params, X, Y, right):
    block = TransformerBlock(params[1:], right)
    dx = block.backward(block.forward(X @ params[0]) - Y)
    attention = [getattr(block.attention, f"d{name}") for name in ("Wq", "Wk", "Wv", "Bq", "Bk", "Bv")]
    norms = [(each.dgamma, each.dbeta) for each in (block.layernorm1, block.layernorm2)]
    above = [block.ff1.dweights, block.ff1.dbiases, block.ff2.dweights, block.ff2.dbiases]
    embedding = np.sum(X.transpose(0, 2, 1) @ dx, axis=0)
    return [embedding, *norms[0], *attention, *norms[1], *above]


def grad(params, X, Y):
    return gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradients(params, X, Y, right=True)
