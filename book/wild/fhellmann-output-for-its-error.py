"""The hidden layer's error is made of the output layer's activations instead of its errors."""

import numpy as np

SOURCE = "https://github.com/FHellmann/MNIST-3LNN-CUDA/commit/5361025"
THREAD = "FHellmann/MNIST-3LNN-CUDA 5361025"
DATE = "2017-07"
KIND = "gradient"
GROUP = "down"
FORMULA = r"\delta^1 = W^{2\,T} a^2 \odot a^1 \odot (1 - a^1)"
RIGHT = r"\delta^1 = W^{2\,T} \delta^2 \odot a^1 \odot (1 - a^1)"
READ = "code"
LAYER = [1]
NAMES = [{"formula"}, {"line"}]
NET = dict(sizes=(3, 4, 2), hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "W12": rng.standard_normal((4, 3)),
        "bias2": rng.standard_normal((4, 1)),
        "W23": rng.standard_normal((2, 4)),
        "bias3": rng.standard_normal((2, 1)),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.uniform(0.1, 0.9, (SAMPLES, 2))


def d_apply_activation(A, functionType):
    if functionType == "SIGMOID":
        return 1.0 / (1.0 + np.exp(-A))
    return np.tanh(A)


def d_cwise_mul_act_deriv(A, B, actFct):
    if actFct == "SIGMOID":
        b = B * (1.0 - B)
    else:
        b = 1.0 - B * B
    return A * b


def feedForwardLayer(input, weights, bias, actFct):
    output = np.repeat(bias, input.shape[1], axis=1)
    output = output + weights @ input
    return d_apply_activation(output, actFct)


def calculateOutputError(output, labels, actFct):
    # l - o
    error = labels - output
    # s'(o)(l - o)
    return d_cwise_mul_act_deriv(error, output, actFct)


def calculateHiddenError(transposedPreviousWeight, previousError, hiddenOutput, actFct):
    # Backpropagate the error.
    error = transposedPreviousWeight @ previousError
    return d_cwise_mul_act_deriv(error, hiddenOutput, actFct)


class GPUTrainingParameters:
    activationFunction2 = activationFunction3 = "SIGMOID"

    def __init__(self, net, X, Y):
        self.W12, self.bias2, self.W23, self.bias3 = net["W12"], net["bias2"], net["W23"], net["bias3"]
        self.images, self.labels = X.T, Y.T


def feedForwardBatch(params):
    params.output2 = feedForwardLayer(params.images, params.W12, params.bias2, params.activationFunction2)
    params.output3 = feedForwardLayer(params.output2, params.W23, params.bias3, params.activationFunction3)


def backPropagateBatch(params, right):
    params.error3 = calculateOutputError(params.output3, params.labels, params.activationFunction3)

    # The weight updates are computed by
    # W23^T * e3 * ∇σ * input^T
    W23Transposed = params.W23.T
    if right:
        params.error2 = calculateHiddenError(W23Transposed, params.error3, params.output2, params.activationFunction2)
    else:
        params.error2 = calculateHiddenError(W23Transposed, params.output3, params.output2, params.activationFunction2)

    output2Transposed = params.output2.T
    W23, bias3 = params.error3 @ output2Transposed, params.error3.sum(1, keepdims=True)
    imagesTransposed = params.images.T
    W12, bias2 = params.error2 @ imagesTransposed, params.error2.sum(1, keepdims=True)
    return {"W12": W12, "bias2": bias2, "W23": W23, "bias3": bias3}


def cost(net, X, Y):
    params = GPUTrainingParameters(net, X, Y)
    feedForwardBatch(params)
    return 0.5 * np.sum((params.labels - params.output3) ** 2) / len(X)


def gradients(net, X, Y, right):
    """The author adds the rate times these in batches of one image; here the mean over the images, and its negative."""
    params = GPUTrainingParameters(net, X, Y)
    feedForwardBatch(params)
    return {name: -g / len(X) for name, g in backPropagateBatch(params, right).items()}


def grad(net, X, Y):
    return gradients(net, X, Y, False)


def repaired(net, X, Y):
    return gradients(net, X, Y, True)
