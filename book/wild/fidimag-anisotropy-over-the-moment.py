"""The anisotropy is divided by the magnetic moment for the field, and the energy is computed from the quotient too."""

import numpy as np

SOURCE = "https://github.com/computationalmodelling/fidimag/commit/6a441fe144f13f92abbda554738c7337500a3cda"
THREAD = "computationalmodelling/fidimag 6a441fe"
DATE = "2013-08"
KIND = "cost"
FORMULA = r"E = -\textstyle\sum_{\langle ij \rangle} J\, s_i \cdot s_j - \sum_i \sum_k \tfrac{D_k}{\mu} s_{ik}^2"
RIGHT = r"E = -\textstyle\sum_{\langle ij \rangle} J\, s_i \cdot s_j - \sum_i \sum_k D_k\, s_{ik}^2"
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # spins on a grid, with exchange and anisotropy
BLOCKS = ["spin[1]"]
SAMPLES = 6
LAM = 0.0
NX, NY, NZ, MU_S = 3, 2, 1, 1.8
J, D = 0.9, (1.3, 0.7, 1.1)


def start(rng):
    """All components along x, then along y, then along z."""
    spin = rng.standard_normal((3, SAMPLES))
    return (spin / np.linalg.norm(spin, axis=0)).ravel()


def data(rng):
    """Nothing is read."""
    return np.zeros((SAMPLES, 1)), np.zeros((SAMPLES, 1))


def neighbours(nx, ny, nz):
    nyz = ny * nz
    for i in range(nx):
        for j in range(ny):
            for k in range(nz):
                index = nyz * i + nz * j + k
                if i < nx - 1:
                    yield index, index + nyz
                if j < ny - 1:
                    yield index, index + nz
                if k < nz - 1:
                    yield index, index + 1


class UniformExchange:
    def __init__(self, J):
        self.J = J

    def setup(self, spin, mu_s=1.0):
        self.J_mu_s = self.J / mu_s
        self.spin = spin
        self.field = np.zeros_like(spin)

    def compute_field(self):
        n1 = len(self.spin) // 3
        for index, id in neighbours(NX, NY, NZ):
            for c in (0, n1, 2 * n1):
                self.field[index + c] += self.J_mu_s * self.spin[id + c]
                self.field[id + c] += self.J_mu_s * self.spin[index + c]
        return self.field

    def compute_energy(self):
        n1, energy = len(self.spin) // 3, 0
        for index, id in neighbours(NX, NY, NZ):
            for c in (0, n1, 2 * n1):
                energy += self.J * self.spin[index + c] * self.spin[id + c]
        return -energy


class Anisotropy:
    """Hamiltonian=-D*S_x^2 ==>H=2D*S_x"""

    def __init__(self, Dx, Dy, Dz):
        self.Dx, self.Dy, self.Dz = Dx, Dy, Dz

    def setup(self, spin, mu_s=1.0):
        self.spin = spin
        self.Dx /= mu_s
        self.Dy /= mu_s
        self.Dz /= mu_s
        self.D_field = self.Dx, self.Dy, self.Dz

    def compute_field(self):
        Dx, Dy, Dz = self.D_field
        sx, sy, sz = self.spin.reshape(3, -1)
        return np.concatenate([2 * Dx * sx, 2 * Dy * sy, 2 * Dz * sz])

    def compute_energy(self):
        sx, sy, sz = self.spin.reshape(3, -1)
        energy = 0
        for i in range(len(sx)):
            energy += self.Dx * sx[i] * sx[i]
            energy += self.Dy * sy[i] * sy[i]
            energy += self.Dz * sz[i] * sz[i]
        return -energy


class AnisotropyMended(Anisotropy):
    def setup(self, spin, mu_s=1.0):
        self.spin = spin
        self.D_field = self.Dx / mu_s, self.Dy / mu_s, self.Dz / mu_s


class Sim:
    def __init__(self, spin, anisotropy):
        self.spin = spin
        self.interactions = [UniformExchange(J), anisotropy(*D)]
        for interaction in self.interactions:
            interaction.setup(spin, mu_s=MU_S)

    def compute_energy(self):
        energy = 0
        for obj in self.interactions:
            energy += obj.compute_energy()
        return energy

    def effective_field(self):
        field = 0
        for obj in self.interactions:
            field = field + obj.compute_field()
        return field


def cost(spin, X, Y):
    return Sim(spin, Anisotropy).compute_energy()


def meant(spin, X, Y):
    return Sim(spin, AnisotropyMended).compute_energy()


def grad(spin, X, Y):
    """The field, turned round and times what it was divided by."""
    return -MU_S * Sim(spin, Anisotropy).effective_field()


def repaired(spin, X, Y):
    """The gradient of the energy as it was."""
    exchange, anisotropy = Sim(spin, Anisotropy).interactions
    return -MU_S * exchange.compute_field() - anisotropy.compute_field()
