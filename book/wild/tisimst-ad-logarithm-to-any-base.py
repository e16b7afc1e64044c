"""The derivative of a logarithm to a given base is that of the natural logarithm, without a division by log(base)."""

import math

import numpy as np

SOURCE = "https://github.com/tisimst/ad/commit/38bb4f4"
THREAD = "tisimst/ad 38bb4f4"
DATE = "2015-04"
KIND = "gradient"
GROUP = "factor"
FORMULA = r"\partial \log_b x / \partial x = 1 / x"
RIGHT = r"\partial \log_b x / \partial x = 1 / (x \ln b)"
# The magnitudes of a fading source, which call the function, are made up; the operators share one method here.
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # three numbers of a light curve
BLOCKS = ["zero_point[1]", "amplitude[1]", "rate[1]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    return [rng.normal(4.0, 0.5, 1), rng.normal(2.0, 0.2, 1), rng.normal(-0.4, 0.1, 1)]


def data(rng):
    t = np.sort(rng.uniform(0.2, 4.0, SAMPLES))
    return t, 3.5 + 0.5 * t + 0.3 * rng.standard_normal(SAMPLES)


def to_auto_diff(x):
    return x if isinstance(x, ADF) else ADF(x, {})


def _apply_chain_rule(ad_funcs, variables, lc_wrt_args):
    lc_wrt_vars = dict.fromkeys(variables, 0.0)
    for var1 in variables:
        for f, dh in zip(ad_funcs, lc_wrt_args, strict=True):
            lc_wrt_vars[var1] += dh * f.d(var1)
    return lc_wrt_vars


class ADF:
    """Of the derivatives the first ones only are ported."""

    def __init__(self, value, lc):
        self.x, self._lc = value, lc

    def d(self, var):
        return self._lc.get(var, 0.0)

    def _get_variables(self, ad_funcs):
        variables = {}
        for f in ad_funcs:
            variables.update(dict.fromkeys(f._lc))
        return list(variables)

    def __add__(self, val):
        return self._binary(val, lambda x, y: x + y, lambda x, y: [1.0, 1.0])

    def __mul__(self, val):
        return self._binary(val, lambda x, y: x * y, lambda x, y: [y, x])

    __radd__, __rmul__ = __add__, __mul__

    def _binary(self, val, function, slopes):
        ad_funcs = list(map(to_auto_diff, (self, val)))
        x, y = ad_funcs[0].x, ad_funcs[1].x
        variables = self._get_variables(ad_funcs)
        return ADF(function(x, y), _apply_chain_rule(ad_funcs, variables, slopes(x, y)))


class ADV(ADF):
    """A variable, as adnumber makes it."""

    def __init__(self, value):
        super().__init__(value, {})
        self._lc[self] = 1.0


def exp(x):
    ad_funcs = list(map(to_auto_diff, [x]))
    x = ad_funcs[0].x
    f = np.exp(x)
    variables = ad_funcs[0]._get_variables(ad_funcs)
    return ADF(f, _apply_chain_rule(ad_funcs, variables, [np.exp(x)]))


def log(x, base=math.e, right=False):
    if isinstance(x, ADF):
        ad_funcs = list(map(to_auto_diff, [x]))
        x = ad_funcs[0].x
        f = log(x, base)
        variables = ad_funcs[0]._get_variables(ad_funcs)
        if right:
            lc_wrt_args = [1.0 / (x * math.log(base))]
        else:
            lc_wrt_args = [1.0 / x]
        lc_wrt_vars = _apply_chain_rule(ad_funcs, variables, lc_wrt_args)
        return ADF(f, lc_wrt_vars)
    return np.log(x) / math.log(base)


def total(zero_point, amplitude, rate, X, Y, right=False):
    """Half the squared differences of the magnitudes."""
    error = 0.0
    for t, magnitude in zip(X, Y, strict=True):
        flux = amplitude * exp(rate * t) + 0.1
        difference = zero_point + -2.5 * log(flux, 10, right) + -magnitude
        error = difference * difference * 0.5 + error
    return error


def variables_of(params):
    return [ADV(p[0]) for p in params]


def cost(params, X, Y):
    return total(*variables_of(params), X, Y).x


def grad(params, X, Y):
    variables = variables_of(params)
    error = total(*variables, X, Y)
    return [np.array([error.d(v)]) for v in variables]


def repaired(params, X, Y):
    variables = variables_of(params)
    error = total(*variables, X, Y, right=True)
    return [np.array([error.d(v)]) for v in variables]
