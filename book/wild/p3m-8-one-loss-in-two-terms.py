"""The sum of a matting network's losses has one of them in two terms, so that it counts three times, not twice."""

import numpy as np

SOURCE = "https://github.com/JizhiziLi/P3M/issues/8"
THREAD = "JizhiziLi/P3M #8"
DATE = "2022-06"
KIND = "cost"
FORMULA = r"C = \tfrac16 L_\text{global} + 2 L_\text{local} + 2 L_\alpha + L_\alpha + L_\text{comp}"
RIGHT = r"C = \tfrac16 L_\text{global} + 2 L_\text{local} + 2 L_\alpha + L_\text{comp}"
READ = "code"  # a small network with the two heads, and losses without the Laplacian ones and the sides
LAYER = [1, 2]
NAMES = []
NET = None  # a network with two heads
BLOCKS = ["encoder[1]", "encoder_bias[1]", "glance[2]", "glance_bias[2]", "focus[2]", "focus_bias[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    """Each sample is a pixel; what the heads say is put together into its opacity."""
    return {
        "encoder": rng.standard_normal((4, 3)),
        "encoder_bias": rng.standard_normal(4),
        "glance": rng.standard_normal((3, 4)),
        "glance_bias": rng.standard_normal(3),
        "focus": rng.standard_normal((1, 4)),
        "focus_bias": rng.standard_normal(1),
    }


def data(rng):
    """Three colours of each pixel; its opacity, its place in the trimap, and the colours before and behind."""
    X = rng.uniform(0, 1, (SAMPLES, 3))
    trimap = np.arange(SAMPLES) % 3
    mask = np.where(trimap == 1, rng.uniform(0.1, 0.9, SAMPLES), trimap / 2)
    return X, np.hstack([np.eye(3)[trimap], mask[:, None], rng.uniform(0, 1, (SAMPLES, 6))])


def forward(params, X):
    hidden = np.tanh(X @ params["encoder"].T + params["encoder_bias"])
    e = np.exp(hidden @ params["glance"].T + params["glance_bias"])
    predict_global = e / e.sum(1, keepdims=True)
    predict_local = 1 / (1 + np.exp(-(hidden @ params["focus"].T + params["focus_bias"])))[:, 0]
    predict_fusion = predict_global[:, 2] + predict_global[:, 1] * predict_local
    return hidden, predict_global, predict_local, predict_fusion


def distance(difference):
    """A modulus without its edge."""
    return np.sqrt(difference**2 + 1e-12)


def get_crossentropy_loss(trimap, predict_global):
    return -np.sum(trimap * np.log(predict_global)) / len(trimap)


def get_alpha_loss(predict, alpha, trimap):
    weighted = trimap[:, 1]
    return np.sum(distance((predict - alpha) * weighted)) / (weighted.sum() + 1.0)


def get_alpha_loss_whole_img(predict, alpha):
    return np.sum(distance(predict - alpha)) / len(alpha)


def get_composition_loss_whole_img(img, fg, bg, predict):
    predict_3 = np.stack((predict, predict, predict), 1)
    comp = predict_3 * fg + (1.0 - predict_3) * bg
    return np.sum(distance(comp - img)) / len(img)


def losses(params, X, Y):
    trimap, mask, fg, bg = Y[:, :3], Y[:, 3], Y[:, 4:7], Y[:, 7:]
    _, predict_global, predict_local, predict_fusion = forward(params, X)
    loss_global = 6 * get_crossentropy_loss(trimap, predict_global)  # three sides once and the last one three times
    loss_local = get_alpha_loss(predict_local, mask, trimap)
    loss_fusion_alpha = get_alpha_loss_whole_img(predict_fusion, mask)
    loss_fusion_comp = get_composition_loss_whole_img(X, fg, bg, predict_fusion)
    return loss_global, loss_local, loss_fusion_alpha, loss_fusion_comp


def cost(params, X, Y):
    loss_global, loss_local, loss_fusion_alpha, loss_fusion_comp = losses(params, X, Y)
    return loss_global / 6 + loss_local * 2 + loss_fusion_alpha * 2 + loss_fusion_alpha + loss_fusion_comp


def meant(params, X, Y):
    loss_global, loss_local, loss_fusion_alpha, loss_fusion_comp = losses(params, X, Y)
    return loss_global / 6 + loss_local * 2 + loss_fusion_alpha * 2 + loss_fusion_comp


def grad(params, X, Y):
    """What automatic differentiation gives for the program."""
    trimap, mask, fg, bg = Y[:, :3], Y[:, 3], Y[:, 4:7], Y[:, 7:]
    hidden, p, local, fusion = forward(params, X)
    side = fusion - mask
    comp = fusion[:, None] * fg + (1 - fusion[:, None]) * bg - X
    d_fusion = (3 * side / distance(side) + np.sum(comp / distance(comp) * (fg - bg), 1)) / len(X)
    off = (local - mask) * trimap[:, 1]
    d_local = 2 * off / distance(off) * trimap[:, 1] / (trimap[:, 1].sum() + 1) + d_fusion * p[:, 1]
    d_p = np.stack([0 * d_fusion, d_fusion * local, d_fusion], 1)
    d_glance = (p - trimap) / len(X) + p * (d_p - np.sum(d_p * p, 1, keepdims=True))
    d_focus = (d_local * local * (1 - local))[:, None]
    d_hidden = (d_glance @ params["glance"] + d_focus @ params["focus"]) * (1 - hidden**2)
    return {
        "encoder": d_hidden.T @ X,
        "encoder_bias": d_hidden.sum(0),
        "glance": d_glance.T @ hidden,
        "glance_bias": d_glance.sum(0),
        "focus": d_focus.T @ hidden,
        "focus_bias": d_focus.sum(0),
    }


repaired = grad
