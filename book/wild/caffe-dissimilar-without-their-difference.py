"""A kernel's gradient for dissimilar pairs of the older contrastive loss is a constant: the difference is left out."""

import numpy as np

SOURCE = "https://github.com/BVLC/caffe/pull/7100"
THREAD = "BVLC/caffe PR #7100"
DATE = "2026-04"
KIND = "gradient"
GROUP = "slope"
FORMULA = (
    r"\partial C / \partial a_n = -\tfrac1N \mathbf 1 "
    r"\text{ for dissimilar pairs with } \lVert a_n - b_n \rVert^2 < m"
)
RIGHT = (
    r"\partial C / \partial a_n = -\tfrac1N (a_n - b_n) "
    r"\text{ for dissimilar pairs with } \lVert a_n - b_n \rVert^2 < m"
)
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # a layer of losses; the parameters are the two blobs at its bottom
BLOCKS = ["a[1]", "b[1]"]
SAMPLES = 8
LAM = 0.0
CHANNELS, MARGIN = 3, 5.0


def start(rng):
    return [0.8 * rng.standard_normal((SAMPLES, CHANNELS)), 0.8 * rng.standard_normal((SAMPLES, CHANNELS))]


def data(rng):
    """Nothing below the blobs, and whether a pair is similar."""
    return np.zeros((SAMPLES, 1)), np.array([1, 0, 0, 1, 0, 0, 1, 0])


def Forward_gpu(bottom, similar, legacy_version=True):
    diff_ = bottom[0] - bottom[1]
    diff_sq_ = diff_**2
    dist_sq_ = diff_sq_ @ np.ones(CHANNELS)
    margin = MARGIN
    loss = 0.0
    for i in range(len(bottom[0])):
        if similar[i]:
            loss += dist_sq_[i]
        else:
            if legacy_version:
                loss += margin - dist_sq_[i] if dist_sq_[i].real < margin else 0.0
            else:
                dist = margin - np.sqrt(dist_sq_[i])
                loss += dist * dist if dist.real > 0 else 0.0
    loss = loss / len(bottom[0]) / 2
    return loss, diff_, dist_sq_


def CLLBackward(count, channels, margin, legacy_version, alpha, y, diff, dist_sq, bottom_diff, right):
    for i in range(count):
        n = i // channels  # the num index, to access y and dist_sq
        if y[n]:  # similar pairs
            bottom_diff[i] = alpha * diff[i]
        else:  # dissimilar pairs
            mdist = 0.0
            beta = 0.0
            if legacy_version:
                mdist = margin - dist_sq[n]
                beta = -alpha * diff[i] if right else -alpha
            else:
                dist = np.sqrt(dist_sq[n])
                mdist = margin - dist
                beta = -alpha * mdist / (dist + 1e-4) * diff[i]
            if mdist > 0.0:
                bottom_diff[i] = beta
            else:
                bottom_diff[i] = 0


def Backward_gpu(bottom, similar, right, legacy_version=True):
    _, diff_, dist_sq_ = Forward_gpu(bottom, similar, legacy_version)
    diffs = []
    for i in range(2):
        count = bottom[0].size
        sign = 1 if i == 0 else -1
        alpha = sign * 1.0 / len(bottom[0])
        bottom_diff = np.zeros(count)
        CLLBackward(
            count, CHANNELS, MARGIN, legacy_version, alpha, similar, diff_.ravel(), dist_sq_, bottom_diff, right
        )
        diffs.append(bottom_diff.reshape(bottom[i].shape))
    return diffs


def cost(params, X, Y):
    return Forward_gpu(params, Y)[0]


def grad(params, X, Y):
    return Backward_gpu(params, Y, False)


def repaired(params, X, Y):
    return Backward_gpu(params, Y, True)
