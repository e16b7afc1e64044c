"""A reader wants the sum of a policy's logarithms times the sum of the returns, where each step has its own return."""

import numpy as np

SOURCE = "https://github.com/pytorch/examples/pull/722"
THREAD = "pytorch/examples #722"
DATE = "2020-02"
KIND = "right"
FORMULA = r"C = -\textstyle\sum_t R_t \log \pi(a_t \mid s_t)"
RIGHT = r"C,\; -\textstyle\sum_t R_t \sum_t \log \pi(a_t \mid s_t)\ \text{is none}"
READ = "code"
LAYER = []
NAMES = []
SIZES = (4, 5, 2)
GAMMA, EPS = 0.99, 1e-7
NET = None  # a policy with a hidden layer
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    """The states of an episode, and the action and the reward of each step."""
    actions = rng.integers(0, SIZES[-1], SAMPLES)
    return rng.standard_normal((SAMPLES, SIZES[0])), np.column_stack([actions, rng.uniform(0, 1, SAMPLES)])


def forward(params, X):
    (W1, b1), (W2, b2) = params
    affine1 = X @ W1 + b1
    x = np.where(affine1.real > 0, affine1, 0)
    e = np.exp(x @ W2 + b2)
    return x, e / e.sum(1, keepdims=True)


def returns_of(rewards):
    R, returns = 0.0, []
    for r in rewards[::-1]:
        R = r + GAMMA * R
        returns.insert(0, R)
    returns = np.array(returns)
    return (returns - returns.mean()) / (returns.std(ddof=1) + EPS)


def cost(params, X, Y):
    probs = forward(params, X)[-1]
    policy_loss = []
    for prob, action, R in zip(probs, Y[:, 0].astype(int), returns_of(Y[:, 1])):
        policy_loss.append(-np.log(prob[action]) * R)
    return sum(policy_loss)


def grad(params, X, Y):
    x, probs = forward(params, X)
    chosen = np.eye(SIZES[-1])[Y[:, 0].astype(int)]
    d2 = returns_of(Y[:, 1])[:, None] * (probs - chosen)
    d1 = d2 @ params[1][0].T * (x > 0)
    return [(X.T @ d1, d1.sum(0)), (x.T @ d2, d2.sum(0))]


repaired = grad
