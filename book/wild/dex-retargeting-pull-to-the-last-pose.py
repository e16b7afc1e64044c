"""A hand's objective leaves out the pull to its last pose, which its gradient has."""

import numpy as np

SOURCE = "https://github.com/dexsuite/dex-retargeting/issues/81"
THREAD = "dexsuite/dex-retargeting #81"
DATE = "2025-11"
KIND = "cost"
FORMULA = r"C = \operatorname{mean} \mathrm{SmoothL1}_\beta (p(q) - t)"
RIGHT = r"C = \operatorname{mean} \mathrm{SmoothL1}_\beta (p(q) - t) + \lambda \lVert q - q_\text{last} \rVert^2"
READ = "reconstruction"  # the objective is the author's; the robot (two planar fingers) and the numbers are made up
LAYER = [1]
NAMES = [{"penalty"}, {"another-cost"}]
NET = None  # kinematics of a hand
BLOCKS = ["x[1]"]
SAMPLES = 4
LAM = 0.0
HUBER_DELTA, NORM_DELTA = 0.4, 0.15
LENGTHS = np.array([[1.0, 0.8, 0.5], [1.1, 0.7, 0.6]])
BASES = np.array([[0.0, 0.3, 0.0], [0.0, -0.3, 0.1]])
TARGET_LINKS = [(0, 1), (0, 2), (1, 1), (1, 2)]


def start(rng):
    """Three joints of each of two fingers."""
    return rng.uniform(-1.0, 1.0, 6)


def data(rng):
    """The last pose in the first rows (two of three joints each, then none), and where the links shall be."""
    last_qpos = np.zeros((SAMPLES, 3))
    last_qpos[:2] = rng.uniform(-1.0, 1.0, (2, 3))
    return last_qpos, rng.uniform(-1.5, 1.5, (SAMPLES, 3))


class RobotWrapper:
    """Each finger turns in the plane of x and z by its second and third joint, about z by its first."""

    def compute_forward_kinematics(self, qpos):
        self.qpos = qpos.reshape(2, 3)

    def get_link_pose(self, finger, link):
        yaw, bend, curl = self.qpos[finger]
        base, first, second = LENGTHS[finger]
        reach, height = base + first * np.cos(bend), first * np.sin(bend)
        if link == 2:
            reach, height = (reach + second * np.cos(bend + curl), height + second * np.sin(bend + curl))
        return np.stack([reach * np.cos(yaw), reach * np.sin(yaw), height]) + BASES[finger]

    def compute_jacobian(self, finger, link):
        yaw, bend, curl = self.qpos[finger]
        base, first, second = LENGTHS[finger]
        at = self.get_link_pose(finger, link) - BASES[finger]
        reach, height = np.hypot(at[0], at[1]), at[2]
        tip = (height - first * np.sin(bend), second * np.cos(bend + curl) if link == 2 else 0.0)
        sign = np.sign(at[0] * np.cos(yaw) + at[1] * np.sin(yaw))
        outward = np.array([np.cos(yaw), np.sin(yaw), 0.0])
        jacobian = np.zeros((3, 6))
        jacobian[:, 3 * finger] = sign * reach * np.array([-np.sin(yaw), np.cos(yaw), 0.0])
        jacobian[:, 3 * finger + 1] = -height * outward + np.array([0, 0, first * np.cos(bend) + tip[1]])
        jacobian[:, 3 * finger + 2] = -tip[0] * outward + np.array([0, 0, tip[1]])
        return jacobian


class SmoothL1Loss:
    def __init__(self, beta):
        self.beta = beta

    def __call__(self, input, target):
        d = input - target
        absolute = np.where(d.real > 0, d, -d)
        return np.mean(np.where(absolute.real < self.beta, 0.5 * d**2 / self.beta, absolute - 0.5 * self.beta))

    def backward(self, input, target):
        return np.clip((input - target) / self.beta, -1, 1) / input.size


class PositionOptimizer:
    def __init__(self, robot, huber_delta, norm_delta):
        self.robot = robot
        self.huber_loss = SmoothL1Loss(beta=huber_delta)
        self.norm_delta = norm_delta

    def get_objective_function(self, target_pos, last_qpos, right=False, penalty=True):
        def objective(x, grad):
            self.robot.compute_forward_kinematics(x)
            body_pos = np.stack([self.robot.get_link_pose(*index) for index in TARGET_LINKS], axis=0)

            # Loss term for kinematics retargeting based on 3D position error
            result = self.huber_loss(body_pos, target_pos)
            if right:
                result += self.norm_delta * np.sum((x - last_qpos) ** 2)

            if grad.size > 0:
                jacobians = [self.robot.compute_jacobian(*index) for index in TARGET_LINKS]
                jacobians = np.stack(jacobians, axis=0)
                grad_pos = self.huber_loss.backward(body_pos, target_pos)[:, None, :]

                # Compute the gradient to the qpos
                grad_qpos = np.matmul(grad_pos, jacobians)
                grad_qpos = grad_qpos.mean(1).sum(0)
                if penalty:
                    grad_qpos += 2 * self.norm_delta * (x - last_qpos)

                grad[:] = grad_qpos[:]

            return result

        return objective


def objective_of(X, Y, **how):
    return PositionOptimizer(RobotWrapper(), HUBER_DELTA, NORM_DELTA).get_objective_function(Y, X[:2].ravel(), **how)


def cost(x, X, Y):
    return objective_of(X, Y)(x, np.empty(0))


def meant(x, X, Y):
    return objective_of(X, Y, right=True)(x, np.empty(0))


def grad(x, X, Y):
    g = np.zeros_like(x)
    objective_of(X, Y)(x, g)
    return g


def repaired(x, X, Y):
    """The gradient of the objective as it is."""
    g = np.zeros_like(x)
    objective_of(X, Y, penalty=False)(x, g)
    return g
