"""An offset that keeps a variance from zero stands in the score of a Gaussian policy and outweighs a narrow one."""

import numpy as np

SOURCE = "https://github.com/SlopDotCash/asi/pull/2864"
THREAD = "SlopDotCash/asi #2864"
DATE = "2026-09"
KIND = "gradient"
FORMULA = (
    r"\nabla_\mu \log \pi = \frac{a - \mu}{\sigma^2 + \epsilon},\; "
    r"\nabla_{\log \sigma} \log \pi = \frac{(a - \mu)^2}{\sigma^2 + \epsilon} - 1"
)
RIGHT = (
    r"\nabla_\mu \log \pi = \frac{z}{\sigma},\; \nabla_{\log \sigma} \log \pi = z^2 - 1,\; z = \frac{a - \mu}{\sigma}"
)
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = []
OBSERVATIONS, ACTIONS = 3, 2
NARROW = -8.5
NET = None  # a Gaussian policy
BLOCKS = ["mean_weights[1]", "mean_bias[1]", "log_sigma[2]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    scale = np.exp(NARROW)
    return {
        "mean_weights": scale * rng.standard_normal((ACTIONS, OBSERVATIONS)),
        "mean_bias": scale * rng.standard_normal(ACTIONS),
        "log_sigma": NARROW + rng.uniform(-0.5, 0.5, ACTIONS),
    }


def data(rng):
    """Observations, and the actions that were taken with the error of the value after them."""
    actions = 2 * np.exp(NARROW) * rng.standard_normal((SAMPLES, ACTIONS))
    return rng.standard_normal((SAMPLES, OBSERVATIONS)), np.column_stack([actions, rng.standard_normal(SAMPLES)])


def policy_params(state, observation):
    return state["mean_weights"] @ observation + state["mean_bias"], np.exp(state["log_sigma"])


def cost(state, X, Y):
    """What the actor climbs, with a minus: the log-likelihood of the actions, weighted by the errors."""
    total = 0.0
    for observation, row in zip(X, Y):
        action, td_error = row[:-1], row[-1]
        mean, sigma = policy_params(state, observation)
        total -= td_error * np.sum(-0.5 * ((action - mean) / sigma) ** 2 - np.log(sigma))
    return total / len(X)


def scores(action, mean, sigma):
    sigma_sq = sigma * sigma + 1e-8
    diff = action - mean
    mean_grad_bias = diff / sigma_sq
    log_sigma_grad = (diff * diff) / sigma_sq - 1.0
    return mean_grad_bias, log_sigma_grad


def repaired_scores(action, mean, sigma):
    residual = (action - mean) / sigma
    mean_grad_bias = residual / sigma
    log_sigma_grad = residual * residual - 1.0
    return mean_grad_bias, log_sigma_grad


def backward(state, X, Y, scores_of):
    total = {name: np.zeros_like(value) for name, value in state.items()}
    for observation, row in zip(X, Y):
        action, td_error = row[:-1], row[-1]
        mean_grad_bias, log_sigma_grad = scores_of(action, *policy_params(state, observation))
        mean_grad_weights = mean_grad_bias[:, None] * observation[None, :]
        for name, g in zip(total, (mean_grad_weights, mean_grad_bias, log_sigma_grad)):
            total[name] -= td_error * g / len(X)
    return total


def grad(state, X, Y):
    return backward(state, X, Y, scores)


def repaired(state, X, Y):
    return backward(state, X, Y, repaired_scores)
