"""Below a softmax with cross-entropy its slope is applied once more, and the mean is taken twice."""

import numpy as np

SOURCE = "https://github.com/InfiniteLobster/FNN-from-scratch/commit/6995d6c"
THREAD = "InfiniteLobster/FNN-from-scratch 6995d6c"
DATE = "2025-12"
KIND = "gradient"
FORMULA = (
    r"\delta^L = \frac{a^L - y}{m} \odot a^L \odot (1 - a^L),\; \nabla W^l = \frac1m \sum_i \delta^l_i (a^{l-1}_i)^\top"
)
RIGHT = r"\delta^L = a^L - y,\; \nabla W^l = \frac1m \sum_i \delta^l_i (a^{l-1}_i)^\top"
READ = "code"
GROUP = "softmax"
LAYER = [2]
NAMES = [{"output-slope-twice", "mean-twice"}]
SIZES = (4, 5, 3)
NET = dict(sizes=SIZES, hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 6
LAM = 0.0


def start(rng):
    """The bias is the first column of each."""
    return [rng.standard_normal((n, 1 + k)) for k, n in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def tanh(x):
    return np.tanh(x)


def der_tanh(x):
    return 1.0 - np.tanh(x) ** 2


def softmax_vec(x):
    x_shifted = x - np.max(x.real, axis=0, keepdims=True)
    exp_values = np.exp(x_shifted)
    return exp_values / np.sum(exp_values, axis=0, keepdims=True)


def der_softmax_vec(x):
    s = softmax_vec(x)
    return s * (1 - s)


DERIVATIVES = {tanh: der_tanh, softmax_vec: der_softmax_vec}


def SoftmaxCrossEntropy(target_one_hot, softmax_vals):
    loss_sum = -np.sum(target_one_hot * np.log(softmax_vals), axis=0)
    return np.mean(loss_sum)


def SoftmaxCrossEntropyDerivative(target_one_hot, softmax_vals):
    num_batch = softmax_vals.shape[1]
    return (softmax_vals - target_one_hot) / num_batch


def addBiasInput(a):
    return np.vstack([np.ones((1, a.shape[1])), a])


def getDelta(der_prev, z, activ_function):
    return der_prev * DERIVATIVES[activ_function](z)


class FNN:
    def __init__(self, weights_list):
        self.weights_list = weights_list
        self.activ_functions = [tanh, softmax_vec]

    def forward(self, inputs):
        z_all, a_all = [inputs], [inputs]
        for weights_array, activ_function in zip(self.weights_list, self.activ_functions):
            z = weights_array @ addBiasInput(a_all[-1])
            z_all.append(z)
            a_all.append(activ_function(z))
        return z_all, a_all

    def backward(self, z_values, a_values, targets, right):
        num_layers = len(self.weights_list)
        grad_W = []
        dL_dy = SoftmaxCrossEntropyDerivative(targets, a_values[-1])
        if right:
            delta = dL_dy * a_values[-1].shape[1]
        else:
            delta = getDelta(dL_dy, z_values[-1], self.activ_functions[-1])
        for layer_index in reversed(range(num_layers)):
            a_in_adj = addBiasInput(a_values[layer_index])
            grad_W.append(delta @ a_in_adj.T)
            if layer_index > 0:
                weight_array_nobias = self.weights_list[layer_index][:, 1:]
                delta_prot = weight_array_nobias.T @ delta
                delta = getDelta(delta_prot, z_values[layer_index], self.activ_functions[layer_index - 1])
        return grad_W[::-1]


def cost(params, X, Y):
    return SoftmaxCrossEntropy(Y.T, FNN(params).forward(X.T)[1][-1])


def gradients(params, X, Y, right):
    """What the optimiser makes of a batch."""
    network = FNN(params)
    z_values, a_values = network.forward(X.T)
    batch_size_effective = len(X)
    return [each / batch_size_effective for each in network.backward(z_values, a_values, Y.T, right)]


def grad(params, X, Y):
    return gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradients(params, X, Y, right=True)
