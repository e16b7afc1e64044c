"""A convolution takes its activation's slope of the gradient from above, and does not multiply the two."""

import numpy as np

SOURCE = "https://github.com/dstilesr/neural-nets-dsr/commit/c06e862"
THREAD = "dstilesr/neural-nets-dsr c06e862"
DATE = "2020-10"
KIND = "gradient"
FORMULA = r"\partial C / \partial z = f'(\partial C / \partial a)"
RIGHT = r"\partial C / \partial z = f'(z) \odot \partial C / \partial a,\; a = f(z)"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # a convolution and a dense layer
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    """Filters (height, width, channels before, filters), and a dense layer on the four pixels of both."""
    shapes = [(3, 3, 1, 2), (1, 1, 2), (2, 8), (2, 1)]
    return [rng.standard_normal(shape) * (0.5 if i == 0 else 1) for i, shape in enumerate(shapes)]


def data(rng):
    """Images of four by four pixels; targets have a column for each."""
    return rng.standard_normal((SAMPLES, 4, 4, 1)), rng.standard_normal((2, SAMPLES))


def full_conv(vol, filt):
    f0, f1 = filt.shape[:2]
    xshape, yshape = vol.shape[1] - 2 * (f0 // 2), vol.shape[2] - 2 * (f1 // 2)
    output = np.zeros((vol.shape[0], xshape, yshape, filt.shape[3]), filt.dtype)
    for e in range(vol.shape[0]):
        for c in range(filt.shape[3]):
            for i in range(xshape):
                for j in range(yshape):
                    output[e, i, j, c] = np.sum(vol[e, i : i + f0, j : j + f1, :] * filt[:, :, :, c])
    return output


class tanh_activation:
    def __call__(self, x):
        return np.tanh(x)

    def gradient(self, x):
        return 1.0 - np.tanh(x) ** 2


class Convolution2D:
    def __init__(self, activation, filters, biases):
        self.activation, self.filters, self.biases = activation, filters, biases
        self._cache = {}

    def forward_prop(self, x):
        z = full_conv(x, self.filters)
        z += self.biases
        a = self.activation(z)
        self._cache["a_prev"] = x
        self._cache["z"] = z
        return a

    def compute_dw(self, dz):
        filt_h, filt_w = self.filters.shape[:2]
        dw = np.zeros_like(self.filters)
        for ex in range(dz.shape[0]):
            for i in range(dz.shape[1]):
                for j in range(dz.shape[2]):
                    for c in range(self.filters.shape[-1]):
                        a_slice = self._cache["a_prev"][ex, i : (i + filt_h), j : (j + filt_w), :]
                        dw[:, :, :, c] += a_slice * dz[ex, i, j, c]
        return dw / dz.shape[0]

    def back_prop(self, da, right=False):
        if right:
            dz = self.activation.gradient(self._cache["z"]) * da
        else:
            dz = self.activation.gradient(da)
        db = np.sum(dz, axis=(1, 2), keepdims=True)
        db = np.mean(db, axis=0, keepdims=False)
        return self.compute_dw(dz), db


class FlattenLayer:
    def forward_prop(self, x):
        self._input_shape = x.shape
        return x.reshape((x.shape[0], np.prod(x.shape[1:], dtype="int"))).T

    def back_prop(self, da):
        return da.T.reshape(self._input_shape)


class DenseLayer:
    def __init__(self, w, b):
        self.w, self.b = w, b

    def forward_prop(self, x):
        self.a = x
        return np.dot(self.w, x) + self.b

    def back_prop(self, da):
        dz = da
        dw = np.dot(dz, self.a.T) / dz.shape[1]
        db = np.mean(dz, axis=1, keepdims=True)
        return dw, db, np.dot(self.w.T, dz)


def layers(params):
    return [Convolution2D(tanh_activation(), params[0], params[1]), FlattenLayer(), DenseLayer(params[2], params[3])]


def cost(params, X, Y):
    """The mean over the samples of the squares, summed over the outputs, whose gradient the author starts from."""
    a = X
    for layer in layers(params):
        a = layer.forward_prop(a)
    return np.mean(np.sum(np.square(Y - a), axis=0))


def gradients(params, X, Y, right):
    conv, flatten, dense = layers(params)
    a = dense.forward_prop(flatten.forward_prop(conv.forward_prop(X)))
    dw2, db2, da = dense.back_prop(-2.0 * (Y - a))
    dw1, db1 = conv.back_prop(flatten.back_prop(da), right)
    return [dw1, db1, dw2, db2]


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
