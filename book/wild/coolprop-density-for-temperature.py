"""The temperature derivative of a speed of sound takes derivatives with respect to density for such of temperature."""

import numpy as np

SOURCE = "https://github.com/CoolProp/CoolProp/commit/aa9b9b41"
THREAD = "CoolProp/CoolProp aa9b9b41"
DATE = "2017-07"
KIND = "gradient"
FORMULA = (
    r"\partial b / \partial \tau = \tau^2 (\alpha^0_{\tau\tau\tau} + \alpha^r_{\delta\delta\delta}) "
    r"+ 2 \tau (\alpha^0_{\tau\tau} + \alpha^r_{\delta\delta})"
)
RIGHT = (
    r"\partial b / \partial \tau = \tau^2 (\alpha^0_{\tau\tau\tau} + \alpha^r_{\tau\tau\tau}) "
    r"+ 2 \tau (\alpha^0_{\tau\tau} + \alpha^r_{\tau\tau}),\; b = \tau^2 (\alpha^0_{\tau\tau} + \alpha^r_{\tau\tau})"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # an equation of state
BLOCKS = ["T[1]", "rho[1]"]
SAMPLES = 6
LAM = 0.0
R, MOLAR_MASS, TR, RHOR = 8.3, 1.0, 1.3, 0.9
TERMS = [(0.12, 1, 0.5), (-0.08, 1, 1.5), (0.05, 2, 0.75), (-0.03, 3, 2.0)]  # coefficients, powers of delta and tau
C0 = 2.5


def start(rng):
    return {"T": rng.uniform(1.2, 2.0, SAMPLES), "rho": rng.uniform(0.3, 1.1, SAMPLES)}


def data(rng):
    """No inputs; measured speeds."""
    return np.zeros((SAMPLES, 1)), rng.uniform(3, 5, SAMPLES)


class AbstractState:
    def __init__(self, T, rho):
        self.T, self.rho = T, rho
        self.tau, self.delta = TR / T, rho / RHOR

    def alphar(self, nDelta, nTau):
        total = 0.0
        for n, d, t in TERMS:
            for k in range(nDelta):
                n *= d - k
            for k in range(nTau):
                n *= t - k
            total = total + n * self.delta ** (d - nDelta) * self.tau ** (t - nTau)
        return total

    def d2alpha0_dTau2(self):
        return -C0 / self.tau**2

    def d3alpha0_dTau3(self):
        return 2 * C0 / self.tau**3

    def speed_sound(self):
        tau, delta, a = self.tau, self.delta, self.alphar
        aa = 1.0 + delta * a(1, 0) - delta * tau * a(1, 1)
        bb = tau**2 * (self.d2alpha0_dTau2() + a(0, 2))
        return np.sqrt(R * self.T / MOLAR_MASS * (1 + 2 * delta * a(1, 0) + delta**2 * a(2, 0) - aa**2 / bb))


def get_dT_drho(AS, right):
    T, tau, delta, a = AS.T, AS.tau, AS.delta, AS.alphar
    aa = 1.0 + delta * a(1, 0) - delta * tau * a(1, 1)
    bb = tau**2 * (AS.d2alpha0_dTau2() + a(0, 2))
    daa_dTau = -delta * tau * a(1, 2)
    if right:
        dbb_dTau = tau**2 * (AS.d3alpha0_dTau3() + a(0, 3)) + 2.0 * tau * (AS.d2alpha0_dTau2() + a(0, 2))
    else:
        dbb_dTau = tau**2 * (AS.d3alpha0_dTau3() + a(3, 0)) + 2.0 * tau * (AS.d2alpha0_dTau2() + a(2, 0))
    w = AS.speed_sound()
    inner = 2.0 * delta * a(1, 1) + delta**2 * a(2, 1) - (2 * aa / bb * daa_dTau - (aa / bb) ** 2 * dbb_dTau)
    dT = 1.0 / 2.0 / w / T * (w**2 - R * TR / MOLAR_MASS * inner)
    daa_dDelta = a(1, 0) + delta * a(2, 0) - tau * (a(1, 1) + delta * a(2, 1))
    dbb_dDelta = tau**2 * a(1, 2)
    inner = 2.0 * (a(1, 0) + delta * a(2, 0)) + (2.0 * delta * a(2, 0) + delta**2 * a(3, 0))
    inner = inner - (2 * aa / bb * daa_dDelta - (aa / bb) ** 2 * dbb_dDelta)
    drho = R * T / 2.0 / MOLAR_MASS / w / RHOR * inner
    return dT, drho


def cost(params, X, Y):
    return 0.5 * sum((AbstractState(T, rho).speed_sound() - y) ** 2 for T, rho, y in zip(params["T"], params["rho"], Y))


def gradient(params, Y, right):
    g = {name: np.zeros_like(p) for name, p in params.items()}
    for i, (T, rho) in enumerate(zip(params["T"], params["rho"])):
        AS = AbstractState(T, rho)
        dT, drho = get_dT_drho(AS, right)
        res = AS.speed_sound() - Y[i]
        g["T"][i], g["rho"][i] = res * dT, res * drho
    return g


def grad(params, X, Y):
    return gradient(params, Y, False)


def repaired(params, X, Y):
    return gradient(params, Y, True)
