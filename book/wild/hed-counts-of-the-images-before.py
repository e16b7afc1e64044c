"""The loss of edges never sets its counts back to zero, so that an image is weighted with those before it as well."""

import numpy as np

SOURCE = "https://github.com/s9xie/hed/issues/7"
THREAD = "s9xie/hed #7, 9e74dd7"
DATE = "2016-02"
KIND = "cost"
FORMULA = (
    r"C = \tfrac1N \textstyle\sum_i \Bigl(\tfrac{\sum_{k \le i} n_k^-}{\sum_{k \le i} n_k} \ell_i^+ "
    r"+ \tfrac{\sum_{k \le i} n_k^+}{\sum_{k \le i} n_k} \ell_i^-\Bigr)"
)
RIGHT = r"C = \tfrac1N \textstyle\sum_i \Bigl(\tfrac{n_i^-}{n_i} \ell_i^+ + \tfrac{n_i^+}{n_i} \ell_i^-\Bigr)"
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # the classes of each image are weighted
BLOCKS = ["weight[1]", "bias[1]"]
SAMPLES = 4
LAM = 0.0
DIM, CHANNELS = 8, 3


def start(rng):
    """score-dsn1, a convolution with a kernel of one pixel and one output."""
    return {"weight": rng.standard_normal(CHANNELS), "bias": rng.standard_normal(1)}


def data(rng):
    """Pixels with their channels, and few edges in the first images, more in the later ones."""
    target = np.zeros((SAMPLES, DIM))
    for i in range(SAMPLES):
        target[i, rng.permutation(DIM)[: i + 1]] = 1
    return rng.standard_normal((SAMPLES, DIM, CHANNELS)), target


def score_dsn1(blobs, bottom):
    return bottom @ blobs["weight"] + blobs["bias"]


class SigmoidCrossEntropyLossLayer:
    right = False

    def Forward_cpu(self, bottom):
        num, dim = bottom[0].shape
        input_data = bottom[0].ravel()
        target = bottom[1].ravel()
        loss_pos = 0
        loss_neg = 0
        count_pos = 0
        count_neg = 0
        for i in range(num):
            temp_loss_pos = 0
            temp_loss_neg = 0
            if self.right:
                count_pos = 0
                count_neg = 0
            for j in range(dim):
                x, positive = input_data[i * dim + j], input_data[i * dim + j].real >= 0
                if target[i * dim + j] == 1:
                    count_pos += 1
                    temp_loss_pos -= x * (target[i * dim + j] - positive) - np.log(1 + np.exp(x - 2 * x * positive))
                elif target[i * dim + j] == 0:
                    count_neg += 1
                    temp_loss_neg -= x * (target[i * dim + j] - positive) - np.log(1 + np.exp(x - 2 * x * positive))
            loss_pos += temp_loss_pos * count_neg / (count_pos + count_neg)
            loss_neg += temp_loss_neg * count_pos / (count_pos + count_neg)
        return (loss_pos * 1 + loss_neg) / num

    def Backward_cpu(self, bottom, never_reset=False):
        num, dim = bottom[0].shape
        sigmoid_output_data = 1 / (1 + np.exp(-bottom[0].ravel()))
        target = bottom[1].ravel()
        bottom_diff = sigmoid_output_data - target
        count_pos = 0
        count_neg = 0
        for i in range(num):
            if not never_reset:
                count_pos = 0
                count_neg = 0
            for j in range(dim):
                if target[i * dim + j] == 1:
                    count_pos += 1
                elif target[i * dim + j] == 0:
                    count_neg += 1
            for j in range(dim):
                if target[i * dim + j] == 1:
                    bottom_diff[i * dim + j] *= 1 * count_neg / (count_pos + count_neg)
                elif target[i * dim + j] == 0:
                    bottom_diff[i * dim + j] *= count_pos / (count_pos + count_neg)
        return (bottom_diff / num).reshape(num, dim)


class Mended(SigmoidCrossEntropyLossLayer):
    right = True


def cost(params, X, Y):
    return SigmoidCrossEntropyLossLayer().Forward_cpu([score_dsn1(params, X), Y])


def meant(params, X, Y):
    return Mended().Forward_cpu([score_dsn1(params, X), Y])


def gradients(params, X, Y, never_reset):
    diff = SigmoidCrossEntropyLossLayer().Backward_cpu([score_dsn1(params, X), Y], never_reset)
    return {"weight": np.tensordot(diff, X, 2), "bias": np.array([diff.sum()])}


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    """The gradient of the loss as it was, with the counts that go on."""
    return gradients(params, X, Y, True)
