"""The derivatives by the amplitudes of orbital waves number the harmonics from zero, the waves themselves from one."""

import re

import numpy as np

SOURCE = "https://github.com/nanograv/PINT/commit/48d85edb"
THREAD = "nanograv/PINT 48d85edb"
DATE = "2024-01"
KIND = "gradient"
GROUP = "slope"
FORMULA = (
    r"\partial \phi / \partial C_j = 2\pi \cos(j\, \Omega\, t_w),\; "
    r"\partial \phi / \partial S_j = 2\pi \sin(j\, \Omega\, t_w),\; j = 0, 1, \ldots"
)
RIGHT = (
    r"\partial \phi / \partial C_j = 2\pi \cos((j + 1)\, \Omega\, t_w),\; "
    r"\partial \phi / \partial S_j = 2\pi \sin((j + 1)\, \Omega\, t_w)"
)
READ = "reconstruction"  # the fit of the phase: the program has the phase go through the delay of a binary pulsar
LAYER = [1]
NAMES = []
NET = None  # the phase of a binary pulsar's orbit, with its waves
BLOCKS = ["PB[1]", "ORBWAVEC[1]", "ORBWAVES[1]"]
SAMPLES = 9
LAM = 0.0
NWAVES, ORBWAVE_OM, ORBWAVE_EPOCH, T0ASC = 3, 0.7, 0.4, 0.1


def start(rng):
    return {
        "PB": np.array([rng.uniform(1.5, 2.5)]),
        "ORBWAVEC": 0.3 * rng.standard_normal(NWAVES),
        "ORBWAVES": 0.3 * rng.standard_normal(NWAVES),
    }


def data(rng):
    """Times, and the orbital phase in radians."""
    t = np.sort(rng.uniform(0.5, 6.0, SAMPLES))
    return t, 2 * np.pi * t / 2.0 + 0.5 * rng.standard_normal(SAMPLES)


class OrbitWaves:
    right = False

    def __init__(self, params, t):
        self.t, self.nwaves = t, NWAVES
        self.PB = params["PB"][0]
        self.tt0 = t - T0ASC
        self.waves = params

    def _ORBWAVEs(self):
        dtype = np.result_type(*self.waves.values())
        ORBWAVEs = np.zeros((self.nwaves, 2), dtype)
        for ii in range(self.nwaves):
            ORBWAVEs[ii, 0] = self.waves["ORBWAVEC"][ii]
            ORBWAVEs[ii, 1] = self.waves["ORBWAVES"][ii]
        return ORBWAVEs

    def _tw(self):
        return self.t - ORBWAVE_EPOCH

    def _deltaPhi(self):
        tw = self._tw()
        waveamps = self._ORBWAVEs()
        OM = ORBWAVE_OM
        nh = np.arange(self.nwaves) + 1
        Cwaves = waveamps[:, 0, None] * np.cos(OM * nh[:, None] * tw[None, :])
        Swaves = waveamps[:, 1, None] * np.sin(OM * nh[:, None] * tw[None, :])
        delta_Phi = np.sum(Cwaves + Swaves, axis=0)
        return delta_Phi

    def orbits(self):
        """Orbital phase (number of orbits since TASC)."""
        orbits = self.tt0 / self.PB
        dphi = self._deltaPhi()
        orbits = orbits + dphi
        return orbits

    def d_orbits_d_PB(self):
        return -(self.tt0 / self.PB**2) * 2 * np.pi

    def d_orbits_d_orbwave(self, par):
        tw = self._tw()
        WOM = ORBWAVE_OM
        nh = int(par[8:]) + 1 if self.right else int(par[8:])
        return (np.cos(WOM * nh * tw) if par[7] == "C" else np.sin(WOM * nh * tw)) * 2 * np.pi

    def d_orbits_d_par(self, par):
        return self.d_orbits_d_orbwave(par) if re.match(r"ORBWAVE[CS]\d+", par) is not None else self.d_orbits_d_PB()


class OrbitWavesMended(OrbitWaves):
    right = True


def cost(params, X, Y):
    return 0.5 * np.sum((2 * np.pi * OrbitWaves(params, X).orbits() - Y) ** 2) / len(X)


def gradient(orbit, X, Y):
    residuals = (2 * np.pi * orbit.orbits() - Y) / len(X)

    def derivative(par):
        return np.sum(residuals * orbit.d_orbits_d_par(par))

    return {
        "PB": np.array([derivative("PB")]),
        "ORBWAVEC": np.array([derivative(f"ORBWAVEC{ii}") for ii in range(NWAVES)]),
        "ORBWAVES": np.array([derivative(f"ORBWAVES{ii}") for ii in range(NWAVES)]),
    }


def grad(params, X, Y):
    return gradient(OrbitWaves(params, X), X, Y)


def repaired(params, X, Y):
    return gradient(OrbitWavesMended(params, X), X, Y)
