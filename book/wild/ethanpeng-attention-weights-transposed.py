"""The gradient of the weights of an attention is the transposed of what it should be: the values times what comes."""

import numpy as np

SOURCE = "https://github.com/EthanPeng-2048/neuralnet.cpp/commit/635264e"
THREAD = "EthanPeng-2048/neuralnet.cpp 635264e"
DATE = "2026-08"
KIND = "gradient"
FORMULA = r"\partial C / \partial A = V^\top G,\; O = V A^\top,\; G = \partial C / \partial O"
RIGHT = r"\partial C / \partial A = G^\top V,\; O = V A^\top,\; G = \partial C / \partial O"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
WIDTH, HEADS = 4, 2
NET = None  # a causal attention
BLOCKS = ["w_q[1]", "w_k[1]", "w_v[1]", "w_o[2]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    return {name: rng.standard_normal((WIDTH, WIDTH)) for name in ("w_q", "w_k", "w_v", "w_o")}


def data(rng):
    """The tokens of a sequence, and what is to come out for each."""
    return rng.standard_normal((SAMPLES, WIDTH)), rng.standard_normal((SAMPLES, WIDTH))


class Softmax:
    def forward(self, S):
        e = np.exp(S)
        self.A = e / e.sum(axis=1, keepdims=True)
        return self.A

    def backward(self, grad):
        return self.A * (grad - np.sum(grad * self.A, axis=1, keepdims=True))


class CausalSelfAttention:
    """A column is a token."""

    def __init__(self, params):
        self.p = params
        self.d_k = WIDTH // HEADS
        self.scale = 1 / np.sqrt(self.d_k)

    def heads(self, M):
        return np.split(M, HEADS)

    def forward(self, X):
        self.X = X
        self.Q, self.K, self.V = (self.heads(self.p[name] @ X) for name in ("w_q", "w_k", "w_v"))
        future = np.triu(np.full((X.shape[1], X.shape[1]), -1e9), 1)
        self.softmax = [Softmax() for _ in range(HEADS)]
        self.A = [softmax.forward(q.T @ k * self.scale + future) for softmax, q, k in zip(self.softmax, self.Q, self.K)]
        self.concat = np.concatenate([v @ a.T for v, a in zip(self.V, self.A)])
        return self.p["w_o"] @ self.concat

    def backward(self, grad_output, right):
        to_o = grad_output @ self.concat.T
        to_q, to_k, to_v = [], [], []
        for h, grad in enumerate(self.heads(self.p["w_o"].T @ grad_output)):
            to_v.append(grad @ self.A[h])
            grad_A = grad.T @ self.V[h] if right else self.V[h].T @ grad
            grad_S = self.softmax[h].backward(grad_A)
            to_q.append(self.K[h] @ grad_S.T * self.scale)
            to_k.append(self.Q[h] @ grad_S * self.scale)
        to_q, to_k, to_v = (np.concatenate(g) @ self.X.T for g in (to_q, to_k, to_v))
        return {"w_q": to_q, "w_k": to_k, "w_v": to_v, "w_o": to_o}


def cost(params, X, Y):
    return 0.5 * np.sum((CausalSelfAttention(params).forward(X.T) - Y.T) ** 2) / len(X)


def backward(params, X, Y, right):
    attention = CausalSelfAttention(params)
    return attention.backward((attention.forward(X.T) - Y.T) / len(X), right)


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
