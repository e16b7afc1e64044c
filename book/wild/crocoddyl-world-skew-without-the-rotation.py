"""A velocity turned to the world's axes is crossed with turning axes that are still those of the frame."""

import numpy as np

SOURCE = "https://github.com/loco-3d/crocoddyl/commit/c56b69f555131b5ac64d658565af307e17586353"
THREAD = "loco-3d/crocoddyl c56b69f5"
DATE = "2023-03"
KIND = "gradient"
GROUP = "down"
FORMULA = r"\partial (R v) / \partial q = R\, \partial v / \partial q - [R v]_\times J_\omega"
RIGHT = r"\partial (R v) / \partial q = R\, \partial v / \partial q - [R v]_\times R J_\omega"
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # the foot of a leg that hits the ground
BLOCKS = ["q[1]"]
SAMPLES = 4
LAM = 0.0
AXES = np.array([[0.0, 0, 1], [1, 0, 0], [0, 1, 0], [0, 1, 0], [1, 0, 0]])
LINKS = np.array([[0.0, 0, 0.2], [0, 0.1, 0], [0.1, 0, -0.3], [0, 0, -0.35], [0.05, 0, -0.1]])


def start(rng):
    return {"q": rng.uniform(-1, 1, len(AXES))}


def data(rng):
    """Velocities of the joints before an impulse, and the velocities of the foot that are wanted."""
    return rng.standard_normal((SAMPLES, len(AXES))), 0.3 * rng.standard_normal((SAMPLES, 3))


def skew(v):
    return np.array([[0, -v[2], v[1]], [v[2], 0, -v[0]], [-v[1], v[0], 0]])


def rotation(axis, angle):
    a = skew(axis)
    return np.eye(3) + np.sin(angle) * a + (1 - np.cos(angle)) * a @ a


def forwardKinematics(q):
    """The foot's rotation, and its Jacobian in its own axes: three linear rows above three angular ones."""
    R, p, joints = np.eye(3), np.zeros(3), []
    for axis, link, angle in zip(AXES, LINKS, q):
        R = R @ rotation(axis, angle)
        joints.append((R @ axis, p))
        p = p + R @ link
    fJf = np.array([np.append(R.T @ np.cross(a, p - o), R.T @ a) for a, o in joints]).T
    return R, fJf


def velocityDerivatives(fJf, vq):
    """The frame's velocity by the joints, in the frame's own axes: what the joints before do, crossed with theirs."""
    v, columns = np.zeros(6), []
    for J, rate in zip(fJf.T, vq):
        linear = np.cross(v[3:], J[:3]) + np.cross(v[:3], J[3:])
        columns.append(np.append(linear, np.cross(v[3:], J[3:])))
        v = v + J * rate
    return np.array(columns).T


class ImpulseModel3D:
    def calc(self, q):
        self.oRf, self.fJf = forwardKinematics(q)
        self.Jc = self.oRf @ self.fJf[:3]

    def calcDiff(self, vq):
        dv0_local_dq = velocityDerivatives(self.fJf, vq)[:3]
        v0_world_skew = self.skewed(self.Jc @ vq)
        return self.oRf @ dv0_local_dq - v0_world_skew @ self.fJf[3:]

    def skewed(self, v0_world):
        return skew(v0_world)


class RepairedImpulseModel3D(ImpulseModel3D):
    def skewed(self, v0_world):
        return skew(v0_world) @ self.oRf


def cost(params, X, Y):
    model = ImpulseModel3D()
    model.calc(params["q"])
    return 0.5 * np.sum((X @ model.Jc.T - Y) ** 2) / len(X)


def gradient(params, X, Y, model):
    model.calc(params["q"])
    return {"q": sum(model.calcDiff(vq).T @ (model.Jc @ vq - y) for vq, y in zip(X, Y)) / len(X)}


def grad(params, X, Y):
    return gradient(params, X, Y, ImpulseModel3D())


def repaired(params, X, Y):
    return gradient(params, X, Y, RepairedImpulseModel3D())
