"""The cross-entropy's derivative is 1/p where the target is one, without the minus of the loss."""

import numpy as np

SOURCE = "https://github.com/dusanerdeljan/neural-network/commit/8d2d97a9dc"
THREAD = "dusanerdeljan/neural-network 8d2d97a"
DATE = "2020-04"
KIND = "gradient"
GROUP = "factor"
FORMULA = r"\partial C / \partial p = \dfrac1p \text{ for } t = 1,\; \dfrac{1}{1 - p} \text{ for } t = 0"
RIGHT = r"\partial C / \partial p = -\dfrac1p \text{ for } t = 1,\; \dfrac{1}{1 - p} \text{ for } t = 0"
READ = "code"  # a network of one layer; the commit itself writes p - t, although the slope of the output still follows
LAYER = [1]
NAMES = [{"derivative"}, {"formula"}, {"line"}]
NET = dict(sizes=(4, 1), hidden="sigmoid", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 6
LAM = 0.0


def start(rng):
    return {"weights1": rng.standard_normal((1, 4)), "biases1": rng.standard_normal((1, 1))}


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), (np.arange(SAMPLES)[:, None] % 2).astype(float)


class Sigmoid:
    def Function(self, x):
        self.m_Activation = 1 / (1 + np.exp(-x))
        return self.m_Activation

    def Derivative(self, x):
        return self.m_Activation * (1 - self.m_Activation)


class Layer:
    def __init__(self, weights, biases):
        self.m_WeightMatrix, self.m_BiasMatrix = weights, biases
        self.m_ActivationFunction = Sigmoid()

    def UpdateActivation(self, input):
        self.m_PreActivation = self.m_WeightMatrix @ input + self.m_BiasMatrix
        self.m_Activation = self.m_ActivationFunction.Function(self.m_PreActivation)
        return self.m_Activation


class LossFunction:
    def Backward(self, layer, error):
        gradient = layer.m_ActivationFunction.Derivative(layer.m_PreActivation)
        return gradient * error

    def PropagateError(self, layer, error):
        return layer.m_WeightMatrix.T @ error


class CrossEntropy(LossFunction):
    def GetLoss(self, prediction, target):
        return sum(-np.log(p) if t == 1 else -np.log(1 - p) for p, t in zip(prediction.ravel(), target.ravel()))

    def GetDerivative(self, prediction, target):
        return np.array([[1 / p if t == 1 else 1 / (1 - p)] for p, t in zip(prediction.ravel(), target.ravel())])


class CrossEntropyMended(CrossEntropy):
    def GetDerivative(self, prediction, target):
        return np.array([[-1 / p if t == 1 else 1 / (1 - p)] for p, t in zip(prediction.ravel(), target.ravel())])


class NeuralNetwork:
    def __init__(self, params, loss):
        self.m_Layers = [Layer(params["weights1"], params["biases1"])]
        self.m_LossFunction = loss

    def FeedForward(self, inputs):
        self.m_Inputs = activation = inputs
        for layer in self.m_Layers:
            activation = layer.UpdateActivation(activation)
        return activation

    def GetPreviousActivation(self, layerIndex):
        return self.m_Inputs if layerIndex == 0 else self.m_Layers[layerIndex - 1].m_Activation

    def Backpropagation(self, batch):
        deltaWeightBias = {}
        for inputs, target in batch:
            prediction = self.FeedForward(inputs[:, None])
            error = self.m_LossFunction.GetDerivative(prediction, target)
            layerIndex = len(self.m_Layers) - 1
            for layer in reversed(self.m_Layers):
                gradient = self.m_LossFunction.Backward(layer, error)
                previousActivation = self.GetPreviousActivation(layerIndex)
                if layerIndex not in deltaWeightBias:
                    deltaWeightBias[layerIndex] = [gradient @ previousActivation.T, gradient]
                else:
                    deltaWeightBias[layerIndex][0] = deltaWeightBias[layerIndex][0] + gradient @ previousActivation.T
                    deltaWeightBias[layerIndex][1] = deltaWeightBias[layerIndex][1] + gradient
                error = self.m_LossFunction.PropagateError(layer, error)
                layerIndex -= 1
        return {i: (w / len(batch), b / len(batch)) for i, (w, b) in deltaWeightBias.items()}


def cost(params, X, Y):
    model = NeuralNetwork(params, CrossEntropy())
    return sum(model.m_LossFunction.GetLoss(model.FeedForward(x[:, None]), t) for x, t in zip(X, Y)) / len(X)


def gradients(loss, params, X, Y):
    delta = NeuralNetwork(params, loss).Backpropagation(list(zip(X, Y)))
    return {f"{kind}{i + 1}": delta[i][k] for i in delta for k, kind in enumerate(("weights", "biases"))}


def grad(params, X, Y):
    return gradients(CrossEntropy(), params, X, Y)


def repaired(params, X, Y):
    return gradients(CrossEntropyMended(), params, X, Y)
