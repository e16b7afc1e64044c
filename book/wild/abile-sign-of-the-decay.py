"""A rate stands with a minus in an exponential, and the derivative by that rate has none."""

import numpy as np

SOURCE = "https://github.com/SamDuffield/abile/pull/19"
THREAD = "SamDuffield/abile PR #19, commit 3cc16d8"
DATE = "2023-01"
KIND = "gradient"
FORMULA = r"\partial K / \partial \tau = \Psi\, \Lambda \delta\, e^{-\Lambda \delta \tau}\, \Psi^\top"
RIGHT = (
    r"\partial K / \partial \tau = -\Psi\, \Lambda \delta\, e^{-\Lambda \delta \tau}\, \Psi^\top,\; "
    r"K = \Psi\, e^{-\Lambda \delta \tau}\, \Psi^\top,\; C = -\log \Pr(y)"
)
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"sign"}]
M = 5
NET = None  # a chain of hidden states
BLOCKS = ["tau[1]"]
SAMPLES = 6
LAM = 0.0
skills_index = np.arange(M).reshape(M, 1)
omegas = np.pi * skills_index / (2 * M)
lambdas = np.cos(2 * omegas)[:, 0]
psi = np.sqrt(2 / M) * np.cos(omegas.T * (2 * (skills_index + 1) - 1))
psi[:, 0] *= np.sqrt(1 / 2)
INITIAL = np.array([0.05, 0.1, 0.2, 0.25, 0.4])


def start(rng):
    return rng.uniform(0.3, 0.8, 1)


def data(rng):
    """Times between matches, and how likely each result is for a player of each skill."""
    return rng.uniform(0.5, 1.5, SAMPLES), rng.uniform(0.1, 0.9, (SAMPLES, M))


def K_t_Msquared(pi_tm1, delta_t, tau):
    time_lamb = (1 - lambdas) * delta_t * tau
    return psi @ (np.exp(-time_lamb) * (psi.T @ pi_tm1))


def grad_K_t_Msquare(norm_pi_t_T, delta_t, tau):
    time_lamb = (1 - lambdas) * delta_t * tau
    Lambda_expLambda = delta_t * (1 - lambdas) * np.exp(-time_lamb)
    return psi @ (Lambda_expLambda * (psi.T @ norm_pi_t_T))


def grad_K_t_Msquare_repaired(norm_pi_t_T, delta_t, tau):
    time_lamb = (1 - lambdas) * delta_t * tau
    Lambda_expLambda = -(delta_t * (1 - lambdas) * np.exp(-time_lamb))
    return psi @ (Lambda_expLambda * (psi.T @ norm_pi_t_T))


def filter(tau, X, Y):
    """What is known of the skill before the first match and after each one, and each result's probability."""
    skills, probabilities = [INITIAL], []
    for delta_t, emission in zip(X, Y):
        joint = K_t_Msquared(skills[-1], delta_t, tau[0]) * emission
        probabilities.append(np.sum(joint))
        skills.append(joint / np.sum(joint))
    return skills, probabilities


def cost(tau, X, Y):
    return -np.sum(np.log(np.array(filter(tau, X, Y)[1])))


def smoother(filter_skill_t, smooth_skill_tplus1, delta_tp1_update, tau, grad_K):
    pred_t = K_t_Msquared(filter_skill_t, delta_tp1_update, tau)
    norm_pi_t_T = smooth_skill_tplus1 / pred_t
    pi_t_T_update = K_t_Msquared(norm_pi_t_T, delta_tp1_update, tau) * filter_skill_t
    grad = np.sum(grad_K(norm_pi_t_T, delta_tp1_update, tau) * filter_skill_t)
    return pi_t_T_update, grad


def maximiser(tau, X, Y, grad_K):
    """The rate goes the way of this sum."""
    skills, _ = filter(tau, X, Y)
    smooth, tau_grad = skills[-1], 0.0
    for t in reversed(range(SAMPLES)):
        smooth, grad_t = smoother(skills[t], smooth, X[t], tau[0], grad_K)
        tau_grad += grad_t
    return np.array([tau_grad])


def grad(tau, X, Y):
    return -maximiser(tau, X, Y, grad_K_t_Msquare)


def repaired(tau, X, Y):
    return -maximiser(tau, X, Y, grad_K_t_Msquare_repaired)
