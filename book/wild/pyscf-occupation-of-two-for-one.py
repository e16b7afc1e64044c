"""The electrons' number is derived as of doubly filled states, and each of these holds one electron."""

import numpy as np

SOURCE = "https://github.com/pyscf/pyscf/commit/9df63d52f2456fa677ca420aeb8588064d2ce0b5"
THREAD = "pyscf/pyscf 9df63d52f"
DATE = "2020-09"
KIND = "gradient"
GROUP = "factor"
FORMULA = r"\partial e^2 / \partial \mu = 2 e \cdot 4 \operatorname{tr} (C_o Z^\top C_v^\top)"
RIGHT = r"\partial e^2 / \partial \mu = 2 e \cdot 2 o \operatorname{tr} (C_o Z^\top C_v^\top),\; o = 1"
READ = "code"
LAYER = [1]
NAMES = [{"factor"}]
NET = None  # the self-energy of each spin and point, moved by a chemical potential of its own
BLOCKS = ["chempot[1]"]
SAMPLES = 6
LAM = 0.0
NPHYS, NAUX = 3, 4
OCCUPANCY = 1
NELEC = 1.7


def start(rng):
    return {"chempot": 0.2 * rng.standard_normal(SAMPLES)}


def data(rng):
    """Fock matrices, each with the energies of its auxiliaries below it; and the couplings of both."""
    fock = rng.standard_normal((SAMPLES, NPHYS, NPHYS))
    fock = 0.5 * (fock + fock.transpose(0, 2, 1)) + np.diag([-1.0, 0.2, 1.1])
    energy = np.array([-2.0, -1.2, 1.4, 2.3]) + 0.2 * rng.standard_normal((SAMPLES, NAUX))
    return np.concatenate([fock.reshape(SAMPLES, -1), energy], axis=1), 0.5 * rng.standard_normal(
        (SAMPLES, NPHYS, NAUX)
    )


class AuxiliarySpace:
    def __init__(self, energy, coupling):
        self.energy, self.coupling = energy, coupling
        self.nphys = len(coupling)

    def eig(self, phys, chempot):
        """Eigenvalues and eigenvectors of the extended matrix, its auxiliaries moved down."""
        whole = np.block([[phys, self.coupling], [self.coupling.T, np.diag(self.energy - chempot)]])
        return np.linalg.eigh(whole)


def binsearch_chempot(w, v, nphys, nelec, occupancy):
    """States are filled from below, until their number of physical electrons is next to the one that is wanted."""
    sum0 = sum1 = 0.0
    for i in range(len(w)):
        sum0, sum1 = sum1, sum1 + occupancy * v[:nphys, i] @ v[:nphys, i]
        if i > 0 and sum0 <= nelec <= sum1:
            break
    homo, error = (i - 1, nelec - sum0) if abs(sum0 - nelec) < abs(sum1 - nelec) else (i, nelec - sum1)
    return 0.5 * (w[homo] + w[homo + 1]), error


def _objective(x, se, fock, nelec, occupancy):
    w, v = se.eig(fock, chempot=x)
    return binsearch_chempot(w, v, se.nphys, nelec, occupancy)[1] ** 2


def _gradient(x, se, fock, nelec, occupancy, factor):
    w, v = se.eig(fock, chempot=x)
    chempot, error = binsearch_chempot(w, v, se.nphys, nelec, occupancy)
    nocc, nphys = np.sum(w < chempot), se.nphys
    h1 = -v[nphys:, nocc:].T @ v[nphys:, :nocc]
    zai = -h1 / (w[:nocc][None] - w[nocc:][:, None])
    c_occ = v[:nphys, nocc:] @ zai
    d_rdm1 = v[:nphys, :nocc] @ c_occ.T * 4
    return factor * error * np.trace(d_rdm1)


def problems(X, Y):
    for row, coupling in zip(X, Y):
        yield AuxiliarySpace(row[NPHYS**2 :], coupling), row[: NPHYS**2].reshape(NPHYS, NPHYS)


def cost(params, X, Y):
    each = zip(params["chempot"], problems(X, Y))
    return sum(_objective(x, se, fock, NELEC, OCCUPANCY) for x, (se, fock) in each)


def gradient(params, X, Y, factor):
    each = zip(params["chempot"], problems(X, Y))
    return {"chempot": np.array([_gradient(x, se, fock, NELEC, OCCUPANCY, factor) for x, (se, fock) in each])}


def grad(params, X, Y):
    return gradient(params, X, Y, 2)


def repaired(params, X, Y):
    return gradient(params, X, Y, OCCUPANCY)
