"""A reader wants a recurrent layer's delta to be one over the slope of tanh; the product with the slope is right."""

import numpy as np

SOURCE = "https://github.com/oreilly-japan/deep-learning-from-scratch-2/issues/26"
THREAD = "oreilly-japan/deep-learning-from-scratch-2 #26"
DATE = "2024-03"
KIND = "right"
FORMULA = r"\partial C / \partial t = \partial C / \partial h_n \odot (1 - h_n^2)"
RIGHT = r"h_n = \tanh t,\; t = h_{n-1} W_h + x_n W_x + b"
READ = "code"
LAYER = []
NAMES = []
NET = None  # a recurrent network
BLOCKS = ["Wx[1]", "Wh[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 4
LAM = 0.0
TIMES = 3


def start(rng):
    """A recurrent layer of four units and an affine one."""
    return [rng.standard_normal(shape) for shape in ((3, 4), (4, 4), 4, (4, 3), 3)]


def data(rng):
    """For each sample three vectors in a row, and a label for each of them."""
    return rng.standard_normal((SAMPLES, TIMES, 3)), rng.integers(0, 3, (SAMPLES, TIMES))


class RNN:
    def __init__(self, Wx, Wh, b):
        self.params = [Wx, Wh, b]
        self.grads = [np.zeros_like(Wx), np.zeros_like(Wh), np.zeros_like(b)]
        self.cache = None

    def forward(self, x, h_prev):
        Wx, Wh, b = self.params
        t = np.dot(h_prev, Wh) + np.dot(x, Wx) + b
        h_next = np.tanh(t)
        self.cache = (x, h_prev, h_next)
        return h_next

    def backward(self, dh_next):
        Wx, Wh, b = self.params
        x, h_prev, h_next = self.cache

        dt = dh_next * (1 - h_next**2)
        db = np.sum(dt, axis=0)
        dWh = np.dot(h_prev.T, dt)
        dh_prev = np.dot(dt, Wh.T)
        dWx = np.dot(x.T, dt)
        dx = np.dot(dt, Wx.T)

        self.grads[0][...] = dWx
        self.grads[1][...] = dWh
        self.grads[2][...] = db
        return dx, dh_prev


class TimeRNN:
    def __init__(self, Wx, Wh, b):
        self.params = [Wx, Wh, b]
        self.grads = [np.zeros_like(Wx), np.zeros_like(Wh), np.zeros_like(b)]

    def forward(self, xs):
        """The author keeps single precision."""
        Wx, Wh, b = self.params
        N, T, D = xs.shape
        D, H = Wx.shape

        self.layers = []
        hs = np.empty((N, T, H), dtype=np.result_type(*self.params))
        self.h = np.zeros((N, H))

        for t in range(T):
            layer = RNN(*self.params)
            self.h = layer.forward(xs[:, t, :], self.h)
            hs[:, t, :] = self.h
            self.layers.append(layer)

        return hs

    def backward(self, dhs):
        N, T, H = dhs.shape
        dh = 0
        grads = [0, 0, 0]
        for t in reversed(range(T)):
            layer = self.layers[t]
            dx, dh = layer.backward(dhs[:, t, :] + dh)

            for i, grad in enumerate(layer.grads):
                grads[i] += grad

        for i, grad in enumerate(grads):
            self.grads[i][...] = grad


class TimeAffine:
    def __init__(self, W, b):
        self.params = [W, b]
        self.grads = [np.zeros_like(W), np.zeros_like(b)]

    def forward(self, x):
        N, T, D = x.shape
        W, b = self.params
        rx = x.reshape(N * T, -1)
        out = np.dot(rx, W) + b
        self.x = x
        return out.reshape(N, T, -1)

    def backward(self, dout):
        x = self.x
        N, T, D = x.shape
        W, b = self.params
        dout = dout.reshape(N * T, -1)
        rx = x.reshape(N * T, -1)

        db = np.sum(dout, axis=0)
        dW = np.dot(rx.T, dout)
        dx = np.dot(dout, W.T)
        dx = dx.reshape(*x.shape)
        self.grads[0][...] = dW
        self.grads[1][...] = db
        return dx


class TimeSoftmaxWithLoss:
    def forward(self, xs, ts):
        N, T, V = xs.shape
        xs = xs.reshape(N * T, V)
        ts = ts.reshape(N * T)

        e = np.exp(xs - xs.real.max(axis=1, keepdims=True))
        ys = e / e.sum(axis=1, keepdims=True)
        ls = np.log(ys[np.arange(N * T), ts])
        loss = -np.sum(ls)
        loss /= len(ts)
        self.cache = (ts, ys, (N, T, V))
        return loss

    def backward(self):
        ts, ys, (N, T, V) = self.cache

        dx = ys
        dx[np.arange(N * T), ts] -= 1
        dx /= len(ts)
        return dx.reshape((N, T, V))


def layers(params):
    return TimeRNN(*params[:3]), TimeAffine(*params[3:]), TimeSoftmaxWithLoss()


def cost(params, X, Y):
    rnn, affine, loss_layer = layers(params)
    return loss_layer.forward(affine.forward(rnn.forward(X)), Y)


def grad(params, X, Y):
    rnn, affine, loss_layer = layers(params)
    loss_layer.forward(affine.forward(rnn.forward(X)), Y)
    rnn.backward(affine.backward(loss_layer.backward()))
    return rnn.grads + affine.grads


repaired = grad
