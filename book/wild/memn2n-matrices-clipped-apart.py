"""A memory network clips the gradient of each matrix by its own norm, where its paper clips that of all of them."""

import numpy as np

SOURCE = "https://github.com/carpedm20/MemN2N-tensorflow/issues/19"
THREAD = "carpedm20/MemN2N-tensorflow #19"
DATE = "2018-04"
KIND = "update"
FORMULA = r"\theta_k \leftarrow \theta_k - \eta\, g_k \min(1, c / \lVert g_k \rVert) \text{ for each matrix } k"
RIGHT = (
    r"\theta_k \leftarrow \theta_k - \eta\, g_k \min(1, c / \lVert g \rVert),\; "
    r"\lVert g \rVert^2 = \textstyle\sum_k \lVert g_k \rVert^2"
)
READ = "code"
LAYER = []
NAMES = [{"clip-each-array"}]
NET = None  # an end-to-end memory network
BLOCKS = ["A[1]", "B[1]", "C[1]", "T_A[1]", "T_B[1]", "W[2]"]
SAMPLES = 12
LAM = 0.0

NWORDS, EDIM, LINDIM, MEM_SIZE, NHOP, INIT_HID = 5, 3, 3, 3, 2, 0.1
INIT_LR, MAX_GRAD_NORM = 0.05, 1.5
SETTINGS = dict(like="sgd", lr=INIT_LR, clip_norm=MAX_GRAD_NORM)


def start(rng):
    shapes = ((NWORDS, EDIM), (NWORDS, EDIM), (EDIM, EDIM), (MEM_SIZE, EDIM), (MEM_SIZE, EDIM), (EDIM, NWORDS))
    return [rng.standard_normal(shape) for shape in shapes]


def data(rng):
    """The last words, and the next one."""
    context = rng.integers(0, NWORDS, (SAMPLES, MEM_SIZE))
    return context, np.eye(NWORDS)[rng.integers(0, NWORDS, SAMPLES)]


def softmax(z):
    e = np.exp(z - z.real.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def build_memory(params, context):
    A, B, C, T_A, T_B, W = params
    hid = [np.full((len(context), EDIM), INIT_HID)]
    hops = []
    Ain = A[context] + T_A
    Bin = B[context] + T_B
    for _ in range(NHOP):
        P = softmax(np.einsum("be,bme->bm", hid[-1], Ain))
        Bout2dim = np.einsum("bm,bme->be", P, Bin)
        Cout = hid[-1] @ C
        Dout = Cout + Bout2dim
        mask = np.ones(Dout.shape)
        mask[:, LINDIM:] = Dout[:, LINDIM:].real > 0  # the units from lindim on have a relu; here none
        hops.append((P, mask))
        hid.append(Dout * mask)
    return hid, hops, Ain, Bin


def cost(params, X, Y):
    hid = build_memory(params, X)[0]
    return -np.sum(Y * np.log(softmax(hid[-1] @ params[5])))


def repaired(params, X, Y):
    """The right gradient, to train with; TensorFlow's, of the sum of the losses."""
    A, B, C, T_A, T_B, W = params
    dA, dB, dC, dT_A, dT_B, dW = [np.zeros(p.shape) for p in params]
    hid, hops, Ain, Bin = build_memory(params, X)
    dz = softmax(hid[-1] @ W) - Y
    dW += hid[-1].T @ dz
    dhid = dz @ W.T
    for h in reversed(range(NHOP)):
        P, mask = hops[h]
        dDout = dhid * mask
        dP = np.einsum("be,bme->bm", dDout, Bin)
        dBin = np.einsum("bm,be->bme", P, dDout)
        dAout = P * (dP - np.sum(dP * P, 1, keepdims=True))
        dAin = np.einsum("bm,be->bme", dAout, hid[h])
        np.add.at(dA, X, dAin)
        np.add.at(dB, X, dBin)
        dT_A += dAin.sum(0)
        dT_B += dBin.sum(0)
        dC += hid[h].T @ dDout
        dhid = dDout @ C.T + np.einsum("bm,bme->be", dAout, Ain)
    return [dA, dB, dC, dT_A, dT_B, dW]


def start_state():
    return {"global_step": 0}


def clip_by_norm(t, clip_norm):
    return t * clip_norm / max(np.sqrt(np.sum(t**2)), clip_norm)


def clip_by_global_norm(t_list, clip_norm):
    global_norm = np.sqrt(sum(np.sum(t**2) for t in t_list))
    return [t * clip_norm / max(global_norm, clip_norm) for t in t_list]


def apply_gradients(clipped_grads_and_vars, state):
    return [v - INIT_LR * g for g, v in clipped_grads_and_vars], {"global_step": state["global_step"] + 1}


def update(params, grads, state):
    grads_and_vars = list(zip(grads, params))
    clipped_grads_and_vars = [(clip_by_norm(gv[0], MAX_GRAD_NORM), gv[1]) for gv in grads_and_vars]
    return apply_gradients(clipped_grads_and_vars, state)


def repaired_update(params, grads, state):
    return apply_gradients(list(zip(clip_by_global_norm(grads, MAX_GRAD_NORM), params)), state)
