"""A rotated point's Jacobian has the point's cross matrix in front of the rotation and without its sign."""

import numpy as np

SOURCE = "https://github.com/facebookresearch/theseus/commit/a9063934479db5af0c2c479bbbe365b8e861abbb"
THREAD = "facebookresearch/theseus #505, a9063934"
DATE = "2023-04"
KIND = "gradient"
GROUP = "down"
FORMULA = r"\partial (R p) / \partial \phi = [p]_\times R"
RIGHT = r"\partial (R p) / \partial \phi = -R [p]_\times"
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # rotations, each of one point
BLOCKS = ["tangent[1]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    """A rotation vector for each point."""
    return rng.standard_normal((SAMPLES, 3))


def data(rng):
    """The points, and where they were seen."""
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 3))


def hat(tangent):
    ret = np.zeros((tangent.shape[0], 3, 3), dtype=tangent.dtype)
    ret[:, 0, 1], ret[:, 0, 2], ret[:, 1, 2] = -tangent[:, 2], tangent[:, 1], -tangent[:, 0]
    ret[:, 1, 0], ret[:, 2, 0], ret[:, 2, 1] = tangent[:, 2], -tangent[:, 1], tangent[:, 0]
    return ret


def exp_helper(tangent):
    theta = np.sqrt(np.sum(tangent**2, axis=1))[:, None, None]
    return theta, np.sin(theta) / theta, (1 - np.cos(theta)) / theta**2, hat(tangent)


def exp_impl(tangent):
    theta, sine_by_theta, one_minus_cosine_by_theta2, tangent_hat = exp_helper(tangent)
    eye = np.eye(3)[None]
    return eye + sine_by_theta * tangent_hat + one_minus_cosine_by_theta2 * tangent_hat @ tangent_hat


def jexp_impl(tangent):
    """The rotations and the right Jacobians of the exponential."""
    theta, sine_by_theta, one_minus_cosine_by_theta2, tangent_hat = exp_helper(tangent)
    theta_minus_sine_by_theta3 = (1 - sine_by_theta) / theta**2
    jacobian = np.eye(3)[None] - one_minus_cosine_by_theta2 * tangent_hat
    jacobian = jacobian + theta_minus_sine_by_theta3 * tangent_hat @ tangent_hat
    return jacobian, exp_impl(tangent)


def transform_from_impl(group, tensor):
    return (group @ tensor.reshape(-1, 3, 1)).reshape(tensor.shape)


def jtransform_from_impl(group, tensor):
    jacobian_g = hat(tensor) @ group
    jacobian_p = group
    return [jacobian_g, jacobian_p], transform_from_impl(group, tensor)


def jtransform_from_impl_later(group, tensor):
    jacobian_g = -group @ hat(tensor)
    jacobian_p = group
    return [jacobian_g, jacobian_p], transform_from_impl(group, tensor)


def cost(tangent, X, Y):
    error = transform_from_impl(exp_impl(tangent), X) - Y
    return 0.5 * np.sum(error**2)


def objective_gradient(jtransform_from, tangent, X, Y):
    jexp, group = jexp_impl(tangent)
    (jacobian_g, _), moved = jtransform_from(group, X)
    grad_group = np.einsum("nij,ni->nj", jacobian_g, moved - Y)
    return np.einsum("nij,ni->nj", jexp, grad_group)


def grad(tangent, X, Y):
    return objective_gradient(jtransform_from_impl, tangent, X, Y)


def repaired(tangent, X, Y):
    return objective_gradient(jtransform_from_impl_later, tangent, X, Y)
