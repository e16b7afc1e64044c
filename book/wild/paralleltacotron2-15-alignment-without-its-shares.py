"""A soft alignment's gradient adds up what the next cells weigh, without the shares that they took."""

import numpy as np

SOURCE = "https://github.com/keonlee9420/Parallel-Tacotron2/pull/15"
THREAD = "keonlee9420/Parallel-Tacotron2 #15"
DATE = "2021-11"
KIND = "gradient"
GROUP = "down"
FORMULA = r"\partial C / \partial D_{ij} = E_{i+1, j} + E_{i, j+1} + E_{i+1, j+1}"
RIGHT = (
    r"\partial C / \partial D_{ij} = E_{ij} = a_{ij} E_{i+1, j} + b_{ij} E_{i, j+1} + c_{ij} E_{i+1, j+1},\;"
    r" C = R_{N+1, M+1}"
)
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # a linear prediction of frames, compared by soft dynamic time warping
BLOCKS = ["W[1]", "b[1]"]
SAMPLES = 6
LAM = 0.0
FRAMES, FEATURES, MELS = 5, 3, 2
GAMMA, WARP = 0.7, 1.2


def start(rng):
    return {"W": rng.standard_normal((FEATURES, MELS)), "b": rng.standard_normal(MELS)}


def data(rng):
    """What the decoder gives for each frame, and a spectrogram of fewer frames."""
    return rng.standard_normal((SAMPLES, FEATURES)), rng.standard_normal((FRAMES, MELS))


def manhattan_dist_func(x, y):
    raw = x[:, None] - y[None]
    return np.sum(np.abs(raw), axis=2), raw


def with_border(D):
    N, M = D.shape
    D_ = np.zeros((N + 2, M + 2))
    D_[1 : N + 1, 1 : M + 1] = D
    return D_


def compute_softdtw(D, gamma, warp):
    """A cell pays its distance when the path leaves it, and the path ends beyond both last frames."""
    N, M = D.shape
    D_ = with_border(D)
    R = np.zeros((N + 2, M + 2))
    R[:, 0] = R[0, :] = np.inf
    R[0, 0] = 0
    for j in range(1, M + 2):
        for i in range(1, N + 2):
            r0 = -(R[i - 1, j - 1] + D_[i - 1, j - 1]) / gamma
            r1 = -(R[i - 1, j] + D_[i - 1, j] + warp) / gamma
            r2 = -(R[i, j - 1] + D_[i, j - 1] + warp) / gamma
            rmax = max(r0, r1, r2)
            rsum = np.exp(r0 - rmax) + np.exp(r1 - rmax) + np.exp(r2 - rmax)
            R[i, j] = -gamma * (np.log(rsum) + rmax)
    return R


def shares(D_, R, i, j, gamma, warp):
    """How much of each of the three next cells comes from this one."""
    left = R[i, j] + D_[i, j]
    a = np.exp((R[i + 1, j] - left - warp) / gamma)
    b = np.exp((R[i, j + 1] - left - warp) / gamma)
    c = np.exp((R[i + 1, j + 1] - left) / gamma)
    return a, b, c


def compute_softdtw_backward(D, R, gamma, warp):
    N, M = D.shape
    D_ = with_border(D)
    E, G = np.zeros((N + 2, M + 2)), np.zeros((N + 2, M + 2))
    E[-1, -1] = G[-1, -1] = 1
    for j in range(M, 0, -1):
        for i in range(N, 0, -1):
            a, b, c = shares(D_, R, i, j, gamma, warp)
            E[i, j] = E[i + 1, j] * a + E[i, j + 1] * b + E[i + 1, j + 1] * c
            G[i, j] = E[i + 1, j] + E[i, j + 1] + E[i + 1, j + 1]
    return G[1 : N + 1, 1 : M + 1]


def compute_softdtw_backward_repaired(D, R, gamma, warp):
    N, M = D.shape
    D_, E = with_border(D), np.zeros((N + 3, M + 3))
    R = np.pad(R, (0, 1), constant_values=-np.inf)
    E[N + 1, M + 1] = 1
    for j in range(M + 1, 0, -1):
        for i in range(N + 1, 0, -1):
            if (i, j) != (N + 1, M + 1):
                a, b, c = shares(D_, R, i, j, gamma, warp)
                E[i, j] = E[i + 1, j] * a + E[i, j + 1] * b + E[i + 1, j + 1] * c
    return E[1 : N + 1, 1 : M + 1]


def predict(params, X):
    return X @ params["W"] + params["b"]


def cost(params, X, Y):
    D, _ = manhattan_dist_func(predict(params, X), Y)
    return compute_softdtw(D, GAMMA, WARP)[-1, -1]


def gradient(params, X, Y, backward):
    D, raw_D = manhattan_dist_func(predict(params, X), Y)
    G = backward(D, compute_softdtw(D, GAMMA, WARP), GAMMA, WARP)
    dR_X = np.sum(G[..., None] * np.sign(raw_D), axis=1)
    return {"W": X.T @ dR_X, "b": np.sum(dR_X, axis=0)}


def grad(params, X, Y):
    return gradient(params, X, Y, compute_softdtw_backward)


def repaired(params, X, Y):
    return gradient(params, X, Y, compute_softdtw_backward_repaired)
