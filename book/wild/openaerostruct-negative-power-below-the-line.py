"""The Reynolds number's derivative with respect to the viscosity divides by its power of minus two."""

import numpy as np

SOURCE = "https://github.com/mdolab/OpenAeroStruct/commit/a2b5f849"
THREAD = "mdolab/OpenAeroStruct a2b5f849"
DATE = "2020-04"
KIND = "gradient"
FORMULA = r"\partial Re / \partial \mu = -\frac{\rho v}{\mu^{-2}}"
RIGHT = r"\partial Re / \partial \mu = -\frac{\rho v}{\mu^2},\; Re = \frac{\rho v}{\mu}"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # Reynolds numbers of some flows
BLOCKS = ["rho[1]", "mu[1]", "v[1]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    return {"rho": rng.uniform(0.5, 2, SAMPLES), "mu": rng.uniform(0.5, 2, SAMPLES), "v": rng.uniform(0.5, 2, SAMPLES)}


def data(rng):
    return np.zeros((SAMPLES, 1)), rng.uniform(0.5, 3, SAMPLES)


class ReynoldsComp:
    def compute(self, inputs, outputs):
        outputs["re"] = inputs["rho"] * inputs["v"] / inputs["mu"]

    def compute_partials(self, inputs, partials):
        partials["re", "rho"] = inputs["v"] / inputs["mu"]
        partials["re", "v"] = inputs["rho"] / inputs["mu"]
        partials["re", "mu"] = -inputs["rho"] * inputs["v"] / inputs["mu"] ** -2


class ReynoldsCompLater(ReynoldsComp):
    def compute_partials(self, inputs, partials):
        partials["re", "rho"] = inputs["v"] / inputs["mu"]
        partials["re", "v"] = inputs["rho"] / inputs["mu"]
        partials["re", "mu"] = -inputs["rho"] * inputs["v"] / inputs["mu"] ** 2


def residuals(params, Y, comp):
    outputs = {}
    comp.compute(params, outputs)
    return outputs["re"] - Y


def cost(params, X, Y):
    return 0.5 * np.sum(residuals(params, Y, ReynoldsComp()) ** 2)


def of_squares(params, Y, comp):
    partials = {}
    comp.compute_partials(params, partials)
    res = residuals(params, Y, comp)
    return {name: res * partials["re", name] for name in params}


def grad(params, X, Y):
    return of_squares(params, Y, ReynoldsComp())


def repaired(params, X, Y):
    return of_squares(params, Y, ReynoldsCompLater())
