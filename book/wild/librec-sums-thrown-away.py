"""The matrices' methods scale and add return new matrices, and the factorisation calls them and drops the result."""

import numpy as np

SOURCE = "https://github.com/guoguibing/librec/commit/5be5f3755fe329eef995df13ac6633bea6f5c9f3"
THREAD = "guoguibing/librec 5be5f37"
DATE = "2014-02"
KIND = "update"
FORMULA = r"P \leftarrow P,\; Q \leftarrow Q"
RIGHT = r"\Delta \leftarrow \mu \Delta - \eta\, g,\; P \leftarrow P + \Delta \text{, and so for } Q"
READ = "code"
LAYER = []
NAMES = [{"nothing-changed"}]
NET = None  # probabilistic matrix factorisation
BLOCKS = ["P[1]", "Q[1]"]
SAMPLES = 14
LAM = 0.0


L_RATE, MOMENTUM, REG = 0.5, 0.8, 0.1
SETTINGS = dict(like="momentum", lr=L_RATE, momentum=MOMENTUM)
USERS, ITEMS, FACTORS = 4, 5, 2


def start(rng):
    return {"P": rng.standard_normal((USERS, FACTORS)), "Q": rng.standard_normal((ITEMS, FACTORS))}


def data(rng):
    """Users and items in pairs, all of them in at least one, and the rates."""
    cells = [(u, j) for u in range(USERS) for j in range(ITEMS)]
    left_out = {(u, (u + rng.integers(0, 2)) % ITEMS) for u in range(USERS)} | {(0, 4), (3, 1)}
    pairs = [cell for cell in cells if cell not in left_out][:SAMPLES]
    return np.array(pairs), rng.integers(1, 6, len(pairs)).astype(float)


def cost(params, X, Y):
    P, Q = params["P"], params["Q"]
    loss = 0.0
    for (u, j), rate in zip(X, Y):
        euj = rate - np.sum(P[u] * Q[j])
        loss = loss + euj * euj + REG / 2 * np.sum(P[u] * P[u]) + REG / 2 * np.sum(Q[j] * Q[j])
    return loss / len(Y)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    P, Q = params["P"], params["Q"]
    user_sgds, item_sgds = np.zeros(P.shape), np.zeros(Q.shape)
    for (u, j), rate in zip(X, Y):
        euj = rate - P[u] @ Q[j]
        for f in range(FACTORS):
            puf, qjf = P[u, f], Q[j, f]
            user_sgds[u, f] += 2 * euj * qjf - REG * puf
            item_sgds[j, f] += 2 * euj * puf - REG * qjf
    return {"P": -user_sgds / len(Y), "Q": -item_sgds / len(Y)}


def start_state():
    return {"userDeltas": np.zeros((USERS, FACTORS)), "itemDeltas": np.zeros((ITEMS, FACTORS))}


class DenseMatrix:
    def __init__(self, data):
        self.data = np.array(data)

    def scale(self, val):
        mat = DenseMatrix(np.zeros(self.data.shape))
        for i in range(len(self.data)):
            for j in range(len(self.data[i])):
                mat.data[i][j] = self.data[i][j] * val
        return mat

    def add(self, mat):
        result = DenseMatrix(np.zeros(self.data.shape))
        for i in range(len(self.data)):
            for j in range(len(self.data[i])):
                result.data[i][j] = self.data[i][j] + mat.data[i][j]
        return result


class PMF:
    momentum, l_rate = MOMENTUM, L_RATE

    def __init__(self, params, state):
        self.P, self.Q = DenseMatrix(params["P"]), DenseMatrix(params["Q"])
        self.user_deltas, self.item_deltas = (DenseMatrix(state["userDeltas"]), DenseMatrix(state["itemDeltas"]))

    def step(self, user_sgds, item_sgds, num_rates):
        self.user_deltas.scale(self.momentum).add(user_sgds.scale(self.l_rate / num_rates))
        self.item_deltas.scale(self.momentum).add(item_sgds.scale(self.l_rate / num_rates))

        self.P.add(self.user_deltas)
        self.Q.add(self.item_deltas)


class PMFLater(PMF):
    def step(self, user_sgds, item_sgds, num_rates):
        self.user_deltas = self.user_deltas.scale(self.momentum).add(user_sgds.scale(self.l_rate / num_rates))
        self.item_deltas = self.item_deltas.scale(self.momentum).add(item_sgds.scale(self.l_rate / num_rates))

        self.P = self.P.add(self.user_deltas)
        self.Q = self.Q.add(self.item_deltas)


def stepped(pmf, grads):
    # the program adds up over the rates, with the sign of a step downhill
    user_sgds, item_sgds = (DenseMatrix(-SAMPLES * grads["P"]), DenseMatrix(-SAMPLES * grads["Q"]))
    pmf.step(user_sgds, item_sgds, SAMPLES)
    state = {"userDeltas": pmf.user_deltas.data, "itemDeltas": pmf.item_deltas.data}
    return {"P": pmf.P.data, "Q": pmf.Q.data}, state


def update(params, grads, state):
    return stepped(PMF(params, state), grads)


def repaired_update(params, grads, state):
    return stepped(PMFLater(params, state), grads)
