"""The Jacobian of a two-level model leaves out how the implied means depend on the regressions between clusters."""

import numpy as np

SOURCE = "https://github.com/SachaEpskamp/psychonetrics/commit/ea9a550"
THREAD = "SachaEpskamp/psychonetrics ea9a550"
DATE = "2026-06"
KIND = "gradient"
FORMULA = r"\partial \mu / \partial \operatorname{vec} B = 0"
RIGHT = (
    r"\partial \mu / \partial \operatorname{vec} B = (\nu_\eta^T \otimes \Lambda) "
    r"((I - B)^{-T} \otimes (I - B)^{-1}),\; \mu = \nu + \Lambda (I - B)^{-1} \nu_\eta"
)
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = [{"formula"}, {"line"}]
NET = None  # a latent variable model of pairs
BLOCKS = ["nu[1]", "nu_eta[1]", "lambda[1]", "beta_between[1]"]
SAMPLES = 30
LAM = 0.0
NVAR, NLAT, N_MAX_IN_CLUSTER = 3, 2, 2
SIGMA_ZETA_WITHIN, SIGMA_ZETA_BETWEEN = (np.array([[1.0, 0.2], [0.2, 0.8]]), np.array([[0.7, -0.1], [-0.1, 0.9]]))
SIGMA_EPSILON_WITHIN, SIGMA_EPSILON_BETWEEN = (np.diag([0.9, 0.7, 1.1]), np.diag([0.3, 0.4, 0.2]))
BETA_WITHIN = np.array([[0.0, 0.3], [0.1, 0.0]])


def start(rng):
    return {
        "nu": rng.standard_normal(NVAR),
        "nu_eta": rng.standard_normal(NLAT),
        "lambda": rng.standard_normal((NVAR, NLAT)),
        "beta_between": 0.25 * rng.standard_normal((NLAT, NLAT)),
    }


def data(rng):
    """One row for each pair, the second person's variables behind the first one's; nothing to aim at."""
    return rng.standard_normal((SAMPLES, NVAR * N_MAX_IN_CLUSTER)), np.zeros((SAMPLES, 1))


def vec(A):
    return A.ravel(order="F")


def elimination(n):
    return np.array([vec(np.eye(n)[:, [i]] @ np.eye(n)[[j]]) for j in range(n) for i in range(j, n)])


def duplication(n):
    D = elimination(n)
    return np.array([vec(np.maximum(*(A := row.reshape(n, n, order="F"), A.T))) for row in D]).T


def commutation(m, n):
    """Takes vec(A) to vec(A.T) for A with m rows."""
    return np.array([vec(np.eye(m * n)[k].reshape(m, n, order="F").T) for k in range(m * n)]).T


def implied(x):
    BetaStar_within = np.linalg.inv(np.eye(NLAT) - BETA_WITHIN)
    BetaStar_between = np.linalg.inv(np.eye(NLAT) - x["beta_between"])
    x = dict(x, BetaStar_between=BetaStar_between, BetaStar_within=BetaStar_within)
    x["Betasta_sigmaZeta_within"] = BetaStar_within @ SIGMA_ZETA_WITHIN
    x["Betasta_sigmaZeta_between"] = BetaStar_between @ SIGMA_ZETA_BETWEEN
    impMu = x["nu"] + x["lambda"] @ BetaStar_between @ x["nu_eta"]
    lam, both = x["lambda"], np.eye(N_MAX_IN_CLUSTER)
    within = lam @ x["Betasta_sigmaZeta_within"] @ BetaStar_within.T @ lam.T + SIGMA_EPSILON_WITHIN
    between = lam @ x["Betasta_sigmaZeta_between"] @ BetaStar_between.T @ lam.T + SIGMA_EPSILON_BETWEEN
    x["mu"] = np.tile(impMu, N_MAX_IN_CLUSTER)
    x["sigma"] = np.kron(both, within) + np.kron(np.ones_like(both), between)
    x["kappa"] = np.linalg.inv(x["sigma"])
    x["Lambda_BetaStar_within"], x["Lambda_BetaStar_between"] = (lam @ BetaStar_within, lam @ BetaStar_between)
    x["tBetakronBeta_between"] = np.kron(BetaStar_between.T, BetaStar_between)
    return x


def d_sigma_lambda_lvm(L, Lambda_BetaStar, Betasta_sigmaZeta, In, C):
    part = Lambda_BetaStar @ Betasta_sigmaZeta.T
    return L @ (np.kron(part, In) + np.kron(In, part) @ C)


