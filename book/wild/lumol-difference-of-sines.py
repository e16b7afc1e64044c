"""An Ewald sum's forces take the difference of two particles' sines for the sine of their difference."""

import numpy as np

SOURCE = "https://github.com/lumol-org/lumol/commit/beb7664"
THREAD = "lumol-org/lumol beb7664"
DATE = "2017-11"
KIND = "gradient"
GROUP = "slope"
FORMULA = (
    r"F_i = \textstyle\sum_k f_k \sum_j q_i q_j \operatorname{Im} \bigl( e^{-i k r_j} - e^{-i k r_i} \bigr) k,\; "
    r"f_k = \frac{4\pi}V\, \frac{e^{-k^2 / 4 \alpha^2}}{k^2}"
)
RIGHT = r"F_i = \textstyle\sum_k f_k \sum_j q_i q_j \operatorname{Im} \bigl( e^{-i k r_j} / e^{-i k r_i} \bigr) k"
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # charges in a periodic box, their sum over wave vectors
BLOCKS = ["position[1]"]
SAMPLES = 5
LAM = 0.0
LENGTHS = np.array([3.0, 3.5, 4.0])
KMAX, ALPHA, ELCC = 3, 0.8, 1.0


def start(rng):
    return rng.uniform(0, 1, (SAMPLES, 3)) * LENGTHS


def data(rng):
    """The charges."""
    charges = rng.uniform(0.5, 1.5, SAMPLES) * np.array([1, -1, 1, -1, 1])
    return charges[:, None], np.zeros((SAMPLES, 1))


class Complex:
    def __init__(self, re, im):
        self.re, self.im = re, im

    @staticmethod
    def polar(r, phi):
        return Complex(r * np.cos(phi), r * np.sin(phi))

    def imag(self):
        return self.im

    def norm2(self):
        return self.re * self.re + self.im * self.im

    def __add__(self, other):
        return Complex(self.re + other.re, self.im + other.im)

    def __mul__(self, other):
        return Complex(self.re * other.re - self.im * other.im, self.re * other.im + self.im * other.re)

    def __rmul__(self, scalar):
        return Complex(scalar * self.re, scalar * self.im)

    def __truediv__(self, other):
        r2 = other.norm2()
        re = (self.re * other.re + self.im * other.im) / r2
        return Complex(re, (self.im * other.re - self.re * other.im) / r2)


class Ewald:
    right = False

    def __init__(self, positions, charges):
        self.positions, self.charges, self.kmax = positions, charges, KMAX
        self.volume = np.prod(LENGTHS)
        self.precompute()
        self.density_fft()

    def wave_vector(self, ikx, iky, ikz):
        return 2 * np.pi * np.array([ikx, iky, ikz]) / LENGTHS

    def precompute(self):
        self.expfactors = np.zeros((self.kmax, self.kmax, self.kmax))
        kmax2 = (self.kmax * (2.0 * np.pi / LENGTHS.max())) ** 2
        for ikx, iky, ikz in np.ndindex(self.expfactors.shape):
            k = self.wave_vector(ikx, iky, ikz)
            k2 = np.sum(k * k)
            if k2 > kmax2 or k2 == 0:
                continue
            self.expfactors[ikx, iky, ikz] = np.exp(-k2 / (4.0 * ALPHA * ALPHA)) / k2
            for ik in ikx, iky, ikz:
                if ik != 0:
                    self.expfactors[ikx, iky, ikz] *= 2.0

    def density_fft(self):
        natoms = len(self.positions)
        self.eikr, self.rho = {}, {}
        for i in range(natoms):
            ri = self.positions[i] / LENGTHS
            for j in range(3):
                self.eikr[0, i, j] = Complex.polar(1.0, 0.0)
                self.eikr[1, i, j] = Complex.polar(1.0, -2.0 * np.pi * ri[j])
        for k in range(2, self.kmax):
            for i in range(natoms):
                for j in range(3):
                    self.eikr[k, i, j] = self.eikr[k - 1, i, j] * self.eikr[1, i, j]
        for ikx, iky, ikz in np.ndindex(self.expfactors.shape):
            rho = Complex(0.0, 0.0)
            for j in range(natoms):
                phi = self.eikr[ikx, j, 0] * self.eikr[iky, j, 1] * self.eikr[ikz, j, 2]
                rho = rho + self.charges[j] * phi
            self.rho[ikx, iky, ikz] = rho

    def kspace_energy(self):
        energy = 0.0
        for idx in np.ndindex(self.expfactors.shape):
            energy = energy + self.expfactors[idx] * self.rho[idx].norm2()
        return energy * 2.0 * np.pi / (self.volume * ELCC)

    def kspace_forces(self):
        forces = np.zeros_like(self.positions)
        factor = 4.0 * np.pi / (self.volume * ELCC)
        for ikx, iky, ikz in np.ndindex(self.expfactors.shape):
            f = self.expfactors[ikx, iky, ikz] * factor
            k = self.wave_vector(ikx, iky, ikz)
            for i in range(len(self.positions)):
                qi = self.charges[i]
                fourier_i = self.eikr[ikx, i, 0] * self.eikr[iky, i, 1] * self.eikr[ikz, i, 2]
                for j in range(i + 1, len(self.positions)):
                    qj = self.charges[j]
                    fourier_j = self.eikr[ikx, j, 0] * self.eikr[iky, j, 1] * self.eikr[ikz, j, 2]
                    if self.right:
                        force = f * qi * qj * (fourier_j / fourier_i).imag() * k
                    else:
                        force = f * qi * qj * (fourier_j.imag() - fourier_i.imag()) * k
                    forces[i] += force
                    forces[j] -= force
        return forces


class EwaldMended(Ewald):
    right = True


def cost(positions, X, Y):
    return Ewald(positions, X[:, 0]).kspace_energy()


def grad(positions, X, Y):
    """The forces turned round."""
    return -Ewald(positions, X[:, 0]).kspace_forces()


def repaired(positions, X, Y):
    return -EwaldMended(positions, X[:, 0]).kspace_forces()
