"""A mixture's proportions are derived by the diagonal of their Jacobian alone, and without the cost's minus two."""

import numpy as np

SOURCE = "https://github.com/nlmixr2/nlmixr2est/pull/1054"
THREAD = "nlmixr2/nlmixr2est #1054"
DATE = "2026-09"
KIND = "gradient"
FORMULA = r"\partial C / \partial t_m = \pi_m (1 - \pi_m) \textstyle\sum_i (L_{im} - L_{iM}) / L_i"
RIGHT = (
    r"\partial C / \partial t_m = -2 \textstyle\sum_i (\pi_m L_{im} / L_i - \pi_m),\; "
    r"L_i = \sum_m \pi_m L_{im},\; \pi_m = e^{t_m} / \bigl(1 + \sum_{k < M} e^{t_k}\bigr),\; C = -2 \sum_i \log L_i"
)
READ = "code"
GROUP = "softmax"
LAYER = [1]
NAMES = [{"softmax-diagonal", "factor"}]
MIXTURES = 3
NET = None  # a mixture
BLOCKS = ["theta[1]"]
SAMPLES = 9
LAM = 0.0


def start(rng):
    return rng.standard_normal(MIXTURES - 1)


def data(rng):
    """The logarithm of the likelihood of each subject in each component."""
    return rng.uniform(-4, 0, (SAMPLES, MIXTURES)), np.zeros(SAMPLES)


def mexpit(theta):
    """The proportion of the last component is what the others leave."""
    p = np.exp(theta) / (1 + np.sum(np.exp(theta)))
    return np.append(p, 1 - np.sum(p))


def dmexpit(theta):
    p = mexpit(theta)[:-1]
    return p * (1 - p)


def foceiLik0(theta, logs):
    mixProb = mexpit(theta)
    total, prob, mixProbGrad = 0.0, [], []
    for cur in logs:
        tot = 0
        ecur = np.exp(cur)
        for mn in range(MIXTURES):
            tot += ecur[mn] * mixProb[mn]
        prob.append(ecur * mixProb / tot)
        mixProbGrad.append((ecur[:-1] - ecur[-1]) / tot)
        total += np.log(tot)
    return total, prob, mixProbGrad


def cost(theta, logs, Y):
    return -2 * foceiLik0(theta, logs)[0]


def grad(theta, logs, Y):
    mixProbGrad, jacobian = foceiLik0(theta, logs)[2], dmexpit(theta)
    g = np.zeros(len(theta))
    for mi in range(len(theta)):
        for ind in mixProbGrad:
            g[mi] += ind[mi]
        g[mi] *= jacobian[mi]
    return g


def repaired(theta, logs, Y):
    prob, mixProb = foceiLik0(theta, logs)[1], mexpit(theta)
    g = np.zeros(len(theta))
    for mi in range(len(theta)):
        for ind in prob:
            g[mi] += ind[mi] - mixProb[mi]
        g[mi] *= -2
    return g
