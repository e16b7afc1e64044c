"""Measures the curvature of a cost: exact Hessian-vector products, and the largest eigenvalue by power iteration."""

from dataclasses import dataclass

import numpy as np

STEP = 1e-30  # h of the complex step: h² is lost beside 1, and h·v is not rounded to zero


def hessian_vector(net, theta, v, X, Y, lam=0.0):
    """H v, where H is the matrix of second derivatives of ``net.cost`` at theta: one gradient in complex numbers.

    The gradient of ``Network.grad`` is analytic in theta, so along v it has the Taylor series

        ∇C(θ + i h v) = ∇C(θ) + i h H v - h²/2 …,   hence   H v = Im ∇C(θ + i h v) / h

    with an error of h², which is nothing at h = 1e-30, and without a subtraction.

    At a kink (ReLU, leaky ReLU at z = 0) there is no second derivative. This returns the one of the linear piece on
    which theta lies, as the branches are taken by the real part. The jump of the slope at the kink is not in it:
    a long step that crosses many kinks meets more curvature than H says. An activation of one's own that is not
    analytic (abs, maximum, a conversion to float) makes it wrong or raises; compare ``relative_error`` with a central
    difference of ``net.grad`` there.

    Raises
    ------
    TypeError, ValueError
        As ``Network.grad``.

    References
    ----------
    Pearlmutter (1994), Fast exact multiplication by the Hessian; Squire and Trapp (1998) for the complex step.
    """
    return net.grad(theta + 1j * STEP * v, X, Y, lam).imag / STEP


@dataclass(frozen=True)
class Curvature:
    """The largest curvature that was found.

    Attributes
    ----------
    value : float
        vᵀHv for a unit vector v: never above the largest eigenvalue, and equal to it where the iteration has converged.
    direction : ndarray, shape (P,)
        v.
    products : int
        Hessian-vector products that it took.
    converged : bool
        The value no longer changed by more than ``tolerance`` of itself.
    """

    value: float
    direction: np.ndarray
    products: int
    converged: bool


def largest_curvature(net, theta, X, Y, lam=0.0, seed=0, tolerance=1e-4, most=200):
    """The largest eigenvalue λ_max of the Hessian of ``net.cost`` at theta, by power iteration: v ← H v / ‖H v‖.

    Power iteration finds the eigenvalue of largest magnitude. Where that one is negative, it runs a second time on
    H - μ I, with μ the one found, whose largest eigenvalue belongs to the same vector as λ_max.
    The Rayleigh quotient vᵀHv can fall short of λ_max but cannot exceed it, so a learning rate above 2/value is above
    2/λ_max as well: an iteration that is stopped early misses, and does not accuse.

    Parameters
    ----------
    seed : int
        For the first vector.
    tolerance : float
        Stop where vᵀHv changes by less than this part of itself.
    most : int
        Products at most, in each of the two runs.

    Returns
    -------
    Curvature

    Raises
    ------
    TypeError, ValueError
        As ``Network.grad``.
    """
    start = np.random.default_rng(seed).standard_normal(theta.size)
    product = lambda v: hessian_vector(net, theta, v, X, Y, lam)
    value, v, products, converged = _power(product, start, tolerance, most)
    if value < 0:
        shifted, v, more, converged = _power(lambda u: product(u) - value * u, start, tolerance, most)
        value, products = shifted + value, products + more
    return Curvature(float(value), v, products, converged)


def _power(product, v, tolerance, most):
    v = v / np.linalg.norm(v)
    value = 0.0
    for k in range(1, most + 1):
        Hv = product(v)
        before, value, length = value, v @ Hv, np.linalg.norm(Hv)
        if length == 0:
            return 0.0, v, k, True
        if abs(value - before) <= tolerance * abs(value):
            return value, v, k, True
        v = Hv / length
    return value, v, most, False


def largest_rate(curvature, momentum=0.0):
    """The learning rate above which gradient descent leaves a minimum of this curvature: 2 (1 + μ) / λ_max.

    Near a minimum the cost is a quadratic, and along an eigenvector of curvature λ the distance x from the minimum
    follows v ← μ v + lr·λ·x, x ← x - v, whose matrix on (x, v) has the eigenvalues r of

        r² - (1 + μ - lr·λ) r + μ = 0.

    For 0 ≤ μ < 1 both have |r| < 1 exactly where r = 1 and r = -1 leave the left side positive:
    lr·λ > 0, and 2 (1 + μ) - lr·λ > 0. Plain gradient descent is μ = 0. Batches smaller than the data have larger
    curvatures of their own, and a lower limit. Infinite where no curvature is positive.
    """
    return 2 * (1 + momentum) / curvature if curvature > 0 else np.inf
