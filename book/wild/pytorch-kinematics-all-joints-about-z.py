"""The Jacobian of an arm takes the z axis for that of every revolute joint, whatever the joint's own axis is."""

import numpy as np

SOURCE = "https://github.com/UM-ARM-Lab/pytorch_kinematics/pull/13"
THREAD = "UM-ARM-Lab/pytorch_kinematics PR #13, bee97ab"
DATE = "2022-10"
KIND = "gradient"
GROUP = "slope"
FORMULA = (
    r"\partial p / \partial \theta_j = R\, (R_j^\top e_z \times R_j^\top p_j),\; "
    r"(R_j, p_j) \text{: from the flange to joint } j"
)
RIGHT = r"\partial p / \partial \theta_j = R\, (R_j^\top a_j \times R_j^\top p_j),\; a_j \text{: the joint's axis}"
READ = "reconstruction"  # the cost, of an inverse kinematics: half the mean squared distance to the targets
LAYER = [1]
NAMES = []
NET = None  # the angles of an arm
BLOCKS = ["th[1]"]
SAMPLES = 3
LAM = 0.0


def start(rng):
    return rng.uniform(-1.2, 1.2, 5)


def data(rng):
    """Positions that the end of the arm shall reach."""
    return np.zeros((SAMPLES, 1)), 0.7 * rng.standard_normal((SAMPLES, 3))


def axis_and_angle_to_matrix(axis, theta):
    x, y, z = axis
    c, s = np.cos(theta), np.sin(theta)
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return c * np.eye(3) + s * cross + (1 - c) * np.outer(axis, axis)


def matrix(rot=None, pos=None):
    m = np.eye(4)
    if rot is not None:
        m[:3, :3] = rot
    if pos is not None:
        m[:3, 3] = pos
    return m


class Frame:
    def __init__(self, joint_type, axis, offset):
        self.joint_type, self.offset = joint_type, matrix(pos=offset)
        self.axis = np.array(axis, dtype=float) / np.linalg.norm(axis)

    def get_transform(self, theta):
        if self.joint_type == "revolute":
            t = matrix(rot=axis_and_angle_to_matrix(self.axis, theta))
        elif self.joint_type == "prismatic":
            t = matrix(pos=theta * self.axis)
        else:
            t = matrix()
        return self.offset @ t


SERIAL_FRAMES = [
    Frame("revolute", [0, 0, 1], [0, 0, 0.3]),
    Frame("revolute", [0, 1, 0], [0.1, 0, 0.2]),
    Frame("prismatic", [1, 0, 0], [0, 0, 0.4]),
    Frame("revolute", [0, 1, 1], [0.5, 0, 0]),
    Frame("revolute", [1, 0, 0], [0.3, 0.1, 0]),
    Frame("fixed", [1, 0, 0], [0.1, 0.2, 0.3]),
]


def forward_kinematics(th):
    pose, cnt = np.eye(4), 0
    for f in SERIAL_FRAMES:
        pose = pose @ f.get_transform(th[min(cnt, len(th) - 1)])
        cnt += f.joint_type != "fixed"
    return pose


def revolute_old(f, cur_transform):
    d = np.stack(
        [
            -cur_transform[0, 0] * cur_transform[1, 3] + cur_transform[1, 0] * cur_transform[0, 3],
            -cur_transform[0, 1] * cur_transform[1, 3] + cur_transform[1, 1] * cur_transform[0, 3],
            -cur_transform[0, 2] * cur_transform[1, 3] + cur_transform[1, 2] * cur_transform[0, 3],
        ]
    )
    delta = cur_transform[2, 0:3]
    return np.concatenate((d, delta))


def revolute_new(f, cur_transform):
    # cur_transform transforms a point in the end's frame into one in the joint's
    joint2eef_rot = cur_transform[:3, :3].T
    axis_in_eef = joint2eef_rot @ f.axis
    eef2joint_pos_in_eef = joint2eef_rot @ cur_transform[:3, 3]
    position_jacobian = np.cross(axis_in_eef, eef2joint_pos_in_eef)
    return np.concatenate((position_jacobian, axis_in_eef))


def calc_jacobian(th, revolute):
    """(6, DOF) in the base frame: three rows of translational velocities, three of angular ones."""
    j_fl = np.zeros((6, len(th)))
    cur_transform = np.eye(4)
    cnt = 0
    for f in reversed(SERIAL_FRAMES):
        if f.joint_type == "revolute":
            cnt += 1
            j_fl[:, -cnt] = revolute(f, cur_transform)
        elif f.joint_type == "prismatic":
            cnt += 1
            j_fl[:3, -cnt] = f.axis @ cur_transform[:3, :3]
        cur_frame_transform = f.get_transform(th[-cnt])
        cur_transform = cur_frame_transform @ cur_transform

    # convert from the flange's frame to the base's
    rotation = forward_kinematics(th)[:3, :3]
    j_tr = np.zeros((6, 6))
    j_tr[:3, :3] = rotation
    j_tr[3:, 3:] = rotation
    return j_tr @ j_fl


def cost(th, X, Y):
    p = forward_kinematics(th)[:3, 3]
    return 0.5 * np.sum((p - Y) ** 2) / len(Y)


def gradient(th, Y, revolute):
    p = forward_kinematics(th)[:3, 3]
    return calc_jacobian(th, revolute)[:3].T @ np.mean(p - Y, axis=0)


def grad(th, X, Y):
    return gradient(th, Y, revolute_old)


def repaired(th, X, Y):
    return gradient(th, Y, revolute_new)
