"""In a ranking's steps an item lacks the user's factors in one term, and the user is moved by the moved items."""

import numpy as np

SOURCE = "https://github.com/gamboviol/climf/pull/2"
THREAD = "gamboviol/climf #2"
DATE = "2017-07"
KIND = "gradient"
FORMULA = (
    r"-\partial C / \partial V_j = \sigma(-f_j) - \lambda V_j + \textstyle\sum_k d_{jk} U_i,\; "
    r"-\partial C / \partial U_i = \sum_j \bigl(\sigma(-f_j) V_j' + \sum_k e_{jk} (V_j' - V_k')\bigr) - \lambda U_i,\; "
    r"V' \text{ moved, as far as } j"
)
RIGHT = (
    r"-\partial C / \partial V_j = \sigma(-f_j)\, U_i - \lambda V_j + \textstyle\sum_k d_{jk} U_i,\; "
    r"-\partial C / \partial U_i = \sum_j \bigl(\sigma(-f_j) V_j + \sum_k e_{jk} (V_j - V_k)\bigr) - \lambda U_i,\; "
    r"e_{jk} = \sigma'(f_k - f_j) / (1 - \sigma(f_k - f_j)),\; d_{jk} = e_{jk} - e_{kj},\; f_j = U_i \cdot V_j"
)
READ = "code"
GROUP = "blocks"
LAYER = [1, 2]
NAMES = []
ITEMS, K = 4, 2
LBDA, GAMMA = 0.1, 0.1
NET = None  # a factorisation that ranks
BLOCKS = ["U[1]", "V[2]"]
SAMPLES = ITEMS
LAM = 0.0


def start(rng):
    """There is one user, so that what the steps move is a gradient at one place."""
    return {"U": rng.standard_normal((1, K)), "V": rng.standard_normal((ITEMS, K))}


def data(rng):
    """The items that are liked, which are all."""
    return rng.permutation(ITEMS), np.ones(SAMPLES)


def g(x):
    """sigmoid function"""
    return 1 / (1 + np.exp(-x))


def dg(x):
    """derivative of sigmoid function"""
    return np.exp(x) / (1 + np.exp(x)) ** 2


def precompute_f(data, U, V, i):
    return {j: U[i] @ V[j] for j in data}


def objective(data, U, V):
    F = -0.5 * LBDA * (np.sum(U * U) + np.sum(V * V))
    for i in range(len(U)):
        f = precompute_f(data, U, V, i)
        for j in f:
            F += np.log(g(f[j]))
            for k in f:
                F += np.log(1 - g(f[k] - f[j]))
    return F


def cost(params, X, Y):
    return -objective(X, params["U"], params["V"])


def update(data, U, V):
    for i in range(len(U)):
        dU = -LBDA * U[i]
        f = precompute_f(data, U, V, i)
        for j in f:
            dV = g(-f[j]) - LBDA * V[j]
            for k in f:
                dV += dg(f[j] - f[k]) * (1 / (1 - g(f[k] - f[j])) - 1 / (1 - g(f[j] - f[k]))) * U[i]
            V[j] += GAMMA * dV
            dU += g(-f[j]) * V[j]
            for k in f:
                dU += (V[j] - V[k]) * dg(f[k] - f[j]) / (1 - g(f[k] - f[j]))
        U[i] += GAMMA * dU


def update_later(data, U, V):
    for i in range(len(U)):
        dU = -LBDA * U[i]
        f = precompute_f(data, U, V, i)
        dVs = {}
        for j in f:
            dV = g(-f[j]) * U[i] - LBDA * V[j]
            for k in f:
                dV += dg(f[j] - f[k]) * (1 / (1 - g(f[k] - f[j])) - 1 / (1 - g(f[j] - f[k]))) * U[i]
            dVs[j] = dV
            dU += g(-f[j]) * V[j]
            for k in f:
                dU += (V[j] - V[k]) * dg(f[k] - f[j]) / (1 - g(f[k] - f[j]))
        for j in f:
            V[j] += GAMMA * dVs[j]
        U[i] += GAMMA * dU


def from_steps(step, params, X):
    """What a step moves, divided by the rate."""
    U, V = params["U"].copy(), params["V"].copy()
    step(X, U, V)
    return {"U": (params["U"] - U) / GAMMA, "V": (params["V"] - V) / GAMMA}


def grad(params, X, Y):
    return from_steps(update, params, X)


def repaired(params, X, Y):
    return from_steps(update_later, params, X)
