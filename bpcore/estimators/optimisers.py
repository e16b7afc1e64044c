"""The two stochastic solvers: gradient descent with (Nesterov's) momentum and Adam, as scikit-learn computes them."""

import numpy as np


class GradientDescent:
    """v ← momentum·v - rate·g;  θ ← θ + v, or with Nesterov's momentum θ ← θ + momentum·v - rate·g.

    Parameters
    ----------
    theta : ndarray
        Of the shape and type of the parameters to come.
    rate : float
        The learning rate at the start.
    schedule : str
        "constant"; "invscaling": rate / (t + 1)^power after t samples; "adaptive": a fifth at each ``stall``.
    power, momentum : float
    nesterov : bool
    """

    def __init__(self, theta, rate, schedule, power, momentum, nesterov):
        self.initial_rate = self.learning_rate = float(rate)
        self.schedule, self.power, self.momentum, self.nesterov = schedule, power, momentum, nesterov
        self.velocity = np.zeros_like(theta)

    def step(self, theta, g):
        """One step against the gradient g, in place; g is overwritten."""
        g *= self.learning_rate
        self.velocity *= self.momentum
        self.velocity -= g
        theta += self.momentum * self.velocity - g if self.nesterov else self.velocity

    def epoch_ends(self, t):
        """Adapt the learning rate after an epoch; t counts the samples seen so far."""
        if self.schedule == "invscaling":
            self.learning_rate = self.initial_rate / (t + 1) ** self.power

    def stall(self):
        """What happens without improvement: None to stop, or the new learning rate."""
        if self.schedule != "adaptive" or self.learning_rate <= 1e-6:
            return None
        self.learning_rate /= 5
        return self.learning_rate


class Adam:
    """μ ← β₁ μ + (1-β₁) g,  ν ← β₂ ν + (1-β₂) g²,  θ ← θ - rate sqrt(1-β₂ᵗ)/(1-β₁ᵗ) μ / (sqrt(ν) + ε), t = 1, 2, …

    Parameters
    ----------
    theta : ndarray
        Of the shape and type of the parameters to come.
    rate, beta_1, beta_2, epsilon : float

    References
    ----------
    Kingma and Ba (2015), Adam: a method for stochastic optimization; the step is the one at the end of section 2.
    """

    def __init__(self, theta, rate, beta_1, beta_2, epsilon):
        self.initial_rate = self.learning_rate = float(rate)
        self.beta_1, self.beta_2, self.epsilon, self.steps = beta_1, beta_2, epsilon, 0
        self.mean, self.square = np.zeros_like(theta), np.zeros_like(theta)

    def step(self, theta, g):
        """One step against the gradient g, in place; g is overwritten."""
        self.steps += 1
        correction = float((1 - self.beta_2**self.steps) ** 0.5 / (1 - self.beta_1**self.steps))
        self.learning_rate = self.initial_rate * correction
        self.mean *= self.beta_1
        self.mean += (1 - self.beta_1) * g
        self.square *= self.beta_2
        g *= g
        g *= 1 - self.beta_2
        self.square += g
        np.sqrt(self.square, out=g)
        g += self.epsilon
        theta -= self.learning_rate * self.mean / g

    def epoch_ends(self, t):
        """The learning rate follows from the number of steps alone."""

    def stall(self):
        """Stop."""
        return None
