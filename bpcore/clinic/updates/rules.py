"""The update rules of the book, and three that others train with, line by line, with the slips of each line."""

import math
from types import SimpleNamespace

import numpy as np

DECAYS = (0.1, 0.05, 0.01, 0.005, 0.001, 0.0005, 0.0001, 0.00001)  # the weight decays that programs use
RATES = {
    **dict.fromkeys(("sgd", "momentum", "nesterov"), 0.1),
    **dict.fromkeys(("rmsprop", "adagrad", "adam", "adamw"), 0.001),
}
BETA2 = {like: 0.9 if like == "rmsprop" else 0.999 for like in RATES}
DECAY = {like: 0.01 if like == "adamw" else 0.0 for like in RATES}

# A rule is a sequence of lines. Each line has a text and a function of what the lines before it have made, ``s``;
# ``s.before`` is the same after the step before. The first choice of a line is the book's.

FIRST = {
    "g": {
        "": ("g = ∂C/∂θ", lambda s: s.raw),
        "summed": ("g = the sum of all gradients so far", lambda s: s.total),
        "normalised": ("g = ∂C/∂θ / ‖∂C/∂θ‖", lambda s: s.raw / np.linalg.norm(s.raw)),
        "signs": ("g = sign of ∂C/∂θ", lambda s: np.sign(s.raw)),
        "theta": ("g = θ", lambda s: s.before.theta),
        **{f"decay {wd:g}": (f"g = ∂C/∂θ + {wd:g} θ", lambda s, wd=wd: s.raw + wd * s.before.theta) for wd in DECAYS},
    },
    "rate": {
        "": ("rate = lr", lambda s: s.lr),
        "missing": ("rate = 1", lambda s: 1.0),
        "squared": ("rate = lr²", lambda s: s.lr**2),
        "over t": ("rate = lr / t", lambda s: s.lr / s.t),
        "over root": ("rate = lr / √t", lambda s: s.lr / math.sqrt(s.t)),
    },
}
LAST = {
    "theta": {
        "": ("θ ← θ - step", lambda s: s.before.theta - s.step),
        "plus": ("θ ← θ + step", lambda s: s.before.theta + s.step),
        "lost": ("θ ← -step", lambda s: -s.step),
        "lost plus": ("θ ← step", lambda s: s.step),
        "still": ("θ ← θ", lambda s: s.before.theta),
        "from start": ("θ ← θ at the start - step", lambda s: s.start - s.step),
        **{
            f"decay {wd:g}": (
                f"θ ← θ - step - rate·{wd:g} θ",
                lambda s, wd=wd: (1 - s.rate * wd) * s.before.theta - s.step,
            )
            for wd in DECAYS
        },
    }
}
MOMENTUM = {
    "v": {
        "": ("v ← μ v + rate·g", lambda s: s.mu * s.before.v + s.rate * s.g),
        "not kept": ("v ← rate·g", lambda s: s.rate * s.g),
        "dampened": ("v ← μ v + (1 - μ) rate·g", lambda s: s.mu * s.before.v + (1 - s.mu) * s.rate * s.g),
        "dampened twice": ("v ← μ v + (1 - μ)² rate·g", lambda s: s.mu * s.before.v + (1 - s.mu) ** 2 * s.rate * s.g),
        "on gradient": ("v ← v + μ rate·g", lambda s: s.before.v + s.mu * s.rate * s.g),
        "never decays": ("v ← v + rate·g", lambda s: s.before.v + s.rate * s.g),
        "exchanged": ("v ← (1 - μ) v + μ rate·g", lambda s: (1 - s.mu) * s.before.v + s.mu * s.rate * s.g),
        "on both": ("v ← μ (v + rate·g)", lambda s: s.mu * (s.before.v + s.rate * s.g)),
        "signs": ("v ← rate·g - μ v", lambda s: s.rate * s.g - s.mu * s.before.v),
        "rate on both": ("v ← rate·(μ v + g)", lambda s: s.rate * (s.mu * s.before.v + s.g)),
        "shared": ("v ← μ v + rate·g with one v for all arrays", lambda s: _shared(s, "v", s.mu, s.rate)),
    },
    "step": {
        "": ("step = v", lambda s: s.v if np.ndim(s.v) else s.v + 0 * s.g),
        "nesterov": ("step = μ v + rate·g", lambda s: s.mu * s.v + s.rate * s.g),
        "late": ("step = v before its own update", lambda s: s.before.v + 0 * s.g),
        "twice": ("step = lr·v", lambda s: s.lr * s.v),
    },
}
ADAM = {
    "m": {
        "": ("m ← β₁ m + (1 - β₁) g", lambda s: s.b1 * s.before.m + (1 - s.b1) * s.g),
        "not kept": ("m ← (1 - β₁) g", lambda s: (1 - s.b1) * s.g),
        "gradient": ("m ← g", lambda s: s.g),
        "sum": ("m ← β₁ m + g", lambda s: s.b1 * s.before.m + s.g),
        "weights": ("m ← (1 - β₁) m + β₁ g", lambda s: (1 - s.b1) * s.before.m + s.b1 * s.g),
        "kept corrected": (
            "m ← β₁ m̂ + (1 - β₁) g",
            lambda s: s.b1 * (s.before.m / s.before.c1 if s.t > 1 else 0) + (1 - s.b1) * s.g,
        ),
        "of v": ("m ← β₁ v + (1 - β₁) g", lambda s: s.b1 * s.before.v + (1 - s.b1) * s.g),
        "shared": ("m ← β₁ m + (1 - β₁) g with one m for all arrays", lambda s: _shared(s, "m", s.b1, 1 - s.b1)),
    },
    "v": {
        "": ("v ← β₂ v + (1 - β₂) g²", lambda s: s.b2 * s.before.v + (1 - s.b2) * s.g**2),
        "of mean": ("v ← β₂ v + (1 - β₂) m²", lambda s: s.b2 * s.before.v + (1 - s.b2) * s.m**2),
        "of m": ("v ← β₂ m + (1 - β₂) g²", lambda s: s.b2 * s.m + (1 - s.b2) * s.g**2),
        "not squared": ("v ← β₂ v + (1 - β₂) g", lambda s: s.b2 * s.before.v + (1 - s.b2) * s.g),
        "absolute": ("v ← β₂ v + (1 - β₂) |g|", lambda s: s.b2 * s.before.v + (1 - s.b2) * abs(s.g)),
        "not kept": ("v ← (1 - β₂) g²", lambda s: (1 - s.b2) * s.g**2),
        "sum": ("v ← β₂ v + g²", lambda s: s.b2 * s.before.v + s.g**2),
        "all": ("v ← v + g²", lambda s: s.before.v + s.g**2),
        "weights": ("v ← (1 - β₂) v + β₂ g²", lambda s: (1 - s.b2) * s.before.v + s.b2 * s.g**2),
        "square of both": ("v ← β₂ v + ((1 - β₂) g)²", lambda s: s.b2 * s.before.v + ((1 - s.b2) * s.g) ** 2),
        "kept corrected": (
            "v ← β₂ v̂ + (1 - β₂) g²",
            lambda s: s.b2 * (s.before.v / s.before.c2 if s.t > 1 else 0) + (1 - s.b2) * s.g**2,
        ),
        "shared": (
            "v ← β₂ v + (1 - β₂) g² with one v for all arrays",
            lambda s: _shared(s, "v", s.b2, 1 - s.b2, square=True),
        ),
    },
    "c1": {
        "": ("m̂ = m / (1 - β₁ᵗ)", lambda s: 1 - s.b1**s.t),
        "none": ("m̂ = m", lambda s: 1.0),
        "no power": ("m̂ = m / (1 - β₁)", lambda s: 1 - s.b1),
        "early": ("m̂ = m / (1 - β₁ᵗ), t = 0, 1, 2, …", lambda s: 1 - s.b1 ** (s.t - 1)),
        "late": ("m̂ = m / (1 - β₁ᵗ), t = 2, 3, 4, …", lambda s: 1 - s.b1 ** (s.t + 1)),
        "times": ("m̂ = m·(1 - β₁ᵗ)", lambda s: 1 / (1 - s.b1**s.t)),
        "by beta2": ("m̂ = m / (1 - β₂ᵗ)", lambda s: 1 - s.b2**s.t),
        "product": ("m̂ = m / (1 - β₁ t)", lambda s: 1 - s.b1 * s.t),
        "by arrays": ("m̂ = m / (1 - β₁ᵗ), t counted once for each array", lambda s: 1 - s.b1**s.calls),
        "by arrays late": (
            "m̂ = m / (1 - β₁ᵗ), t counted once for each array, from 2 on",
            lambda s: 1 - s.b1 ** (s.calls + 1),
        ),
        "one twice": ("m̂ = m / (1 - β₁ᵗ), t = 1, 1, 2, 3, …", lambda s: 1 - s.b1 ** max(s.t - 1, 1)),
    },
    "c2": {
        "": ("v̂ = v / (1 - β₂ᵗ)", lambda s: 1 - s.b2**s.t),
        "none": ("v̂ = v", lambda s: 1.0),
        "no power": ("v̂ = v / (1 - β₂)", lambda s: 1 - s.b2),
        "early": ("v̂ = v / (1 - β₂ᵗ), t = 0, 1, 2, …", lambda s: 1 - s.b2 ** (s.t - 1)),
        "late": ("v̂ = v / (1 - β₂ᵗ), t = 2, 3, 4, …", lambda s: 1 - s.b2 ** (s.t + 1)),
        "times": ("v̂ = v·(1 - β₂ᵗ)", lambda s: 1 / (1 - s.b2**s.t)),
        "by beta1": ("v̂ = v / (1 - β₁ᵗ)", lambda s: 1 - s.b1**s.t),
        "product": ("v̂ = v / (1 - β₂ t)", lambda s: 1 - s.b2 * s.t),
        "by arrays": ("v̂ = v / (1 - β₂ᵗ), t counted once for each array", lambda s: 1 - s.b2**s.calls),
        "by arrays late": (
            "v̂ = v / (1 - β₂ᵗ), t counted once for each array, from 2 on",
            lambda s: 1 - s.b2 ** (s.calls + 1),
        ),
        "one twice": ("v̂ = v / (1 - β₂ᵗ), t = 1, 1, 2, 3, …", lambda s: 1 - s.b2 ** max(s.t - 1, 1)),
    },
    "step": {
        "": ("step = rate·m̂ / √v̂, with ε beside √v", lambda s: s.rate * (s.c2**0.5 / s.c1) * s.m / (s.v**0.5 + s.eps)),
        "corrected": ("step = rate·m̂ / (√v̂ + ε)", lambda s: s.rate * (s.m / s.c1) / ((s.v / s.c2) ** 0.5 + s.eps)),
        "eps inside": ("step = rate·m̂ / √(v̂ + ε)", lambda s: s.rate * (s.m / s.c1) / (s.v / s.c2 + s.eps) ** 0.5),
        "eps missing": ("step = rate·m̂ / √v̂", lambda s: s.rate * (s.m / s.c1) / (s.v / s.c2) ** 0.5),
        "root missing": ("step = rate·m̂ / (v̂ + ε)", lambda s: s.rate * (s.m / s.c1) / (s.v / s.c2 + s.eps)),
        "of gradient": ("step = rate·g / (√v̂ + ε)", lambda s: s.rate * s.g / ((s.v / s.c2) ** 0.5 + s.eps)),
        "largest": (
            "step = rate·m̂ / (√(largest v̂ so far) + ε)",
            lambda s: s.rate * (s.m / s.c1) / (s.top**0.5 + s.eps),
        ),
        "no division": ("step = rate·m̂", lambda s: s.rate * s.m / s.c1),
        "v for m": (
            "step = rate·v / (1 - β₁ᵗ) / √v̂, with ε beside √v",
            lambda s: s.rate * (s.c2**0.5 / s.c1) * s.v / (s.v**0.5 + s.eps),
        ),
        "v for m, corrected": (
            "step = rate·v / (1 - β₁ᵗ) / (√v̂ + ε)",
            lambda s: s.rate * (s.v / s.c1) / ((s.v / s.c2) ** 0.5 + s.eps),
        ),
    },
}
NESTEROV = {
    "v": MOMENTUM["v"],
    "step": {
        "": ("step = μ v + rate·g", lambda s: s.mu * s.v + s.rate * s.g),
        "plain": ("step = v", lambda s: s.v if np.ndim(s.v) else s.v + 0 * s.g),
        "no gradient": ("step = μ v", lambda s: s.mu * s.v + 0 * s.g),
        "whole velocity": ("step = v + rate·g", lambda s: s.v + s.rate * s.g),
        "sign ahead": ("step = (1 - μ) v - μ vₜ₋₁", lambda s: (1 - s.mu) * s.v - s.mu * s.before.v),
        "whole ahead": ("step = 2 v - v before its own update", lambda s: 2 * s.v - s.before.v),
    },
}
SCALED = {  # the step of RMSprop and AdaGrad
    "": ("step = rate·g / (√v + ε)", lambda s: s.rate * s.g / (s.v**0.5 + s.eps)),
    "eps inside": ("step = rate·g / √(v + ε)", lambda s: s.rate * s.g / (s.v + s.eps) ** 0.5),
    "eps missing": ("step = rate·g / √v", lambda s: s.rate * s.g / s.v**0.5),
    "root missing": ("step = rate·g / (v + ε)", lambda s: s.rate * s.g / (s.v + s.eps)),
    "no division": ("step = rate·g", lambda s: s.rate * s.g),
}
RMSPROP = {
    "v": {name: ADAM["v"][name] for name in ADAM["v"] if name not in ("of mean", "of m", "kept corrected")},
    "step": SCALED,
}
ADAGRAD = {
    "v": {
        "": ("v ← v + g²", lambda s: s.before.v + s.g**2),
        "not kept": ("v ← g²", lambda s: s.g**2),
        "not squared": ("v ← v + g", lambda s: s.before.v + s.g),
        "absolute": ("v ← v + |g|", lambda s: s.before.v + abs(s.g)),
        "shared": ("v ← v + g² with one v for all arrays", lambda s: _shared(s, "v", 1.0, 1.0, square=True)),
    },
    "step": SCALED,
}
ADAMW = {
    "theta": {
        "": ("θ ← θ - step - rate·wd θ", lambda s: (1 - s.rate * s.wd) * s.before.theta - s.step),
        "no decay": ("θ ← θ - step", lambda s: s.before.theta - s.step),
        "decay grows": ("θ ← θ - step + rate·wd θ", lambda s: (1 + s.rate * s.wd) * s.before.theta - s.step),
        "decay whole": ("θ ← θ - step - wd θ", lambda s: (1 - s.wd) * s.before.theta - s.step),
        "decay divided": (
            "θ ← θ - rate·(m̂ + wd·θ) / (√v̂ + ε)",
            lambda s: (1 - s.rate * s.wd / ((s.v / s.c2) ** 0.5 + s.eps)) * s.before.theta - s.step,
        ),
        "decay after": ("θ ← (1 - rate·wd) (θ - step)", lambda s: (1 - s.rate * s.wd) * (s.before.theta - s.step)),
        "plus": ("θ ← θ + step - rate·wd θ", lambda s: (1 - s.rate * s.wd) * s.before.theta + s.step),
        **{name: LAST["theta"][name] for name in ("lost", "lost plus", "still", "from start")},
    }
}
ADAMW["g"] = {**FIRST["g"], "coupled": ("g = ∂C/∂θ + wd θ", lambda s: s.raw + s.wd * s.before.theta)}
SHOWN = {  # how the book's lines read where no line is wrong
    "sgd": "θ ← θ - lr·g",
    "momentum": "v ← μ v + lr·g;  θ ← θ - v",
    "nesterov": "v ← μ v + lr·g;  θ ← θ - (μ v + lr·g)",
    "rmsprop": "v ← β₂ v + (1 - β₂) g²;  θ ← θ - lr·g/(√v + ε)",
    "adagrad": "v ← v + g²;  θ ← θ - lr·g/(√v + ε)",
    "adam": "m ← β₁ m + (1 - β₁) g;  v ← β₂ v + (1 - β₂) g²;  θ ← θ - lr·√(1 - β₂ᵗ)/(1 - β₁ᵗ)·m/(√v + ε),  t = 1, 2, …",
}
SHOWN["adamw"] = SHOWN["adam"].replace("(√v + ε)", "(√v + ε) - lr·wd θ")
FORMS = {  # right ways to write the same rule: which choices, and what is said about them
    "sgd": {(): ""},
    "momentum": {
        (): "With a constant rate, v ← μ v + g; θ ← θ - lr·v takes the same steps as v ← μ v + lr·g; θ ← θ - v. "
        "With a schedule the two differ, and nothing here can tell them apart."
    },
    "nesterov": {
        (): "The parameters are those after the look ahead, where the gradient is taken, as in scikit-learn "
        "and PyTorch."
    },
    **dict.fromkeys(
        ("rmsprop", "adagrad"),
        {
            (): "ε stands beside the root of v, as in PyTorch.",
            (("step", "eps inside"),): "ε stands inside the root of v, as in TensorFlow's RMSprop; "
            "PyTorch has it beside the root; both are right.",
        },
    ),
    "adam": {
        (): "ε stands beside the root of the uncorrected v, as in bpcore and scikit-learn.",
        (("step", "corrected"),): "ε stands beside the root of the corrected v̂, as in Algorithm 1 of Kingma and Ba. "
        "bpcore and scikit-learn have it beside √v; both are right.",
    },
}
FORMS["adamw"] = FORMS["adam"]
BETAS = {"": lambda betas: betas, "exchanged": lambda betas: betas[::-1], "shares": lambda betas: 1 - betas}
RULES = {
    "sgd": {**FIRST, "step": {"": ("step = rate·g", lambda s: s.rate * s.g)}, **LAST},
    "momentum": {**FIRST, **MOMENTUM, **LAST},
    "nesterov": {**FIRST, **NESTEROV, **LAST},
    "rmsprop": {**FIRST, **RMSPROP, **LAST},
    "adagrad": {**FIRST, **ADAGRAD, **LAST},
    "adam": {**FIRST, **ADAM, **LAST},
    "adamw": {**FIRST, **ADAM, **ADAMW},
}


