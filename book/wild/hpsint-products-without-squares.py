"""A free energy sums the products of the phases of all pairs of grains where those of their squares are meant."""

import numpy as np

SOURCE = "https://github.com/hpsint/hpsint/commit/697046f4b516d0c37d81b3d3d641eb920f3f4361"
THREAD = "hpsint/hpsint 697046f4"
DATE = "2026-03"
KIND = "cost"
FORMULA = (
    r"F = \textstyle\sum_q w_q \bigl(-\tfrac{A}2 \sum_i \eta_i^2 + \tfrac{B}4 \sum_i \eta_i^4 "
    r"+ \sum_{i < j} \eta_i \eta_j\bigr)"
)
RIGHT = (
    r"F = \textstyle\sum_q w_q \bigl(-\tfrac{A}2 \sum_i \eta_i^2 + \tfrac{B}4 \sum_i \eta_i^4 "
    r"+ \sum_{i < j} \eta_i^2 \eta_j^2\bigr)"
)
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # the phases of grains at the points of a quadrature, without their gradients in space
BLOCKS = ["etas[1]"]
SAMPLES = 6
LAM = 0.0
A, B, N_GRAINS = 1.0, 1.3, 4


def start(rng):
    """The phases of four grains at each point."""
    return rng.uniform(0.1, 1.1, (SAMPLES, N_GRAINS))


def data(rng):
    """The weights of the quadrature, and nothing to aim at."""
    return rng.uniform(0.5, 1.5, (SAMPLES, 1)), np.zeros((SAMPLES, 1))


def power_sum(etas, p):
    value = etas[0] ** p
    for i in range(1, len(etas)):
        value += etas[i] ** p
    return value


class Evaluation:
    def __init__(self, A, B, state, n_grains, right=False):
        self.A = A
        self.B = B
        etas = [state[ig] for ig in range(n_grains)]

        self.etaPower2Sum = power_sum(etas, 2)
        self.etaPower4Sum = power_sum(etas, 4)
        self.mixed_sum = 0
        for i in range(n_grains):
            for j in range(i + 1, n_grains):
                if right:
                    self.mixed_sum += etas[i] * etas[i] * etas[j] * etas[j]
                else:
                    self.mixed_sum += etas[i] * etas[j]

    def f(self):
        return -self.A / 2.0 * self.etaPower2Sum + self.B / 4.0 * self.etaPower4Sum + self.mixed_sum

    def df_detai(self, etai):
        etai2 = etai * etai
        etai3 = etai * etai * etai

        return -self.A * etai + self.B * etai3 + 2.0 * etai * (self.etaPower2Sum - etai2)


def free_energy(params, X, right=False):
    energy = 0.0
    for q in range(len(params)):
        free_energy_eval = Evaluation(A, B, params[q], N_GRAINS, right)
        energy += free_energy_eval.f() * X[q, 0]
    return energy


def cost(params, X, Y):
    return free_energy(params, X)


def meant(params, X, Y):
    return free_energy(params, X, right=True)


def grad(params, X, Y):
    value_result = np.zeros_like(params)
    for q in range(len(params)):
        free_energy_eval = Evaluation(A, B, params[q], N_GRAINS)
        for ig in range(N_GRAINS):
            value_result[q, ig] = free_energy_eval.df_detai(params[q, ig]) * X[q, 0]
    return value_result


def repaired(params, X, Y):
    """The gradient of the energy as it was."""
    others = params.sum(1, keepdims=True) - params
    return X * (-A * params + B * params**3 + others)
