"""Batch normalisation is led back with the sum of the gradients over the batch in the place of each sample's own."""

import numpy as np

SOURCE = "https://github.com/ROCm/MIOpen/issues/104"
THREAD = "ROCm/MIOpen #104, d89c03bad"
DATE = "2019-05"
KIND = "gradient"
GROUP = "down"
FORMULA = (
    r"\partial C / \partial x_n = \dfrac{1}{N \sigma} "
    r"\bigl(N \textstyle\sum_k \gamma\, dy_k - \sum_k \gamma\, dy_k - \hat x_n \sum_k \gamma\, dy_k \hat x_k\bigr)"
)
RIGHT = (
    r"\partial C / \partial x_n = \dfrac{1}{N \sigma} "
    r"\bigl(N \gamma\, dy_n - \textstyle\sum_k \gamma\, dy_k - \hat x_n \sum_k \gamma\, dy_k \hat x_k\bigr)"
)
READ = (
    "reconstruction"  # the kernel is the author's; the linear layer below, the tanh and the squared error are made up
)
LAYER = [1]
NAMES = []
NET = None  # a linear layer, normalised over the batch
BLOCKS = ["weights[1]", "scale[2]", "bias[2]"]
SAMPLES = 7
LAM = 0.0
EPSILON = 1e-5


def start(rng):
    return {"weights": rng.standard_normal((3, 4)), "scale": rng.uniform(0.6, 1.5, 3), "bias": rng.standard_normal(3)}


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), rng.standard_normal((SAMPLES, 3))


def mad(a, b, c):
    return a * b + c


def forward_per_activation(x_in, scale, bias):
    N = len(x_in)
    y_out, savedMean, savedInvVariance = [], [], []
    for adjIndex in range(x_in.shape[1]):
        mean = 0.0
        variance = 0.0
        for n in range(N):
            mean += x_in[n, adjIndex]
            variance = mad(x_in[n, adjIndex], x_in[n, adjIndex], variance)
        mean /= N
        variance /= N
        variance = mad(-mean, mean, variance)
        invVar = 1 / np.sqrt(variance + EPSILON)
        y_out.append(mad((x_in[:, adjIndex] - mean) * invVar, scale[adjIndex], bias[adjIndex]))
        savedMean.append(mean)
        savedInvVariance.append(invVar)
    return np.array(y_out).T, savedMean, savedInvVariance


def BatchNormBwdPerActivationSaved(x_in, dy_in, scale, savedMean, savedInvVariance, right):
    N = len(x_in)
    dx_out = np.zeros(x_in.shape)
    delta_scale = np.zeros(x_in.shape[1])
    delta_bias = np.zeros(x_in.shape[1])
    for adjIndex in range(x_in.shape[1]):  # gamma and beta tensor index
        mean = savedMean[adjIndex]
        invVar = savedInvVariance[adjIndex]
        pvt_scale = scale[adjIndex]
        pvt_dscale = 0.0
        pvt_dbias = 0.0
        dxhat = 0.0
        dxhathat = 0.0

        for n in range(N):
            xhat = (x_in[n, adjIndex] - mean) * invVar
            dyelem = dy_in[n, adjIndex]
            pvt_dbias += dyelem
            pvt_dscale = mad(xhat, dyelem, pvt_dscale)
            tmp1 = pvt_scale * dyelem
            dxhat += tmp1
            dxhathat = mad(tmp1, xhat, dxhathat)

        for n in range(N):
            xhat = (x_in[n, adjIndex] - mean) * invVar
            tmp1 = mad(xhat, dxhathat, dxhat)
            if right:
                tmp2 = mad(N, dy_in[n, adjIndex] * pvt_scale, -tmp1)
            else:
                tmp2 = mad(N, dxhat, -tmp1)
            tmp3 = invVar / N
            dx_out[n, adjIndex] = tmp3 * tmp2
        # Write out data
        delta_bias[adjIndex] = pvt_dbias
        delta_scale[adjIndex] = pvt_dscale
    return dx_out, delta_scale, delta_bias


def cost(params, X, Y):
    x = X @ params["weights"].T
    y = forward_per_activation(x, params["scale"], params["bias"])[0]
    return 0.5 * np.sum((np.tanh(y) - Y) ** 2) / len(X)


def gradients(params, X, Y, right):
    x = X @ params["weights"].T
    y, savedMean, savedInvVariance = forward_per_activation(x, params["scale"], params["bias"])
    a = np.tanh(y)
    dy = (a - Y) / len(X) * (1 - a**2)
    dx, dscale, dbias = BatchNormBwdPerActivationSaved(x, dy, params["scale"], savedMean, savedInvVariance, right)
    return {"weights": dx.T @ X, "scale": dscale, "bias": dbias}


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
