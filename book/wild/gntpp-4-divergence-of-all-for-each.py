"""The divergence of a point-process decoder is summed over all events before the mask counts it for each one."""

import numpy as np

SOURCE = "https://github.com/EDAPINENUT/GNTPP/issues/4"
THREAD = "EDAPINENUT/GNTPP #4, 1bd03d7"
DATE = "2023-05"
KIND = "cost"
FORMULA = (
    r"C = \textstyle\sum_e m_e \bigl((t_e - \hat t_e)^2 + \sum_f D_f\bigr),\; "
    r"D_f = -\tfrac12 \textstyle\sum_k (1 + \log \sigma_{fk}^2 - \mu_{fk}^2 - \sigma_{fk}^2)"
)
RIGHT = r"C = \textstyle\sum_e m_e \bigl((t_e - \hat t_e)^2 + D_e\bigr)"
READ = "code"  # without the history of the events, and with tanh for GELU
LAYER = [1, 2]
NAMES = []
NET = None  # an autoencoder that draws its code
BLOCKS = ["network_t[1]", "bias_t[1]", "mean[2]", "bias_mean[2]", "var[2]", "bias_var[2]", "out[3]", "bias_out[3]"]
SAMPLES = 6
LAM = 0.0
EMBED_SIZE = 3


def start(rng):
    return {
        "network_t": rng.standard_normal((EMBED_SIZE, 1)),
        "bias_t": rng.standard_normal(EMBED_SIZE),
        "mean": 0.5 * rng.standard_normal((EMBED_SIZE, EMBED_SIZE)),
        "bias_mean": 0.5 * rng.standard_normal(EMBED_SIZE),
        "var": 0.5 * rng.standard_normal((EMBED_SIZE, EMBED_SIZE)),
        "bias_var": 0.5 * rng.standard_normal(EMBED_SIZE),
        "out": rng.standard_normal((1, EMBED_SIZE)),
        "bias_out": rng.standard_normal(1),
    }


def data(rng):
    """The time before each event with the noise that was drawn, and the mask, zero where a sequence is padded."""
    dts = np.hstack([rng.standard_normal((SAMPLES, 1)), rng.standard_normal((SAMPLES, EMBED_SIZE))])
    return dts, (np.arange(SAMPLES) < SAMPLES - 2).astype(float)


class VAEDecoder:
    def __init__(self, params):
        self.params = params

    def encoder(self, t):
        p = self.params
        self.hidden = np.tanh(t[:, None] @ p["network_t"].T + p["bias_t"])
        return self.hidden @ p["mean"].T + p["bias_mean"], self.hidden @ p["var"].T + p["bias_var"]

    def decoder(self, z):
        return (z @ self.params["out"].T + self.params["bias_out"])[:, 0]

    def _forward(self, X):
        self.t, self.epsilon = X[:, 0], X[:, 1:]
        self.mean, self.log_var = self.encoder(self.t)
        self.z = self.mean + np.exp(0.5 * self.log_var) * self.epsilon
        self.t_hat = self.decoder(self.z)

    def divergence(self, terms):
        return -0.5 * np.sum(terms)

    def counts(self, onehots):
        """How often the divergence of each event is counted."""
        return np.full(len(onehots), onehots.sum())

    def forward(self, X, onehots):
        self._forward(X)
        rec_loss = (self.t - self.t_hat) ** 2 * onehots
        kl_loss = self.divergence(1 + self.log_var - self.mean**2 - np.exp(self.log_var)) * onehots
        return (rec_loss + kl_loss).sum()

    def backward(self, X, onehots):
        self._forward(X)
        p, counts = self.params, self.counts(onehots)[:, None]
        d_out = (2 * (self.t_hat - self.t) * onehots)[:, None]
        d_z = d_out @ p["out"]
        d_mean = d_z + counts * self.mean
        d_var = 0.5 * d_z * np.exp(0.5 * self.log_var) * self.epsilon + 0.5 * counts * (np.exp(self.log_var) - 1)
        d_hidden = (d_mean @ p["mean"] + d_var @ p["var"]) * (1 - self.hidden**2)
        return {
            "network_t": d_hidden.T @ self.t[:, None],
            "bias_t": d_hidden.sum(0),
            "mean": d_mean.T @ self.hidden,
            "bias_mean": d_mean.sum(0),
            "var": d_var.T @ self.hidden,
            "bias_var": d_var.sum(0),
            "out": d_out.T @ self.z,
            "bias_out": d_out.sum(0),
        }


class VAEDecoderLater(VAEDecoder):
    def divergence(self, terms):
        return -0.5 * np.sum(terms, axis=-1)


def cost(params, X, Y):
    return VAEDecoder(params).forward(X, Y)


def meant(params, X, Y):
    return VAEDecoderLater(params).forward(X, Y)


def grad(params, X, Y):
    """What automatic differentiation gives for the program."""
    return VAEDecoder(params).backward(X, Y)


repaired = grad
