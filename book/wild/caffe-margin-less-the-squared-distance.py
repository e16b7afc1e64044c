"""The contrastive loss of a dissimilar pair is the margin less the squared distance, not the difference squared."""

import numpy as np

SOURCE = "https://github.com/BVLC/caffe/issues/2308"
THREAD = "BVLC/caffe #2308, PR #2321, 7e2fceb1e"
DATE = "2015-04"
KIND = "cost"
FORMULA = (
    r"C = \tfrac1{2N} \textstyle\sum_i \bigl(y_i d_i^2 + (1 - y_i) \max(m - d_i^2, 0)\bigr),\; "
    r"d_i = \lVert a_i - b_i \rVert"
)
RIGHT = (
    r"C = \tfrac1{2N} \textstyle\sum_i \bigl(y_i d_i^2 + (1 - y_i) \max(m - d_i, 0)^2\bigr),\; "
    r"d_i = \lVert a_i - b_i \rVert"
)
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # a layer of pairs of points
BLOCKS = ["a[1]", "b[1]"]
SAMPLES = 8
LAM = 0.0
MARGIN = 2.0


def start(rng):
    """The layer's bottoms: the features of the first and those of the second of each pair."""
    return [0.6 * rng.standard_normal((SAMPLES, 3)), 0.6 * rng.standard_normal((SAMPLES, 3))]


def data(rng):
    """Nothing to put in, and whether the two of a pair are similar."""
    return np.zeros((SAMPLES, 1)), (np.arange(SAMPLES) % 3 == 0).astype(float)


class ContrastiveLossLayer:
    right = False

    def Forward_cpu(self, bottom):
        self.diff_ = bottom[0] - bottom[1]  # a_i-b_i
        margin = MARGIN
        num = bottom[0].shape[0]
        self.dist_sq_ = np.zeros(num, self.diff_.dtype)
        loss = 0.0
        for i in range(num):
            self.dist_sq_[i] = np.dot(self.diff_[i], self.diff_[i])
            if int(bottom[2][i]):  # similar pairs
                loss += self.dist_sq_[i]
            elif self.right:  # dissimilar pairs
                dist = margin - np.sqrt(self.dist_sq_[i])
                dist = dist if dist.real > 0.0 else 0.0
                loss += dist * dist
            else:  # dissimilar pairs
                loss += margin - self.dist_sq_[i] if (margin - self.dist_sq_[i]).real > 0.0 else 0.0
        loss = loss / num / 2
        return loss

    def Backward_cpu(self, bottom, top_diff=1.0):
        margin = MARGIN
        bottom_diff = [np.zeros_like(self.diff_), np.zeros_like(self.diff_)]
        for i in range(2):
            sign = 1 if i == 0 else -1
            num = bottom[i].shape[0]
            alpha = sign * top_diff / num
            for j in range(num):
                bout = bottom_diff[i]
                if int(bottom[2][j]):  # similar pairs
                    bout[j] = alpha * self.diff_[j]
                else:  # dissimilar pairs
                    if margin - self.dist_sq_[j] > 0.0:
                        bout[j] = -alpha * self.diff_[j]
                    else:
                        bout[j] = 0.0
        return bottom_diff


class Mended(ContrastiveLossLayer):
    right = True


def cost(params, X, Y):
    return ContrastiveLossLayer().Forward_cpu([*params, Y])


def meant(params, X, Y):
    return Mended().Forward_cpu([*params, Y])


def grad(params, X, Y):
    layer = ContrastiveLossLayer()
    layer.Forward_cpu([*params, Y])
    return layer.Backward_cpu([*params, Y])


repaired = grad