def d_sigma_beta_lvm(L, lam, Betasta_sigmaZeta, Cbeta, Inlatent, tBetakronBeta):
    part = np.kron(Betasta_sigmaZeta, Inlatent) + np.kron(Inlatent, Betasta_sigmaZeta) @ Cbeta
    return L @ np.kron(lam, lam) @ part @ tBetakronBeta


def d_phi_theta_ml_lvm_group(x, right):
    L_y, D_y, C_y_eta, C_eta_eta = (
        elimination(NVAR),
        duplication(NVAR),
        commutation(NVAR, NLAT),
        commutation(NLAT, NLAT),
    )
    I_y, I_eta, nvech = np.eye(NVAR), np.eye(NLAT), NVAR * (NVAR + 1) // 2
    Jac = np.zeros((NVAR + nvech + NVAR**2, NVAR + NLAT + NVAR * NLAT + NLAT**2))
    mean, s_in, s_bet = (slice(0, NVAR), slice(NVAR, NVAR + nvech), slice(NVAR + nvech, None))
    lambda_inds, beta_between_inds = (slice(NVAR + NLAT, -(NLAT**2)), slice(-(NLAT**2), None))
    Jac[mean, :NVAR] = I_y
    Jac[mean, NVAR : NVAR + NLAT] = x["Lambda_BetaStar_between"]
    Jac[mean, lambda_inds] = np.kron(x["nu_eta"][None] @ x["BetaStar_between"].T, I_y)
    if right:
        Jac[mean, beta_between_inds] = np.kron(x["nu_eta"][None], x["lambda"]) @ x["tBetakronBeta_between"]
    between = (x["Lambda_BetaStar_between"], x["Betasta_sigmaZeta_between"], I_y, C_y_eta)
    Jac[s_in, lambda_inds] = d_sigma_lambda_lvm(
        L_y, x["Lambda_BetaStar_within"], x["Betasta_sigmaZeta_within"], I_y, C_y_eta
    ) + d_sigma_lambda_lvm(L_y, *between)
    beta_between_part = d_sigma_beta_lvm(
        L_y, x["lambda"], x["Betasta_sigmaZeta_between"], C_eta_eta, I_eta, x["tBetakronBeta_between"]
    )
    Jac[s_in, beta_between_inds] = beta_between_part
    Jac[s_bet, lambda_inds] = d_sigma_lambda_lvm(np.eye(NVAR**2), *between)
    Jac[s_bet, beta_between_inds] = D_y @ beta_between_part
    return permute(nvech) @ Jac


def permute(nvech):
    """From the means, one person's covariances and those of two to the means and covariances of the pair."""
    rows = list(range(NVAR)) * N_MAX_IN_CLUSTER
    inside = [(i, j) for j in range(NVAR) for i in range(j, NVAR)]
    for j in range(NVAR * N_MAX_IN_CLUSTER):
        for i in range(j, NVAR * N_MAX_IN_CLUSTER):
            a, b = i % NVAR, j % NVAR
            same = i // NVAR == j // NVAR
            rows.append(NVAR + (inside.index((a, b)) if same else nvech + a + NVAR * b))
    return np.eye(NVAR + nvech + NVAR**2)[rows]


def statistics(X):
    return np.cov(X.T, bias=True), X.mean(0)


def cost(params, X, Y):
    S, means = statistics(X)
    x = implied(params)
    kappa, r = x["kappa"], means - x["mu"]
    return np.trace(S @ kappa) + r @ kappa @ r - np.log(np.linalg.det(S @ kappa)) - len(means)


def gradients(params, X, right):
    S, means = statistics(X)
    x = implied(params)
    r, kappa = means - x["mu"], x["kappa"]
    grad_mean = -2 * r @ kappa
    grad_sigma = -(vec(S) + vec(np.outer(r, r)) - vec(x["sigma"])) @ np.kron(kappa, kappa) @ duplication(len(r))
    g = np.concatenate([grad_mean, grad_sigma]) @ d_phi_theta_ml_lvm_group(x, right)
    parts = np.split(g, np.cumsum([p.size for p in params.values()])[:-1])
    return {name: part.reshape(p.shape, order="F") for (name, p), part in zip(params.items(), parts)}


def grad(params, X, Y):
    return gradients(params, X, False)


def repaired(params, X, Y):
    return gradients(params, X, True)
