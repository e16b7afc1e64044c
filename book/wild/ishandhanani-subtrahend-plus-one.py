"""A difference passes plus one to both its terms, and the prediction is the second of them."""

import numpy as np

SOURCE = "https://github.com/ishandhanani/micrograd-go/commit/b3b66fa"
THREAD = "ishandhanani/micrograd-go b3b66fa"
DATE = "2024-07"
KIND = "gradient"
FORMULA = r"\partial C / \partial \hat y_i = \tfrac{2}{n} (y_i - \hat y_i)"
RIGHT = r"\partial C / \partial \hat y_i = \tfrac{2}{n} (\hat y_i - y_i)"
READ = "code"
GROUP = "factor"
LAYER = [1, 2, 3]
NAMES = [{"sign"}]
SIZES = (3, 4, 4, 1)
NET = dict(sizes=SIZES, hidden="tanh", output="tanh", loss="mse")
SAMPLES = 6
LAM = 0.0


def start(rng):
    return [a for m, n in zip(SIZES, SIZES[1:]) for a in (rng.uniform(-1, 1, (n, m)), rng.uniform(-1, 1, n))]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.choice([-1.0, 1.0], (SAMPLES, 1))


class Value:
    def __init__(self, data, prev=()):
        self.Data = data
        self.Grad = 0.0
        self.prev = prev

    def Add(self, v2):
        out = Value(self.Data + v2.Data, (self, v2))

        def Backward():
            self.Grad += 1.0 * out.Grad
            v2.Grad += 1.0 * out.Grad

        out.Backward = Backward
        return out

    def Subtract(self, v2):
        out = Value(self.Data - v2.Data, (self, v2))

        def Backward():
            self.Grad += 1.0 * out.Grad
            v2.Grad += 1.0 * out.Grad

        out.Backward = Backward
        return out

    def Multiply(self, v2):
        out = Value(self.Data * v2.Data, (self, v2))

        def Backward():
            self.Grad += out.Grad * v2.Data
            v2.Grad += out.Grad * self.Data

        out.Backward = Backward
        return out

    def Tanh(self):
        out = Value((np.exp(2 * self.Data) - 1) / (np.exp(2 * self.Data) + 1), (self,))

        def Backward():
            self.Grad += (1 - out.Data**2) * out.Grad

        out.Backward = Backward
        out.Backward()
        return out

    def BackwardPass(self):
        topo = buildTopo(self, [], set())
        self.Grad = 1.0
        for v in reversed(topo):
            if len(v.prev) != 0:
                v.Backward()


def buildTopo(v, topo, visited):
    if v not in visited:
        visited.add(v)
        for prev in v.prev:
            topo = buildTopo(prev, topo, visited)
        topo.append(v)
    return topo


def MSE(y_pred, y_obs, right):
    total = Value(0.0)
    for i in range(len(y_obs)):
        if right:
            diff = y_pred[i].Subtract(y_obs[i])
        else:
            diff = y_obs[i].Subtract(y_pred[i])
        squaredDiff = diff.Multiply(diff)
        total = total.Add(squaredDiff)
    n = float(len(y_obs))
    return total.Multiply(Value(1 / n))


def NeuronForward(weights, bias, x):
    activation = bias
    for w, input in zip(weights, x):
        activation = activation.Add(w.Multiply(input))
    return activation.Tanh()


def MLPForward(leaves, x):
    for W, b in zip(leaves[::2], leaves[1::2]):
        x = [NeuronForward(weights, bias, x) for weights, bias in zip(W, b)]
    return x


def loss(params, X, Y, right):
    leaves = [np.vectorize(Value, otypes=[object])(p) for p in params]
    y_pred = [MLPForward(leaves, [Value(v) for v in x])[0] for x in X]
    return MSE(y_pred, [Value(y[0]) for y in Y], right), leaves


def cost(params, X, Y):
    return loss(params, X, Y, right=False)[0].Data


def gradients(params, X, Y, right):
    value, leaves = loss(params, X, Y, right)
    value.BackwardPass()
    return [np.array([v.Grad for v in p.flat]).reshape(p.shape) for p in leaves]


def grad(params, X, Y):
    return gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradients(params, X, Y, right=True)
