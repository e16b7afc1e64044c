"""Article C: Θ matrices with the bias as column 0, a regularised cost, and a gradient check, for one hidden layer.

Kept: the unrolled vector and its two views, the order of every operation, the loop over the samples, the labels
compared with 0 … K - 1, the cost as an array of one element, and the gradient's two lines that set the bias columns
of Θ to zero before the forward pass: Θ is a view, so the caller's ``nn_params`` changes.

Left out: Python 2's ``print``, and the two files, one of each cost and one of each prediction (``WRITTEN`` names
them; ``write`` makes the cost write its own). The article calls ``sigmoidGradient`` and ``debugInitializeWeights``
and does not print them: ours follow the functions of these names in Andrew Ng's course exercise, but the weights of
the check are filled row by row, where Octave goes column by column. Its cost is infinite or not a number where an
output rounds to 0 or 1.
"""

import numpy as np

WRITTEN = {"cost_function": "Theta1.csv", "predict": "h2.csv"}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_gradient(z):
    return sigmoid(z) * (1 - sigmoid(z))


def matrices(nn_params, input_layer_size, hidden_layer_size, num_labels):
    """Θ^1 (hidden, input + 1) and Θ^2 (labels, hidden + 1): views of the vector, nothing is copied."""
    end = hidden_layer_size * (input_layer_size + 1)
    Theta1 = nn_params[:end].reshape(hidden_layer_size, input_layer_size + 1)
    return Theta1, nn_params[end:].reshape(num_labels, hidden_layer_size + 1)


def class_rows(y, num_labels):
    """Row i has a 1 in column y_i: any other label than 0 … ``num_labels`` - 1 gives a row of zeros, without a word."""
    class_y = np.zeros((len(y), num_labels))
    for i in range(num_labels):
        class_y[:, i] = np.int32(y == i).reshape(1, -1)
    return class_y


def with_ones(X):
    return np.hstack((np.ones((X.shape[0], 1)), X))


def cost_function(nn_params, input_layer_size, hidden_layer_size, num_labels, X, y, Lambda, write=False):
    """J, an array of shape (1,): binary cross-entropy over all outputs, with λ/(2m) Σ of the squared weights."""
    Theta1, Theta2 = matrices(nn_params, input_layer_size, hidden_layer_size, num_labels)
    if write:
        np.savetxt(WRITTEN["cost_function"], Theta1, delimiter=",")
    class_y = class_rows(y, num_labels).reshape(-1, 1)
    weights = np.vstack((Theta1[:, 1:].reshape(-1, 1), Theta2[:, 1:].reshape(-1, 1)))
    term = np.dot(np.transpose(weights), weights)
    a2 = with_ones(sigmoid(np.dot(with_ones(X), np.transpose(Theta1))))
    h = sigmoid(np.dot(a2, np.transpose(Theta2))).reshape(-1, 1)
    likelihood = np.dot(np.transpose(class_y), np.log(h)) + np.dot(np.transpose(1 - class_y), np.log(1 - h))
    return np.ravel(-(likelihood - Lambda * term / 2) / X.shape[0])


def gradient(nn_params, input_layer_size, hidden_layer_size, num_labels, X, y, Lambda):
    """The gradient as published: the bias columns become zero first, in ``nn_params`` itself."""
    Theta1, Theta2 = matrices(nn_params, input_layer_size, hidden_layer_size, num_labels)
    Theta1[:, 0] = 0
    Theta2[:, 0] = 0
    return accumulated(Theta1, Theta2, Theta1, Theta2, num_labels, X, y, Lambda)


def repaired_gradient(nn_params, input_layer_size, hidden_layer_size, num_labels, X, y, Lambda):
    """The repair: the forward pass sees the biases, and copies without them serve for the penalty alone."""
    Theta1, Theta2 = matrices(nn_params, input_layer_size, hidden_layer_size, num_labels)
    penalised1, penalised2 = Theta1.copy(), Theta2.copy()
    penalised1[:, 0] = 0
    penalised2[:, 0] = 0
    return accumulated(Theta1, Theta2, penalised1, penalised2, num_labels, X, y, Lambda)


def accumulated(Theta1, Theta2, penalised1, penalised2, num_labels, X, y, Lambda):
    """(Δ + λ · penalised)/m, unrolled."""
    Delta = accumulate([None, Theta1, Theta2], X, class_rows(y, num_labels))[-1]
    total = np.vstack([Delta_j.reshape(-1, 1) for Delta_j in Delta[1:]])
    penalty = np.vstack((penalised1.reshape(-1, 1), penalised2.reshape(-1, 1)))
    return np.ravel((total + Lambda * penalty) / X.shape[0])


