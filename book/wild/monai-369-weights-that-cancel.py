"""The weights of the classes cancel in a generalised Dice loss, as it divides before it sums over the classes."""

import numpy as np

SOURCE = "https://github.com/Project-MONAI/MONAI/issues/369"
THREAD = "Project-MONAI/MONAI #369"
DATE = "2020-05"
KIND = "cost"
FORMULA = (
    r"C = 1 - \underset{n, c}{\text{mean}} \dfrac{2 w_{nc} I_{nc} + s}{w_{nc} D_{nc} + s},\; w_{nc} = 1 / G_{nc}^2"
)
RIGHT = r"C = 1 - \underset{n}{\text{mean}} \dfrac{2 \sum_c w_{nc} I_{nc} + s}{\sum_c w_{nc} D_{nc} + s}"
READ = "code"  # a layer for each voxel stands for the network
LAYER = [1]
NAMES = []
NET = None  # a Dice loss
BLOCKS = ["weight[1]", "bias[1]"]
SAMPLES = 3
LAM = 0.0
CHANNELS, CLASSES, VOXELS = 2, 3, 6
SMOOTH = 1e-5


def start(rng):
    return {"weight": rng.standard_normal((CLASSES, CHANNELS)), "bias": rng.standard_normal(CLASSES)}


def data(rng):
    """Images, each a row of voxels, and the class of each voxel, one-hot; every class is in every image."""
    labels = np.stack([rng.permutation([0, 0, 0, 1, 1, 2]) for _ in range(SAMPLES)])
    return rng.standard_normal((SAMPLES, CHANNELS, VOXELS)), np.eye(CLASSES)[labels].transpose(0, 2, 1)


class GeneralizedDiceLoss:
    """Batch, then class, then space."""

    def w_func(self, x):
        return 1 / (x * x)

    def fraction(self, intersection, denominator, w):
        return (2.0 * intersection * w + SMOOTH) / (denominator * w + SMOOTH)

    def forward(self, pred, ground):
        # reducing only spatial dimensions
        intersection = np.sum(ground * pred, axis=2)
        ground_o = np.sum(ground, axis=2)
        pred_o = np.sum(pred, axis=2)
        w = self.w_func(ground_o)
        f = self.fraction(intersection, ground_o + pred_o, w)
        return 1.0 - f.mean()  # final mean across batches and channels

    def backward(self, pred, ground):
        intersection = np.sum(ground * pred, axis=2)
        ground_o = np.sum(ground, axis=2)
        w = self.w_func(ground_o)
        below = (ground_o + np.sum(pred, axis=2)) * w + SMOOTH
        f = (2.0 * intersection * w + SMOOTH) / below
        return -(2.0 * ground * (w / below)[..., None] - (f * w / below)[..., None]) / f.size


class GeneralizedDiceLossOfSums(GeneralizedDiceLoss):
    def fraction(self, intersection, denominator, w):
        return (2.0 * (intersection * w).sum(1) + SMOOTH) / ((denominator * w).sum(1) + SMOOTH)


def forward(params, X):
    """A softmax over the classes of each voxel."""
    e = np.exp(np.einsum("kc,ncv->nkv", params["weight"], X) + params["bias"][:, None])
    return e / e.sum(axis=1, keepdims=True)


def cost(params, X, Y):
    return GeneralizedDiceLoss().forward(forward(params, X), Y)


def meant(params, X, Y):
    return GeneralizedDiceLossOfSums().forward(forward(params, X), Y)


def grad(params, X, Y):
    """What automatic differentiation gives for the program."""
    pred = forward(params, X)
    d_pred = GeneralizedDiceLoss().backward(pred, Y)
    d = pred * (d_pred - np.sum(d_pred * pred, axis=1, keepdims=True))
    return {"weight": np.einsum("nkv,ncv->kc", d, X), "bias": d.sum(axis=(0, 2))}


repaired = grad
