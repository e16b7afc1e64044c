"""The energy of a fibre takes its constant from the case of a slope without a jump, where the stress keeps its own."""

import numpy as np

SOURCE = "https://github.com/febiosoftware/FEBio/commit/47e84a7e8064febee0841a334ec5b499b6407569"
THREAD = "febiosoftware/FEBio 04ab50268, 47e84a7e8"
DATE = "2024-02"
KIND = "cost"
FORMULA = (
    r"W = c_5 (\lambda - \lambda_1) + c_6 \log \tfrac\lambda{\lambda_1} + W_1 \text{ if } \lambda > \lambda_1,\; "
    r"c_6 = c_3 \bigl(e^{c_4 (\lambda_1 - 1)} (1 - c_4 \lambda_1) - 1\bigr)"
)
RIGHT = (
    r"W = c_5 (\lambda - \lambda_1) + c_6 \log \tfrac\lambda{\lambda_1} + W_1 \text{ if } \lambda > \lambda_1,\; "
    r"c_6 = c_3 \bigl(e^{c_4 (\lambda_1 - 1)} - 1\bigr) - c_5 \lambda_1"
)
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # fibres in a tissue that is deformed
BLOCKS = ["F[1]"]
SAMPLES = 6
LAM = 0.0
C3, C4, C5, LAM1 = 0.4, 3.0, 2.5, 1.3


def start(rng):
    """The deformation gradient at six points."""
    stretch = np.array([1.15, 1.2, 1.45, 1.5, 1.6, 1.8])
    return stretch[:, None, None] * np.eye(3) + 0.02 * rng.standard_normal((SAMPLES, 3, 3))


def data(rng):
    """The direction of the fibre at each of them."""
    a0 = rng.standard_normal((SAMPLES, 3))
    return a0 / np.linalg.norm(a0, axis=1, keepdims=True), np.zeros((SAMPLES, 1))


def expint_Ei(x):
    """The program's own exponential integral, the series for small x > 0."""
    MAXITER = 100
    eps = 10 * np.finfo(float).eps
    gamma = 0.5772156649015328606065120900824024310421
    ei = gamma
    ei += np.log(x)
    d = x
    i = 0
    convgd = False
    while not convgd:
        i += 1
        ei += d
        if abs(d.real) < eps * abs(ei.real) or i > MAXITER:
            convgd = True
        else:
            d *= (i * x) / (i + 1) ** 2
    return ei


def unit(a):
    """Normalises in place, and returns the length."""
    length = np.sqrt(np.sum(a * a))
    a /= length
    return length


class FEFiberExpLinear:
    m_c3, m_c4, m_c5, m_lam1 = C3, C4, C5, LAM1

    def constant_of_stress(self, c3, c4, c5, lam1):
        return c3 * (np.exp(c4 * (lam1 - 1.0)) - 1.0) - c5 * lam1

    def fiber_stress(self, F, a0):
        # get the spatial fiber vector and stretch
        a = F @ a0
        l = unit(a)
        s = np.zeros((3, 3), F.dtype)
        if l.real >= 1.0:
            A = np.outer(a, a)
            J = np.linalg.det(F)
            c3, c4, c5, lam1 = self.m_c3, self.m_c4, self.m_c5, self.m_lam1
            Wl = 0.0
            if l.real < lam1:
                Wl = c3 * (np.exp(c4 * (l - 1.0)) - 1.0)
            else:
                c6 = self.constant_of_stress(c3, c4, c5, lam1)
                Wl = c5 * l + c6
            s += A * (Wl / J)
        return s

    def constant_of_energy(self, c3, c4, c5, lam1):
        return c3 * (np.exp(c4 * (lam1 - 1)) * (1 - c4 * lam1) - 1)

    def fiber_strain_energy_density(self, F, a0):
        # calculate the current material axis lam*a = F*a0;
        a = F @ a0
        # normalize material axis and store fiber stretch
        lam = unit(a)
        sed = 0.0
        if lam.real >= 1:
            c3, c4, c5, lam1 = self.m_c3, self.m_c4, self.m_c5, self.m_lam1
            if c3 == 0:
                c3 = c5 / c4 * np.exp(-c4 * (lam1 - 1))
            c6 = self.constant_of_energy(c3, c4, c5, lam1)
            if lam.real < lam1:
                sed = c3 * np.exp(-c4) * (expint_Ei(c4 * lam) - expint_Ei(c4)) - c3 * np.log(lam)
            else:
                sed = (
                    c5 * (lam - lam1)
                    + c6 * np.log(lam / lam1)
                    + c3 * np.exp(-c4) * (expint_Ei(c4 * lam1) - expint_Ei(c4))
                    - c3 * np.log(lam1)
                )
        return sed


class Later(FEFiberExpLinear):
    def constant_of_energy(self, c3, c4, c5, lam1):
        # c6 is chosen so that continuity of the stress is always enforced
        return c3 * (np.exp(c4 * (lam1 - 1.0)) - 1.0) - c5 * lam1


class AsTheEnergy(FEFiberExpLinear):
    def constant_of_stress(self, c3, c4, c5, lam1):
        return self.constant_of_energy(c3, c4, c5, lam1)


def energy(material, F, fibres):
    return sum(material.fiber_strain_energy_density(Fi, a0) for Fi, a0 in zip(F, fibres))


def first_piola_kirchhoff(material, F, fibres):
    """J s F^-T, by which the stress is the energy's derivative."""
    stresses = [np.linalg.det(Fi) * material.fiber_stress(Fi, a0) @ np.linalg.inv(Fi).T for Fi, a0 in zip(F, fibres)]
    return np.array(stresses)


def cost(F, X, Y):
    return energy(FEFiberExpLinear(), F, X)


def meant(F, X, Y):
    return energy(Later(), F, X)


def grad(F, X, Y):
    return first_piola_kirchhoff(FEFiberExpLinear(), F, X)


def repaired(F, X, Y):
    """The gradient of the energy as it was."""
    return first_piola_kirchhoff(AsTheEnergy(), F, X)
