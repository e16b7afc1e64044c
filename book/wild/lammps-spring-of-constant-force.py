"""A spring between the centre of a group of atoms and its first place divides the displacement by its length."""

import numpy as np

SOURCE = "https://github.com/lammps/lammps/issues/5119"
THREAD = "lammps/lammps #5119, PR #5120"
DATE = "2026-08"
KIND = "gradient"
GROUP = "factor"
FORMULA = r"F_i = -K\, \dfrac{R_m - R_m^0}{\lVert R_m - R_m^0 \rVert}\, \dfrac{m_i}{M_m}"
RIGHT = r"F_i = -K\, (R_m - R_m^0)\, \dfrac{m_i}{M_m},\; E = \tfrac12 K \textstyle\sum_m \lVert R_m - R_m^0 \rVert^2"
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # springs on the centres of mass of two chunks of atoms
BLOCKS = ["x[1]"]
SAMPLES = 6
LAM = 0.0
K_SPRING, SMALL = 1.7, 1.0e-10


def start(rng):
    """A place for each atom."""
    return rng.standard_normal((SAMPLES, 3))


def data(rng):
    """Masses and chunks of the atoms, the last atom in none, and the two places where the centres were at first."""
    ichunk = np.array([1, 1, 2, 2, 2, 0])
    com0 = rng.standard_normal((2, 3))
    return np.column_stack([rng.uniform(1.0, 3.0, SAMPLES), ichunk]), com0


class ComputeCOMChunk:
    def __init__(self, x, mass, ichunk, nchunk):
        self.x, self.mass, self.ichunk, self.nchunk = x, mass, ichunk, nchunk

    def compute_array(self):
        self.masstotal = np.zeros(self.nchunk)
        self.array = np.zeros((self.nchunk, 3), self.x.dtype)
        for i in range(len(self.x)):
            index = self.ichunk[i] - 1
            if index < 0:
                continue
            self.array[index] += self.x[i] * self.mass[i]
            self.masstotal[index] += self.mass[i]
        for i in range(self.nchunk):
            if self.masstotal[i] > 0.0:
                self.array[i] /= self.masstotal[i]


class FixSpringChunk:
    def __init__(self, ccom, com0, k_spring):
        self.ccom, self.com0, self.k_spring = ccom, com0, k_spring
        self.esprings = 0.0

    def post_force(self, f, right=False):
        self.ccom.compute_array()
        nchunk = self.ccom.nchunk
        ichunk = self.ccom.ichunk
        masstotal = self.ccom.masstotal
        com = self.ccom.array
        com0, k_spring = self.com0, self.k_spring
        fcom = np.zeros((nchunk, 3), com.dtype)

        self.esprings = 0.0
        for m in range(nchunk):
            dx = com[m][0] - com0[m][0]
            dy = com[m][1] - com0[m][1]
            dz = com[m][2] - com0[m][2]
            r = np.sqrt(dx * dx + dy * dy + dz * dz)
            r = r if r.real > SMALL else SMALL

            if masstotal[m] != 0.0:
                if right:
                    fcom[m][0] = k_spring * dx / masstotal[m]
                    fcom[m][1] = k_spring * dy / masstotal[m]
                    fcom[m][2] = k_spring * dz / masstotal[m]
                else:
                    fcom[m][0] = k_spring * dx / r / masstotal[m]
                    fcom[m][1] = k_spring * dy / r / masstotal[m]
                    fcom[m][2] = k_spring * dz / r / masstotal[m]
                self.esprings += 0.5 * k_spring * r * r

        mass = self.ccom.mass
        for i in range(len(f)):
            m = ichunk[i] - 1
            if m < 0:
                continue
            massone = mass[i]
            f[i][0] -= fcom[m][0] * massone
            f[i][1] -= fcom[m][1] * massone
            f[i][2] -= fcom[m][2] * massone

    def compute_scalar(self):
        return self.esprings


def run(x, X, com0, right=False):
    fix = FixSpringChunk(ComputeCOMChunk(x, X[:, 0], X[:, 1].astype(int), len(com0)), com0, K_SPRING)
    f = np.zeros_like(x)
    fix.post_force(f, right)
    return fix.compute_scalar(), f


def cost(params, X, Y):
    return run(params, X, Y)[0]


def grad(params, X, Y):
    """The forces turned round."""
    return -run(params, X, Y)[1]


def repaired(params, X, Y):
    return -run(params, X, Y, right=True)[1]
