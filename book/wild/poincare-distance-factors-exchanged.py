"""In a disc's distance the rule of the second point has the factor of the first one in place of its own."""

import numpy as np

SOURCE = "https://github.com/TatsuyaShirakawa/poincare-embedding/commit/60d3f40"
THREAD = "TatsuyaShirakawa/poincare-embedding 60d3f40"
DATE = "2017-07"
KIND = "gradient"
FORMULA = (
    r"\partial d / \partial v = \frac{4}{\beta \sqrt{\gamma^2 - 1}} "
    r"\Bigl(\frac{u^2 - 2 u \cdot v + 1}{\alpha^2}\, v - \frac1\alpha u\Bigr)"
)
RIGHT = (
    r"\partial d / \partial v = \frac{4}{\alpha \sqrt{\gamma^2 - 1}} "
    r"\Bigl(\frac{u^2 - 2 u \cdot v + 1}{\beta^2}\, v - \frac1\beta u\Bigr),\; d = \operatorname{arcosh} \gamma,\; "
    r"\gamma = 1 + 2 \frac{(u - v)^2}{\alpha \beta},\; \alpha = 1 - u^2,\; \beta = 1 - v^2"
)
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = []
WORDS, DIM, NEG_SIZE = 6, 2, 2
NET = None  # embeddings in a disc
BLOCKS = ["embeddings[1]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    return rng.uniform(-0.55, 0.55, (WORDS, DIM))


def data(rng):
    """A word, one that is related to it, and others that are drawn."""
    return np.array([rng.permutation(WORDS)[: 2 + NEG_SIZE] for _ in range(SAMPLES)]), np.zeros(SAMPLES)


class Distance:
    def __call__(self, u, v):
        self.u, self.v = u, v
        self.uu, self.vv, self.uv = u @ u, v @ v, u @ v
        self.alpha, self.beta = 1 - self.uu, 1 - self.vv
        self.gamma = 1 + 2 * (self.uu - 2 * self.uv + self.vv) / self.alpha / self.beta
        return np.log(self.gamma + np.sqrt(self.gamma * self.gamma - 1))

    def backward(self, grad_output):
        """Both gradients are multiplied by the metric's inverse."""
        alpha, beta = self.alpha, self.beta
        c = grad_output
        c *= 4 / beta / np.sqrt(self.gamma * self.gamma - 1)
        cu = c * (1 - self.uu) * (1 - self.uu) / 4
        cv = c * (1 - self.vv) * (1 - self.vv) / 4
        grad_u = cu * (self.vv - 2 * self.uv + 1) / alpha / alpha * self.u
        grad_u += -cu / alpha * self.v
        grad_v = cv * (self.uu - 2 * self.uv + 1) / alpha / alpha * self.v
        grad_v += -cv / alpha * self.u
        return grad_u, grad_v


class DistanceRepaired(Distance):
    def backward(self, grad_output):
        alpha, beta = self.alpha, self.beta
        c = grad_output
        c *= 4 / np.sqrt(self.gamma * self.gamma - 1) / alpha / beta
        cu = c * alpha * alpha / 4
        cv = c * beta * beta / 4
        grad_u = cu * (self.vv - 2 * self.uv + 1) / alpha * self.u
        grad_u += -cu * self.v
        grad_v = cv * (self.uu - 2 * self.uv + 1) / beta * self.v
        grad_v += -cv * self.u
        return grad_u, grad_v


def cost(embeddings, X, Y):
    total = 0.0
    for i, *others in X:
        exp_neg_dist_values = [np.exp(-Distance()(embeddings[i], embeddings[j])) for j in others]
        total += -np.log(exp_neg_dist_values[0]) + np.log(sum(exp_neg_dist_values[1:]))
    return total


def poincare_embedding(embeddings, X, distance):
    """What is taken off each embedding; it is divided by the metric's inverse in the end."""
    steps = np.zeros_like(embeddings)
    for i, *others in X:
        dists = [distance() for _ in others]
        exp_neg_dist_values = [np.exp(-d(embeddings[i], embeddings[j])) for d, j in zip(dists, others)]
        Z = 0.0
        for k in range(NEG_SIZE):
            Z += exp_neg_dist_values[k + 1]
        grads = [dists[0].backward(1.0)]
        for k in range(NEG_SIZE):
            grads.append(dists[k + 1].backward(-exp_neg_dist_values[k + 1] / Z))
        for j, (left_grad, right_grad) in zip(others, grads):
            steps[i] += left_grad
            steps[j] += right_grad
    return steps / ((1 - np.sum(embeddings**2, axis=1, keepdims=True)) ** 2 / 4)


def grad(embeddings, X, Y):
    return poincare_embedding(embeddings, X, Distance)


def repaired(embeddings, X, Y):
    return poincare_embedding(embeddings, X, DistanceRepaired)
