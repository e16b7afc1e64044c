"""A fidelity is the modulus of an overlap, its gradient that of the square, and a slot's duration is missing."""

import numpy as np

SOURCE = "https://github.com/qutip/qutip/pull/325"
THREAD = "qutip/qutip PR #325, 3bedcde59"
DATE = "2015-03"
KIND = "gradient"
GROUP = "slope"
FORMULA = (
    r"\partial F / \partial u_{kj} = 2 \operatorname{Re}(g_{kj} \bar f) / (N \tau_k),\; F = \lvert f \rvert / N,\; "
    r"g_{kj} = \partial f / \partial u_{kj}"
)
RIGHT = r"\partial F / \partial u_{kj} = \operatorname{Re}(g_{kj} e^{-i \arg f}) / N"
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # control amplitudes of a quantum system
BLOCKS = ["ctrl_amps[1]"]
SAMPLES = 5
LAM = 0.0
SX, SY, SZ = np.array([[0, 1], [1, 0]], complex), np.array([[0, -1j], [1j, 0]]), np.array([[1, 0], [0, -1]], complex)
DRIFT, CTRLS = 0.7 * SZ, [SX, SY]
TARGET = np.array([[1, 1], [1, -1]], complex) / np.sqrt(2)


def start(rng):
    """The amplitudes of the two controls in each time slot."""
    return 0.6 * rng.standard_normal((SAMPLES, 2))


def data(rng):
    """The slots' durations."""
    return rng.uniform(0.2, 0.6, (SAMPLES, 1)), np.zeros((SAMPLES, 1))


class Dynamics:
    fact_mat_round_prec = 1e-10

    def __init__(self, ctrl_amps, tau):
        self.tau, self.num_tslots = tau, len(tau)
        self.H = [DRIFT + sum(u * c for u, c in zip(amps, CTRLS)) for amps in ctrl_amps]

    def get_ctrl_dyn_gen(self, j):
        return -1j * CTRLS[j]

    def spectral_decomp(self, k):
        n = self.H[k].shape[0]
        eig_val, eig_vec = np.linalg.eigh(self.H[k])
        eig_val_tau = -1j * eig_val * self.tau[k]
        prop_eig = np.exp(eig_val_tau)
        o = np.ones([n, n])
        eig_val_cols = eig_val_tau * o
        eig_val_diffs = eig_val_cols - eig_val_cols.T
        prop_eig_cols = prop_eig * o
        prop_eig_diffs = prop_eig_cols - prop_eig_cols.T
        # the elementwise quotient of the differences; for degenerate eigenvalues it is just the exponent
        degen_mask = np.abs(eig_val_diffs) < self.fact_mat_round_prec
        eig_val_diffs[degen_mask] = 1
        factors = prop_eig_diffs / eig_val_diffs
        factors[degen_mask] = prop_eig_cols[degen_mask]
        return prop_eig, eig_vec, factors


class PropCompDiag:
    def __init__(self, dyn):
        self.parent = dyn

    def compute_propagator(self, k):
        prop_eig, eig_vec, _ = self.parent.spectral_decomp(k)
        return eig_vec.dot(np.diagflat(prop_eig)).dot(eig_vec.conj().T)

    def rotated(self, k, j, eig_vec):
        # ctrl dyn gen in the basis of the full dyn gen for this timeslot
        return eig_vec.conj().T.dot(self.parent.get_ctrl_dyn_gen(j)).dot(eig_vec)

    def compute_prop_grad(self, k, j):
        _, eig_vec, factors = self.parent.spectral_decomp(k)
        dg_diag_fact = np.multiply(self.rotated(k, j, eig_vec), factors)
        # Return to canonical basis
        return eig_vec.dot(dg_diag_fact).dot(eig_vec.conj().T)


class PropCompDiagLater(PropCompDiag):
    def rotated(self, k, j, eig_vec):
        return self.parent.tau[k] * super().rotated(k, j, eig_vec)


class FidCompUnitary:
    def __init__(self, dyn, prop_computer):
        self.parent, self.prop_computer = dyn, prop_computer
        self.dimensional_norm = np.real(np.trace(TARGET.conj().T.dot(TARGET)))
        self.compute_evolution()

    def compute_evolution(self):
        """The evolutions from the start, and on to the target."""
        props = [self.prop_computer.compute_propagator(k) for k in range(self.parent.num_tslots)]
        self.evo_init2t, self.evo_t2targ = [np.eye(2, dtype=complex)], [TARGET.conj().T]
        for p in props:
            self.evo_init2t.append(p.dot(self.evo_init2t[-1]))
        for p in props[::-1]:
            self.evo_t2targ.insert(0, self.evo_t2targ[0].dot(p))

    def get_fidelity_prenorm(self):
        k = self.parent.num_tslots
        return np.trace(self.evo_init2t[k].dot(self.evo_t2targ[k]))

    def get_fidelity(self):
        return np.abs(self.get_fidelity_prenorm()) / self.dimensional_norm

    def normalize_gradient_PSU(self, grad):
        fid_pn = self.get_fidelity_prenorm()
        return 2 * np.real(grad * np.conj(fid_pn)) / self.dimensional_norm

    def get_fid_err(self):
        return np.abs(1 - self.get_fidelity())

    def get_fid_err_gradient(self):
        return -self.normalize_gradient_PSU(self.compute_fid_grad())

    def compute_fid_grad(self):
        grad = np.zeros([self.parent.num_tslots, len(CTRLS)], dtype=complex)
        for j in range(len(CTRLS)):
            for k in range(self.parent.num_tslots):
                owd_evo = self.evo_t2targ[k + 1]
                fwd_evo = self.evo_init2t[k]
                prop_grad = self.prop_computer.compute_prop_grad(k, j)
                grad[k, j] = np.trace(owd_evo.dot(prop_grad).dot(fwd_evo))
        return grad


class FidCompUnitaryLater(FidCompUnitary):
    def normalize_gradient_PSU(self, grad):
        fid_pn = self.get_fidelity_prenorm()
        return np.real(grad * np.exp(-1j * np.angle(fid_pn)) / self.dimensional_norm)


def computer(fid_kind, prop_kind, params, X):
    dyn = Dynamics(params, X[:, 0])
    return fid_kind(dyn, prop_kind(dyn))


def cost(params, X, Y):
    return computer(FidCompUnitary, PropCompDiag, params, X).get_fid_err()


def grad(params, X, Y):
    return computer(FidCompUnitary, PropCompDiag, params, X).get_fid_err_gradient()


def repaired(params, X, Y):
    return computer(FidCompUnitaryLater, PropCompDiagLater, params, X).get_fid_err_gradient()
