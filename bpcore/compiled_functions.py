"""What the compiled loops compute: the exponential of one number, and softmax with its loss for several samples."""

import math

import numpy as np
from numba import njit

LOG_2E, LOG_2, LOG_2_REST, WHOLE = 1 / math.log(2), 0.693145751953125, 1.4286068203094172e-6, 1.5 * 2.0**52


@njit(fastmath={"contract"}, error_model="numpy")
def exp_as_quotient(x):
    # e^x = 2^k e^r with |r| ≤ ½ log 2, and e^r = (even + odd) / (even - odd), the Padé approximant [6/6]
    x = min(max(x, -709.4), 709.0)  # below, k = -1023, and 2^k becomes 0; above, k = 1024 would be infinite
    bits = x * LOG_2E + WHOLE  # so large that its last bits are a whole number, k
    k = bits - WHOLE
    r = (x - k * LOG_2) - k * LOG_2_REST
    q = r * r
    odd = r * (1 / 2 + q * (1 / 66 + q * (1 / 15840)))
    even = 1 + q * (5 / 44 + q * (1 / 792 + q * (1 / 665280)))
    power = np.int64((np.float64(bits).view(np.int64) + 1023) << 52).view(np.float64)
    return (even + odd) * power, even - odd


# the row behind a layer's last unit is free: here it holds the largest number and the sum of each sample


@njit(fastmath={"contract", "reassoc"}, error_model="numpy")
def softmax(l, units, n, a):
    free = 1 + units
    for s in range(n):
        a[l, free, s] = a[l, 1, s]
    for i in range(2, 1 + units):
        for s in range(n):
            a[l, free, s] = a[l, i, s] if a[l, i, s] > a[l, free, s] else a[l, free, s]
    for i in range(1, 1 + units):
        for s in range(n):
            E, D = exp_as_quotient(a[l, i, s] - a[l, free, s])
            a[l, i, s] = E / D
    for s in range(n):
        a[l, free, s] = 0.0
    for i in range(1, 1 + units):
        for s in range(n):
            a[l, free, s] += a[l, i, s]
    for i in range(1, 1 + units):
        for s in range(n):
            a[l, i, s] /= a[l, free, s]


@njit(fastmath={"contract", "reassoc"}, error_model="numpy")
def pull_softmax(l, units, n, a, d):
    for s in range(n):
        d[l, units, s] = 0.0
    for i in range(units):
        for s in range(n):
            d[l, units, s] += d[l, i, s] * a[l, 1 + i, s]
    for i in range(units):
        for s in range(n):
            d[l, i, s] = a[l, 1 + i, s] * (d[l, i, s] - d[l, units, s])


@njit(fastmath={"contract"}, error_model="numpy")
def cross_entropies(units, count, z, y):
    total = 0.0
    for s in range(count):
        largest, others = 0, 0.0
        for i in range(1, units):
            largest = i if z[i, s] > z[largest, s] else largest
        for i in range(units):
            below = z[i, s] - z[largest, s]
            E, D = exp_as_quotient(below)
            others += 0.0 if i == largest else E / D  # the largest term, 1, is left to log1p
            total -= y[i, s] * below
        total += math.log1p(others)
    return total
