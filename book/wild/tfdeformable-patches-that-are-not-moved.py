"""The weights of a deformable convolution are given the gradient of patches without their offsets."""

import numpy as np

SOURCE = "https://github.com/Zardinality/TF_Deformable_Net/pull/8"
THREAD = "Zardinality/TF_Deformable_Net #8, 2b5fb05"
DATE = "2017-09"
KIND = "gradient"
GROUP = "down"
FORMULA = r"\partial C / \partial W = \sum_n \delta_n\, \operatorname{patches}(x_n)^\top"
RIGHT = r"\partial C / \partial W = \sum_n \delta_n\, \operatorname{patches}(x_n, \text{offset}_n)^\top"
READ = "code"
LAYER = [2]
NAMES = []
NET = None  # offsets by a convolution of single pixels, and a convolution of patches that they move
BLOCKS = ["scale[1]", "shift[1]", "filter[2]"]
SAMPLES = 3
LAM = 0.0
SIZE, KERNEL, FILTERS = 5, 2, 2
OUT = SIZE - KERNEL + 1
TAPS = [(i, j) for i in range(KERNEL) for j in range(KERNEL)]


def start(rng):
    """For each tap two offsets, down and to the right, by a factor and a bias; and the filters."""
    return {
        "scale": 0.15 * rng.standard_normal((len(TAPS), 2)),
        "shift": 0.3 * rng.standard_normal((len(TAPS), 2)),
        "filter": rng.standard_normal((FILTERS, len(TAPS))),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZE, SIZE)), rng.standard_normal((SAMPLES, FILTERS, OUT * OUT))


def offsets(params, image):
    pixels = image[:OUT, :OUT]
    return params["scale"][..., None, None] * pixels + params["shift"][..., None, None]


def pixel(image, h, w):
    return image[h, w] if 0 <= h < SIZE and 0 <= w < SIZE else 0.0


def bilinear(image, h, w):
    """The value at a place between pixels, and its slopes both ways."""
    h_low, w_low = int(np.floor(h)), int(np.floor(w))
    lh, lw = h - h_low, w - w_low
    v1, v2 = pixel(image, h_low, w_low), pixel(image, h_low, w_low + 1)
    v3, v4 = pixel(image, h_low + 1, w_low), pixel(image, h_low + 1, w_low + 1)
    value = (1 - lh) * ((1 - lw) * v1 + lw * v2) + lh * ((1 - lw) * v3 + lw * v4)
    return value, (1 - lw) * (v3 - v1) + lw * (v4 - v2), (1 - lh) * (v2 - v1) + lh * (v4 - v3)


def im2col(image):
    return np.array([image[i : i + OUT, j : j + OUT].ravel() for i, j in TAPS])


def deformable_im2col(image, offset):
    """The moved patches, a row for each tap, and below them their slopes by both offsets."""
    col = np.zeros((3, len(TAPS), OUT, OUT))
    for t, (i, j) in enumerate(TAPS):
        for y in range(OUT):
            for x in range(OUT):
                dy, dx = offset[t, :, y, x]
                col[:, t, y, x] = bilinear(image, y + i + dy, x + j + dx)
    return col.reshape(3, len(TAPS), -1)


def forward(params, image):
    return params["filter"] @ deformable_im2col(image, offsets(params, image))[0]


def cost(params, X, Y):
    return 0.5 * sum(np.sum((forward(params, image) - y) ** 2) for image, y in zip(X, Y)) / len(X)


class DeformConvBackprop:
    def columns(self, image, col):
        return im2col(image)

    def compute(self, params, X, Y):
        backprop = {name: np.zeros_like(value) for name, value in params.items()}
        for image, y in zip(X, Y):
            col, *slopes = deformable_im2col(image, offsets(params, image))
            out_grad = (params["filter"] @ col - y) / len(X)
            col_buffer = params["filter"].T @ out_grad
            for way, slope in enumerate(slopes):
                offset_grad = col_buffer * slope
                backprop["scale"][:, way] += offset_grad @ image[:OUT, :OUT].ravel()
                backprop["shift"][:, way] += np.sum(offset_grad, axis=1)
            backprop["filter"] += out_grad @ self.columns(image, col).T
        return backprop


class RepairedDeformConvBackprop(DeformConvBackprop):
    def columns(self, image, col):
        return col


def grad(params, X, Y):
    return DeformConvBackprop().compute(params, X, Y)


def repaired(params, X, Y):
    return RepairedDeformConvBackprop().compute(params, X, Y)
