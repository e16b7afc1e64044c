"""Changes of the weights go to a copy, and the delta of the output is stored as its activation, so that none arrive."""

import numpy as np

SOURCE = "https://github.com/visionaryr/NN_BackPropagation/commit/9e15d11"
THREAD = "visionaryr/NN_BackPropagation 9e15d11"
DATE = "2025-12"
KIND = "gradient"
FORMULA = r"\partial C / \partial W_l = 0"
RIGHT = (
    r"\partial C / \partial W_l = \delta^l a^{l-1\,T},\; \delta^2 = (a^2 - y) \odot a^2 (1 - a^2),\; "
    r"\delta^1 = W_2^T \delta^2 \odot a^1 (1 - a^1)"
)
READ = "code"
GROUP = "blocks"
LAYER = [1, 2]
NAMES = [{"no-gradient"}, {"layer-forgotten"}]
NET = None  # a network without biases
BLOCKS = ["W[1]", "W[2]"]
SAMPLES = 7
LAM = 0.0
LAYOUT, LEARNING_RATE = (3, 4, 2), 0.1


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal((2, 4))]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.integers(0, 2, (SAMPLES, 2)).astype(float)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


class ComputationContext:
    def __init__(self):
        self.Activation = [np.zeros((n, 1)) for n in LAYOUT]
        self.NodeDelta = [np.zeros((n, 1)) for n in LAYOUT]


class BackPropagator:
    def __init__(self, Weights, right=False):
        self.Weights, self.right = Weights, right
        self.BatchDeltaWeights = [np.zeros(w.shape) for w in Weights]

    def Forward(self, InputData, Context):
        Context.Activation[0] = InputData
        for LayerIdx in range(len(LAYOUT) - 1):
            Z = self.Weights[LayerIdx] @ Context.Activation[LayerIdx]
            Context.Activation[LayerIdx + 1] = sigmoid(Z)

    def CalculateLastLayerDelta(self, DesiredOutput, Context):
        DesiredGap = DesiredOutput - Context.Activation[-1]
        return DesiredGap * (Context.Activation[-1] * (1 - Context.Activation[-1]))

    def CalculateMidLayerDelta(self, Layer, Context):
        WeightedError = self.Weights[Layer].T @ Context.NodeDelta[Layer + 1]
        return WeightedError * (Context.Activation[Layer] * (1 - Context.Activation[Layer]))

    def NodeDeltaCalculation(self, DesiredOutput, Context):
        LastLayerIndex = len(LAYOUT) - 1
        NodeDeltaOfLayer = self.CalculateLastLayerDelta(DesiredOutput, Context)
        if self.right:
            Context.NodeDelta[LastLayerIndex] = NodeDeltaOfLayer
        else:
            Context.Activation[LastLayerIndex] = NodeDeltaOfLayer
        for LayerIdx in range(LastLayerIndex - 1, 0, -1):
            Context.NodeDelta[LayerIdx] = self.CalculateMidLayerDelta(LayerIdx, Context)

    def DeltaWeightsCalculation(self, DeltaWeights, Context):
        if not self.right:
            DeltaWeights = list(DeltaWeights)  # the author passes the vector by value
        for LayerIdx in range(len(LAYOUT) - 1):
            CurrentLayerActivation_T = Context.Activation[LayerIdx].T
            NextLayerDelta = Context.NodeDelta[LayerIdx + 1]
            Gradient = NextLayerDelta @ CurrentLayerActivation_T
            DeltaWeight = Gradient * LEARNING_RATE
            DeltaWeights[LayerIdx] = DeltaWeights[LayerIdx] + DeltaWeight

    def TrainOneSubBatch(self, InputData, DesiredOutput):
        Context = ComputationContext()
        DeltaWeights = [np.zeros(w.shape) for w in self.Weights]
        for x, y in zip(InputData, DesiredOutput):
            self.Forward(x[:, None], Context)
            self.NodeDeltaCalculation(y[:, None], Context)
            self.DeltaWeightsCalculation(DeltaWeights, Context)
        self.BatchDeltaWeights = [a + b for a, b in zip(self.BatchDeltaWeights, DeltaWeights)]

    def AverageBatchDeltaWeights(self, TotalTrainDataSetCount):
        self.BatchDeltaWeights = [d / TotalTrainDataSetCount for d in self.BatchDeltaWeights]


def cost(params, X, Y):
    """Half the square, of which the deltas are; the author reports the squares' mean over the outputs."""
    total = 0.0
    for x, y in zip(X, Y):
        Context = ComputationContext()
        BackPropagator(params).Forward(x[:, None], Context)
        total += 0.5 * np.sum((y[:, None] - Context.Activation[-1]) ** 2)
    return total / len(X)


def gradients(params, X, Y, right):
    """The author adds the changes to the weights."""
    propagator = BackPropagator(params, right)
    propagator.TrainOneSubBatch(X, Y)
    propagator.AverageBatchDeltaWeights(len(X))
    return [-d / LEARNING_RATE for d in propagator.BatchDeltaWeights]


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
