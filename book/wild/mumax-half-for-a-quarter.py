"""Half the product of field and magnetisation is taken as energy for the fourth power too, where it is a quarter."""

import numpy as np

SOURCE = "https://github.com/mumax/3/commit/1fd720b9c8fa207e702be343f46f9822b9a41732"
THREAD = "mumax/3 1fd720b9"
DATE = "2014-06"
KIND = "cost"
FORMULA = (
    r"E = -\tfrac12 V \textstyle\sum_i M_i\, m_i \cdot (B_1 + B_2),\; "
    r"B_1 = 2 \tfrac{K_1}{M_i} (u \cdot m_i)\, u,\; B_2 = 4 \tfrac{K_2}{M_i} (u \cdot m_i)^3 u"
)
RIGHT = (
    r"E = -V \textstyle\sum_i M_i\, m_i \cdot (\tfrac12 B_1 + \tfrac14 B_2),\; "
    r"B_1 = 2 \tfrac{K_1}{M_i} (u \cdot m_i)\, u,\; B_2 = 4 \tfrac{K_2}{M_i} (u \cdot m_i)^3 u"
)
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # cells of a magnet with an easy axis
BLOCKS = ["m[1]"]
SAMPLES = 8
LAM = 0.0
CELL_VOLUME = 0.8
# Msat, Ku1 and Ku2 of each region, and its axis.
MSAT, KU1, KU2 = np.array([0.8, 1.3]), np.array([1.2, 0.7]), np.array([0.6, 1.1])
ANIS_U = np.array([[1.0, 0.5, -0.3], [0.2, -1.0, 0.7]])


def start(rng):
    """The magnetisation of each cell."""
    m = rng.standard_normal((SAMPLES, 3))
    return m / np.linalg.norm(m, axis=1, keepdims=True)


def data(rng):
    """A region for each cell, and nothing to aim at."""
    return rng.integers(0, 2, (SAMPLES, 1)), np.zeros((SAMPLES, 1))


class Engine:
    def __init__(self, m, regions):
        self.M, self.regions = m, regions.ravel()
        self.ku1_red = KU1 / MSAT
        self.ku2_red = KU2 / MSAT
        self.zero = np.zeros(2)

    def M_full(self):
        return self.M * MSAT[self.regions][:, None]


def AddUniaxialAnisotropy(B, m, K1LUT, K2LUT, uLUT, regions):
    for i in range(len(m)):
        reg = regions[i]
        u = uLUT[reg] / np.sqrt(np.sum(uLUT[reg] ** 2))
        K1 = K1LUT[reg]
        K2 = K2LUT[reg]
        mu = np.sum(m[i] * u)
        Ba = 2.0 * K1 * (mu) * u + 4.0 * K2 * mu**3 * u
        B[i] += Ba


def AddDotProduct(dst, prefactor, a, b):
    dst += prefactor * np.sum(a * b, axis=1)


def AddAnisotropyField(engine, dst):
    AddUniaxialAnisotropy(dst, engine.M, engine.ku1_red, engine.ku2_red, ANIS_U, engine.regions)


def AddAnisotropyEnergyDensity(engine, dst):
    buf = np.zeros_like(engine.M)
    Mf = engine.M_full()  # unnormalized magnetization
    AddAnisotropyField(engine, buf)
    AddDotProduct(dst, -0.5, buf, Mf)


def AddAnisotropyEnergyDensityMended(engine, dst):
    Mf = engine.M_full()
    # 1st
    buf = np.zeros_like(engine.M)
    AddUniaxialAnisotropy(buf, engine.M, engine.ku1_red, engine.zero, ANIS_U, engine.regions)
    AddDotProduct(dst, -0.5, buf, Mf)

    # 2nd
    buf = np.zeros_like(engine.M)
    AddUniaxialAnisotropy(buf, engine.M, engine.zero, engine.ku2_red, ANIS_U, engine.regions)
    AddDotProduct(dst, -0.25, buf, Mf)


def GetAnisotropyEnergy(engine, add):
    buf = np.zeros_like(engine.M[:, 0])
    add(engine, buf)
    return CELL_VOLUME * np.sum(buf)


def cost(m, X, Y):
    return GetAnisotropyEnergy(Engine(m, X), AddAnisotropyEnergyDensity)


def meant(m, X, Y):
    return GetAnisotropyEnergy(Engine(m, X), AddAnisotropyEnergyDensityMended)


def of_field(engine):
    B = np.zeros_like(engine.M)
    AddAnisotropyField(engine, B)
    return -CELL_VOLUME * MSAT[engine.regions][:, None] * B


def grad(m, X, Y):
    """The field, turned round and times what it was divided by."""
    return of_field(Engine(m, X))


def repaired(m, X, Y):
    """The gradient of the energy as it was."""
    engine = Engine(m, X)
    engine.ku2_red = 2 * engine.ku2_red
    return of_field(engine)
