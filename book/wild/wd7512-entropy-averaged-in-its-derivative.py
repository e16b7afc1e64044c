"""The derivative of PPO's entropy bonus holds the mean entropy of the batch in place of each state's own."""

import numpy as np

SOURCE = "https://github.com/wd7512/numpy-dl/commit/dde37da7ee"
THREAD = "wd7512/numpy-dl dde37da"
DATE = "2026-07"
KIND = "gradient"
GROUP = "slope"
FORMULA = (
    r"\partial C / \partial z_{tk} = \ldots + c\, p_{tk} (\log p_{tk} + \bar H),\; \bar H = "
    r"\tfrac1B \textstyle\sum_t H_t"
)
RIGHT = r"\partial C / \partial z_{tk} = \ldots + c\, p_{tk} (\log p_{tk} + H_t)"
READ = "code"  # the actor is one linear layer here; the coefficient of the entropy is larger than the library's 0.01
LAYER = [1]
NAMES = []
NET = None  # a policy: clipped surrogate and entropy
BLOCKS = ["W[1]", "b[1]"]
SAMPLES = 8
LAM = 0.0
STATE, ACTIONS = 3, 3
CLIP_EPS, ENTROPY_COEFF = 0.2, 0.1


def start(rng):
    return {"W": rng.standard_normal((STATE, ACTIONS)), "b": rng.standard_normal(ACTIONS)}


def data(rng):
    """The states; and each one's action, advantage and the action's logarithm under the old policy."""
    actions = rng.integers(0, ACTIONS, SAMPLES)
    advantages = rng.standard_normal(SAMPLES)
    old_log_probs = -1 + 0.5 * rng.standard_normal(SAMPLES)
    return rng.standard_normal((SAMPLES, STATE)), np.column_stack([actions, advantages, old_log_probs])


def softmax(logits):
    e = np.exp(logits - np.max(logits.real, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)


class Dense:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dy):
        return {"W": self.x.T @ dy, "b": dy.sum(axis=0)}


class PPOAgent:
    def __init__(self, params):
        self.actor = Dense(params["W"], params["b"])
        self.clip_eps, self.entropy_coeff = CLIP_EPS, ENTROPY_COEFF

    def surrogate(self, batch_states, batch):
        batch_actions, self.advantages, batch_old_log_probs = batch[:, 0].astype(int), batch[:, 1], batch[:, 2]
        rows = np.arange(len(batch))
        logits = self.actor.forward(batch_states)
        self.probs = softmax(logits)
        self.log_probs = np.log(self.probs + 1e-8)
        taken_log_probs = self.log_probs[rows, batch_actions]
        self.ratio = np.exp(taken_log_probs - batch_old_log_probs)
        self.unclipped = self.ratio * self.advantages
        self.clipped = np.clip(self.ratio, 1.0 - self.clip_eps, 1.0 + self.clip_eps) * self.advantages
        self.one_hot = np.zeros(self.probs.shape)
        self.one_hot[rows, batch_actions] = 1.0

    def loss(self, batch_states, batch):
        """As the repository's test writes it."""
        self.surrogate(batch_states, batch)
        entropy = -(self.probs * self.log_probs).sum()
        return -np.minimum(self.unclipped, self.clipped).sum() - self.entropy_coeff * entropy

    def entropy_of(self, entropy):
        return float(np.mean(entropy))

    def train_step(self, batch_states, batch):
        self.surrogate(batch_states, batch)
        is_unclipped = (self.unclipped <= self.clipped).astype(np.float64)
        entropy = -np.sum(self.probs * self.log_probs, axis=-1)
        surrogate_grad = (
            -self.advantages[:, np.newaxis]
            * self.ratio[:, np.newaxis]
            * is_unclipped[:, np.newaxis]
            * (self.one_hot - self.probs)
        )
        entropy_grad = self.entropy_coeff * self.probs * (self.log_probs + self.entropy_of(entropy))
        actor_grad = surrogate_grad + entropy_grad
        return self.actor.backward(actor_grad)


class PPOAgentMended(PPOAgent):
    def entropy_of(self, entropy):
        return entropy[:, np.newaxis]


def cost(params, X, Y):
    return PPOAgent(params).loss(X, Y)


def grad(params, X, Y):
    return PPOAgent(params).train_step(X, Y)


def repaired(params, X, Y):
    return PPOAgentMended(params).train_step(X, Y)
