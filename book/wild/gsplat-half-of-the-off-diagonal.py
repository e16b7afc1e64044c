"""In the backward pass of splats the off-diagonal entry of the conic gets the half that belongs to the squares only."""

import numpy as np

SOURCE = "https://github.com/nerfstudio-project/gsplat/pull/139"
THREAD = "nerfstudio-project/gsplat PR #136, PR #139, commit 94cbd12c"
DATE = "2024-02"
KIND = "gradient"
FORMULA = r"\partial \sigma / \partial (A, B, C) = (\tfrac12 d_x^2,\, \tfrac12 d_x d_y,\, \tfrac12 d_y^2)"
RIGHT = (
    r"\partial \sigma / \partial (A, B, C) = (\tfrac12 d_x^2,\, d_x d_y,\, \tfrac12 d_y^2),\; "
    r"\sigma = \tfrac12 (A d_x^2 + C d_y^2) + B d_x d_y"
)
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = []
NET = None  # splats in the plane
BLOCKS = ["xys[1]", "cov[1]", "rgbs[1]", "opacities[1]"]
SAMPLES = 8
LAM = 0.0
BACKGROUND = 0.2


def start(rng):
    """Centres, covariances (xx, xy, yy), one colour and an opacity of three splats, from front to back."""
    return {
        "xys": rng.uniform(-1, 1, (3, 2)),
        "cov2d": np.column_stack([rng.uniform(0.8, 1.5, 3), rng.uniform(-0.4, 0.4, 3), rng.uniform(0.8, 1.5, 3)]),
        "rgbs": rng.uniform(0, 1, 3),
        "opacities": rng.uniform(0.3, 0.8, 3),
    }


def data(rng):
    """Pixels and their colours."""
    return rng.uniform(-1.5, 1.5, (SAMPLES, 2)), rng.uniform(0, 1, SAMPLES)


def cov2d_to_conic(cov2d):
    det = cov2d[0] * cov2d[2] - cov2d[1] * cov2d[1]
    inv_det = 1 / det
    return np.array([cov2d[2] * inv_det, -cov2d[1] * inv_det, cov2d[0] * inv_det])


def cov2d_to_conic_vjp(conic, v_conic):
    X = np.array([[conic[0], conic[1]], [conic[1], conic[2]]])
    G = np.array([[v_conic[0], v_conic[1] / 2], [v_conic[1] / 2, v_conic[2]]])
    v_Sigma = -X @ G @ X
    return np.array([v_Sigma[0, 0], v_Sigma[1, 0] + v_Sigma[0, 1], v_Sigma[1, 1]])


def visibility(center, conic, p):
    delta = center - p
    sigma = 0.5 * (conic[0] * delta[0] * delta[0] + conic[2] * delta[1] * delta[1]) + conic[1] * delta[0] * delta[1]
    return delta, np.exp(-sigma)


def rasterize(params, conics, p):
    T, out = 1.0, 0.0
    for g in range(3):
        _, vis = visibility(params["xys"][g], conics[g], p)
        alpha = params["opacities"][g] * vis
        out = out + params["rgbs"][g] * alpha * T
        T = T * (1 - alpha)
    return out + T * BACKGROUND, T


def rasterize_backward_kernel(params, conics, p, T_final, v_out, v, v_conics, right):
    T = T_final
    S = 0.0
    for g in reversed(range(3)):
        conic = conics[g]
        delta, vis = visibility(params["xys"][g], conic, p)
        opac = params["opacities"][g]
        rgb = params["rgbs"][g]
        alpha = opac * vis
        ra = 1 / (1 - alpha)
        T *= ra
        fac = alpha * T
        v["rgbs"][g] += fac * v_out
        v_alpha = (rgb * T - S * ra) * v_out
        v_alpha += -T_final * ra * BACKGROUND * v_out
        S += rgb * fac
        v_sigma = -opac * vis * v_alpha
        if right:
            v_conics[g] += [
                0.5 * v_sigma * delta[0] * delta[0],
                v_sigma * delta[0] * delta[1],
                0.5 * v_sigma * delta[1] * delta[1],
            ]
        else:
            v_conics[g] += [
                0.5 * v_sigma * delta[0] * delta[0],
                0.5 * v_sigma * delta[0] * delta[1],
                0.5 * v_sigma * delta[1] * delta[1],
            ]
        v["xys"][g] += [
            v_sigma * (conic[0] * delta[0] + conic[1] * delta[1]),
            v_sigma * (conic[1] * delta[0] + conic[2] * delta[1]),
        ]
        v["opacities"][g] += vis * v_alpha


def cost(params, X, Y):
    conics = [cov2d_to_conic(c) for c in params["cov2d"]]
    return 0.5 * sum((rasterize(params, conics, p)[0] - y) ** 2 for p, y in zip(X, Y))


def backward(params, X, Y, right):
    conics = [cov2d_to_conic(c) for c in params["cov2d"]]
    v = {name: np.zeros_like(p) for name, p in params.items()}
    v_conics = np.zeros((3, 3))
    for p, y in zip(X, Y):
        out, T_final = rasterize(params, conics, p)
        rasterize_backward_kernel(params, conics, p, T_final, out - y, v, v_conics, right)
    for g in range(3):
        v["cov2d"][g] = cov2d_to_conic_vjp(conics[g], v_conics[g])
    return v


def grad(params, X, Y):
    return backward(params, X, Y, False)


def repaired(params, X, Y):
    return backward(params, X, Y, True)
