"""The transpose is a copy of the numbers in their old order, so that a square layer goes down by itself."""

import numpy as np

SOURCE = "https://github.com/46768/neuralnet/commit/e05e665"
THREAD = "46768/neuralnet e05e665"
DATE = "2025-02"
KIND = "gradient"
GROUP = "down"
FORMULA = r"\delta^l = f'(z^l) \odot W^{l+1} \delta^{l+1},\; z^{l+1} = W^{l+1} a^l + b^{l+1}"
RIGHT = r"\delta^l = f'(z^l) \odot W^{l+1\,T} \delta^{l+1},\; z^{l+1} = W^{l+1} a^l + b^{l+1}"
READ = "code"
LAYER = [1]
NAMES = [{"missing-transpose"}]
NET = dict(sizes=(3, 3, 3), hidden="sigmoid", output="sigmoid", loss="mse")  # the mean over samples and outputs
SAMPLES = 6
LAM = 0.0
SIZE = 3


def start(rng):
    return [rng.standard_normal(shape) for shape in ((SIZE, SIZE), SIZE, (SIZE, SIZE), SIZE)]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZE)), rng.uniform(0.1, 0.9, (SAMPLES, SIZE))


class Matrix:
    """A matrix with sx columns and sy rows; major is what the author mends it by, for square ones."""

    def __init__(self, sx, sy, numbers=None):
        self.sx, self.sy, self.major = sx, sy, 0
        self.data = np.zeros(sx * sy) if numbers is None else np.ravel(numbers)


def matrix_get(mat, x, y):
    return mat.data[x * mat.sx + y if mat.major else y * mat.sx + x]


def matrix_transpose_ip(mat, res, right):
    res.data = mat.data.copy()
    if right:
        res.major = not mat.major


def vec_matrix_hadamard_ip(vec, mat, res):
    for y in range(mat.sy):
        vec_coefficient = vec[y]
        for x in range(mat.sx):
            res.data[y * mat.sx + x] = vec_coefficient * matrix_get(mat, x, y)


def matrix_vec_mul_ip(mat, vec, res):
    for i in range(mat.sy):
        dot_sum = 0.0
        for j in range(mat.sx):
            dot_sum += matrix_get(mat, j, i) * vec[j]
        res[i] = dot_sum


def column_row_vec_mul_ip(column, row, res):
    for x in range(len(row)):
        for y in range(len(column)):
            res.data[y * len(row) + x] = row[x] * column[y]


def nn_sigmoid(z):
    return 1 / (1 + np.exp(-z))


def nn_sigmoid_d(z):
    sig = nn_sigmoid(z)
    return sig * (1 - sig)


def nn_mse(actual, target):
    cost = 0
    for i in range(len(actual)):
        diff = actual[i] - target[i]
        cost += diff * diff
    return cost / len(actual)


def nn_mse_d(actual, target):
    driv_coef = 2 / len(target)
    return driv_coef * (actual - target)


class FFN:
    def __init__(self, params):
        self.hidden_size = 3
        self.weights = [Matrix(SIZE, SIZE, params[0]), Matrix(SIZE, SIZE, params[2])]
        self.biases = [params[1], params[3]]


def ffn_fpropagate(nn, input):
    z, a = [input], [input]
    for l in range(nn.hidden_size - 1):
        weight, zl1 = nn.weights[l], []
        for y in range(weight.sy):
            z_j = nn.biases[l][y]
            for x in range(weight.sx):
                z_j = z_j + a[l][x] * matrix_get(weight, x, y)
            zl1.append(z_j)
        z.append(np.array(zl1))
        a.append(nn_sigmoid(z[-1]))
    return z, a


def _ffn_next_error(nn, z, gradient_b, nxt_idx, right):
    weight_trsp, err_coef = Matrix(SIZE, SIZE), Matrix(SIZE, SIZE)
    matrix_transpose_ip(nn.weights[nxt_idx], weight_trsp, right)
    a_deriv = nn_sigmoid_d(z[nxt_idx])
    vec_matrix_hadamard_ip(a_deriv, weight_trsp, err_coef)
    matrix_vec_mul_ip(err_coef, gradient_b[nxt_idx + 1], gradient_b[nxt_idx])


def ffn_bpropagate(nn, input, target, right):
    L = nn.hidden_size
    z, a = ffn_fpropagate(nn, input)
    gradient_b = [np.zeros(SIZE) for _ in range(L)]
    gradient_w = [Matrix(SIZE, SIZE) for _ in range(L - 1)]
    gradient_b[L - 1] = nn_sigmoid_d(z[L - 1]) * nn_mse_d(a[L - 1], target)
    for l in range(L - 2, -1, -1):
        column_row_vec_mul_ip(gradient_b[l + 1], a[l], gradient_w[l])
        _ffn_next_error(nn, z, gradient_b, l, right)
    return gradient_w, gradient_b


def cost(params, X, Y):
    nn = FFN(params)
    return sum(nn_mse(ffn_fpropagate(nn, x)[1][-1], y) for x, y in zip(X, Y)) / len(X)


def gradients(params, X, Y, right):
    """The author steps after each sample; this is the mean of the samples' gradients."""
    total = [np.zeros(p.shape) for p in params]
    for x, y in zip(X, Y):
        gradient_w, gradient_b = ffn_bpropagate(FFN(params), x, y, right)
        for l in range(2):
            total[2 * l] += gradient_w[l].data.reshape(SIZE, SIZE) / len(X)
            total[2 * l + 1] += gradient_b[l + 1] / len(X)
    return total


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
