"""In the Jacobian of an equilibrium the slope of the volume by the temperature misses the thermal expansion."""

import numpy as np

SOURCE = "https://github.com/geodynamics/burnman/commit/ecaf21d8"
THREAD = "geodynamics/burnman ecaf21d8"
DATE = "2025-10"
KIND = "gradient"
FORMULA = r"\partial F_V / \partial T = n V"
RIGHT = r"\partial F_V / \partial T = n V \alpha,\; F_V = n V(P, T) - V_0,\; C = \tfrac12 \lVert F \rVert^2"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # two phases in equilibrium
BLOCKS = ["x[1]"]
SAMPLES = 3
LAM = 0.0


def start(rng):
    """Pressure, temperature and the amounts of two phases, for each problem."""
    return np.array([0.6, 1.1, 0.5, 0.7]) + 0.1 * rng.standard_normal((SAMPLES, 4))


def data(rng):
    """The entropy and the volume wanted."""
    return np.zeros((SAMPLES, 1)), np.array([1.0, 1.3]) + 0.1 * rng.standard_normal((SAMPLES, 2))


class Mineral:
    def __init__(self, g0, v0, K, a, s0, c):
        self.params = g0, v0, K, a, s0, c

    def set_state(self, P, T):
        g0, v0, K, a, s0, c = self.params
        self.molar_gibbs = (
            g0 + v0 * (P - P**2 / (2 * K)) + v0 * a * (T - 1) * P - s0 * (T - 1) - c * (T * np.log(T) - T + 1)
        )
        self.molar_volume = v0 * (1 - P / K + a * (T - 1))
        self.molar_entropy = s0 - v0 * a * P + c * np.log(T)
        self.molar_heat_capacity_p = c
        self.alpha = v0 * a / self.molar_volume
        self.isothermal_bulk_modulus = self.molar_volume * K / v0


class Composite:
    reaction_basis = np.array([[1.0, -1.0]])
    stoichiometric_array = np.array([[1.0], [1.0]])

    def __init__(self):
        self.phases = [Mineral(0.1, 1.0, 4.0, 0.15, 0.8, 0.9), Mineral(0.3, 0.8, 5.0, 0.08, 1.1, 1.2)]

    def set_compositions_and_state_from_parameters(self, x):
        for ph in self.phases:
            ph.set_state(x[0], x[1])
        self.n_moles = sum(x[2:])
        f = self.molar_fractions = x[2:] / self.n_moles
        V = np.array([ph.molar_volume for ph in self.phases])
        self.molar_volume = f @ V
        self.molar_entropy = f @ np.array([ph.molar_entropy for ph in self.phases])
        self.molar_heat_capacity_p = f @ np.array([ph.molar_heat_capacity_p for ph in self.phases])
        phi = f * V / self.molar_volume
        self.alpha = phi @ np.array([ph.alpha for ph in self.phases])
        self.isothermal_bulk_modulus_reuss = 1 / sum(p / ph.isothermal_bulk_modulus for p, ph in zip(phi, self.phases))


def F(x, assemblage, equality_constraints):
    assemblage.set_compositions_and_state_from_parameters(x)
    eqns = []
    for type_c, eq_c in equality_constraints:
        if type_c == "S":
            eqns.append(assemblage.molar_entropy * assemblage.n_moles - eq_c)
        elif type_c == "V":
            eqns.append(assemblage.molar_volume * assemblage.n_moles - eq_c)
    affinities = assemblage.reaction_basis @ np.array([ph.molar_gibbs for ph in assemblage.phases])
    bulk = assemblage.stoichiometric_array.T @ x[2:] - 1.0
    return np.concatenate([np.array(eqns), affinities, bulk])


def jacobian(x, assemblage, equality_constraints, right=False):
    jacobian = np.zeros((4, 4))
    for ic, (type_c, _) in enumerate(equality_constraints):
        if type_c == "S":
            jacobian[ic, 0:2] = [
                -assemblage.n_moles * assemblage.alpha * assemblage.molar_volume,
                assemblage.n_moles * assemblage.molar_heat_capacity_p / x[1],
            ]
            jacobian[ic, 2:] = [ph.molar_entropy for ph in assemblage.phases]
        elif type_c == "V":
            jacobian[ic, 0:2] = [
                -assemblage.n_moles * assemblage.molar_volume / assemblage.isothermal_bulk_modulus_reuss,
                assemblage.n_moles * assemblage.molar_volume,
            ]
            if right:
                jacobian[ic, 1] = assemblage.n_moles * assemblage.molar_volume * assemblage.alpha
            jacobian[ic, 2:] = [ph.molar_volume for ph in assemblage.phases]
    jacobian[2:3, 0] = assemblage.reaction_basis @ np.array([ph.molar_volume for ph in assemblage.phases])
    jacobian[2:3, 1] = -assemblage.reaction_basis @ np.array([ph.molar_entropy for ph in assemblage.phases])
    jacobian[3:, 2:] = assemblage.stoichiometric_array.T
    return jacobian


def constraints(y):
    return [("S", y[0]), ("V", y[1])]


def cost(params, X, Y):
    return 0.5 * sum(np.sum(F(x, Composite(), constraints(y)) ** 2) for x, y in zip(params, Y))


def of_squares(params, Y, right):
    g = np.zeros_like(params)
    for i, (x, y) in enumerate(zip(params, Y)):
        assemblage = Composite()
        f = F(x, assemblage, constraints(y))
        g[i] = jacobian(x, assemblage, constraints(y), right).T @ f
    return g


def grad(params, X, Y):
    return of_squares(params, Y, False)


def repaired(params, X, Y):
    return of_squares(params, Y, True)
