"""A robust loss is given the residual that its weights have shrunk already, and not the whitened one."""

import numpy as np

SOURCE = "https://github.com/borglab/gtsam/commit/215682e64"
THREAD = "borglab/gtsam 215682e64"
DATE = "2022-04"
KIND = "cost"
FORMULA = r"C = \textstyle\sum_i \rho\bigl(\sqrt{w(\lVert r_i \rVert)}\, \lVert r_i \rVert\bigr),\; w(r) = \rho'(r) / r"
RIGHT = (
    r"C = \textstyle\sum_i \rho(\lVert r_i \rVert),\; r_i = R_i (h_i(x) - z_i),\; "
    r"\rho(r) = \tfrac12 r^2 \text{ up to } k,\; k (r - \tfrac12 k) \text{ beyond}"
)
READ = "code"  # the factor is one on the distance to a landmark, with its Jacobian; Huber's loss is set
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # a factor graph
BLOCKS = ["pose[1]", "landmarks[1]"]
SAMPLES = 6
LAM = 0.0
K = 0.8


def start(rng):
    """The position of a robot and those of three landmarks."""
    return {"pose": rng.standard_normal(2), "landmarks": 3 * rng.standard_normal((3, 2))}


def data(rng):
    """Which landmark and the sigmas, and where it was seen from the robot."""
    X = np.column_stack([np.arange(SAMPLES) % 3, rng.uniform(0.5, 1.0, (SAMPLES, 2))])
    return X, 3 * rng.standard_normal((SAMPLES, 2))


class Huber:
    def __init__(self, k):
        self.k_ = k

    def weight(self, distance):
        absError = distance if distance.real > 0 else -distance
        return 1.0 if absError.real <= self.k_ else self.k_ / absError

    def sqrtWeight(self, distance):
        return np.sqrt(self.weight(distance))

    def loss(self, distance):
        absError = distance if distance.real > 0 else -distance
        if absError.real <= self.k_:  # |x| <= k
            return distance * distance / 2
        else:  # |x| > k
            return self.k_ * (absError - (self.k_ / 2))

    def reweight(self, A, error):
        w = self.sqrtWeight(np.sqrt(error @ error))
        return [w * Aj for Aj in A], w * error


class Base:
    def squaredMahalanobisDistance(self, v):
        w = self.whiten(v)
        return w @ w


class Diagonal(Base):
    def __init__(self, sigmas):
        self.sigmas = sigmas

    def whiten(self, v):
        return v / self.sigmas

    def WhitenSystem(self, A, b):
        return [Aj / self.sigmas[:, None] for Aj in A], self.whiten(b)


class Robust(Base):
    def __init__(self, robust, noise):
        self.robust_, self.noise_ = robust, noise

    def whiten(self, v):
        return self.WhitenSystem([], v)[1]

    def WhitenSystem(self, A, b):
        A, b = self.noise_.WhitenSystem(A, b)
        return self.robust_.reweight(A, b)

    def loss(self, squared_distance):
        return self.robust_.loss(np.sqrt(squared_distance))


class RobustLater(Robust):
    def squaredMahalanobisDistance(self, v):
        return self.noise_.squaredMahalanobisDistance(v)


class NoiseModelFactor:
    def __init__(self, x, z, model):
        self.key, self.z = int(x[0]), z
        self.noiseModel_ = model(Huber(K), Diagonal(x[1:]))

    def unwhitenedError(self, c):
        return c["landmarks"][self.key] - c["pose"] - self.z

    def error(self, c):
        b = self.unwhitenedError(c)
        return self.noiseModel_.loss(self.noiseModel_.squaredMahalanobisDistance(b))

    def linearize(self, c):
        return self.noiseModel_.WhitenSystem([-np.eye(2), np.eye(2)], -self.unwhitenedError(c))


def cost(params, X, Y):
    return sum(NoiseModelFactor(x, z, Robust).error(params) for x, z in zip(X, Y, strict=True))


def meant(params, X, Y):
    return sum(NoiseModelFactor(x, z, RobustLater).error(params) for x, z in zip(X, Y, strict=True))


def gradient_at_zero(params, X, Y, scale):
    g = {name: np.zeros(p.shape) for name, p in params.items()}
    for x, z in zip(X, Y, strict=True):
        factor = NoiseModelFactor(x, z, Robust)
        (A_pose, A_landmark), b = factor.linearize(params)
        s = scale(factor.noiseModel_.noise_.whiten(factor.unwhitenedError(params)))
        g["pose"] -= s * (A_pose.T @ b)
        g["landmarks"][factor.key] -= s * (A_landmark.T @ b)
    return g


def grad(params, X, Y):
    """The gradient of the linearized graph, -A'b."""
    return gradient_at_zero(params, X, Y, lambda r: 1.0)


def repaired(params, X, Y):
    """The gradient of the error as it was: beyond k it is k (sqrt(k r) - k/2)."""

    def scale(r):
        r = np.sqrt(r @ r)
        return 1.0 if r <= K else 0.5 * np.sqrt(K / r)

    return gradient_at_zero(params, X, Y, scale)
