"""A square error's gradient has neither its two nor its mean, and is called with output and target exchanged."""

import numpy as np

SOURCE = "https://github.com/jfdev001/mlp-from-scratch/commit/c4cc5fe"
THREAD = "jfdev001/mlp-from-scratch c4cc5fe, 640ce23"
DATE = "2022-01"
KIND = "gradient"
FORMULA = r"\delta^L = (y - a^L) \odot \sigma'(z^L)"
RIGHT = r"\delta^L = \frac2K (a^L - y) \odot \sigma'(z^L)"
READ = "code"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"sign", "factor"}, {"sign", "outputs-not-averaged"}]
SIZES = (3, 4, 5)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="mse")
SAMPLES = 6
LAM = 0.0


def start(rng):
    pairs = list(zip(SIZES, SIZES[1:]))
    return {"w": [rng.standard_normal((k, n)) for n, k in pairs], "b": [rng.standard_normal(k) for _, k in pairs]}


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.uniform(0, 1, (SAMPLES, SIZES[-1]))


class Sigmoid:
    def derivative(self, inputs):
        return self(inputs=inputs) * (1 - self(inputs=inputs))

    def __call__(self, inputs):
        return 1 / (1 + np.exp(-1 * inputs))


class MeanSquaredError:
    def __init__(self, right):
        self.right = right

    def gradient(self, inputs):
        targets, predictions = inputs
        if self.right:
            return (2 / targets.shape[-1]) * (predictions - targets)
        return predictions - targets

    def __call__(self, inputs):
        targets, predictions = inputs
        return np.mean(np.square(targets - predictions))


class MLP:
    def __init__(self, params, right):
        self.weights, self.biases = params["w"], params["b"]
        self.activation = Sigmoid()
        self.loss_function = MeanSquaredError(right)
        self.right = right

    def forward_pass(self, x):
        weighted_inputs, activations = [], [x]
        for weight, bias in zip(self.weights, self.biases):
            weighted_inputs.append(activations[-1] @ weight.T + bias)
            activations.append(self.activation(weighted_inputs[-1]))
        return weighted_inputs, activations

    def compute_delta_last_lyr(self, y_true, output_activations, wted_input_of_final_lyr):
        if self.right:
            grad_cost_wrt_activation = self.loss_function.gradient((y_true, output_activations))
        else:
            grad_cost_wrt_activation = self.loss_function.gradient((output_activations, y_true))
        deriv_activation_of_z = self.activation.derivative(wted_input_of_final_lyr)
        return grad_cost_wrt_activation * deriv_activation_of_z

    def compute_delta_hidden_lyr(self, delta_of_lyr_plus_one, wt_matrix_of_lyr_plus_one, wted_input_of_cur_lyr):
        wted_err = np.dot(np.transpose(wt_matrix_of_lyr_plus_one), delta_of_lyr_plus_one)
        return wted_err * self.activation.derivative(wted_input_of_cur_lyr)

    def backward_pass(self, x, y):
        """Deltas are found sample by sample; gradients are means of them."""
        weighted_inputs, activations = self.forward_pass(x)
        num_layers, batch_size = len(self.weights), len(x)
        dCost_dW_lyrs, dCost_dBias_lyrs = [None] * num_layers, [None] * num_layers
        dCost_dBias_samples = np.array(
            [
                self.compute_delta_last_lyr(y[sample], activations[-1][sample], weighted_inputs[-1][sample])
                for sample in range(batch_size)
            ]
        )
        for lyr in range(num_layers - 1, -1, -1):
            if lyr < num_layers - 1:
                dCost_dBias_samples = np.array(
                    [
                        self.compute_delta_hidden_lyr(
                            dCost_dBias_samples[sample], self.weights[lyr + 1], weighted_inputs[lyr][sample]
                        )
                        for sample in range(batch_size)
                    ]
                )
            dCost_dW_samples = np.array(
                [np.outer(dCost_dBias_samples[sample], activations[lyr][sample]) for sample in range(batch_size)]
            )
            dCost_dW_lyrs[lyr] = np.mean(dCost_dW_samples, axis=0)
            dCost_dBias_lyrs[lyr] = np.mean(dCost_dBias_samples, axis=0)
        return {"w": dCost_dW_lyrs, "b": dCost_dBias_lyrs}


def cost(params, X, Y):
    mlp = MLP(params, right=True)
    return mlp.loss_function((Y, mlp.forward_pass(X)[1][-1]))


def grad(params, X, Y):
    return MLP(params, right=False).backward_pass(X, Y)


def repaired(params, X, Y):
    return MLP(params, right=True).backward_pass(X, Y)
