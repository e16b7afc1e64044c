"""In the Jacobian of a normalised quaternion the square of the norm stands for the norm."""

import numpy as np

SOURCE = "https://github.com/hanmekim/SceneLib2/issues/22"
THREAD = "hanmekim/SceneLib2 #22"
DATE = "2020-10"
KIND = "gradient"
FORMULA = (
    r"\partial \hat q_i / \partial q_i = \frac{1}{n^2} \Bigl(1 - \frac{q_i^2}{n^4}\Bigr),\; "
    r"\partial \hat q_i / \partial q_j = -\frac{q_i q_j}{n^6},\; n = \lVert q \rVert"
)
RIGHT = (
    r"\partial \hat q_i / \partial q_i = \frac{1}{n} \Bigl(1 - \frac{q_i^2}{n^2}\Bigr),\; "
    r"\partial \hat q_i / \partial q_j = -\frac{q_i q_j}{n^3},\; \hat q = q / n,\; n = \lVert q \rVert"
)
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = []
NET = None  # quaternions that are normalised
BLOCKS = ["q[1]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    return rng.standard_normal((SAMPLES, 4))


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 4))


def normalised(q):
    return q / np.sqrt(q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3])


class MotionModel:
    def dqi_by_dqi(self, qi, qq):
        return (1 - qi * qi / (qq * qq)) / qq

    def dqi_by_dqj(self, qi, qj, qq):
        return -qi * qj / (qq * qq * qq)

    def length(self, w, x, y, z):
        return w * w + x * x + y * y + z * z

    def dqnorm_by_dq(self, q):
        w, x, y, z = q
        qq = self.length(w, x, y, z)
        ii, ij = self.dqi_by_dqi, self.dqi_by_dqj
        return np.array(
            [
                [ii(w, qq), ij(w, x, qq), ij(w, y, qq), ij(w, z, qq)],
                [ij(x, w, qq), ii(x, qq), ij(x, y, qq), ij(x, z, qq)],
                [ij(y, w, qq), ij(y, x, qq), ii(y, qq), ij(y, z, qq)],
                [ij(z, w, qq), ij(z, x, qq), ij(z, y, qq), ii(z, qq)],
            ]
        )


class MotionModelRepaired(MotionModel):
    def length(self, w, x, y, z):
        return np.sqrt(w * w + x * x + y * y + z * z)


def cost(params, X, Y):
    return 0.5 * sum(np.sum((normalised(q) - y) ** 2) for q, y in zip(params, Y))


def of_squares(params, Y, model):
    return np.array([model.dqnorm_by_dq(q).T @ (normalised(q) - y) for q, y in zip(params, Y)])


def grad(params, X, Y):
    return of_squares(params, Y, MotionModel())


def repaired(params, X, Y):
    return of_squares(params, Y, MotionModelRepaired())
