"""The divergence of an autoencoder for grammars is averaged over the dimensions of its code, and not summed."""

import numpy as np

SOURCE = "https://github.com/mkusner/grammarVAE/issues/2"
THREAD = "mkusner/grammarVAE #2 (also maxhodak/keras-molecules #59)"
DATE = "2017-04"
KIND = "cost"
FORMULA = r"D = -\tfrac{1}{2 K} \textstyle\sum_{k \le K} (1 + \log \sigma_k^2 - \mu_k^2 - \sigma_k^2)"
RIGHT = r"D = -\tfrac12 \textstyle\sum_{k \le K} (1 + \log \sigma_k^2 - \mu_k^2 - \sigma_k^2)"
READ = "code"  # a layer each for the author's convolutions and recurrent layers; no rules are masked
LAYER = [1, 2]
NAMES = []
NET = None  # an autoencoder that draws its code
BLOCKS = [
    "h[1]",
    "h_bias[1]",
    "z_mean[2]",
    "z_mean_bias[2]",
    "z_log_var[2]",
    "z_log_var_bias[2]",
    "out[3]",
    "out_bias[3]",
]
SAMPLES = 6
LAM = 0.0
MAX_LENGTH, CHARSET, HIDDEN, LATENT_REP_SIZE = 2, 2, 3, 2
SIZE = MAX_LENGTH * CHARSET


def start(rng):
    return {
        "h": rng.standard_normal((SIZE, HIDDEN)),
        "h_bias": rng.standard_normal(HIDDEN),
        "z_mean": 0.7 * rng.standard_normal((HIDDEN, LATENT_REP_SIZE)),
        "z_mean_bias": rng.standard_normal(LATENT_REP_SIZE),
        "z_log_var": 0.3 * rng.standard_normal((HIDDEN, LATENT_REP_SIZE)),
        "z_log_var_bias": 0.3 * rng.standard_normal(LATENT_REP_SIZE),
        "out": 0.5 * rng.standard_normal((LATENT_REP_SIZE, SIZE)),
        "out_bias": rng.standard_normal(SIZE),
    }


def data(rng):
    """The rules of a molecule, one-hot in each place, with the noise that was drawn; the targets are the rules."""
    rules = np.eye(CHARSET)[rng.integers(0, CHARSET, (SAMPLES, MAX_LENGTH))].reshape(SAMPLES, SIZE)
    return np.hstack([rules, rng.standard_normal((SAMPLES, LATENT_REP_SIZE))]), rules


def buildEncoder(params, x):
    h = np.tanh(x @ params["h"] + params["h_bias"])
    return h, h @ params["z_mean"] + params["z_mean_bias"], h @ params["z_log_var"] + params["z_log_var_bias"]


def buildDecoder(params, z):
    logits = (z @ params["out"] + params["out_bias"]).reshape(-1, MAX_LENGTH, CHARSET)
    e = np.exp(logits)
    return (e / e.sum(-1, keepdims=True)).reshape(-1, SIZE)


def binary_crossentropy(x, decoded):
    return -np.mean(x * np.log(decoded) + (1 - x) * np.log(1 - decoded), axis=-1)


def vae_loss(params, X, Y, over):
    """over adds up, or takes the mean of, the divergences of a code's dimensions."""
    x, epsilon = X[:, :SIZE], X[:, SIZE:]
    _, z_mean, z_log_var = buildEncoder(params, x)
    x_decoded_mean = buildDecoder(params, z_mean + np.exp(z_log_var / 2) * epsilon)
    xent_loss = MAX_LENGTH * binary_crossentropy(Y, x_decoded_mean)
    kl_loss = -0.5 * over(1 + z_log_var - z_mean**2 - np.exp(z_log_var), axis=-1)
    return np.mean(xent_loss + kl_loss)


def cost(params, X, Y):
    return vae_loss(params, X, Y, np.mean)


def meant(params, X, Y):
    return vae_loss(params, X, Y, np.sum)


def grad(params, X, Y):
    """What automatic differentiation gives for the program."""
    x, epsilon = X[:, :SIZE], X[:, SIZE:]
    h, z_mean, z_log_var = buildEncoder(params, x)
    deviation = np.exp(z_log_var / 2)
    z = z_mean + deviation * epsilon
    p = buildDecoder(params, z)
    d_p = -(Y / p - (1 - Y) / (1 - p)) * MAX_LENGTH / SIZE / len(x)
    p, d_p = (a.reshape(-1, MAX_LENGTH, CHARSET) for a in (p, d_p))
    d_out = (p * (d_p - np.sum(d_p * p, -1, keepdims=True))).reshape(-1, SIZE)
    d_z = d_out @ params["out"].T
    share = 1 / LATENT_REP_SIZE / len(x)
    d_mean = d_z + share * z_mean
    d_log_var = 0.5 * d_z * deviation * epsilon + 0.5 * share * (deviation**2 - 1)
    d_h = (d_mean @ params["z_mean"].T + d_log_var @ params["z_log_var"].T) * (1 - h**2)
    deltas = {"h": (x, d_h), "z_mean": (h, d_mean), "z_log_var": (h, d_log_var), "out": (z, d_out)}
    grads = {}
    for name, (seen, delta) in deltas.items():
        grads[name], grads[name + "_bias"] = seen.T @ delta, delta.sum(0)
    return grads


repaired = grad
