"""A group normalisation's way back takes the group's means of gradients without the multipliers of the channels."""

import numpy as np

SOURCE = "https://github.com/libxsmm/libxsmm/pull/388"
THREAD = "libxsmm/libxsmm PR #388, b61c3d458"
DATE = "2020-06"
KIND = "gradient"
FORMULA = (
    r"\bar x = \gamma_v r_g \Bigl( \bar y - \tfrac1n \textstyle\sum \bar y - (x - \mu_g)\, r_g^2\, "
    r"\tfrac1n \sum (x - \mu_g)\, \bar y \Bigr)"
)
RIGHT = (
    r"\bar x = r_g \Bigl( \gamma_v \bar y - \tfrac1n \textstyle\sum \gamma \bar y - (x - \mu_g)\, r_g^2\, "
    r"\tfrac1n \sum (x - \mu_g)\, \gamma \bar y \Bigr)"
)
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
NET = None  # a convolution with kernels of one point, and a group normalisation
BLOCKS = ["W[1]", "gamma[1]", "beta[1]"]
SAMPLES = 6
LAM = 0.0
PIXELS, INPUTS = 2, 2
N_BLOCKS_FM, N_FM_BLOCK, NG = 2, 2, 2
N_FM_G = N_BLOCKS_FM * N_FM_BLOCK // NG
EPS = 1e-7


def start(rng):
    return {
        "W": rng.standard_normal((INPUTS, N_BLOCKS_FM * N_FM_BLOCK)),
        "gamma": rng.standard_normal((N_BLOCKS_FM, N_FM_BLOCK)),
        "beta": rng.standard_normal((N_BLOCKS_FM, N_FM_BLOCK)),
    }


def data(rng):
    X = rng.standard_normal((SAMPLES, PIXELS * INPUTS))
    return X, rng.standard_normal((SAMPLES, PIXELS * N_BLOCKS_FM * N_FM_BLOCK))


def convolution(params, X):
    z = X.reshape(len(X), PIXELS, INPUTS) @ params["W"]
    return z.reshape(len(X), PIXELS, N_BLOCKS_FM, N_FM_BLOCK).transpose(0, 2, 1, 3)


def groupnorm_fwd(params, input):
    output = np.zeros_like(input)
    bmean, brstd, variance = (np.zeros((len(input), NG), input.dtype) for _ in range(3))
    recp_ghw = 1.0 / (N_FM_G * PIXELS)
    for img in range(len(input)):
        sums = input[img].sum(axis=1).ravel()
        sums_of_squares = (input[img] ** 2).sum(axis=1).ravel()
        for g in range(NG):
            tbmean = recp_ghw * np.sum(sums[g * N_FM_G : (g + 1) * N_FM_G])
            tvar = recp_ghw * np.sum(sums_of_squares[g * N_FM_G : (g + 1) * N_FM_G]) - tbmean * tbmean
            bmean[img, g], brstd[img, g], variance[img, g] = tbmean, 1.0 / np.sqrt(tvar + EPS), tvar
        for fm in range(N_BLOCKS_FM):
            for v in range(N_FM_BLOCK):
                g = (fm * N_FM_BLOCK + v) // N_FM_G
                normalised = (input[img, fm, :, v] - bmean[img, g]) * brstd[img, g]
                output[img, fm, :, v] = params["gamma"][fm, v] * normalised + params["beta"][fm, v]
    return output, (bmean, brstd, variance)


def groupnorm_bwd(params, input, del_output, stats, right=False):
    bmean, brstd, variance = stats
    gamma = params["gamma"]
    dinput = np.zeros_like(input)
    dgamma, dbeta = np.zeros_like(gamma), np.zeros_like(gamma)
    ghw = N_FM_G * PIXELS
    recp_ghw = 1.0 / ghw
    for img in range(len(input)):
        d1_val_img, d2_val_img = np.zeros(NG), np.zeros(NG)
        for fm in range(N_BLOCKS_FM):
            for wi in range(PIXELS):
                for v in range(N_FM_BLOCK):
                    g = (fm * N_FM_BLOCK + v) // N_FM_G
                    x, dy = input[img, fm, wi, v], del_output[img, fm, wi, v]
                    dgamma[fm, v] += (x - bmean[img, g]) * dy * brstd[img, g]
                    dbeta[fm, v] += dy
                    if right:
                        d1_val_img[g] += (x - bmean[img, g]) * dy * gamma[fm, v]
                        d2_val_img[g] += dy * gamma[fm, v]
                    else:
                        d1_val_img[g] += (x - bmean[img, g]) * dy
                        d2_val_img[g] += dy
        for fm in range(N_BLOCKS_FM):
            for wi in range(PIXELS):
                for v in range(N_FM_BLOCK):
                    g = (fm * N_FM_BLOCK + v) // N_FM_G
                    x, dy = input[img, fm, wi, v], del_output[img, fm, wi, v]
                    last = (x - bmean[img, g]) * d1_val_img[g] * (1.0 / (variance[img, g] + EPS))
                    if right:
                        t0_val = brstd[img, g] * recp_ghw
                        dinput[img, fm, wi, v] = t0_val * ((gamma[fm, v] * ghw * dy) - d2_val_img[g] - last)
                    else:
                        t0_val = gamma[fm, v] * brstd[img, g] * recp_ghw
                        dinput[img, fm, wi, v] = t0_val * ((ghw * dy) - d2_val_img[g] - last)
    return dinput, dgamma, dbeta


def targets(Y):
    return Y.reshape(len(Y), PIXELS, N_BLOCKS_FM, N_FM_BLOCK).transpose(0, 2, 1, 3)


def cost(params, X, Y):
    output, _ = groupnorm_fwd(params, convolution(params, X))
    return 0.5 * np.sum((output - targets(Y)) ** 2) / len(X)


def gradients(params, X, Y, right):
    input = convolution(params, X)
    output, stats = groupnorm_fwd(params, input)
    dinput, dgamma, dbeta = groupnorm_bwd(params, input, (output - targets(Y)) / len(X), stats, right)
    dz = dinput.transpose(0, 2, 1, 3).reshape(-1, N_BLOCKS_FM * N_FM_BLOCK)
    return {"W": X.reshape(-1, INPUTS).T @ dz, "gamma": dgamma, "beta": dbeta}


def grad(params, X, Y):
    return gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradients(params, X, Y, right=True)
