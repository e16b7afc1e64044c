"""The derivative of the cross-entropy has its terms turned round, where no special case of the logistic hides it."""

import numpy as np

SOURCE = "https://github.com/mirkoruether/ann-cpp/commit/2800ff1"
THREAD = "mirkoruether/ann-cpp 2800ff1"
DATE = "2019-01"
KIND = "gradient"
FORMULA = r"\partial C / \partial a = y / a - (1 - y) / (1 - a)"
RIGHT = r"\partial C / \partial a = (1 - y) / (1 - a) - y / a"
READ = "code"
GROUP = "factor"
LAYER = [2]
NAMES = [{"sign"}]
NET = dict(sizes=(3, 4, 1), hidden="sigmoid", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 7
LAM = 0.0


def start(rng):
    """Weights with a row for each input, and biases as rows."""
    return [
        rng.standard_normal((3, 4)),
        rng.standard_normal((1, 4)),
        rng.standard_normal((4, 1)),
        rng.standard_normal((1, 1)),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.integers(0, 2, (SAMPLES, 1)).astype(float)


class abstract_activation_function:
    def __init__(self, f, df):
        self.f, self.df = f, df

    def apply(self, d):
        return self.f(d)

    def apply_derivative(self, d):
        return self.df(d)


class logistic_activation_function(abstract_activation_function):
    """Of this class alone the program knows that the slope cancels."""


def logistic(d):
    return 1 / (1 + np.exp(-d))


class cross_entropy_costs:
    def __init__(self, right=False):
        self.right = right

    def calculate_costs(self, net_output, solution):
        result = 0
        for a, y in zip(net_output.ravel(), solution.ravel()):
            result += y * np.log(a) + (1 - y) * np.log(1 - a)
        return -result

    def calculate_gradient(self, a, y):
        if self.right:
            return (1.0 - y) / (1.0 - a) - y / a
        return y / a - (1.0 - y) / (1.0 - a)

    def calculate_output_layer_error(self, net_output_rv, solution_rv, activation_dfs_rv, activation_function):
        if isinstance(activation_function, logistic_activation_function):
            return net_output_rv - solution_rv
        return self.calculate_gradient(net_output_rv, solution_rv) * activation_dfs_rv


class sgd_trainer:
    def __init__(self, params, right=False):
        self.weights_noarr, self.biases_noarr_rv = params[0::2], params[1::2]
        self.activation_f = abstract_activation_function(logistic, lambda d: logistic(d) * (1 - logistic(d)))
        self.cost_f = cross_entropy_costs(right)

    def feed_forward_detailed(self, input):
        activations_rv, activations_dfs_rv = [], []
        layerInput = input
        for layerNo in range(len(self.weights_noarr)):
            weighted_inputs = layerInput @ self.weights_noarr[layerNo] + self.biases_noarr_rv[layerNo]
            activations_rv.append(self.activation_f.apply(weighted_inputs))
            activations_dfs_rv.append(self.activation_f.apply_derivative(weighted_inputs))
            layerInput = activations_rv[layerNo]
        return activations_rv, activations_dfs_rv

    def calculate_error(self, net_output_rv, solution_rv, activation_dfs_rv):
        layer_count = len(self.weights_noarr)
        errors_rv = [None] * layer_count
        errors_rv[layer_count - 1] = self.cost_f.calculate_output_layer_error(
            net_output_rv, solution_rv, activation_dfs_rv[layer_count - 1], self.activation_f
        )
        for layer_no in range(layer_count - 2, -1, -1):
            errors_rv[layer_no] = errors_rv[layer_no + 1] @ self.weights_noarr[layer_no + 1].T
            errors_rv[layer_no] = errors_rv[layer_no] * activation_dfs_rv[layer_no]
        return errors_rv

    def calculate_gradient_weight(self, previous_activation_rv, error_rv):
        gradient_weight_noarr = np.zeros((previous_activation_rv.shape[1], error_rv.shape[1]))
        for batch_entry_no in range(len(error_rv)):
            gradient_weight_noarr += previous_activation_rv[[batch_entry_no]].T @ error_rv[[batch_entry_no]]
        return gradient_weight_noarr / len(error_rv)

    def calculate_gradient_bias(self, error_rv):
        gradient_bias_noarr_rv = np.zeros((1, error_rv.shape[1]))
        for batch_entry_no in range(len(error_rv)):
            gradient_bias_noarr_rv += error_rv[[batch_entry_no]]
        return gradient_bias_noarr_rv / len(error_rv)


def cost(params, X, Y):
    trainer = sgd_trainer(params)
    return trainer.cost_f.calculate_costs(trainer.feed_forward_detailed(X)[0][-1], Y) / len(X)


def gradients(params, X, Y, right):
    trainer = sgd_trainer(params, right)
    activations_rv, activations_dfs_rv = trainer.feed_forward_detailed(X)
    errors_rv = trainer.calculate_error(activations_rv[-1], Y, activations_dfs_rv)
    result = []
    for layer_no, error_rv in enumerate(errors_rv):
        previous_activation_rv = X if layer_no == 0 else activations_rv[layer_no - 1]
        result.append(trainer.calculate_gradient_weight(previous_activation_rv, error_rv))
        result.append(trainer.calculate_gradient_bias(error_rv))
    return result


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
