"""What the compiled loops compute: the exponential of one number, and softmax with its loss for several samples."""

import math

import numpy as np
from numba import njit

LOG_2E, LOG_2, LOG_2_REST, WHOLE = 1 / math.log(2), 0.693145751953125, 1.4286068203094172e-6, 1.5 * 2.0**52


@njit(fastmath={"contract"}, error_model="numpy")
def exp_as_quotient(x):
    # x ≤ 0: e^x = 2^k e^r with |r| ≤ ½ log 2, and e^r = (even + odd) / (even - odd), Padé's approximant of order 6
    x = -709.4 if x < -709.4 else x  # there k = -1023, and 2^k becomes 0
    bits = x * LOG_2E + WHOLE  # so large that its last bits are a whole number, k
    k = bits - WHOLE
    r = (x - k * LOG_2) - k * LOG_2_REST
    q = r * r
    odd = r * (1 / 2 + q * (1 / 66 + q * (1 / 15840)))
    even = 1 + q * (5 / 44 + q * (1 / 792 + q * (1 / 665280)))
    power = np.int64((np.float64(bits).view(np.int64) + 1023) << 52).view(np.float64)
    return (even + odd) * power, even - odd


@njit
def softmax(a):
    for s in range(a.shape[1]):
        e = np.exp(a[:, s] - a[:, s].max())
        a[:, s] = e / e.sum()


@njit
def pull_softmax(a, d):
    for s in range(a.shape[1]):
        d[:, s] = a[:, s] * (d[:, s] - (d[:, s] * a[:, s]).sum())


@njit
def cross_entropies(z, y):
    total = 0.0
    for s in range(z.shape[1]):
        below = z[:, s] - z[:, s].max()
        others = np.exp(below)
        others[below.argmax()] = 0.0  # the largest term, 1, is left to log1p
        total += math.log1p(others.sum()) - (y[:, s] * below).sum()
    return total
