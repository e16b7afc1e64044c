"""The gradient of a convolution's inputs is written to the depth of the last error that went into it, not its own."""

import numpy as np

SOURCE = "https://github.com/NervanaSystems/neon/issues/111"
THREAD = "NervanaSystems/neon #111, 9b29b38"
DATE = "2015-09"
KIND = "gradient"
GROUP = "down"
FORMULA = (
    r"\partial C / \partial I_m = \textstyle\sum_t F_t^T E_{D - 1 - t} \text{ at } m = M - 1,\; 0 \text{ at } m \ge M"
)
RIGHT = r"\partial C / \partial I_d = \textstyle\sum_t F_t^T E_{d - t}"
# the layers, the tanh and the squared error are made up; the three loops in one list (Python 2) are loops here
READ = "reconstruction"
LAYER = [1]
NAMES = []
NET = None  # two convolutions over depth, height and width
BLOCKS = ["F[1]", "F[2]"]
SAMPLES = 3
LAM = 0.0


class ConvLayer:
    """The sizes of a convolution, without padding and with steps of one."""

    def __init__(self, N, C, K, D, H, W, T, R, S):
        M, P, Q = D - T + 1, H - R + 1, W - S + 1
        self.MPQ = (M, P, Q)
        self.dimI = (C, D, H, W, N)
        self.dimF = (C, T, R, S, K)
        self.dimO = (K, M, P, Q, N)

    def fprop_slice(self, q, S, X):
        sliceF, sliceI = [], []
        for s in range(S):
            x = q + s
            if x >= 0 and x < X:
                sliceF.append(s)
                sliceI.append(x)
        return sliceF, sliceI

    def bprop_slice(self, x, S, Q):
        qs = x - (S - 1)
        sliceF, sliceO = [], []
        for s in range(S):
            q = qs + s
            if q >= 0 and q < Q:
                sliceF.append(S - s - 1)
                sliceO.append(q)
        return sliceF, sliceO


FIRST = ConvLayer(SAMPLES, 1, 2, 4, 2, 2, 2, 1, 1)
SECOND = ConvLayer(SAMPLES, 2, 1, 3, 2, 2, 2, 2, 1)


def start(rng):
    return [rng.standard_normal(FIRST.dimF), rng.standard_normal(SECOND.dimF)]


def data(rng):
    """Inputs and targets, the samples in the last axis."""
    return rng.standard_normal(FIRST.dimI), rng.standard_normal(SECOND.dimO)


def fprop_conv(layer, I, F):
    M, P, Q = layer.MPQ
    C, D, H, W, N = layer.dimI
    C, T, R, S, K = layer.dimF
    array_O = np.zeros(layer.dimO, dtype=np.result_type(I, F))
    for m in range(M):
        sliceT, sliceD = layer.fprop_slice(m, T, D)
        for p in range(P):
            sliceR, sliceH = layer.fprop_slice(p, R, H)
            for q in range(Q):
                sliceS, sliceW = layer.fprop_slice(q, S, W)
                sliceTRS = [t * R * S + r * S + s for t in sliceT for r in sliceR for s in sliceS]
                sliceDHW = [d * H * W + y * W + w for d in sliceD for y in sliceH for w in sliceW]
                slicedF = F.reshape((C, -1, K))[:, sliceTRS, :].reshape((-1, K))
                slicedI = I.reshape((C, -1, N))[:, sliceDHW, :].reshape((-1, N))
                array_O[:, m, p, q, :] = np.dot(slicedF.T, slicedI)
    return array_O


def bprop_conv(layer, F, E, right):
    """Backward propagate the error through a convolutional network layer."""
    M, P, Q = layer.MPQ
    C, D, H, W, N = layer.dimI
    C, T, R, S, K = layer.dimF
    array_grad_I = np.zeros(layer.dimI)
    array_F = np.transpose(F, (4, 1, 2, 3, 0)).copy()
    for d in range(D):
        sliceT, sliceM = layer.bprop_slice(d, T, M)
        for h in range(H):
            sliceR, sliceP = layer.bprop_slice(h, R, P)
            for w in range(W):
                sliceS, sliceQ = layer.bprop_slice(w, S, Q)
                sliceTRS = [t * R * S + r * S + s for t in sliceT for r in sliceR for s in sliceS]
                sliceMPQ = []
                for m in sliceM:
                    for p in sliceP:
                        for q in sliceQ:
                            sliceMPQ.append(m * P * Q + p * Q + q)
                slicedF = array_F.reshape((K, -1, C))[:, sliceTRS, :].reshape((-1, C))
                slicedE = E.reshape((K, -1, N))[:, sliceMPQ, :].reshape((-1, N))
                if right:
                    array_grad_I[:, d, h, w, :] = np.dot(slicedF.T, slicedE)
                else:
                    array_grad_I[:, m, h, w, :] = np.dot(slicedF.T, slicedE)
    return array_grad_I


def update_conv(layer, I, E):
    """Compute the updated gradient for a convolutional network layer."""
    M, P, Q = layer.MPQ
    C, D, H, W, N = layer.dimI
    C, T, R, S, K = layer.dimF
    array_U = np.zeros(layer.dimF)
    for m in range(M):
        sliceT, sliceD = layer.fprop_slice(m, T, D)
        for p in range(P):
            sliceR, sliceH = layer.fprop_slice(p, R, H)
            for q in range(Q):
                sliceS, sliceW = layer.fprop_slice(q, S, W)
                sliceTRS = [t * R * S + r * S + s for t in sliceT for r in sliceR for s in sliceS]
                sliceDHW = [d * H * W + y * W + w for d in sliceD for y in sliceH for w in sliceW]
                slicedI = I.reshape((C, -1, N))[:, sliceDHW, :].reshape((-1, N))
                slicedE = E[:, m, p, q, :]
                slicedU = array_U.reshape((C, -1, K))
                slicedU[:, sliceTRS, :] += np.dot(slicedI, slicedE.T).reshape((C, -1, K))
    return array_U


def cost(params, X, Y):
    hidden = np.tanh(fprop_conv(FIRST, X, params[0]))
    return 0.5 * np.sum((fprop_conv(SECOND, hidden, params[1]) - Y) ** 2) / SAMPLES


def gradients(params, X, Y, right):
    hidden = np.tanh(fprop_conv(FIRST, X, params[0]))
    E = (fprop_conv(SECOND, hidden, params[1]) - Y) / SAMPLES
    last = update_conv(SECOND, hidden, E)
    E = bprop_conv(SECOND, params[1], E, right) * (1 - hidden**2)
    return [update_conv(FIRST, X, E), last]


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
