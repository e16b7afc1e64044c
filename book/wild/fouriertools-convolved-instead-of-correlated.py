"""The way back through a convolution convolves with the same kernel again, where it has to correlate with it."""

import numpy as np

SOURCE = "https://github.com/bionanoimaging/FourierTools.jl/pull/36"
THREAD = "bionanoimaging/FourierTools.jl PR #36, a225275"
DATE = "2023-03"
KIND = "gradient"
FORMULA = r"\bar u = \bar y * \bar v = F^{-1} \bigl( F \bar y \cdot F v \bigr)"
RIGHT = r"\bar u = F^{-1} \bigl( F \bar y \cdot \overline{F v} \bigr),\; y = u * v = F^{-1} \bigl( F u \cdot F v \bigr)"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = [{"missing-transpose"}]
NET = None  # an image seen through several kernels
BLOCKS = ["u[1]"]
SAMPLES = 6
LAM = 0.0
LENGTH = 6


def start(rng):
    return rng.standard_normal(LENGTH)


def data(rng):
    """A kernel, and what is seen through it, in each row."""
    return rng.standard_normal((SAMPLES, LENGTH)), rng.standard_normal((SAMPLES, LENGTH))


def fft_or_rfft(T):
    if np.issubdtype(T, np.complexfloating):
        return np.fft.fft, lambda a, n: np.fft.ifft(a, n)
    return np.fft.rfft, lambda a, n: np.fft.irfft(a, n)


def conv(u, v):
    T = np.result_type(u, v)
    fft, ifft = fft_or_rfft(T)
    return ifft(fft(u.astype(T)) * fft(v.astype(T)), len(u))


def rrule_conv(u, v):
    Y = conv(u, v)

    def conv_pullback(barx):
        return conv(barx, np.conj(v))

    return Y, conv_pullback


def rrule_conv_by_its_parts(u, v):
    """What a differentiating program makes of the transforms, once there is no rule for the whole."""
    fft, ifft = fft_or_rfft(u.dtype)
    v_ft = fft(v)
    Y = ifft(fft(u) * v_ft, len(u))

    def pullback(barx):
        return ifft(fft(barx) * np.conj(v_ft), len(u))

    return Y, pullback


def cost(u, X, Y):
    return 0.5 * sum(np.sum((conv(u, psf) - y) ** 2) for psf, y in zip(X, Y)) / len(X)


def gradients(u, X, Y, rrule):
    total = np.zeros_like(u)
    for psf, y in zip(X, Y):
        seen, pullback = rrule(u, psf)
        total = total + pullback(seen - y)
    return total / len(X)


def grad(u, X, Y):
    return gradients(u, X, Y, rrule_conv)


def repaired(u, X, Y):
    return gradients(u, X, Y, rrule_conv_by_its_parts)
