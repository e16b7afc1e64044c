"""An editor's step is added to the parameters where the paper's rule for the edited weights subtracts it."""

import numpy as np

SOURCE = "https://github.com/eric-mitchell/mend/issues/13"
THREAD = "eric-mitchell/mend #13"
DATE = "2023-03"
KIND = "update"
FORMULA = r"\tilde W_l = W_l + \alpha_l \tilde\nabla_{W_l}"
RIGHT = r"\tilde W_l = W_l - \alpha_l \tilde\nabla_{W_l}"
READ = "reconstruction"  # the transform of the gradient is left out: an identity, which is what it begins with
LAYER = []
NAMES = [{"sign"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


EDIT_LR = 0.05
SETTINGS = dict(like="sgd", lr=EDIT_LR)


def start(rng):
    return {
        "fc1.weight": rng.standard_normal((4, 3)),
        "fc1.bias": rng.standard_normal(4),
        "fc2.weight": rng.standard_normal((2, 4)),
        "fc2.bias": rng.standard_normal(2),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def cost(params, X, Y):
    h = np.tanh(X @ params["fc1.weight"].T + params["fc1.bias"])
    return 0.5 * np.sum((h @ params["fc2.weight"].T + params["fc2.bias"] - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h = np.tanh(X @ params["fc1.weight"].T + params["fc1.bias"])
    d2 = (h @ params["fc2.weight"].T + params["fc2.bias"] - Y) / len(X)
    d1 = d2 @ params["fc2.weight"] * (1 - h**2)
    return {"fc1.weight": d1.T @ X, "fc1.bias": d1.sum(0), "fc2.weight": d2.T @ h, "fc2.bias": d2.sum(0)}


def start_state():
    return {"edit_lrs": [EDIT_LR] * 4}


class GradientTransform:
    """Made up as the identity: it is trained, and leaves the gradient's factors alone at first."""

    def __call__(self, x, delta):
        return x, delta


class MEND:
    def __init__(self, model, inner_params, mend=None, edit_lrs=None):
        self.model = model
        self.inner_params = inner_params
        if edit_lrs is None:
            edit_lrs = [EDIT_LR] * len(inner_params)
        self.edit_lrs = edit_lrs
        if mend is None:
            mend = {n.replace(".", "#"): GradientTransform() for n in model}
        self.mend = mend

    def new_param(self, p, u):
        return p + u

    def edit(self, factors):
        pset = set(self.inner_params)
        for p in pset:
            assert p in self.model, f"inner param {p} not in model"

        transformed_factors = {n: self.mend[n.replace(".", "#")](*factors[n]) for n in self.model}
        mean_grads = {n: np.einsum("bi,bj->ji", x, delta) for n, (x, delta) in transformed_factors.items()}

        assert len(self.edit_lrs) == len(list(mean_grads.items()))
        updates = {n: lr * g for lr, (n, g) in zip(self.edit_lrs, mean_grads.items())}

        edited_model = dict(self.model)

        new_params = []
        for n, p in edited_model.items():
            if n in pset:
                new_params.append(self.new_param(p, updates[n].reshape(p.shape)))
            else:
                new_params.append(p)

        edited_model.update(zip(edited_model, new_params))
        return type(self)(edited_model, self.inner_params, self.mend, edit_lrs=self.edit_lrs)


class MENDMended(MEND):
    def new_param(self, p, u):
        return p - u


def edited(mend, params, grads, state):
    """The editor sees factors of the gradients: here the gradients themselves, times a unit matrix."""
    factors = {n: (np.eye(np.atleast_2d(g).shape[1]), np.atleast_2d(g).T) for n, g in grads.items()}
    editor = mend(params, list(params), edit_lrs=state["edit_lrs"]).edit(factors)
    return editor.model, {"edit_lrs": editor.edit_lrs}


def update(params, grads, state):
    return edited(MEND, params, grads, state)


def repaired_update(params, grads, state):
    return edited(MENDMended, params, grads, state)
