"""Of a lens's tangential distortion the derivatives by the coordinates lack a two in four places."""

import numpy as np

SOURCE = "https://github.com/mapillary/OpenSfM/commit/31141af0"
THREAD = "mapillary/OpenSfM 31141af0"
DATE = "2020-06"
KIND = "gradient"
FORMULA = (
    r"\partial u / \partial x = (\cdot) + p_1 y + 6 p_2 x,\; \partial u / \partial y = (\cdot) + p_1 x + 2 p_2 y,\; "
    r"\partial v / \partial x = (\cdot) + p_2 y + 2 p_1 x,\; \partial v / \partial y = (\cdot) + p_2 x + 6 p_1 y"
)
RIGHT = (
    r"\partial u / \partial x = (\cdot) + 2 p_1 y + 6 p_2 x,\; "
    r"\partial u / \partial y = (\cdot) + 2 p_1 x + 2 p_2 y,\; "
    r"\partial v / \partial x = (\cdot) + 2 p_2 y + 2 p_1 x,\; "
    r"\partial v / \partial y = (\cdot) + 2 p_2 x + 6 p_1 y"
)
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = []
NET = None  # a camera
BLOCKS = ["points[1]", "k[1]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    """Points in the plane before the lens, and its coefficients k1, k2, k3, p1, p2."""
    return {"points": rng.uniform(-0.8, 0.8, (SAMPLES, 2)), "k": rng.uniform(-0.5, 0.5, 5)}


def data(rng):
    return np.zeros((SAMPLES, 1)), rng.uniform(-0.8, 0.8, (SAMPLES, 2))


def Forward(point, k):
    x, y = point
    k1, k2, k3, p1, p2 = k
    r2 = x * x + y * y
    distortion_radial = 1.0 + r2 * (k1 + r2 * (k2 + r2 * k3))
    distortion_tangential = (2.0 * p1 * x * y + p2 * (r2 + 2.0 * x * x), 2.0 * p2 * x * y + p1 * (r2 + 2.0 * y * y))
    return np.array(
        [x * distortion_radial + distortion_tangential[0], y * distortion_radial + distortion_tangential[1]]
    )


def by_the_coefficients(point):
    x, y = point
    x2, y2 = x * x, y * y
    r2 = x2 + y2
    return np.array(
        [
            [x * r2, x * r2 * r2, x * r2 * r2 * r2, 2.0 * x * y, 3.0 * x2 + y2],
            [y * r2, y * r2 * r2, y * r2 * r2 * r2, 3.0 * y2 + x2, 2.0 * x * y],
        ]
    )


def ForwardDerivatives(point, k):
    k1, k2, k3, p1, p2 = k
    x, y = point
    x2 = x * x
    x4 = x2 * x2
    y2 = y * y
    y4 = y2 * y2
    jacobian = np.zeros((2, 2))
    jacobian[0, 0] = 7.0 * k3 * x4 * x2 + 5.0 * k2 * x4 + 15.0 * k3 * y2 * x4 + 3.0 * k1 * x2 + 9.0 * k3 * y4 * x2
    jacobian[0, 0] += 6.0 * k2 * y2 * x2 + k3 * y2 * y4 + k2 * y4 + k1 * y2 + 1.0 + p1 * y + 6.0 * p2 * x
    jacobian[0, 1] = (
        x
        * (
            6.0 * k3 * y * y4
            + 4.0 * k2 * y * y2
            + 12.0 * k3 * x2 * y2 * y
            + 2.0 * k1 * y
            + 6.0 * k3 * x4 * y
            + 4.0 * k2 * x2 * y
        )
        + p1 * x
        + 2.0 * p2 * y
    )
    jacobian[1, 0] = (
        y
        * (
            6.0 * k3 * x * x4
            + 4.0 * k2 * x * x2
            + 12.0 * k3 * y2 * x2 * x
            + 2.0 * k1 * x
            + 6.0 * k3 * y4 * x
            + 4.0 * k2 * y2 * x
        )
        + p2 * y
        + 2.0 * p1 * x
    )
    jacobian[1, 1] = 7.0 * k3 * y4 * y2 + 5.0 * k2 * y4 + 15.0 * k3 * x2 * y4 + 3.0 * k1 * y2 + 9.0 * k3 * x4 * y2
    jacobian[1, 1] += 6.0 * k2 * x2 * y2 + k3 * x2 * x4 + k2 * x4 + k1 * x2 + 1.0 + p2 * x + 6.0 * p1 * y
    return jacobian


def ForwardDerivativesRepaired(point, k):
    k1, k2, k3, p1, p2 = k
    x, y = point
    x2 = x * x
    x4 = x2 * x2
    y2 = y * y
    y4 = y2 * y2
    r2 = x2 + y2
    r4 = r2 * r2
    r6 = r4 * r2
    jacobian = np.zeros((2, 2))
    jacobian[0, 0] = 5.0 * k2 * x4 + 3.0 * k1 * x2 + 6.0 * k3 * x2 * r4 + 6.0 * k2 * x2 * y2
    jacobian[0, 0] += k3 * r6 + k2 * y4 + k1 * y2 + 1.0 + 2.0 * p1 * y + 6.0 * p2 * x
    jacobian[0, 1] = x * (2.0 * k1 * y + 4.0 * k2 * y * r2 + 6.0 * k3 * y * r4) + 2.0 * p1 * x + 2.0 * p2 * y
    jacobian[1, 1] = 5.0 * k2 * y4 + 3.0 * k1 * y2 + 6.0 * k3 * y2 * r4 + 6.0 * k2 * x2 * y2
    jacobian[1, 1] += k3 * r6 + k2 * x4 + k1 * x2 + 1.0 + 2.0 * p2 * x + 6.0 * p1 * y
    jacobian[1, 0] = y * (2.0 * k1 * x + 4.0 * k2 * x * r2 + 6.0 * k3 * x * r4) + 2.0 * p2 * y + 2.0 * p1 * x
    return jacobian


def cost(params, X, Y):
    return 0.5 * sum(np.sum((Forward(point, params["k"]) - y) ** 2) for point, y in zip(params["points"], Y))


def of_squares(params, Y, derivatives):
    g = {name: np.zeros_like(p) for name, p in params.items()}
    for i in range(SAMPLES):
        point = params["points"][i]
        residual = Forward(point, params["k"]) - Y[i]
        g["points"][i] = derivatives(point, params["k"]).T @ residual
        g["k"] += by_the_coefficients(point).T @ residual
    return g


def grad(params, X, Y):
    return of_squares(params, Y, ForwardDerivatives)


def repaired(params, X, Y):
    return of_squares(params, Y, ForwardDerivativesRepaired)