def _shared(s, name, keep, weight, square=False):
    """One state for all arrays, which are of equal length: each array goes on with what the one before it left."""
    states, state = [], np.atleast_1d(getattr(s.before, name))[-s.block :]  # as the last array left it
    for g in np.split(s.g, len(s.g) // s.block):
        state = keep * state + weight * (g**2 if square else g)
        states.append(state)
    return np.concatenate(states)


def rule_path(like, theta, gradients, settings, changes=(), block=None, turns=None, memory=None):
    """The parameters after each step of the book's rule ``like``, with the lines of ``changes`` in place of its own.

    Parameters
    ----------
    like : str
        A key of ``RULES``.
    theta : ndarray, shape (P,)
    gradients : sequence of ndarray, shape (P,)
        One for each step.
    settings : dict
        "lr", "mu", "beta1", "beta2", "eps" and, for AdamW, "wd"; "in_gradient" is the share of θ that is added to the
        gradient, none where it is left out.
    changes : sequence of (line, choice)
        Keys of ``RULES[like]``, and ("betas", "exchanged") or ("betas", "shares").
    block : int, optional
        The length of an array where theta is several arrays of equal length: for slips that mix them up.
    turns : (ndarray of int, int), optional
        The number of the array that each parameter belongs to, from 0 on, and how many arrays there are; None means
        those of ``block``.
    memory : dict, optional
        What the rule remembers before the first step where it is not zero: "m", "v", and the number of steps "t".

    Returns
    -------
    ndarray, shape (steps, P)
    """
    chosen = dict(changes)
    betas = np.array([settings["beta1"], settings["beta2"]])  # NumPy's numbers, which divide by zero as arrays do
    b1, b2 = BETAS[chosen.pop("betas", "")](betas)
    s = SimpleNamespace(b1=b1, b2=b2, **{name: settings.get(name) for name in ("lr", "mu", "eps", "wd")})
    s.theta, s.start, s.total, s.t, s.m, s.v, s.top = theta, theta, 0.0, 0, 0.0, 0.0, 0.0
    vars(s).update(memory or {})
    s.block, path = block or len(theta), []
    place, arrays = turns or (np.arange(len(theta)) // s.block, -(-len(theta) // s.block))
    with np.errstate(all="ignore"):
        for g in gradients:
            s.before = SimpleNamespace(**{key: value for key, value in vars(s).items() if key != "before"})
            g = g + settings.get("in_gradient", 0.0) * s.theta
            s.raw, s.total, s.t = g, s.total + g, s.t + 1
            s.calls = (s.t - 1) * arrays + place + 1.0
            for line, choices in RULES[like].items():
                setattr(s, line, choices[chosen.get(line, "")][1](s))
                if line == "c2":
                    s.top = np.maximum(s.before.top, s.v / s.c2)
            path.append(np.array(s.theta))
    return np.array(path)
