"""The derivatives of a band's second moment are multiplied by the factor that leads to the neighbouring band."""

import numpy as np

SOURCE = "https://github.com/jeff-regier/Celeste.jl/commit/daf30694"
THREAD = "jeff-regier/Celeste.jl daf30694"
DATE = "2015-01"
KIND = "gradient"
GROUP = "down"
FORMULA = (
    r"\nabla_{\gamma, \zeta} E[\ell_2^2] = t_3\, \nabla_{\gamma, \zeta} E[\ell_3^2],\; "
    r"t_3 = e^{2 \beta_3 + 2 \lambda_3}"
)
RIGHT = (
    r"\nabla_{\gamma, \zeta} E[\ell_2^2] = t_2\, \nabla_{\gamma, \zeta} E[\ell_3^2],\; "
    r"t_2 = e^{-2 \beta_2 + 2 \lambda_2}"
)
READ = "reconstruction"  # the cost: a weighted sum of the moments, of which the program makes its bound
LAYER = [1]
NAMES = []
NET = None  # the brightness of stars and galaxies in five bands
BLOCKS = ["gamma[1]", "zeta[1]", "beta[1]", "lambda[1]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    return {
        "gamma": rng.uniform(0.5, 1.5, 2),
        "zeta": rng.uniform(0.5, 1.5, 2),
        "beta": 0.4 * rng.standard_normal((4, 2)),
        "lambda": rng.uniform(0.1, 0.3, (4, 2)),
    }


def data(rng):
    """What each moment counts, by bands and kinds of source."""
    return rng.uniform(0.5, 1.5, (SAMPLES, 2)), rng.uniform(0.1, 0.5, (SAMPLES, 2))


class SensitiveFloat:
    """A value, and its derivatives by all parameters."""

    def __init__(self, vs):
        self.v = 0.0
        self.d = {name: np.zeros_like(value) for name, value in vs.items()}

    def scaled(self, factor):
        return {name: d * factor for name, d in self.d.items()}


class SourceBrightness:
    def __init__(self, vs, right=False):
        gamma_s, zeta, beta, lambd = vs["gamma"], vs["zeta"], vs["beta"], vs["lambda"]
        E_l_a = {(b, i): SensitiveFloat(vs) for b in range(1, 6) for i in range(2)}

        for i in range(2):
            E_l_a[3, i].v = gamma_s[i] * zeta[i]
            E_l_a[3, i].d["gamma"][i] = zeta[i]
            E_l_a[3, i].d["zeta"][i] = gamma_s[i]

            # towards the red, and towards the blue; indices from zero
            for b, of, c, sign in ((4, 3, 2, 1.0), (5, 4, 3, 1.0), (2, 3, 1, -1.0), (1, 2, 0, -1.0)):
                E_c = np.exp(sign * beta[c, i] + 0.5 * lambd[c, i])
                E_l_a[b, i].v = E_l_a[of, i].v * E_c
                E_l_a[b, i].d = E_l_a[of, i].scaled(E_c)
                E_l_a[b, i].d["beta"][c, i] = E_l_a[b, i].v * sign
                E_l_a[b, i].d["lambda"][c, i] = E_l_a[b, i].v * 0.5

        E_ll_a = {(b, i): SensitiveFloat(vs) for b in range(1, 6) for i in range(2)}
        for i in range(2):
            zeta_sq = zeta[i] ** 2
            E_ll_a[3, i].v = gamma_s[i] * (1 + gamma_s[i]) * zeta_sq
            E_ll_a[3, i].d["gamma"][i] = (1 + 2 * gamma_s[i]) * zeta_sq
            E_ll_a[3, i].d["zeta"][i] = 2 * gamma_s[i] * (1.0 + gamma_s[i]) * zeta[i]

            tmp3 = np.exp(2 * beta[2, i] + 2 * lambd[2, i])
            E_ll_a[4, i].v = E_ll_a[3, i].v * tmp3
            E_ll_a[4, i].d = E_ll_a[3, i].scaled(tmp3)
            E_ll_a[4, i].d["beta"][2, i] = E_ll_a[4, i].v * 2.0
            E_ll_a[4, i].d["lambda"][2, i] = E_ll_a[4, i].v * 2.0

            tmp4 = np.exp(2 * beta[3, i] + 2 * lambd[3, i])
            E_ll_a[5, i].v = E_ll_a[4, i].v * tmp4
            E_ll_a[5, i].d = E_ll_a[4, i].scaled(tmp4)
            E_ll_a[5, i].d["beta"][3, i] = E_ll_a[5, i].v * 2.0
            E_ll_a[5, i].d["lambda"][3, i] = E_ll_a[5, i].v * 2.0

            tmp2 = np.exp(-2 * beta[1, i] + 2 * lambd[1, i])
            E_ll_a[2, i].v = E_ll_a[3, i].v * tmp2
            E_ll_a[2, i].d = E_ll_a[3, i].scaled(tmp2 if right else tmp3)
            E_ll_a[2, i].d["beta"][1, i] = E_ll_a[2, i].v * -2.0
            E_ll_a[2, i].d["lambda"][1, i] = E_ll_a[2, i].v * 2.0

            tmp1 = np.exp(-2 * beta[0, i] + 2 * lambd[0, i])
            E_ll_a[1, i].v = E_ll_a[2, i].v * tmp1
            E_ll_a[1, i].d = E_ll_a[2, i].scaled(tmp1)
            E_ll_a[1, i].d["beta"][0, i] = E_ll_a[1, i].v * -2.0
            E_ll_a[1, i].d["lambda"][0, i] = E_ll_a[1, i].v * 2.0

        self.E_l_a, self.E_ll_a = E_l_a, E_ll_a


def cost(vs, X, Y):
    sb = SourceBrightness(vs)
    return sum(Y[b, i] * sb.E_ll_a[b + 1, i].v - X[b, i] * sb.E_l_a[b + 1, i].v for b in range(5) for i in range(2))


def gradient(sb, vs, X, Y):
    out = {name: np.zeros_like(value) for name, value in vs.items()}
    for b in range(5):
        for i in range(2):
            for name in out:
                out[name] += Y[b, i] * sb.E_ll_a[b + 1, i].d[name] - X[b, i] * sb.E_l_a[b + 1, i].d[name]
    return out


def grad(vs, X, Y):
    return gradient(SourceBrightness(vs), vs, X, Y)


def repaired(vs, X, Y):
    return gradient(SourceBrightness(vs, right=True), vs, X, Y)
