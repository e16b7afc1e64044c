"""A GRU goes back through time with the last step's gates, and keeps the first step's weight gradients alone."""

import numpy as np

SOURCE = "https://github.com/mratsim/Arraymancer/commit/ed2ba1f068aaf05b0049bc5a33651b6b79d646bb"
THREAD = "mratsim/Arraymancer ed2ba1f0"
DATE = "2018-09"
KIND = "gradient"
GROUP = "down"
FORMULA = r"\partial C / \partial W = g_1(r_T, z_T, n_T),\; \partial C / \partial h_{t-1} = s_t(r_T, z_T, n_T)"
RIGHT = (
    r"\partial C / \partial W = \sum_t g_t(r_t, z_t, n_t),\; \partial C / \partial h_{t-1} = s_t(r_t, z_t, n_t),\;"
    r" h_t = (1 - z_t) \odot n_t + z_t \odot h_{t-1}"
)
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # a gated recurrent unit
BLOCKS = ["W[1]", "U[1]", "b_W[1]", "b_U[1]"]
SAMPLES = 4
LAM = 0.0
TIMESTEPS, FEATURES, HIDDEN = 3, 2, 2


def start(rng):
    return {
        "W3": rng.standard_normal((3 * HIDDEN, FEATURES)),
        "U3": rng.standard_normal((3 * HIDDEN, HIDDEN)),
        "bW3": rng.standard_normal((1, 3 * HIDDEN)),
        "bU3": rng.standard_normal((1, 3 * HIDDEN)),
    }


def data(rng):
    """Sequences, and the hidden states that are wanted at each step."""
    shapes = (SAMPLES, TIMESTEPS, FEATURES), (SAMPLES, TIMESTEPS, HIDDEN)
    return tuple(rng.standard_normal(shape) for shape in shapes)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def gru_cell_forward(x, h, params):
    """The new hidden state, with what the way back needs."""
    Wr, Wz, Wn = np.split(x @ params["W3"].T + params["bW3"], 3, axis=1)
    Ur, Uz, Uh = np.split(h @ params["U3"].T + params["bU3"], 3, axis=1)
    r, z = sigmoid(Wr + Ur), sigmoid(Wz + Uz)
    n = np.tanh(Wn + r * Uh)
    return (1 - z) * n + z * h, (r, z, n, Uh)


def gru_forward(params, X):
    """The gates of each step overwrite those of the step before; all of them are kept beside for a repair."""
    h, output, cached_hiddens, gates = np.zeros((len(X), HIDDEN)), [], [], []
    for timestep in range(TIMESTEPS):
        cached_hiddens.append(h)
        h, saved = gru_cell_forward(X[:, timestep], h, params)
        gates.append(saved)
        output.append(h)
    return output, cached_hiddens, gates


def linear_backward(x, weight, gradient):
    return gradient @ weight, gradient.T @ x, np.sum(gradient, axis=0, keepdims=True)


def gru_cell_backward(dnext, x, h, params, saved):
    r, z, n, Uh = saved
    dn, dz = dnext * (1 - z), dnext * (h - n)
    dWx = (1 - n**2) * dn
    dr, dUh = Uh * dWx, r * dWx
    dWzx, dWrx = z * (1 - z) * dz, r * (1 - r) * dr
    dx, dW3, dbW3 = linear_backward(x, params["W3"], np.hstack([dWrx, dWzx, dWx]))
    dh, dU3, dbU3 = linear_backward(h, params["U3"], np.hstack([dWrx, dWzx, dUh]))
    return dx, dh + z * dnext, {"W3": dW3, "U3": dU3, "bW3": dbW3, "bU3": dbU3}


def gru_backward(doutput, X, cached_hiddens, params, gates):
    rl, dht1 = gates[-1], np.zeros((len(X), HIDDEN))
    for timestep in reversed(range(TIMESTEPS)):
        dht1 = dht1 + doutput[timestep]
        _, dht, dweights = gru_cell_backward(dht1, X[:, timestep], cached_hiddens[timestep], params, rl)
        dht1 = dht
    return dweights


def gru_backward_repaired(doutput, X, cached_hiddens, params, gates):
    dht1 = np.zeros((len(X), HIDDEN))
    dweights = {name: np.zeros_like(value) for name, value in params.items()}
    for timestep in reversed(range(TIMESTEPS)):
        dht1 = dht1 + doutput[timestep]
        _, dht, each = gru_cell_backward(dht1, X[:, timestep], cached_hiddens[timestep], params, gates[timestep])
        dweights = {name: value + each[name] for name, value in dweights.items()}
        dht1 = dht
    return dweights


def cost(params, X, Y):
    output = gru_forward(params, X)[0]
    return 0.5 * sum(np.sum((h - Y[:, t]) ** 2) for t, h in enumerate(output)) / len(X)


def gradient(params, X, Y, backward):
    output, cached_hiddens, gates = gru_forward(params, X)
    doutput = [(h - Y[:, t]) / len(X) for t, h in enumerate(output)]
    return backward(doutput, X, cached_hiddens, params, gates)


def grad(params, X, Y):
    return gradient(params, X, Y, gru_backward)


def repaired(params, X, Y):
    return gradient(params, X, Y, gru_backward_repaired)
