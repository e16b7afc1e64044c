"""The Jacobian by the logarithms of three scales is taken about the origin, the transform scales about a centre."""

import numpy as np

SOURCE = "https://github.com/InsightSoftwareConsortium/ITK/pull/6572"
THREAD = "InsightSoftwareConsortium/ITK #6571, PR #6572"
DATE = "2026-07"
KIND = "gradient"
GROUP = "blocks"
FORMULA = r"\partial T_i / \partial \log s_i = s_i\, p_i,\; T_i = s_i (p_i - c_i) + c_i"
RIGHT = r"\partial T_i / \partial \log s_i = s_i\, (p_i - c_i),\; T_i = s_i (p_i - c_i) + c_i"
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # points are registered; the sum of their squared distances is made up, the library has several metrics
BLOCKS = ["parameters[1]"]
SAMPLES = 7
LAM = 0.0
SPACE_DIMENSION = 3
CENTER = np.array([0.8, -0.5, 1.1])


def start(rng):
    """The logarithm of a scale for each direction."""
    return 0.4 * rng.standard_normal(SPACE_DIMENSION)


def data(rng):
    """Points, and where they should come to lie."""
    return rng.standard_normal((SAMPLES, SPACE_DIMENSION)), rng.standard_normal((SAMPLES, SPACE_DIMENSION))


class ScaleTransform:
    def __init__(self):
        self.m_Scale = np.ones(SPACE_DIMENSION)
        self.m_Center = np.zeros(SPACE_DIMENSION)

    def SetScale(self, scale):
        self.m_Scale = scale

    def GetScale(self):
        return self.m_Scale

    def SetCenter(self, center):
        self.m_Center = center

    def GetCenter(self):
        return self.m_Center

    def TransformPoint(self, point):
        return (point - self.m_Center) * self.m_Scale + self.m_Center


class ScaleLogarithmicTransform(ScaleTransform):
    right = False

    def SetParameters(self, parameters):
        scales = np.zeros_like(parameters)
        for i in range(SPACE_DIMENSION):
            scales[i] = np.exp(parameters[i])
        self.SetScale(scales)

    def ComputeJacobianWithRespectToParameters(self, p):
        scales = self.GetScale()
        center = self.GetCenter()
        jacobian = np.zeros((SPACE_DIMENSION, SPACE_DIMENSION))
        for dim in range(SPACE_DIMENSION):
            # the derivative with respect to Log(scale) = scale * derivative with
            # respect to scale.
            if self.right:
                jacobian[dim, dim] = scales[dim] * (p[dim] - center[dim])
            else:
                jacobian[dim, dim] = scales[dim] * p[dim]
        return jacobian


class MendedTransform(ScaleLogarithmicTransform):
    right = True


def transform_of(parameters, kind):
    transform = kind()
    transform.SetCenter(CENTER)
    transform.SetParameters(parameters)
    return transform


def cost(parameters, X, Y):
    transform = transform_of(parameters, ScaleLogarithmicTransform)
    value = 0
    for point, target in zip(X, Y):
        value += np.sum((transform.TransformPoint(point) - target) ** 2)
    return value / len(X)


def derivative(parameters, X, Y, kind):
    transform = transform_of(parameters, kind)
    local = np.zeros(SPACE_DIMENSION)
    for point, target in zip(X, Y):
        jacobian = transform.ComputeJacobianWithRespectToParameters(point)
        local += 2 * (transform.TransformPoint(point) - target) @ jacobian
    return local / len(X)


def grad(parameters, X, Y):
    return derivative(parameters, X, Y, ScaleLogarithmicTransform)


def repaired(parameters, X, Y):
    return derivative(parameters, X, Y, MendedTransform)