def accumulate(Theta, X, class_y, output_delta=np.subtract):
    """``z, a, delta, Delta`` for any number of layers: Δ^j adds up (δ^{j+1})ᵀ a^j, sample by sample.

    ``Theta[j]`` leads from layer j to layer j + 1, and the inputs are layer 1, as the article counts; the slots of the
    lists before the first such layer are None. ``a[j]`` begins with a column of ones, that of the outputs as well.
    ``output_delta(h, y)`` is δ of one sample's outputs: h - y is the one
    of the article's cost.
    """
    m, top = X.shape[0], len(Theta)
    z, a = [None, None], [None, with_ones(X)]
    for Theta_j in Theta[1:]:
        z.append(np.dot(a[-1], np.transpose(Theta_j)))
        a.append(with_ones(sigmoid(z[-1])))
    delta = [None, None] + [np.zeros((m, len(Theta_j))) for Theta_j in Theta[1:]]
    Delta = [None] + [np.zeros(Theta_j.shape) for Theta_j in Theta[1:]]
    for i in range(m):
        delta[top][i] = output_delta(a[top][i, 1:], class_y[i])
        for j in range(top - 1, 0, -1):
            row = delta[j + 1][i].reshape(1, -1)
            share = np.dot(np.transpose(row), a[j][i].reshape(1, -1))
            Delta[j] = Delta[j] + share
            if j > 1:
                carried = np.dot(row, Theta[j][:, 1:])
                delta[j][i] = carried * sigmoid_gradient(z[j][i])
    return z, a, delta, Delta


def debug_initialize_weights(fan_in, fan_out):
    """sin(1), sin(2), … over 10, row by row, as (fan_out, fan_in + 1); Octave's reshape goes column by column."""
    return np.sin(np.arange(1, fan_out * (1 + fan_in) + 1)).reshape(fan_out, 1 + fan_in) / 10


def check_start():
    """``nn_params, sizes, X, y`` of the article's check: 3-5-3, five samples, labels 1 to 3, nn_params a column."""
    sizes = (3, 5, 3)
    Thetas = [debug_initialize_weights(*pair) for pair in zip(sizes, sizes[1:])]
    X = debug_initialize_weights(sizes[0] - 1, 5)
    y = (1 + np.mod(np.arange(1, 6), sizes[2])).reshape(-1, 1)
    return np.vstack([Theta.reshape(-1, 1) for Theta in Thetas]), sizes, X, y


def check_gradient(Lambda=0.0, gradient=gradient, as_printed=False):
    """The two columns that the article compares: central differences, step 1e-4, beside ``gradient``, called first.

    ``as_printed`` assigns an array of one element to an entry, as the listing does: NumPy 2.4 raises ValueError.
    """
    nn_params, sizes, X, y = check_start()
    grad = gradient(nn_params, *sizes, X, y, Lambda)
    num_grad, step, e = np.zeros(len(nn_params)), np.zeros((len(nn_params), 1)), 1e-4
    for i in range(len(nn_params)):
        step[i] = e
        loss1 = cost_function(nn_params - step, *sizes, X, y, Lambda)
        loss2 = cost_function(nn_params + step, *sizes, X, y, Lambda)
        num_grad[i] = (loss2 - loss1) / (2 * e) if as_printed else ((loss2 - loss1) / (2 * e))[0]
        step[i] = 0
    return np.hstack((num_grad.reshape(-1, 1), grad.reshape(-1, 1)))


def rand_initialize_weights(L_in, L_out, rng):
    """Uniform on ±√(6/(L_in + L_out)), bias column included; the printed line has lost its two asterisks."""
    epsilon_init = (6.0 / (L_out + L_in)) ** 0.5
    return rng.random_sample((L_out, 1 + L_in)) * 2 * epsilon_init - epsilon_init


def predict(Theta1, Theta2, X):
    """The column of the largest output of each row; of equal largest ones all columns, so that rows no longer fit."""
    h1 = with_ones(sigmoid(np.dot(with_ones(X), np.transpose(Theta1))))
    h2 = sigmoid(np.dot(h1, np.transpose(Theta2)))
    p = np.array(np.where(h2[0] == np.max(h2, axis=1)[0]))
    for i in range(1, len(X)):
        p = np.vstack((p, np.array(np.where(h2[i] == np.max(h2, axis=1)[i]))))
    return p
