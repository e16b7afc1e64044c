"""A rendered image is stretched and inverted, and the pose is given the gradient of the plain one."""

import numpy as np

SOURCE = "https://github.com/isaac-for-healthcare/i4h-sensor-simulation/issues/68"
THREAD = "isaac-for-healthcare/i4h-sensor-simulation #68"
DATE = "2026-08"
KIND = "gradient"
GROUP = "down"
FORMULA = r"\partial C / \partial \text{pose} = \sum_p \delta_p\, \partial I_p / \partial \text{pose}"
RIGHT = (
    r"\partial C / \partial \text{pose} = \sum_p \delta_p\, \partial y_p / \partial \text{pose},\;"
    r" y_p = 1 - \frac{I_p - \min I}{\max I - \min I + \varepsilon}"
)
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # an X-ray of a volume in some pose
BLOCKS = ["rotation[1]", "translation[1]"]
SAMPLES = 12
LAM = 0.0
CENTRES = np.array([[0.5, 0.2, -0.3], [-0.6, 0.4, 0.2], [0.1, -0.5, 0.4], [0.3, 0.6, 0.5]])
DENSE = np.array([1.2, 0.8, 1.0, 0.6])
WIDTH, STEPS, EPS = 0.5, 16, 1e-6
DEPTHS = np.linspace(-2, 2, STEPS)
STEP = DEPTHS[1] - DEPTHS[0]


def start(rng):
    return {"rotation": 0.4 * rng.standard_normal(3), "translation": 0.2 * rng.standard_normal(3)}


def data(rng):
    """Places on the detector, and how bright they are in the picture to which the volume is brought."""
    pixels = rng.uniform(-1, 1, (SAMPLES, 2))
    pose = {"rotation": np.array([0.1, -0.2, 0.15]), "translation": np.array([0.05, 0.1, -0.1])}
    return pixels, postprocess(Renderer(pixels).render(pose)[0])


def rotations(angles):
    """The product of three turns, and its derivative by each angle."""
    turns, slopes = [], []
    for axis, angle in enumerate(angles):
        i, j = [(1, 2), (2, 0), (0, 1)][axis]
        R, dR = np.eye(3), np.zeros((3, 3))
        R[i, i] = R[j, j] = np.cos(angle)
        R[j, i] = np.sin(angle)
        R[i, j] = -np.sin(angle)
        dR[i, i] = dR[j, j] = -np.sin(angle)
        dR[j, i] = np.cos(angle)
        dR[i, j] = -np.cos(angle)
        turns.append(R)
        slopes.append(dR)
    Rx, Ry, Rz = turns
    dRx, dRy, dRz = slopes
    return Rz @ Ry @ Rx, [Rz @ Ry @ dRx, Rz @ dRy @ Rx, dRz @ Ry @ Rx]


def attenuation(points):
    away = points[..., None, :] - CENTRES
    each = DENSE * np.exp(-np.sum(away**2, axis=-1) / (2 * WIDTH**2))
    return np.sum(each, axis=-1), -np.sum(each[..., None] * away, axis=-2) / WIDTH**2


class Renderer:
    def __init__(self, pixels):
        flat = np.repeat(pixels[:, None], STEPS, axis=1)
        self.rays = np.concatenate([flat, np.broadcast_to(DEPTHS[:, None], (*flat.shape[:2], 1))], axis=2)

    def render(self, pose):
        """The intensity of each pixel, and its gradient by the six numbers of the pose."""
        R, dR = rotations(pose["rotation"])
        mu, slope = attenuation(self.rays @ R.T + pose["translation"])
        intensity = np.exp(-STEP * np.sum(mu, axis=1))
        by_rotation = [np.sum(slope * (self.rays @ d.T), axis=(1, 2)) for d in dR]
        by_pose = np.column_stack([*by_rotation, np.sum(slope, axis=1)])
        return intensity, -STEP * intensity[:, None] * by_pose


def postprocess(image):
    image = (image - np.min(image)) / (np.max(image) - np.min(image) + EPS)
    return 1.0 - image


def postprocess_backward(image, grad_output):
    low, high = np.argmin(image), np.argmax(image)
    span = image[high] - image[low] + EPS
    back = -grad_output / span
    turned = np.sum(grad_output * (image - image[low])) / span**2
    back[low] += np.sum(grad_output) / span - turned
    back[high] += turned
    return back


def cost(params, X, Y):
    return np.mean((postprocess(Renderer(X).render(params)[0]) - Y) ** 2)


class SlangDiffDRRFunction:
    def backward(self, image, grad_output):
        return grad_output

    def gradients(self, params, X, Y):
        image, by_pose = Renderer(X).render(params)
        grad_output = 2 * (postprocess(image) - Y) / len(Y)
        pose = self.backward(image, grad_output) @ by_pose
        return {"rotation": pose[:3], "translation": pose[3:]}


class RepairedSlangDiffDRRFunction(SlangDiffDRRFunction):
    def backward(self, image, grad_output):
        return postprocess_backward(image, grad_output)


def grad(params, X, Y):
    return SlangDiffDRRFunction().gradients(params, X, Y)


def repaired(params, X, Y):
    return RepairedSlangDiffDRRFunction().gradients(params, X, Y)
