"""The errors around an attention are those from above the normalisation, not those that have passed back through it."""

import numpy as np

SOURCE = "https://github.com/KotlinNLP/SimpleDNN/commit/83d52f9f"
THREAD = "KotlinNLP/SimpleDNN 83d52f9f"
DATE = "2020-05"
KIND = "gradient"
FORMULA = r"\bar x = \bar x_{\text{attention}} + \bar u,\; u = \operatorname{norm}(x + \operatorname{attention}(x))"
RIGHT = (
    r"\bar x = \bar x_{\text{attention}} + \operatorname{norm}'^{\top} \bar u,\; "
    r"u = \operatorname{norm}(x + \operatorname{attention}(x))"
)
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
WORDS, SIZE, FF, LENGTH = 4, 3, 4, 3
NET = None  # an attention with a normalisation
BLOCKS = ["E[1]", "Q[2]", "K[2]", "V[2]", "g[2]", "b[2]", "W[3]", "c[3]", "U[3]", "d[3]", "h[3]", "e[3]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    params = {"E": rng.standard_normal((WORDS, SIZE))}
    for name in "QKV":
        params[name] = rng.standard_normal((SIZE, SIZE))
    params |= {"g1": rng.uniform(0.5, 1.5, SIZE), "b1": rng.standard_normal(SIZE)}
    params |= {"W1": rng.standard_normal((FF, SIZE)), "c1": rng.standard_normal(FF)}
    params |= {"W2": rng.standard_normal((SIZE, FF)), "c2": rng.standard_normal(SIZE)}
    return params | {"g2": rng.uniform(0.5, 1.5, SIZE), "b2": rng.standard_normal(SIZE)}


def data(rng):
    return rng.integers(0, WORDS, (SAMPLES, LENGTH)), rng.standard_normal((SAMPLES, LENGTH, SIZE))


class Norm:
    def __init__(self, g, b):
        self.g, self.b = g, b

    def forward(self, arrays):
        self.dev = np.sqrt(np.var(arrays, axis=1, keepdims=True))
        self.hat = (arrays - arrays.mean(1, keepdims=True)) / self.dev
        return self.hat * self.g + self.b

    def backward(self, errors):
        self.params_errors = [np.sum(errors * self.hat, 0), errors.sum(0)]
        errors = errors * self.g
        means = errors.mean(1, keepdims=True) + self.hat * np.mean(errors * self.hat, 1, keepdims=True)
        return (errors - means) / self.dev


class Attention:
    def __init__(self, Q, K, V):
        self.Q, self.K, self.V = Q, K, V

    def forward(self, x):
        self.x = x
        self.queries, self.keys, self.values = x @ self.Q, x @ self.K, x @ self.V
        scores = np.exp(self.queries @ self.keys.T / np.sqrt(SIZE))
        self.shares = scores / scores.sum(1, keepdims=True)
        return self.shares @ self.values

    def backward(self, errors):
        shares = errors @ self.values.T
        scores = self.shares * (shares - np.sum(shares * self.shares, 1, keepdims=True)) / np.sqrt(SIZE)
        queries, keys, values = scores @ self.keys, scores.T @ self.queries, self.shares.T @ errors
        self.params_errors = [self.x.T @ queries, self.x.T @ keys, self.x.T @ values]
        self.input_errors = queries @ self.Q.T + keys @ self.K.T + values @ self.V.T


class FeedForward:
    def __init__(self, W1, c1, W2, c2):
        self.W1, self.c1, self.W2, self.c2 = W1, c1, W2, c2

    def forward(self, x):
        self.x = x
        self.hidden = np.tanh(x @ self.W1.T + self.c1)
        return self.hidden @ self.W2.T + self.c2

    def backward(self, errors):
        hidden = errors @ self.W2 * (1 - self.hidden**2)
        self.params_errors = [hidden.T @ self.x, hidden.sum(0), errors.T @ self.hidden, errors.sum(0)]
        self.input_errors = hidden @ self.W1


class BERTLayer:
    def __init__(self, p):
        self.attention = Attention(p["Q"], p["K"], p["V"])
        self.attention_norm = Norm(p["g1"], p["b1"])
        self.output_ff = FeedForward(p["W1"], p["c1"], p["W2"], p["c2"])
        self.output_norm = Norm(p["g2"], p["b2"])

    def forward(self, input):
        return self.forward_output(self.forward_attention(input))

    def forward_attention(self, input):
        return self.attention_norm.forward(input + self.attention.forward(input))

    def forward_output(self, attention_arrays):
        return self.output_norm.forward(attention_arrays + self.output_ff.forward(attention_arrays))

    def backward(self, output_errors):
        return self.backward_attention(self.backward_output(output_errors))

    def backward_output(self, output_errors):
        norm_errors = self.output_norm.backward(output_errors)
        self.output_ff.backward(norm_errors)
        return self.output_ff.input_errors + norm_errors

    def backward_attention(self, attention_errors):
        norm_errors = self.attention_norm.backward(attention_errors)
        self.attention.backward(norm_errors)
        return self.attention.input_errors + attention_errors

    def params_errors(self):
        parts = self.attention, self.attention_norm, self.output_ff, self.output_norm
        return [errors for part in parts for errors in part.params_errors]


class BERTLayerLater(BERTLayer):
    def backward_attention(self, attention_errors):
        norm_errors = self.attention_norm.backward(attention_errors)
        self.attention.backward(norm_errors)
        return self.attention.input_errors + norm_errors


def cost(params, X, Y):
    outputs = (BERTLayer(params).forward(params["E"][words]) for words in X)
    return 0.5 * sum(np.sum((output - y) ** 2) for output, y in zip(outputs, Y)) / len(X)


def backward(params, X, Y, kind):
    grads = {name: np.zeros_like(p) for name, p in params.items()}
    for words, y in zip(X, Y):
        layer = kind(params)
        input_errors = layer.backward((layer.forward(params["E"][words]) - y) / len(X))
        np.add.at(grads["E"], words, input_errors)
        for name, errors in zip([name for name in params if name != "E"], layer.params_errors()):
            grads[name] += errors
    return grads


def grad(params, X, Y):
    return backward(params, X, Y, BERTLayer)


def repaired(params, X, Y):
    return backward(params, X, Y, BERTLayerLater)
