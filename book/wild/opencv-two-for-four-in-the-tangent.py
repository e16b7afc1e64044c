"""The derivative of a tangential distortion along the camera's translation has a two where a four belongs."""

import numpy as np

SOURCE = "https://github.com/opencv/opencv/issues/6921"
THREAD = "opencv/opencv #6921, PR #7089"
DATE = "2016-07"
KIND = "gradient"
GROUP = "factor"
FORMULA = r"\partial (r^2 + 2 x^2) / \partial t = \partial r^2 / \partial t + 2 x\, \partial x / \partial t"
RIGHT = r"\partial (r^2 + 2 x^2) / \partial t = \partial r^2 / \partial t + 4 x\, \partial x / \partial t"
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # a camera with a distorting lens
BLOCKS = ["tvec[1]", "k[2]"]
SAMPLES = 7
LAM = 0.0
FX, FY, CX, CY = 1.6, 1.5, 0.4, 0.3
R = np.array([[0.936, -0.289, 0.2], [0.313, 0.944, -0.106], [-0.158, 0.162, 0.974]])


def start(rng):
    """A translation, and eight coefficients of the distortion."""
    t = np.array([0.2, -0.3, 3.0]) + 0.3 * rng.standard_normal(3)
    return {"tvec": t, "k": rng.uniform(0.05, 0.15, 8) * rng.choice([-1.0, 1.0], 8)}


def data(rng):
    """Points in space, and where they are seen."""
    return rng.uniform(-1.0, 1.0, (SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def cvProjectPoints2(M, t, k, jacobians=False, four=2):
    m, dpdt, dpdk = [], [], []
    for X, Y, Z in M:
        x = R[0, 0] * X + R[0, 1] * Y + R[0, 2] * Z + t[0]
        y = R[1, 0] * X + R[1, 1] * Y + R[1, 2] * Z + t[1]
        z = R[2, 0] * X + R[2, 1] * Y + R[2, 2] * Z + t[2]

        z = 1.0 / z if z else 1
        x *= z
        y *= z

        r2 = x * x + y * y
        r4 = r2 * r2
        r6 = r4 * r2
        a1 = 2 * x * y
        a2 = r2 + 2 * x * x
        a3 = r2 + 2 * y * y
        cdist = 1 + k[0] * r2 + k[1] * r4 + k[4] * r6
        icdist2 = 1.0 / (1 + k[5] * r2 + k[6] * r4 + k[7] * r6)
        xd = x * cdist * icdist2 + k[2] * a1 + k[3] * a2
        yd = y * cdist * icdist2 + k[2] * a3 + k[3] * a1
        m.append([xd * FX + CX, yd * FY + CY])
        if not jacobians:
            continue

        dpdk_p = np.zeros((2, 8))
        dpdk_p[0, 0] = FX * x * icdist2 * r2
        dpdk_p[0, 1] = FX * x * icdist2 * r4
        dpdk_p[1, 0] = FY * y * icdist2 * r2
        dpdk_p[1, 1] = FY * y * icdist2 * r4
        dpdk_p[0, 2] = FX * a1
        dpdk_p[0, 3] = FX * a2
        dpdk_p[1, 2] = FY * a3
        dpdk_p[1, 3] = FY * a1
        dpdk_p[0, 4] = FX * x * icdist2 * r6
        dpdk_p[1, 4] = FY * y * icdist2 * r6
        dpdk_p[0, 5] = FX * x * cdist * (-icdist2) * icdist2 * r2
        dpdk_p[1, 5] = FY * y * cdist * (-icdist2) * icdist2 * r2
        dpdk_p[0, 6] = FX * x * cdist * (-icdist2) * icdist2 * r4
        dpdk_p[1, 6] = FY * y * cdist * (-icdist2) * icdist2 * r4
        dpdk_p[0, 7] = FX * x * cdist * (-icdist2) * icdist2 * r6
        dpdk_p[1, 7] = FY * y * cdist * (-icdist2) * icdist2 * r6
        dpdk.append(dpdk_p)

        dpdt_p = np.zeros((2, 3))
        dxdt, dydt = [z, 0, -x * z], [0, z, -y * z]
        for j in range(3):
            dr2dt = 2 * x * dxdt[j] + 2 * y * dydt[j]
            dcdist_dt = k[0] * dr2dt + 2 * k[1] * r2 * dr2dt + 3 * k[4] * r4 * dr2dt
            dicdist2_dt = -icdist2 * icdist2 * (k[5] * dr2dt + 2 * k[6] * r2 * dr2dt + 3 * k[7] * r4 * dr2dt)
            da1dt = 2 * (x * dydt[j] + y * dxdt[j])
            dmxdt = FX * (
                dxdt[j] * cdist * icdist2
                + x * dcdist_dt * icdist2
                + x * cdist * dicdist2_dt
                + k[2] * da1dt
                + k[3] * (dr2dt + four * x * dxdt[j])
            )
            dmydt = FY * (
                dydt[j] * cdist * icdist2
                + y * dcdist_dt * icdist2
                + y * cdist * dicdist2_dt
                + k[2] * (dr2dt + four * y * dydt[j])
                + k[3] * da1dt
            )
            dpdt_p[0, j] = dmxdt
            dpdt_p[1, j] = dmydt
        dpdt.append(dpdt_p)
    return np.array(m), np.array(dpdt), np.array(dpdk)


def cost(params, X, Y):
    """The squares that a calibration makes small."""
    return np.sum((cvProjectPoints2(X, params["tvec"], params["k"])[0] - Y) ** 2)


def gradients(params, X, Y, four):
    m, dpdt, dpdk = cvProjectPoints2(X, params["tvec"], params["k"], True, four)
    err = 2 * (m - Y)
    return {"tvec": np.einsum("ip,ipj->j", err, dpdt), "k": np.einsum("ip,ipj->j", err, dpdk)}


def grad(params, X, Y):
    return gradients(params, X, Y, 2)


def repaired(params, X, Y):
    return gradients(params, X, Y, 4)
