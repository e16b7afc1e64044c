"""A transposed product takes rows for columns, and reads the weights as another matrix."""

import numpy as np

SOURCE = "https://github.com/KickaStone/simple-neural-network/commit/dd51e73"
THREAD = "KickaStone/simple-neural-network dd51e73"
DATE = "2023-07"
KIND = "gradient"
FORMULA = r"\delta^l_i = f'(z^l_i) \sum_{j < n_l} w^{l+1}_{[\,j n_{l+1} + i\,]}\, \delta^{l+1}_j"
RIGHT = r"\delta^l_i = f'(z^l_i) \sum_{j < n_{l+1}} w^{l+1}_{[\,j n_l + i\,]}\, \delta^{l+1}_j"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
SIZES = (3, 2, 4)  # the product then reads nothing beyond the end of its vector
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [[rng.standard_normal(n * k), rng.standard_normal(n)] for k, n in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def matMulvec(a, b, c, row, col, transpose=False):
    if transpose:
        for i in range(min(col, len(c))):  # what is written beyond the end of c is never read
            sum = 0
            for j in range(row):
                sum = sum + a[j * col + i] * b[j]
            c[i] = sum
    else:
        for i in range(row):
            sum = 0
            for j in range(col):
                sum = sum + a[i * col + j] * b[j]
            c[i] = sum


class NeuralNetwork:
    def __init__(self, params, dtype=float):
        self.w = [w for w, b in params]
        self.b = [b for w, b in params]
        self.layers = list(SIZES[1:])
        self.inputsize = SIZES[0]
        self.num_layers = len(self.layers)
        self.dtype = dtype
        self.batch_dw = [np.zeros(len(w)) for w in self.w]
        self.batch_db = [np.zeros(len(b)) for b in self.b]

    def forward(self, input):
        self.data = input
        self.a = []
        for l in range(self.num_layers):
            z = np.zeros(self.layers[l], self.dtype)
            if l == 0:
                matMulvec(self.w[l], self.data, z, self.layers[l], self.inputsize)
            else:
                matMulvec(self.w[l], self.a[l - 1], z, self.layers[l], self.layers[l - 1])
            z = z + self.b[l]
            self.a.append(1.0 / (1.0 + np.exp(-z)))
        return self.a[-1]

    def backprop(self, y, right):
        dC_dz = [None] * self.num_layers
        for l in range(self.num_layers - 1, -1, -1):
            n = self.layers[l]
            z_prime = self.a[l] * (1 - self.a[l])
            if l == self.num_layers - 1:
                dC_da = self.a[l] - y
            else:
                dC_da = np.zeros(n)
                if right:
                    matMulvec(self.w[l + 1], dC_dz[l + 1], dC_da, self.layers[l + 1], self.layers[l], True)
                else:
                    matMulvec(self.w[l + 1], dC_dz[l + 1], dC_da, self.layers[l], self.layers[l + 1], True)
            dC_dz[l] = dC_da * z_prime
            self.batch_db[l] += dC_dz[l]
            below = self.a[l - 1] if l != 0 else self.data
            for tid in range(n * len(below)):
                self.batch_dw[l][tid] += dC_dz[l][tid // len(below)] * below[tid % len(below)]


def cost(params, X, Y):
    network = NeuralNetwork(params, np.result_type(*(p for pair in params for p in pair)))
    loss = 0.0
    for x, y in zip(X, Y):
        output = network.forward(x)
        for j in range(len(y)):
            loss = loss + 0.5 * (y[j] - output[j]) * (y[j] - output[j])
    return loss / len(X)


def gradients(params, X, Y, right):
    network = NeuralNetwork(params)
    for x, y in zip(X, Y):
        network.forward(x)
        network.backprop(y, right)
    return [[dw / len(X), db / len(X)] for dw, db in zip(network.batch_dw, network.batch_db)]


def grad(params, X, Y):
    return gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradients(params, X, Y, right=True)
