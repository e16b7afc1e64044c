"""The bias of parallel metadynamics lacks the smallest of its biases, which was taken off within the exponentials."""

import numpy as np

SOURCE = "https://github.com/plumed/plumed2/commit/f7347ef19"
THREAD = "plumed/plumed2 f7347ef19"
DATE = "2016-09"
KIND = "cost"
FORMULA = r"V = -k_B T \log \tfrac1n \textstyle\sum_i e^{-(V_i(s_i) - \min_j V_j(s_j)) / k_B T}"
RIGHT = (
    r"V = \min_j V_j(s_j) - k_B T \log \tfrac1n \textstyle\sum_i e^{-(V_i(s_i) - \min_j V_j(s_j)) / k_B T},\; "
    r"V_i(s) = \textstyle\sum_h w_h e^{-(s - c_{h, i})^2 / 2 \sigma^2}"
)
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # hills upon collective variables, which stand here for themselves
BLOCKS = ["cv[1]"]
SAMPLES = 7
LAM = 0.0
ARGUMENTS, KBT, SIGMA, DP2CUTOFF = 4, 0.7, 0.6, 6.25


def start(rng):
    return 0.5 * rng.standard_normal(ARGUMENTS)


def data(rng):
    """The centres of the hills, one for each variable, and their heights."""
    return 0.5 * rng.standard_normal((SAMPLES, ARGUMENTS)), rng.uniform(0.3, 1.2, (SAMPLES, 1))


class PBMetaD:
    def __init__(self, centers, heights):
        self.centers, self.heights = centers, heights[:, 0]

    def evaluate_gaussian(self, iarg, cv, center, height):
        dp = (cv - center[iarg]) / SIGMA
        dp2 = 0.5 * dp * dp
        if dp2.real >= DP2CUTOFF:
            return 0.0, 0.0
        bias = height * np.exp(-dp2)
        return bias, -bias * dp / SIGMA

    def get_bias_and_derivatives(self, iarg, cv):
        bias = der = 0.0
        for center, height in zip(self.centers, self.heights):
            b, d = self.evaluate_gaussian(iarg, cv, center, height)
            bias += b
            der += d
        return bias, der

    def calculate(self, cv, absolute=False):
        """The bias, the forces, and the derivative of the smallest bias."""
        ncv = len(cv)
        bias = np.zeros_like(cv)
        deriv = np.zeros_like(cv)
        bmin = 1.0e19
        for i in range(ncv):
            bias[i], deriv[i] = self.get_bias_and_derivatives(i, cv[i])
            if bias[i].real < np.real(bmin):
                bmin, imin = bias[i], i
        ene = 0.0
        for i in range(ncv):
            ene += np.exp((-bias[i] + bmin) / KBT)

        force = np.zeros_like(cv)
        for i in range(ncv):
            force[i] = -np.exp((-bias[i] + bmin) / KBT) / ene * deriv[i]

        ene = -KBT * (np.log(ene) - np.log(ncv))
        if absolute:
            ene += bmin
        of_the_smallest = np.zeros_like(cv)
        of_the_smallest[imin] = deriv[imin]
        return ene, force, of_the_smallest


def cost(cv, X, Y):
    return PBMetaD(X, Y).calculate(cv)[0]


def meant(cv, X, Y):
    return PBMetaD(X, Y).calculate(cv, absolute=True)[0]


def grad(cv, X, Y):
    return -PBMetaD(X, Y).calculate(cv)[1]


def repaired(cv, X, Y):
    """The gradient of the bias as it is written out."""
    _, force, of_the_smallest = PBMetaD(X, Y).calculate(cv)
    return -force - of_the_smallest
