"""The line that updates a map's bias stands behind the loop over the maps, so that only the last map's bias moves."""

import numpy as np

SOURCE = "https://github.com/rasmusbergpalm/DeepLearnToolbox/commit/a1964d3da21704d0e01dc0c9e16b690450ec0a10"
THREAD = "rasmusbergpalm/DeepLearnToolbox a1964d3"
DATE = "2013-01"
KIND = "update"
FORMULA = r"b_j \leftarrow b_j - \alpha\, g_{b_j} \text{ for the last } j \text{ alone}"
RIGHT = r"b_j \leftarrow b_j - \alpha\, g_{b_j} \text{ for all } j"
READ = "code"
LAYER = []
NAMES = []
NET = None  # a convolutional layer below the output
BLOCKS = ["k[1]{1}", "k[1]{2}", "k[1]{3}", "b[1]{1}", "b[1]{2}", "b[1]{3}", "ffW[2]", "ffb[2]"]
SAMPLES = 5
LAM = 0.0


ALPHA = 0.5
SETTINGS = dict(like="sgd", lr=ALPHA)
MAPS, KERNEL, IMAGE = 3, 3, 4


def start(rng):
    fvnum = MAPS * (IMAGE - KERNEL + 1) ** 2
    return {
        "k": [rng.standard_normal((KERNEL, KERNEL)) for _ in range(MAPS)],
        "b": [rng.standard_normal(1) for _ in range(MAPS)],
        "ffW": rng.standard_normal((2, fvnum)),
        "ffb": rng.standard_normal((2, 1)),
    }


def data(rng):
    return rng.standard_normal((IMAGE, IMAGE, SAMPLES)), rng.uniform(0.1, 0.9, (2, SAMPLES))


def sigm(z):
    return 1 / (1 + np.exp(-z))


def convn(x, k):
    """The convolution over the part where the kernel fits in, for each sample."""
    out = IMAGE - KERNEL + 1
    z = 0.0
    for p in range(KERNEL):
        for q in range(KERNEL):
            z = z + k[KERNEL - 1 - p, KERNEL - 1 - q] * x[p : p + out, q : q + out]
    return z


def cnnff(net, x):
    a = [sigm(convn(x, net["k"][j]) + net["b"][j]) for j in range(MAPS)]
    fv = np.concatenate([a[j].reshape(-1, x.shape[2]) for j in range(MAPS)])
    return a, fv, sigm(net["ffW"] @ fv + net["ffb"])


def cost(params, X, Y):
    return np.sum((cnnff(params, X)[2] - Y) ** 2) / 2 / SAMPLES


def repaired(params, X, Y):
    """The right gradient, to train with."""
    a, fv, o = cnnff(params, X)
    od = (o - Y) * o * (1 - o)
    fvd = params["ffW"].T @ od * fv * (1 - fv)
    out = IMAGE - KERNEL + 1
    dk, db = [], []
    for j in range(MAPS):
        d = fvd[j * out**2 : (j + 1) * out**2].reshape(out, out, SAMPLES)
        g = np.zeros((KERNEL, KERNEL))
        for p in range(KERNEL):
            for q in range(KERNEL):
                g[KERNEL - 1 - p, KERNEL - 1 - q] = np.sum(X[p : p + out, q : q + out] * d) / SAMPLES
        dk.append(g)
        db.append(np.array([np.sum(d) / SAMPLES]))
    return {"k": dk, "b": db, "ffW": od @ fv.T / SAMPLES, "ffb": od.mean(1, keepdims=True)}


def start_state():
    return None


def loaded(params, grads):
    layer = {"type": "c", "k": list(params["k"]), "b": list(params["b"]), "dk": grads["k"], "db": grads["b"]}
    net = {"layers": [{"type": "i"}, layer], "ffW": params["ffW"], "ffb": params["ffb"]}
    return net | {"dffW": grads["ffW"], "dffb": grads["ffb"]}


def unloaded(net):
    return {"k": net["layers"][1]["k"], "b": net["layers"][1]["b"], "ffW": net["ffW"], "ffb": net["ffb"]}


def cnnapplygrads(net, alpha):
    for layer in net["layers"][1:]:
        if layer["type"] == "c":
            for j in range(len(layer["k"])):
                layer["k"][j] = layer["k"][j] - alpha * layer["dk"][j]
            layer["b"][j] = layer["b"][j] - alpha * layer["db"][j]

    net["ffW"] = net["ffW"] - alpha * net["dffW"]
    net["ffb"] = net["ffb"] - alpha * net["dffb"]
    return net


def cnnapplygrads_later(net, alpha):
    for layer in net["layers"][1:]:
        if layer["type"] == "c":
            for j in range(len(layer["k"])):
                layer["k"][j] = layer["k"][j] - alpha * layer["dk"][j]
                layer["b"][j] = layer["b"][j] - alpha * layer["db"][j]

    net["ffW"] = net["ffW"] - alpha * net["dffW"]
    net["ffb"] = net["ffb"] - alpha * net["dffb"]
    return net


def update(params, grads, state):
    return unloaded(cnnapplygrads(loaded(params, grads), ALPHA)), state


def repaired_update(params, grads, state):
    return unloaded(cnnapplygrads_later(loaded(params, grads), ALPHA)), state
