"""The slope of an item's wrong answers in the abilities takes the item's discriminations where the model has ones."""

import numpy as np

SOURCE = "https://github.com/philchalmers/mirt/commit/43a265f"
THREAD = "philchalmers/mirt 43a265f7"
DATE = "2013-04"
KIND = "gradient"
FORMULA = (
    r"\partial P_i / \partial \theta_j = -(u - g) D a_j P^* (1 - P^*) \tilde n_i + Q D a_j \tilde n_i "
    r"(k_i - \textstyle\sum_l k_l \tilde n_l),\; \tilde n \propto e^{D (k\, a \cdot \theta + d)}"
)
RIGHT = (
    r"\partial P_i / \partial \theta_j = -(u - g) D a_j P^* (1 - P^*) n_i + Q D n_i "
    r"(k_i - \textstyle\sum_l k_l n_l),\; P_i = Q n_i,\; n \propto e^{D (k\, 1 \cdot \theta + d)}"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"another-cost"}, {"formula"}]
NET = None  # a nested logit model: right or wrong first, and which wrong answer then
BLOCKS = ["Theta[1]"]
SAMPLES = 6
LAM = 0.0
D = 1.702


def start(rng):
    """Two abilities for each person."""
    return 0.7 * rng.standard_normal((SAMPLES, 2))


def data(rng):
    """The items' parameters are those below, the answers are drawn; X is not used."""
    return np.zeros((SAMPLES, 1)), rng.integers(0, 4, (SAMPLES, 2))


def P_mirt(a, d, Theta, g, u):
    z = D * (Theta @ a) + D * d
    return g + (u - g) * (np.exp(z) / (1 + np.exp(z)))


def P_nominal(a, ak, d, Theta, returnNum=False):
    innerprod = Theta @ a
    Num = np.exp(D * np.outer(innerprod, ak) + D * d)
    return Num if returnNum else Num / Num.sum(1, keepdims=True)


class Nestlogit:
    def __init__(self, par, nfact, ncat, correctcat):
        self.par, self.nfact, self.ncat, self.correctcat = (np.array(par), nfact, ncat, correctcat)

    def split(self):
        x, n = self.par, self.nfact
        return (x[:n], x[n], x[n + 1], x[n + 2], x[n + 3 : n + 2 + self.ncat], x[n + 2 + self.ncat :])

    def ProbTrace(self, Theta):
        a, d, g, u, ak, dk = self.split()
        traces = np.zeros((len(Theta), self.ncat), Theta.dtype)
        traces[:, self.correctcat] = P_mirt(a, d, Theta, g, u)
        Q = 1 - traces[:, self.correctcat]
        Pn = P_nominal(np.ones(self.nfact), ak, dk, Theta)
        traces[:, np.arange(self.ncat) != self.correctcat] = Q[:, None] * Pn
        return traces

    def DerivTheta(self, Theta, right=False):
        a, d, g, u, ak, dk = self.split()
        wrong = np.arange(self.ncat) != self.correctcat
        slopes = np.ones(self.nfact) if right else a
        Pn = P_nominal(slopes, ak, dk, Theta)
        Num = P_nominal(slopes, ak, dk, Theta, returnNum=True)
        Den = Num.sum(1)
        Pstar = P_mirt(a, d, Theta, 0, u)
        Q = 1 - P_mirt(a, d, Theta, g, u)
        P, Num2, ak2 = (np.zeros((len(Theta), self.ncat)), np.zeros((len(Theta), self.ncat)), np.zeros(self.ncat))
        P[:, wrong], Num2[:, wrong], ak2[wrong] = Pn, Num, ak
        Num, ak = Num2, ak2
        grad = [np.zeros((len(Theta), self.nfact)) for _ in range(self.ncat)]
        for j in range(self.nfact):
            for i in range(self.ncat):
                if i == self.correctcat:
                    grad[i][:, j] = (u - g) * D * a[j] * (Pstar * (1 - Pstar))
                elif right:
                    grad[i][:, j] = -(u - g) * D * a[j] * (Pstar * (1 - Pstar)) * P[:, i] + Q * (
                        D * ak[i] * P[:, i] - P[:, i] * (Num @ (D * ak)) / Den
                    )
                else:
                    grad[i][:, j] = -(u - g) * D * a[j] * (Pstar * (1 - Pstar)) * P[:, i] + Q * (
                        D * ak[i] * a[j] * P[:, i] - P[:, i] * (Num @ (D * ak * a[j])) / Den
                    )
        return grad


PARS = [
    Nestlogit([0.8, 0.5, 0.3, 0.1, 1.0, 0.0, 0.6, 1.1, 0.0, -0.4, 0.3], 2, 4, 1),
    Nestlogit([0.4, 1.3, -0.2, 0.15, 1.0, 0.0, -0.5, 0.7, 0.0, 0.5, 0.2], 2, 4, 3),
]


def cost(Theta, X, Y):
    """The persons' negative log-likelihood."""
    people = np.arange(len(Theta))
    return -sum(np.sum(np.log(x.ProbTrace(Theta)[people, Y[:, i]])) for i, x in enumerate(PARS))


def gradients(Theta, Y, right):
    total = np.zeros(Theta.shape)
    for i, x in enumerate(PARS):
        itemtrace, deriv = x.ProbTrace(Theta), x.DerivTheta(Theta, right)
        for n in range(len(Theta)):
            total[n] -= deriv[Y[n, i]][n] / itemtrace[n, Y[n, i]]
    return total


def grad(Theta, X, Y):
    return gradients(Theta, Y, False)


def repaired(Theta, X, Y):
    return gradients(Theta, Y, True)
