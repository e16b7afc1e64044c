"""In the cross-entropy's derivative the second quotient is added to the first, where it has to be subtracted."""

import numpy as np

SOURCE = "https://github.com/gabrielmfern/intricate/commit/05a2f29"
THREAD = "gabrielmfern/intricate 05a2f29"
DATE = "2022-09"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"\partial C / \partial a = -\dfrac{y}{a + \epsilon} - \dfrac{1 - y}{1 - a + \epsilon}"
RIGHT = r"\partial C / \partial a = -\dfrac{y}{a + \epsilon} + \dfrac{1 - y}{1 - a + \epsilon}"
READ = "code"  # the layers are the author's, put together to a small network
LAYER = [2]
NAMES = [{"formula"}, {"derivative"}, {"line"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 7
LAM = 0.0


def start(rng):
    """Weights (one row for each input) and biases of the two dense layers."""
    return {
        "weights_1": rng.standard_normal((3, 4)),
        "biases_1": rng.standard_normal(4),
        "weights_2": rng.standard_normal((4, 2)),
        "biases_2": rng.standard_normal(2),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.uniform(0.0, 1.0, (SAMPLES, 2))


def dense_propagate(input_samples, weights, biases):
    return input_samples @ weights + biases


def weights_gradient_calculation(output_to_loss_derivatives, input_samples):
    samples_amount, outputs_amount = output_to_loss_derivatives.shape
    inputs_amount = input_samples.shape[1]
    gradients = np.zeros((inputs_amount, outputs_amount))
    for input_index in range(inputs_amount):
        for output_index in range(outputs_amount):
            contributions = 0.0
            for sample_index in range(samples_amount):
                loss_to_output_derivative = output_to_loss_derivatives[sample_index, output_index]
                contributions += loss_to_output_derivative * input_samples[sample_index, input_index]
            gradients[input_index, output_index] = contributions / samples_amount
    return gradients


def bias_gradient_calculation(output_to_loss_derivatives):
    samples_amount = len(output_to_loss_derivatives)
    return output_to_loss_derivatives.sum(0) / samples_amount


def compute_loss_derivative_with_respect_to_inputs(weights, loss_to_output_derivatives):
    return loss_to_output_derivatives @ weights.T


def tanh_back_propagate(loss_to_output_derivatives, output_samples):
    return loss_to_output_derivatives * (1.0 - output_samples * output_samples)


def sigmoid_back_propagate(loss_to_output_derivatives, output_samples):
    return loss_to_output_derivatives * (output_samples * (1 - output_samples))


def compute_loss(output_samples, expected_output_samples):
    sample_losses = []
    for sample_index in range(len(output_samples)):
        sample_loss = 0.0
        for output_index in range(output_samples.shape[1]):
            output = output_samples[sample_index, output_index]
            expected_output = expected_output_samples[sample_index, output_index]
            sample_loss -= expected_output * np.log(output + 0.00001) + (1.0 - expected_output) * np.log(
                1.0 - output + 0.00001
            )
        sample_losses.append(sample_loss)
    return sum(sample_losses) / len(sample_losses)


def compute_loss_to_output_derivatives(output_samples, expected_output_samples, right):
    derivatives = np.zeros(output_samples.shape)
    for sample_index in range(len(output_samples)):
        for output_index in range(output_samples.shape[1]):
            output = output_samples[sample_index, output_index]
            expected_output = expected_output_samples[sample_index, output_index]
            first = expected_output / (output + 0.00001)
            second = (1.0 - expected_output) / (1.0 - output + 0.00001)
            derivatives[sample_index, output_index] = -(first - second) if right else -(first + second)
    return derivatives


def predict(params, X):
    hidden = np.tanh(dense_propagate(X, params["weights_1"], params["biases_1"]))
    z = dense_propagate(hidden, params["weights_2"], params["biases_2"])
    return hidden, 1.0 / (1.0 + np.exp(-z))


def cost(params, X, Y):
    return compute_loss(predict(params, X)[1], Y)


def back_propagate(params, X, Y, right):
    hidden, outputs = predict(params, X)
    d = sigmoid_back_propagate(compute_loss_to_output_derivatives(outputs, Y, right), outputs)
    result = {"weights_2": weights_gradient_calculation(d, hidden), "biases_2": bias_gradient_calculation(d)}
    d = tanh_back_propagate(compute_loss_derivative_with_respect_to_inputs(params["weights_2"], d), hidden)
    result |= {"weights_1": weights_gradient_calculation(d, X), "biases_1": bias_gradient_calculation(d)}
    return {name: result[name] for name in params}


def grad(params, X, Y):
    return back_propagate(params, X, Y, False)


def repaired(params, X, Y):
    return back_propagate(params, X, Y, True)
