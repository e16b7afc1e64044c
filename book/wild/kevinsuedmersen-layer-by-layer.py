"""Each layer is updated before its errors go down through its weights."""

import numpy as np

SOURCE = "https://github.com/kevinsuedmersen/neural_networks_from_scratch/commit/a7e89e6"
THREAD = "kevinsuedmersen/neural_networks_from_scratch a7e89e6"
DATE = "2022-02"
KIND = "gradient"
FORMULA = r"\delta^l = (W^{l+1} - \eta\, \partial C / \partial W^{l+1})^\top \delta^{l+1} \odot f'(z^l)"
RIGHT = r"\delta^l = (W^{l+1})^\top \delta^{l+1} \odot f'(z^l)"
READ = "code"
GROUP = "down"
LAYER = [1, 2]
NAMES = [{"stale-weights"}]
SIZES = (4, 5, 4, 3)
NET = dict(sizes=SIZES, hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 6
LAM = 0.0

LEARNING_RATE = 0.5


def start(rng):
    pairs = list(zip(SIZES, SIZES[1:]))
    return {
        "weights": [0.8 * rng.standard_normal((1, k, n)) for n, k in pairs],
        "biases": [0.5 * rng.standard_normal((1, k, 1)) for _, k in pairs],
    }


def data(rng):
    labels = np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]
    return rng.standard_normal((SAMPLES, SIZES[0])), labels


class InputLayer:
    def forward_propagate(self, activations):
        self.activations = activations
        return activations


def tanh_forward(dendritic_potentials):
    return np.tanh(dendritic_potentials)


def tanh_backward(dendritic_potentials, activations):
    """A matrix for each sample."""
    return (1 - activations**2) * np.eye(activations.shape[1])


def softmax_forward(dendritic_potentials):
    exps = np.exp(dendritic_potentials - dendritic_potentials.real.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)


class DenseLayer:
    def __init__(self, weights, biases, activation_function_forward):
        self.weights, self.biases = weights, biases
        self.activation_function_forward = activation_function_forward

    def forward_propagate(self, activations_prev):
        self.dendritic_potentials = np.matmul(self.weights, activations_prev) + self.biases
        self.activations = self.activation_function_forward(self.dendritic_potentials)
        return self.activations

    def backward_propagate(self, error_next, weights_next):
        jacobians = tanh_backward(self.dendritic_potentials, self.activations)
        weights_next_t = np.transpose(weights_next, axes=[0, 2, 1])
        j_w = np.matmul(jacobians, weights_next_t)
        self.errors = np.matmul(j_w, error_next)
        return self.errors

    def compute_weight_gradients(self, activations_prev):
        derivative_loss_wrt_weights = np.matmul(self.errors, np.transpose(activations_prev, axes=[0, 2, 1]))
        self.weight_gradients = np.mean(derivative_loss_wrt_weights, axis=0, keepdims=True)

    def compute_bias_gradients(self):
        self.bias_gradients = np.mean(self.errors, axis=0, keepdims=True)

    def update_parameters(self):
        self.weights = self.weights - LEARNING_RATE * self.weight_gradients
        self.biases = self.biases - LEARNING_RATE * self.bias_gradients


class SequentialModel:
    def __init__(self, params):
        activations = [tanh_forward] * (len(SIZES) - 2) + [softmax_forward]
        dense = [DenseLayer(*each) for each in zip(params["weights"], params["biases"], activations)]
        self.layers = [InputLayer(), *dense]
        self.n_layers = len(self.layers)

    def forward_pass(self, x_train):
        activations = x_train
        for layer in self.layers:
            activations = layer.forward_propagate(activations)
        return activations

    def backward_pass(self, ytrue_train, ypred_train, right):
        errors = ypred_train - ytrue_train
        self.layers[-1].errors = errors
        self.layers[-1].compute_weight_gradients(self.layers[-2].activations)
        self.layers[-1].compute_bias_gradients()
        if not right:
            self.layers[-1].update_parameters()
        for l in range(self.n_layers - 2, 0, -1):
            errors = self.layers[l].backward_propagate(errors, self.layers[l + 1].weights)
            self.layers[l].compute_weight_gradients(self.layers[l - 1].activations)
            self.layers[l].compute_bias_gradients()
            if not right:
                self.layers[l].update_parameters()


def cost(params, X, Y):
    losses = -np.sum(Y[..., None] * np.log(SequentialModel(params).forward_pass(X[..., None])), axis=1)
    return np.mean(losses)


def gradients(params, X, Y, right):
    model = SequentialModel(params)
    model.backward_pass(Y[..., None], model.forward_pass(X[..., None]), right)
    dense = model.layers[1:]
    return {"weights": [layer.weight_gradients for layer in dense], "biases": [layer.bias_gradients for layer in dense]}


def grad(params, X, Y):
    return gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradients(params, X, Y, right=True)
