"""The entries of the constraints' sparse Jacobian are placed by their column alone, so that all go to the first row."""

import numpy as np

SOURCE = "https://github.com/esa/pagmo2/commit/b1e6f870"
THREAD = "esa/pagmo2 b1e6f870"
DATE = "2017-04"
KIND = "gradient"
FORMULA = r"G_{c} = s_k \text{ for the entry } s_k \text{ of row } r \text{ and column } c"
RIGHT = r"G_{(r - 1 - r_0)\, n_x + c} = s_k,\; r_0 \text{ rows of constraints before these}"
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = []
NET = None  # a constrained minimum
BLOCKS = ["x[1]"]
SAMPLES = 4
LAM = 0.0
NX, NEC, NIC = 4, 2, 2


def start(rng):
    return rng.standard_normal(NX)


def data(rng):
    """Two coefficients and the right-hand side of each constraint."""
    return rng.standard_normal((NEC + NIC, 2)), rng.standard_normal(NEC + NIC)


class Problem:
    """The objective, and constraints that take two unknowns each."""

    def __init__(self, X, Y):
        self.X, self.Y = X, Y

    def fitness(self, x):
        c = [a * x[k] ** 2 + b * x[(k + 1) % NX] - y for k, ((a, b), y) in enumerate(zip(self.X, self.Y))]
        return np.array([np.sum(x**2), *c])

    def gradient_sparsity(self):
        pairs = [(0, j) for j in range(NX)]
        pairs += [(k + 1, j) for k in range(NEC + NIC) for j in (k, (k + 1) % NX)]
        return sorted(pairs)

    def gradient(self, x):
        out = []
        for i, j in self.gradient_sparsity():
            if i == 0:
                out.append(2 * x[j])
            else:
                a, b = self.X[i - 1]
                out.append(2 * a * x[j] if j == i - 1 else b)
        return np.array(out)


class NloptObj:
    def __init__(self, prob, right):
        self.prob, self.right = prob, right
        self.sp = prob.gradient_sparsity()

    def equality_gradient(self, dv):
        gradient = self.prob.gradient(dv)
        grad = np.zeros(NX * NEC, dtype=gradient.dtype)
        it_sp = next(k for k, pair in enumerate(self.sp) if pair >= (1, 0))
        g_it = it_sp
        while it_sp < len(self.sp) and self.sp[it_sp][0] < NEC + 1:
            first, second = self.sp[it_sp]
            grad[(first - 1) * NX + second if self.right else second] = gradient[g_it]
            it_sp, g_it = it_sp + 1, g_it + 1
        return grad

    def inequality_gradient(self, dv):
        gradient = self.prob.gradient(dv)
        grad = np.zeros(NX * NIC, dtype=gradient.dtype)
        it_sp = next(k for k, pair in enumerate(self.sp) if pair >= (NEC + 1, 0))
        g_it = it_sp
        while it_sp < len(self.sp):
            first, second = self.sp[it_sp]
            grad[(first - 1 - NEC) * NX + second if self.right else second] = gradient[g_it]
            it_sp, g_it = it_sp + 1, g_it + 1
        return grad


def cost(x, X, Y):
    """The objective, and half the squares of the constraints."""
    f = Problem(X, Y).fitness(x)
    return f[0] + 0.5 * np.sum(f[1:] ** 2)


def gradient(x, X, Y, right):
    prob = Problem(X, Y)
    nlo = NloptObj(prob, right)
    f = prob.fitness(x)
    jacobian = np.concatenate([nlo.equality_gradient(x), nlo.inequality_gradient(x)]).reshape(-1, NX)
    return prob.gradient(x)[:NX] + f[1:] @ jacobian


def grad(x, X, Y):
    return gradient(x, X, Y, False)


def repaired(x, X, Y):
    return gradient(x, X, Y, True)
