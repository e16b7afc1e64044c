"""The gradient of a splat renderer's alpha map has minus the splat's alpha where a one should stand."""

import numpy as np

SOURCE = "https://github.com/ashawkey/diff-gaussian-rasterization/commit/086a40c"
THREAD = "ashawkey/diff-gaussian-rasterization #6, 086a40c"
DATE = "2023-10"
KIND = "gradient"
GROUP = "down"
FORMULA = r"\partial C / \partial \alpha_i = \ldots - T_i\, (\alpha_i - A_{>i})\, \partial C / \partial A"
RIGHT = (
    r"\partial C / \partial \alpha_i = \ldots + T_i\, (1 - A_{>i})\, \partial C / \partial A,\; "
    r"A = \textstyle\sum_i \alpha_i T_i,\; T_i = \prod_{j < i} (1 - \alpha_j)"
)
READ = "code"
LAYER = [1]
NAMES = [{"formula"}, {"line"}]
NET = None  # Gaussians that are drawn one over the other, from the front
BLOCKS = ["points_xy_image[1]", "conic[1]", "opacity[1]", "colors[1]"]
SAMPLES = 6
LAM = 0.0
P, C = 3, 2
BG_COLOR = 0.3, 0.6


def start(rng):
    """Sorted already, the nearest first; a conic is xx, xy, yy."""
    L = rng.uniform(0.4, 0.7, (P, 2))
    off = rng.uniform(-0.15, 0.15, P)
    return {
        "points_xy_image": rng.uniform(-0.8, 0.8, (P, 2)),
        "conic": np.column_stack([L[:, 0] ** 2 + off**2, off * L[:, 1], L[:, 1] ** 2]),
        "opacity": rng.uniform(0.3, 0.8, P),
        "colors": rng.random((P, C)),
    }


def data(rng):
    """Pixels, and the colours and alphas that they should have."""
    return rng.uniform(-1, 1, (SAMPLES, 2)), rng.random((SAMPLES, C + 1))


def blend(xy, con, opacity, pixf):
    d = xy - pixf
    power = -0.5 * (con[0] * d[0] * d[0] + con[2] * d[1] * d[1]) - con[1] * d[0] * d[1]
    if power.real > 0.0:
        return None
    G = np.exp(power)
    alpha = opacity * G  # min(0.99, .), never reached here
    if alpha.real < 1.0 / 255.0:
        return None
    return d, G, alpha


def forward_renderCUDA(params, pixf):
    T, color, weight = 1.0, [0.0] * C, 0.0
    for j in range(P):
        blended = blend(params["points_xy_image"][j], params["conic"][j], params["opacity"][j], pixf)
        if blended is None:
            continue
        d, G, alpha = blended
        for ch in range(C):
            color[ch] += params["colors"][j][ch] * alpha * T
        weight += alpha * T
        T = T * (1 - alpha)
    return np.array([color[ch] + T * BG_COLOR[ch] for ch in range(C)] + [weight]), T


def backward_renderCUDA(params, pixf, T_final, dL_dpixel, dL_dalpha, grads, right):
    T = T_final
    accum_rec, accum_alpha_rec = [0.0] * C, 0.0
    last_alpha, last_color = 0.0, [0.0] * C
    for j in reversed(range(P)):
        con, opacity = params["conic"][j], params["opacity"][j]
        blended = blend(params["points_xy_image"][j], con, opacity, pixf)
        if blended is None:
            continue
        d, G, alpha = blended
        T = T / (1.0 - alpha)
        dchannel_dcolor = alpha * T

        dL_dopa = 0.0
        for ch in range(C):
            c = params["colors"][j][ch]
            # Update last color (to be used in the next iteration)
            accum_rec[ch] = last_alpha * last_color[ch] + (1.0 - last_alpha) * accum_rec[ch]
            last_color[ch] = c
            dL_dchannel = dL_dpixel[ch]
            dL_dopa += (c - accum_rec[ch]) * dL_dchannel
            grads["colors"][j][ch] += dchannel_dcolor * dL_dchannel

        # Propagate gradients from pixel alpha (weights_sum) to opacity
        accum_alpha_rec = last_alpha + (1.0 - last_alpha) * accum_alpha_rec
        if right:
            dL_dopa += (1 - accum_alpha_rec) * dL_dalpha
        else:
            dL_dopa += -(alpha - accum_alpha_rec) * dL_dalpha

        dL_dopa *= T
        # Update last alpha (to be used in the next iteration)
        last_alpha = alpha

        # Account for fact that alpha also influences how much of
        # the background color is added if nothing left to blend
        bg_dot_dpixel = 0.0
        for i in range(C):
            bg_dot_dpixel += BG_COLOR[i] * dL_dpixel[i]
        dL_dopa += (-T_final / (1.0 - alpha)) * bg_dot_dpixel

        dL_dG = opacity * dL_dopa
        gdx, gdy = G * d[0], G * d[1]
        dG_ddelx = -gdx * con[0] - gdy * con[1]
        dG_ddely = -gdy * con[2] - gdx * con[1]
        grads["points_xy_image"][j] += dL_dG * dG_ddelx, dL_dG * dG_ddely
        # The author takes half of the middle one, and doubles it where the conic is inverted
        grads["conic"][j] += (-0.5 * gdx * d[0] * dL_dG, -gdx * d[1] * dL_dG, -0.5 * gdy * d[1] * dL_dG)
        grads["opacity"][j] += G * dL_dopa


def cost(params, X, Y):
    return 0.5 * sum(np.sum((forward_renderCUDA(params, x)[0] - y) ** 2) for x, y in zip(X, Y, strict=True))


def gradients(params, X, Y, right):
    grads = {name: np.zeros_like(p) for name, p in params.items()}
    for x, y in zip(X, Y, strict=True):
        out, T_final = forward_renderCUDA(params, x)
        dL = out - y
        backward_renderCUDA(params, x, T_final, dL[:C], dL[C], grads, right)
    return grads


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
