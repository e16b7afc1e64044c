"""The policy gradient pushes every action output by the advantage and leaves out the action that was taken."""

import numpy as np

SOURCE = "https://github.com/karpathy/reinforcejs/commit/53bf486"
THREAD = "karpathy/reinforcejs 53bf486"
DATE = "2015-04"
KIND = "gradient"
GROUP = "factor"
FORMULA = r"\partial C / \partial \mu_{t i} = b_t - V_t"
RIGHT = r"\partial C / \partial \mu_{t i} = -(V_t - b_t)(a_{t i} - \mu_{t i})"
READ = "reconstruction"  # of the actor, an LSTM there and a tanh layer here, and without the clip of the mended code
LAYER = [1, 2]
NAMES = [{"formula"}, {"line"}, {"another-cost"}]
NET = None  # REINFORCE with a baseline, for a Gaussian policy
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 6
LAM = 0.0
GAMMA = 0.9


def start(rng):
    return {
        "W1": rng.standard_normal((4, 3)),
        "b1": rng.standard_normal((4, 1)),
        "W2": rng.standard_normal((2, 4)),
        "b2": rng.standard_normal((2, 1)),
    }


def data(rng):
    """One episode: the states and the actions that were taken, and the rewards with the baseline's outputs."""
    return rng.standard_normal((SAMPLES, 5)), rng.standard_normal((SAMPLES, 2))


class Mat:
    def __init__(self, w):
        self.w, self.dw = w, np.zeros_like(w)


class Graph:
    """Records what has to be done on the way back."""

    def __init__(self):
        self.backprop = []

    def backward(self):
        for back in reversed(self.backprop):
            back()

    def mul(self, m1, m2):
        out = Mat(m1.w @ m2.w)

        def back():
            m1.dw += out.dw @ m2.w.T
            m2.dw += m1.w.T @ out.dw

        self.backprop.append(back)
        return out

    def add(self, m1, m2):
        out = Mat(m1.w + m2.w)

        def back():
            m1.dw += out.dw
            m2.dw += out.dw

        self.backprop.append(back)
        return out

    def tanh(self, m):
        out = Mat(np.tanh(m.w))

        def back():
            m.dw += (1.0 - out.w * out.w) * out.dw

        self.backprop.append(back)
        return out


class ReinforceAgent:
    def __init__(self, params, X, Y):
        self.actorNet = {name: Mat(p) for name, p in params.items()}
        self.states, self.actorActions = X[:, :3], X[:, 3:]
        self.rewardHistory, self.baselineOutputs = Y[:, 0], Y[:, 1]
        self.gamma, self.na = GAMMA, 2
        self.actorG = Graph()
        self.actorOutputs = [self.forwardActor(s[:, None]) for s in self.states]

    def forwardActor(self, s):
        net, G = self.actorNet, self.actorG
        a1mat = G.add(G.mul(net["W1"], Mat(s)), net["b1"])
        h1mat = G.tanh(a1mat)
        return G.add(G.mul(net["W2"], h1mat), net["b2"])

    def value(self, t):
        mul, V = 1.0, 0.0
        for t2 in range(t, len(self.rewardHistory)):
            V += mul * self.rewardHistory[t2]
            mul *= self.gamma
        return V

    def loss(self):
        """Minus the advantage times the logarithm of the action's probability."""
        total = 0.0
        for t, out in enumerate(self.actorOutputs):
            advantage = self.value(t) - self.baselineOutputs[t]
            total += advantage * 0.5 * np.sum((self.actorActions[t] - out.w[:, 0]) ** 2)
        return total

    def learn(self, right):
        for t in range(len(self.actorOutputs)):
            V = self.value(t)
            b = self.baselineOutputs[t]
            for i in range(self.na):
                if right:
                    update = -(V - b) * (self.actorActions[t][i] - self.actorOutputs[t].w[i, 0])
                else:
                    update = b - V
                self.actorOutputs[t].dw[i, 0] += update
        self.actorG.backward()
        return {name: mat.dw for name, mat in self.actorNet.items()}


def cost(params, X, Y):
    return ReinforceAgent(params, X, Y).loss()


def grad(params, X, Y):
    return ReinforceAgent(params, X, Y).learn(False)


def repaired(params, X, Y):
    return ReinforceAgent(params, X, Y).learn(True)
