"""The update of a policy takes off what the return is to add, and makes good actions rare."""

import numpy as np

SOURCE = "https://github.com/alessiodm/drl-zh/issues/15"
THREAD = "alessiodm/drl-zh #15"
DATE = "2025-10"
KIND = "gradient"
FORMULA = (
    r"\theta \leftarrow \theta - \alpha \textstyle\sum_t \nabla \log \pi(a_t \mid s_t)\, R(\tau),\; "
    r"\partial C / \partial \theta = \sum_t \nabla \log \pi(a_t \mid s_t)\, R(\tau)"
)
RIGHT = (
    r"\theta \leftarrow \theta + \alpha \textstyle\sum_t \nabla \log \pi(a_t \mid s_t)\, R(\tau),\; "
    r"\partial C / \partial \theta = -\sum_t \nabla \log \pi(a_t \mid s_t)\, R(\tau)"
)
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"sign"}]
STATES, ACTIONS, STEPS = 3, 3, 4
NET = None  # a policy
BLOCKS = ["theta[1]"]
SAMPLES = 12
LAM = 0.0


def start(rng):
    return rng.standard_normal((STATES, ACTIONS))


def data(rng):
    """States in trajectories of some steps, and the action and the reward of each step."""
    return rng.standard_normal((SAMPLES, STATES)), np.column_stack(
        [rng.integers(0, ACTIONS, SAMPLES), rng.uniform(0, 1, SAMPLES)]
    )


def policy(theta, state):
    e = np.exp(state @ theta)
    return e / e.sum()


def trajectories(X, Y):
    for begin in range(0, len(X), STEPS):
        rewards = Y[begin : begin + STEPS, 1]
        yield X[begin : begin + STEPS], Y[begin : begin + STEPS, 0].astype(int), rewards.sum()


def cost(theta, X, Y):
    """Its gradient is that of minus the expected return, as far as it was sampled."""
    loss = 0.0
    for states, actions, R in trajectories(X, Y):
        for state, action in zip(states, actions):
            loss -= np.log(policy(theta, state)[action]) * R
    return loss / (len(X) / STEPS)


def grad_log_policy(theta, state, action):
    return np.outer(state, np.eye(ACTIONS)[action] - policy(theta, state))


def step(theta, X, Y, alpha):
    """The change of one update with all trajectories."""
    total = np.zeros_like(theta)
    for states, actions, R in trajectories(X, Y):
        for state, action in zip(states, actions):
            total += grad_log_policy(theta, state, action) * R
    return -alpha * total / (len(X) / STEPS)


def grad(theta, X, Y):
    return -step(theta, X, Y, 1.0)


def repaired(theta, X, Y):
    return step(theta, X, Y, 1.0)
