"""The potential of the tide that a body raises on another lacks its division by two, which the acceleration has."""

import numpy as np

SOURCE = "https://github.com/dtamayo/reboundx/commit/d1ee1a6d93a584da0703864339c0453b40ed88d9"
THREAD = "dtamayo/reboundx d1ee1a6"
DATE = "2025-10"
KIND = "cost"
FORMULA = (
    r"E = \tfrac12 \textstyle\sum_i I_i \Omega_i^2 + \sum_{i \ne j} m_j A_i \bigl("
    r"\tfrac{(\Omega_i \cdot d)^2}{2 d^5} - \tfrac{\Omega_i^2}{6 d^3} - \tfrac{G m_j}{d^6}\bigr),\; A_i = k_i R_i^5"
)
RIGHT = (
    r"E = \tfrac12 \textstyle\sum_i I_i \Omega_i^2 + \sum_{i \ne j} m_j A_i \bigl("
    r"\tfrac{(\Omega_i \cdot d)^2}{2 d^5} - \tfrac{\Omega_i^2}{6 d^3} - \tfrac{G m_j}{2 d^6}\bigr)"
)
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # a star and its planets, which turn
BLOCKS = ["x[1]"]
SAMPLES = 3
LAM = 0.0
G = 1.0


def start(rng):
    """Where the bodies are."""
    return np.array([[0.0, 0.0, 0.0], [1.2, 0.3, 0.1], [-0.6, 1.1, -0.2]]) + 0.1 * rng.standard_normal((3, 3))


def data(rng):
    """Mass, radius, Love number and moment of inertia of each body, and how it turns."""
    rows = [rng.uniform(0.5, 1.5, 3), rng.uniform(0.6, 0.9, 3), rng.uniform(0.5, 1.0, 3), rng.uniform(0.2, 0.4, 3)]
    return np.column_stack([*rows, rng.standard_normal((3, 3))]), np.zeros((SAMPLES, 1))


def spin_orbit_accelerations(source, target, xs, xt, G, k2, Omega, t3_factor):
    """The quadrupole raised on the source, Eggleton et al. 1998 (equation 33)."""
    ms, Rs, mt = source[0], source[1], target[0]
    mtot = ms + mt
    mu_ij = ms * mt / mtot
    big_a = k2 * (Rs * Rs * Rs * Rs * Rs)
    dx, dy, dz = xs - xt
    d2 = dx * dx + dy * dy + dz * dz
    dr = np.sqrt(d2)

    quad_prefactor = mt * big_a / mu_ij
    omega_dot_d = Omega[0] * dx + Omega[1] * dy + Omega[2] * dz
    omega_squared = Omega[0] * Omega[0] + Omega[1] * Omega[1] + Omega[2] * Omega[2]

    t1 = 5.0 * omega_dot_d * omega_dot_d / (2.0 * (dr * dr * dr * dr * dr * dr * dr))
    t2 = omega_squared / (2.0 * (dr * dr * dr * dr * dr))
    t3 = omega_dot_d / (dr * dr * dr * dr * dr)
    t4 = t3_factor * 3.0 * G * mt / (dr * dr * dr * dr * dr * dr * dr * dr)

    return np.array(
        [
            quad_prefactor * ((t1 - t2 - t4) * dx - (t3 * Omega[0])),
            quad_prefactor * ((t1 - t2 - t4) * dy - (t3 * Omega[1])),
            quad_prefactor * ((t1 - t2 - t4) * dz - (t3 * Omega[2])),
        ]
    )


def rebx_tides_spin(particles, x, t3_factor=1.0):
    a = np.zeros_like(x)
    for i in range(len(particles)):
        source = particles[i]
        for j in range(len(particles)):
            if i == j:
                continue
            target = particles[j]
            tot_force = spin_orbit_accelerations(source, target, x[i], x[j], G, source[2], source[4:], t3_factor)
            ms, mt = source[0], target[0]
            mtot = ms + mt
            a[j] -= (ms / mtot) * tot_force
            a[i] += (mt / mtot) * tot_force
    return a


def rebx_calculate_spin_potential(source, target, xs, xt, G, k2, Omega, right):
    """Equation 31 in Eggleton et al. (1998)."""
    Rs = source[1]
    mt = target[0]
    big_a = k2 * (Rs * Rs * Rs * Rs * Rs)
    dx, dy, dz = xs - xt
    d2 = dx * dx + dy * dy + dz * dz
    dr = np.sqrt(d2)
    omega_dot_d = Omega[0] * dx + Omega[1] * dy + Omega[2] * dz
    omega_squared = Omega[0] * Omega[0] + Omega[1] * Omega[1] + Omega[2] * Omega[2]

    t1 = -mt * big_a * omega_dot_d * omega_dot_d / (2 * d2 * d2 * dr)
    t2 = mt * big_a * omega_squared / (6 * d2 * dr)
    if right:
        t3 = G * mt * mt * big_a / (2.0 * d2 * d2 * d2)
    else:
        t3 = G * mt * mt * big_a / (d2 * d2 * d2)
    return -(t1 + t2 + t3)


def rebx_tides_spin_energy(particles, x, right=False):
    E = 0.0
    for i in range(len(particles)):
        source = particles[i]
        k2, inertia, Omega = source[2], source[3], source[4:]
        E += 0.5 * inertia * (Omega[0] * Omega[0] + Omega[1] * Omega[1] + Omega[2] * Omega[2])
        for j in range(len(particles)):
            if i == j:
                continue
            E += rebx_calculate_spin_potential(source, particles[j], x[i], x[j], G, k2, Omega, right)
    return E


def cost(x, X, Y):
    return rebx_tides_spin_energy(X, x)


def meant(x, X, Y):
    return rebx_tides_spin_energy(X, x, right=True)


def grad(x, X, Y):
    """The forces turned round."""
    return -X[:, :1] * rebx_tides_spin(X, x)


def repaired(x, X, Y):
    """The gradient of the energy as it was."""
    return -X[:, :1] * rebx_tides_spin(X, x, t3_factor=2.0)
