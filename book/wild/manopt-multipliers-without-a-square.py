"""An augmented Lagrangian's cost adds the violated inequalities themselves, and not their squares."""

import numpy as np

SOURCE = "https://github.com/JuliaManifolds/Manopt.jl/commit/4c661f1f8"
THREAD = "JuliaManifolds/Manopt.jl 4c661f1f8"
DATE = "2022-01"
KIND = "cost"
FORMULA = (
    r"L = f(x) + \tfrac{\rho}2 \bigl(\textstyle\sum_i \max(0, \lambda_i / \rho + g_i(x)) "
    r"+ \sum_j (h_j(x) + \gamma_j / \rho)^2\bigr)"
)
RIGHT = (
    r"L = f(x) + \tfrac{\rho}2 \bigl(\textstyle\sum_i \max(0, \lambda_i / \rho + g_i(x))^2 "
    r"+ \sum_j (h_j(x) + \gamma_j / \rho)^2\bigr)"
)
READ = "reconstruction"  # the Lagrangian is the author's; the problem that a user hands over is made up
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # a constrained problem on a flat manifold
BLOCKS = ["x[1]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    return rng.standard_normal(4)


def data(rng):
    """Six linear constraints: four inequalities and two equalities."""
    return rng.standard_normal((SAMPLES, 4)), rng.standard_normal(SAMPLES)


class ConstrainedProblem:
    """A quadratic cost, and linear constraints of which each has a slight curvature."""

    def __init__(self, X, Y):
        self.G, self.c, self.H, self.d = X[:4], Y[:4], X[4:], Y[4:]

    def get_cost(self, x):
        return 0.5 * x @ x + x[0] * x[1]

    def get_gradient(self, x):
        return x + np.concatenate([x[1:2], x[:1], 0 * x[2:]])

    def get_inequality_constraints(self, x):
        return self.G @ x - self.c + 0.1 * x @ x

    def get_grad_ineq(self, x):
        return [row + 0.2 * x for row in self.G]

    def get_equality_constraints(self, x):
        return self.H @ x - self.d + 0.1 * x @ x

    def get_grad_eq(self, x):
        return [row + 0.2 * x for row in self.H]


class ALMOptions:
    def __init__(self):
        self.rho = 1.6
        self.lam = np.array([0.7, 1.9, 0.4, 1.2])
        self.gam = np.array([0.5, -0.8])


def positive(z):
    return np.where(z.real > 0, z, 0)


def get_Lagrangian_cost_function(p, o, right=False):
    def cost_ineq(x):
        violated = positive(o.lam / o.rho + p.get_inequality_constraints(x))
        return sum(violated**2) if right else sum(violated)

    def cost_eq(x):
        return sum((p.get_equality_constraints(x) + o.gam / o.rho) ** 2)

    return lambda x: p.get_cost(x) + (o.rho / 2) * (cost_ineq(x) + cost_eq(x))


def get_Lagrangian_gradient_function(p, o, of_the_cost=False):
    def grad_ineq(x):
        g = p.get_inequality_constraints(x)
        factors = o.rho / 2 + 0 * g if of_the_cost else g * o.rho + o.lam
        return sum(
            f * gr * (gi + li / o.rho > 0) for f, gr, gi, li in zip(factors, p.get_grad_ineq(x), g, o.lam, strict=True)
        )

    def grad_eq(x):
        h = p.get_equality_constraints(x)
        return sum((hj * o.rho + gj) * gr for hj, gj, gr in zip(h, o.gam, p.get_grad_eq(x), strict=True))

    return lambda x: p.get_gradient(x) + grad_ineq(x) + grad_eq(x)


def cost(x, X, Y):
    return get_Lagrangian_cost_function(ConstrainedProblem(X, Y), ALMOptions())(x)


def meant(x, X, Y):
    return get_Lagrangian_cost_function(ConstrainedProblem(X, Y), ALMOptions(), right=True)(x)


def grad(x, X, Y):
    return get_Lagrangian_gradient_function(ConstrainedProblem(X, Y), ALMOptions())(x)


def repaired(x, X, Y):
    """The gradient of the cost as it was."""
    return get_Lagrangian_gradient_function(ConstrainedProblem(X, Y), ALMOptions(), of_the_cost=True)(x)
