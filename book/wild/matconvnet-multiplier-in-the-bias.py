"""With sub-batches, the biases' gradient of a batch normalisation is added to the multipliers' and not to its own."""

import numpy as np

SOURCE = "https://github.com/vlfeat/matconvnet/commit/fc0519a4"
THREAD = "vlfeat/matconvnet fc0519a4"
DATE = "2015-04"
KIND = "gradient"
FORMULA = r"\partial C / \partial b = \sum_{s \le S} \partial C_s / \partial g + \partial C_S / \partial b"
RIGHT = r"\partial C / \partial b = \sum_{s \le S} \partial C_s / \partial b"
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # a batch normalisation below a softmax
BLOCKS = ["g[1]", "b[1]"]
SAMPLES = 8
LAM = 0.0
SUB_BATCHES = 2
EPSILON = 1e-4


def start(rng):
    return [rng.standard_normal(3), rng.standard_normal(3)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.integers(0, 3, SAMPLES)


def vl_nnbnorm(x, g, b, dzdy=None):
    mu = x.mean(axis=0)
    sigma = np.sqrt(((x - mu) ** 2).mean(axis=0) + EPSILON)
    x_n = (x - mu) / sigma
    if dzdy is None:
        return g * x_n + b
    dzdg = np.sum(dzdy * x_n, axis=0)
    dzdb = np.sum(dzdy, axis=0)
    dzdx = g / sigma * (dzdy - dzdb / len(x) - x_n * dzdg / len(x))
    return dzdx, dzdg, dzdb


def vl_nnsoftmaxloss(x, c, dzdy=None):
    ex = np.exp(x)
    n = np.arange(len(x))
    if dzdy is None:
        return np.sum(np.log(ex.sum(axis=1)) - x[n, c])
    y = ex / ex.sum(axis=1, keepdims=True)
    y[n, c] = y[n, c] - 1
    return y * dzdy


def vl_simplenn(net, x, labels, dzdy, res, accumulate, right=False):
    n = len(net)
    res[0]["x"] = x
    for i, layer in enumerate(net):
        if layer["type"] == "bnorm":
            res[i + 1]["x"] = vl_nnbnorm(res[i]["x"], layer["filters"], layer["biases"])
        elif layer["type"] == "softmaxloss":
            res[i + 1]["x"] = vl_nnsoftmaxloss(res[i]["x"], labels)
    if dzdy is None:
        return res
    res[n]["dzdx"] = dzdy
    for i in range(n - 1, -1, -1):
        layer = net[i]
        if layer["type"] == "softmaxloss":
            res[i]["dzdx"] = vl_nnsoftmaxloss(res[i]["x"], labels, res[i + 1]["dzdx"])
        elif layer["type"] == "bnorm":
            result = vl_nnbnorm(res[i]["x"], layer["filters"], layer["biases"], res[i + 1]["dzdx"])
            if not accumulate:
                res[i]["dzdx"] = result[0]
                res[i]["dzdw"] = list(result[1:])
            else:
                res[i]["dzdx"], dzdw = result[0], result[1:]
                res[i]["dzdw"][0] = res[i]["dzdw"][0] + dzdw[0]
                if right:
                    res[i]["dzdw"][1] = res[i]["dzdw"][1] + dzdw[1]
                else:
                    res[i]["dzdw"][1] = res[i]["dzdw"][0] + dzdw[1]
    return res


def layers(params):
    return [dict(type="bnorm", filters=params[0], biases=params[1]), dict(type="softmaxloss")]


def sub_batches(X, Y):
    return zip(np.split(X, SUB_BATCHES), np.split(Y, SUB_BATCHES))


def cost(params, X, Y):
    total = 0.0
    for x, labels in sub_batches(X, Y):
        total += vl_simplenn(layers(params), x, labels, None, [{} for _ in range(3)], False)[-1]["x"]
    return total


def gradients(params, X, Y, right):
    res = [{} for _ in range(3)]
    for s, (x, labels) in enumerate(sub_batches(X, Y)):
        res = vl_simplenn(layers(params), x, labels, 1.0, res, accumulate=s > 0, right=right)
    return res[0]["dzdw"]


def grad(params, X, Y):
    return gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradients(params, X, Y, right=True)
