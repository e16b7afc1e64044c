"""Where a memory is read, the way back multiplies by the denominator that the way forward divides by."""

import numpy as np

SOURCE = "https://github.com/unschlagbar/neural-networks/commit/0df6f3e"
THREAD = "unschlagbar/neural-networks 0df6f3e"
DATE = "2026-05"
KIND = "gradient"
FORMULA = r"\delta_{Cq} = \psi\, \delta_h,\; \delta_\psi = -\psi^2\, \delta_h^\top C q"
RIGHT = r"\delta_{Cq} = \delta_h / \psi,\; \delta_\psi = -\delta_h^\top C q / \psi^2"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = []
NET = None  # a recurrence with a matrix for its memory
BLOCKS = ["wq[1]", "wk[1]", "wv[1]", "wi[1]", "wf[1]"]
SAMPLES = 4
LAM = 0.0

INPUTS, DQK, DHV = 3, 2, 2


def start(rng):
    """Keys and queries are large, lest every denominator be one."""
    shapes = (INPUTS, DQK), (INPUTS, DQK), (INPUTS, DHV), (INPUTS,), (INPUTS,)
    return [scale * rng.standard_normal(shape) for scale, shape in zip((2, 2, 1, 0.5, 1), shapes)]


def data(rng):
    """One sequence."""
    return rng.standard_normal((SAMPLES, INPUTS)), rng.standard_normal((SAMPLES, DHV))


def forward(params, X):
    wq, wk, wv, wi, wf = params
    C, n, caches = 0.0 * np.outer(wv[0], wk[0]), 0.0 * wk[0], []
    for x in X:
        cache = {"x": x, "c_prev": C, "n_prev": n}
        cache["q"], cache["k"], cache["v"] = x @ wq, x @ wk / np.sqrt(DQK), x @ wv
        cache["i_prime"], cache["f_prime"] = np.exp(x @ wi), 1 / (1 + np.exp(-(x @ wf)))
        C = cache["f_prime"] * C + cache["i_prime"] * np.outer(cache["v"], cache["k"])
        n = cache["f_prime"] * n + cache["i_prime"] * cache["k"]
        cache["c"], cache["n"] = C, n
        cache["cq"], cache["nq"] = C @ cache["q"], n @ cache["q"]
        cache["psi"] = np.sign(cache["nq"].real) * cache["nq"] if abs(cache["nq"]) > 1.0 else 1.0
        cache["h_tilde"] = cache["cq"] / cache["psi"]
        caches.append(cache)
    return caches


def cost(params, X, Y):
    return 0.5 * sum(np.sum((cache["h_tilde"] - y) ** 2) for cache, y in zip(forward(params, X), Y))


def backward(params, X, Y, right):
    g = [np.zeros_like(p) for p in params]
    dc_bptt, dn_bptt = np.zeros((DHV, DQK)), np.zeros(DQK)
    for cache, y in zip(forward(params, X)[::-1], Y[::-1]):
        d_h_tilde = cache["h_tilde"] - y
        inv_psi = 1.0 / cache["psi"] if right else cache["psi"]
        psi_sq = inv_psi * inv_psi
        dpsi = 0.0
        for i in range(DHV):
            dpsi += d_h_tilde[i] * (-cache["cq"][i] * psi_sq)
        dnq = np.sign(cache["nq"]) * dpsi if abs(cache["nq"]) > 1.0 else 0.0
        dc_total, dn_total = np.zeros((DHV, DQK)), np.zeros(DQK)
        for i in range(DHV):
            dh_over_psi = d_h_tilde[i] * inv_psi
            for j in range(DQK):
                dc_total[i, j] = dh_over_psi * cache["q"][j] + dc_bptt[i, j]
        for j in range(DQK):
            dn_total[j] = dnq * cache["q"][j] + dn_bptt[j]
        dq = dnq * cache["n"]
        for i in range(DHV):
            dh_over_psi = d_h_tilde[i] * inv_psi
            for j in range(DQK):
                dq[j] += dh_over_psi * cache["c"][i, j]
        i_prime, f_prime = cache["i_prime"], cache["f_prime"]
        df_prime, di_prime = 0.0, 0.0
        dv, dk = np.zeros(DHV), i_prime * dn_total
        for i in range(DHV):
            row_dv = 0.0
            for j in range(DQK):
                dct = dc_total[i, j]
                df_prime += dct * cache["c_prev"][i, j]
                di_prime += dct * cache["v"][i] * cache["k"][j]
                row_dv += dct * cache["k"][j]
                dk[j] += i_prime * dct * cache["v"][i]
            dv[i] = i_prime * row_dv
        for j in range(DQK):
            df_prime += dn_total[j] * cache["n_prev"][j]
            di_prime += dn_total[j] * cache["k"][j]
        dc_bptt, dn_bptt = f_prime * dc_total, f_prime * dn_total
        di_pre = di_prime * i_prime
        df_pre = df_prime * f_prime * (1.0 - f_prime)
        dk_pre = dk / np.sqrt(DQK)
        steps = [np.outer(cache["x"], each) for each in (dq, dk_pre, dv)] + [cache["x"] * di_pre, cache["x"] * df_pre]
        for total, each in zip(g, steps):
            total += each
    return g


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
