"""On its way down the delta meets the slope of the layer it comes from, not of the one it goes to."""

import numpy as np

SOURCE = "https://github.com/irving-m/Neural-Net-from-scracth/commit/7987e5d"
THREAD = "irving-m/Neural-Net-from-scracth 7987e5d"
DATE = "2023-01"
KIND = "gradient"
FORMULA = r"\delta^l = \bigl(W^{l+1\,T} \delta^{l+1}\bigr) \odot f_{l+1}'(z^l)"
RIGHT = r"\delta^l = \bigl(W^{l+1\,T} \delta^{l+1}\bigr) \odot f_l'(z^l)"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"slope-of-wrong-function", "slope-missing"}]
NET = None  # a ReLU and an identity, but the squares are summed over the samples
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    shapes = [(4, 3), (4, 1), (2, 4), (2, 1)]
    return [rng.standard_normal(shape) for shape in shapes]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def ReLu(x):
    return np.where(x.real > 0, x, 0)


def d_ReLu(x):
    return x > 0


def identity(x):
    return x


def d_identity(x):
    return 1


class Layer:
    def __init__(self, neurons, func, prime=None):
        self.func = func
        self.neurons = neurons
        self.prime = prime


class Network:
    def __init__(self, input, target, layers, params):
        self.input = np.array(input).T
        self.target = np.array(target).T
        self.layers = layers
        self.n = len(input)
        self.w, self.b = params[0::2], params[1::2]
        self.a_record = []
        self.z_record = []
        self.dw_record = []
        self.db_record = []

    def forward_prop(self):
        a = self.input
        self.a_record.append(a)
        for i, layer in enumerate(self.layers):
            z = np.matmul(self.w[i], a) + self.b[i].reshape(-1, 1)
            a = layer.func(z)
            self.z_record.append(z)
            self.a_record.append(a)
        self.output = a

    def back_prop(self, right=False):
        delta = np.multiply(self.a_record[-1] - self.target, self.layers[-1].prime(self.z_record[-1]))
        for i, layer in reversed(list(enumerate(self.layers))):
            dw = np.matmul(delta, self.a_record[i].T)
            db = np.matmul(delta, np.ones((self.n, 1)))
            self.dw_record.append(dw)
            self.db_record.append(db)
            if i > 0:
                if right:
                    delta = np.multiply(np.matmul(self.w[i].T, delta), self.layers[i - 1].prime(self.z_record[i - 1]))
                else:
                    delta = np.multiply(np.matmul(self.w[i].T, delta), layer.prime(self.z_record[i - 1]))


def network(params, X, Y):
    mlp = Network(X, Y, [Layer(4, ReLu, d_ReLu), Layer(2, identity, d_identity)], params)
    mlp.forward_prop()
    return mlp


def cost(params, X, Y):
    mlp = network(params, X, Y)
    return 0.5 * np.sum((mlp.output - mlp.target) ** 2)


def gradients(params, X, Y, right):
    mlp = network(params, X, Y)
    mlp.back_prop(right)
    return [g for pair in zip(mlp.dw_record[::-1], mlp.db_record[::-1]) for g in pair]


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
