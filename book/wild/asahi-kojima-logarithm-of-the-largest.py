"""The loss is the logarithm of the most probable class's share instead of minus that of the right class's."""

import numpy as np

SOURCE = "https://github.com/asahi-kojima/DeepLearningCpp/commit/35ad0d0"
THREAD = "asahi-kojima/DeepLearningCpp 35ad0d0"
DATE = "2023-04"
KIND = "cost"
FORMULA = r"C = \dfrac1m \textstyle\sum_i \log \max_j p_{ij}"
RIGHT = r"C = -\dfrac1m \textstyle\sum_i \log p_{i c_i}"
READ = "reconstruction"  # the loss is the author's, without its 1e-7 against log(0); the network below is made up
LAYER = [2]
NAMES = [{"another-cost"}]
NET = None  # no cross entropy
BLOCKS = ["weights[1]", "biases[1]", "weights[2]", "biases[2]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    return [rng.standard_normal((4, 2)), rng.standard_normal(4), rng.standard_normal((3, 4)), rng.standard_normal(3)]


def data(rng):
    """The labels are the numbers of the classes."""
    return rng.standard_normal((SAMPLES, 2)), rng.integers(0, 3, SAMPLES)


class CrossEntropyWithSM:
    def calc(self, forwardResult, label, later=False):
        batchSize, width = forwardResult.shape
        dInput = np.zeros(forwardResult.shape, forwardResult.dtype)
        loss = [0.0] * batchSize
        for batchID in range(batchSize):
            correct = int(label[batchID])
            max = forwardResult[batchID][0]
            maxIndex = 0
            sum = 0.0
            for i in range(width):
                cand = forwardResult[batchID][i]
                if max.real < cand.real:
                    max = cand
                    maxIndex = i

            for i in range(width):
                sum += np.exp(forwardResult[batchID][i] - max)

            for i in range(width):
                softmax = np.exp(forwardResult[batchID][i] - max) / sum
                dInput[batchID][i] = (softmax - (1 if correct == i else 0)) / batchSize

            if later:
                loss[batchID] = -np.log(np.exp(forwardResult[batchID][correct] - max) / sum)
            else:
                loss[batchID] = np.log(np.exp(forwardResult[batchID][maxIndex] - max) / sum)
        return loss, dInput

    def calcLossAndDInput(self, forwardResult, label, later=False):
        lossTbl, self.dInput = self.calc(forwardResult, label, later)
        loss = 0
        for each in lossTbl:
            loss += each
        return loss / len(lossTbl)


def forward(params, X):
    W1, b1, W2, b2 = params
    h = np.tanh(X @ W1.T + b1)
    return h, h @ W2.T + b2


def backward(params, X, h, dInput):
    d1 = dInput @ params[2] * (1 - h**2)
    return [d1.T @ X, d1.sum(0), dInput.T @ h, dInput.sum(0)]


def cost(params, X, Y):
    return CrossEntropyWithSM().calcLossAndDInput(forward(params, X)[1], Y)


def meant(params, X, Y):
    return CrossEntropyWithSM().calcLossAndDInput(forward(params, X)[1], Y, later=True)


def grad(params, X, Y):
    h, s = forward(params, X)
    function = CrossEntropyWithSM()
    function.calcLossAndDInput(s, Y)
    return backward(params, X, h, function.dInput)


def repaired(params, X, Y):
    """The gradient of the loss as it was."""
    h, s = forward(params, X)
    e = np.exp(s - s.max(1, keepdims=True))
    p = e / e.sum(1, keepdims=True)
    top = np.eye(s.shape[1])[p.argmax(1)]
    return backward(params, X, h, (top - p) / len(X))
