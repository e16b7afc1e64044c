"""A firm's first-order condition takes the demand derivatives along the wrong index of their matrix."""

import numpy as np

SOURCE = "https://github.com/jeffgortmaker/pyblp/commit/af435b90b5213e2a3285550eff8c023db7e27ec8"
THREAD = "jeffgortmaker/pyblp #142, af435b9"
DATE = "2023-07"
KIND = "gradient"
GROUP = "down"
FORMULA = r"\partial \pi / \partial p_j = s_j + \textstyle\sum_k (p_k - c_k)\, \partial s_j / \partial p_k"
RIGHT = r"\partial \pi / \partial p_j = s_j + \textstyle\sum_k (p_k - c_k)\, \partial s_k / \partial p_j"
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # the prices of a monopolist's products in some markets
BLOCKS = ["prices[1]"]
SAMPLES = 4
LAM = 0.0
J, I = 4, 6
TASTES = np.array([-0.6, -0.9, -1.3, -1.7, -2.2, -2.8])
WEIGHTS = np.array([0.1, 0.2, 0.25, 0.2, 0.15, 0.1])


def start(rng):
    """The prices of each market."""
    return rng.uniform(1, 3, (SAMPLES, J))


def data(rng):
    """The mean utilities, and the costs."""
    return rng.standard_normal((SAMPLES, J)) + 1.5, rng.uniform(0.3, 1, (SAMPLES, J))


class Market:
    """The agents' utilities fall with the logarithm of a price, each at his own pace."""

    def __init__(self, delta, costs, prices):
        self.delta, self.costs, self.prices = delta, costs, prices

    def compute_probabilities(self):
        utilities = self.delta[:, None] + np.log(self.prices)[:, None] * TASTES
        exp_utilities = np.exp(utilities)
        return exp_utilities / (1 + np.sum(exp_utilities, axis=0))

    def compute_utility_derivatives(self):
        return TASTES / self.prices[:, None]

    def compute_shares(self):
        return self.compute_probabilities() @ WEIGHTS

    def compute_capital_lamda_gamma(self, probability_utility_derivatives, probabilities):
        capital_lamda_diagonal = probability_utility_derivatives @ WEIGHTS
        weighted_derivatives = WEIGHTS[:, None] * probability_utility_derivatives.T
        capital_gamma = probabilities @ weighted_derivatives
        return capital_lamda_diagonal, capital_gamma

    def compute_capital_delta(self):
        """The negative derivatives of demand, and who owns what."""
        probabilities = self.compute_probabilities()
        probability_utility_derivatives = probabilities * self.compute_utility_derivatives()
        capital_lamda_diagonal, capital_delta = self.compute_capital_lamda_gamma(
            probability_utility_derivatives, probabilities
        )
        capital_delta = capital_delta - np.diag(capital_lamda_diagonal)
        ownership = np.ones((J, J))
        return self.oriented(capital_delta) * ownership

    def oriented(self, capital_delta):
        return capital_delta

    def compute_profit(self):
        return (self.prices - self.costs) @ self.compute_shares()

    def compute_profit_gradient(self):
        """What is zero where the markup is the markup of an equilibrium."""
        return self.compute_shares() - self.compute_capital_delta() @ (self.prices - self.costs)


class MarketLater(Market):
    def oriented(self, capital_delta):
        return capital_delta.T


def cost(prices, X, Y):
    return -sum(Market(*market).compute_profit() for market in zip(X, Y, prices))


def grad(prices, X, Y):
    return -np.array([Market(*market).compute_profit_gradient() for market in zip(X, Y, prices)])


def repaired(prices, X, Y):
    return -np.array([MarketLater(*market).compute_profit_gradient() for market in zip(X, Y, prices)])
