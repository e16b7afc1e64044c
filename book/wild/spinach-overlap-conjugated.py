"""The imaginary part of the overlap of final and target state has its factors exchanged, and so the opposite sign."""

import numpy as np
from scipy.linalg import expm

SOURCE = "https://github.com/IlyaKuprov/Spinach/pull/335"
THREAD = "IlyaKuprov/Spinach PR #335"
DATE = "2026-08"
KIND = "cost"
FORMULA = r"F = \operatorname{Im} \langle \rho(T), \sigma \rangle"
RIGHT = (
    r"F = \operatorname{Im} \langle \sigma, \rho(T) \rangle,\; "
    r"\langle a, b \rangle = \textstyle\sum_{ij} \bar a_{ij} b_{ij},\; "
    r"\rho(T) = P_N \cdots P_1 \rho_0 P_1^\dagger \cdots P_N^\dagger,\; P_n = e^{-i H_n \Delta t_n}"
)
READ = "code"  # but for the operators and the propagators, which other functions of the library make
LAYER = [1]
NAMES = [{"sign"}, {"another-cost"}]
NET = None  # a shaped pulse that takes two spins from one state to another
BLOCKS = ["waveform[1]"]
SAMPLES = 6
LAM = 0.0
LX = np.array([[0, 1], [1, 0]]) / 2
LY = np.array([[0, -1j], [1j, 0]]) / 2
LZ = np.array([[1, 0], [0, -1]]) / 2
ONE = np.eye(2)


def start(rng):
    """The amplitudes, a row for each control operator and a column for each time step, in rad/s."""
    return 2.0 * rng.standard_normal((2, SAMPLES))


def data(rng):
    """The length of each time step, and nothing to aim at."""
    return rng.uniform(0.15, 0.25, (SAMPLES, 1)), np.zeros((SAMPLES, 1))


def spin_system():
    """Offsets and a coupling for the drift, x and y pulses at both spins, and from Lz of both to L+ of the first."""
    drift = 1.3 * np.kron(LZ, ONE) - 0.8 * np.kron(ONE, LZ) + 2.1 * np.kron(LZ, LZ)
    controls = [np.kron(LX, ONE) + np.kron(ONE, LX), np.kron(LY, ONE) + np.kron(ONE, LY)]
    rho_init = np.kron(LZ, ONE) + 0.5 * np.kron(ONE, LZ)
    rho_targ = np.kron(LX + 1j * LY, ONE)
    return drift, controls, rho_init, rho_targ


def hdot(A, B):
    return np.sum(np.conj(A) * B)


def propagator(H, dt):
    return expm(-1j * H * dt)


def dirdiff(H, control, dt):
    """The propagator, and its derivative in the direction of a control operator."""
    n = len(H)
    auxmat = expm(-1j * dt * np.block([[H, control], [np.zeros((n, n)), H]]))
    return auxmat[:n, :n], auxmat[:n, n:]


def grape_hilb(drift, controls, waveform, rho_init, rho_targ, dt, fidelity_type, mended=False, nargout=3):
    # Consistency enforcement
    if np.iscomplexobj(waveform):
        raise TypeError("waveform must be a real numeric array.")

    # Extract number of controls and time elements
    nctrls, nsteps = len(controls), len(dt)

    # Make pointer arrays for trajectories
    fwd_traj = [rho_init]
    bwd_traj = [rho_targ]

    # Preallocate gradient
    grad = np.zeros((nctrls, nsteps), complex)

    # Make generators and propagators
    H, P = [], []
    for n in range(nsteps):
        H.append(drift.astype(complex))

        # Add current controls
        for k in range(nctrls):
            H[n] = H[n] + waveform[k, n] * controls[k]

        # Tidy up generator and compute propagator
        P.append(propagator((H[n] + H[n].conj().T) / 2, dt[n]))

    # Forward trajectory
    for n in range(nsteps):
        fwd_traj.append(P[n] @ fwd_traj[n] @ P[n].conj().T)

    # Backward trajectory
    if nargout > 2:
        for n in range(nsteps):
            bwd_traj.append(P[nsteps - 1 - n].conj().T @ bwd_traj[n] @ P[nsteps - 1 - n])
        bwd_traj.reverse()

    # Compute fidelity
    overlap = hdot(rho_targ, fwd_traj[-1]) if mended else hdot(fwd_traj[-1], rho_targ)

    # Gradient loop
    if nargout > 2:
        for n in range(nsteps):
            for k in range(nctrls):
                # Compute directional derivative w.r.t. control
                auxmat = dirdiff(H[n], controls[k], dt[n])

                # Compute gradient element
                grad[k, n] = hdot(
                    bwd_traj[n + 1],
                    auxmat[1] @ fwd_traj[n] @ auxmat[0].conj().T + auxmat[0] @ fwd_traj[n] @ auxmat[1].conj().T,
                )

    # Fidelity and its derivatives
    if fidelity_type == "real":
        # Real part of the overlap
        fidelity = np.real(overlap)
        grad = np.real(grad)
    elif fidelity_type == "imag":
        # Imaginary part of the overlap
        fidelity = np.imag(overlap)
        grad = np.imag(grad)
    return fidelity, grad


def grape(waveform, X, **kwargs):
    drift, controls, rho_init, rho_targ = spin_system()
    return grape_hilb(drift, controls, waveform, rho_init, rho_targ, X[:, 0], "imag", **kwargs)


def cost(waveform, X, Y):
    """The fidelity, which is to be made as large as possible."""
    return grape(waveform, X, nargout=2)[0]


def meant(waveform, X, Y):
    return grape(waveform, X, mended=True, nargout=2)[0]


def grad(waveform, X, Y):
    return grape(waveform, X)[1]


def repaired(waveform, X, Y):
    """The gradient of the fidelity as it was."""
    return -grape(waveform, X)[1]
