"""The update rules of the book, line by line, and the usual slips in each."""

import math
from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np

DECAYS = (0.1, 0.05, 0.01, 0.005, 0.001, 0.0005, 0.0001, 0.00001)  # the weight decays that programs use
RATES = {
    **dict.fromkeys(("sgd", "momentum", "nesterov"), 0.1),
    **dict.fromkeys(("rmsprop", "adagrad", "adam", "adamw"), 0.001),
}
BETA2 = {like: 0.9 if like == "rmsprop" else 0.999 for like in RATES}

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
        "shared": ("m ← β₁ m + (1 - β₁) g with one m for all arrays", lambda s: _shared(s, "m", s.b1, 1 - s.b1)),
    },
    "v": {
        "": ("v ← β₂ v + (1 - β₂) g²", lambda s: s.b2 * s.before.v + (1 - s.b2) * s.g**2),
        "of mean": ("v ← β₂ v + (1 - β₂) m²", lambda s: s.b2 * s.before.v + (1 - s.b2) * s.m**2),
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
    },
}
NESTEROV = {
    "v": MOMENTUM["v"],
    "step": {
        "": ("step = μ v + rate·g", lambda s: s.mu * s.v + s.rate * s.g),
        "plain": ("step = v", lambda s: s.v if np.ndim(s.v) else s.v + 0 * s.g),
        "no gradient": ("step = μ v", lambda s: s.mu * s.v + 0 * s.g),
        "whole velocity": ("step = v + rate·g", lambda s: s.v + s.rate * s.g),
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
    "v": {name: ADAM["v"][name] for name in ADAM["v"] if name not in ("of mean", "kept corrected")},
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


def rule_path(like, theta, gradients, settings, changes=(), block=None, turns=None):
    """The parameters after each step of the book's rule ``like``, with the lines of ``changes`` in place of its own.

    Parameters
    ----------
    like : str
        A key of ``RULES``.
    theta : ndarray, shape (P,)
    gradients : sequence of ndarray, shape (P,)
        One for each step.
    settings : dict
        "lr", "mu", "beta1", "beta2", "eps" and, for AdamW, "wd".
    changes : sequence of (line, choice)
        Keys of ``RULES[like]``, and ("betas", "exchanged") or ("betas", "shares").
    block : int, optional
        The length of an array where theta is several arrays of equal length: for slips that mix them up.
    turns : (ndarray of int, int), optional
        The number of the array that each parameter belongs to, from 0 on, and how many arrays there are; None means
        those of ``block``.

    Returns
    -------
    ndarray, shape (steps, P)
    """
    chosen = dict(changes)
    betas = np.array([settings["beta1"], settings["beta2"]])  # NumPy's numbers, which divide by zero as arrays do
    b1, b2 = BETAS[chosen.pop("betas", "")](betas)
    s = SimpleNamespace(b1=b1, b2=b2, **{name: settings.get(name) for name in ("lr", "mu", "eps", "wd")})
    s.theta, s.start, s.total, s.t, s.m, s.v, s.top = theta, theta, 0.0, 0, 0.0, 0.0, 0.0
    s.block, path = block or len(theta), []
    place, arrays = turns or (np.arange(len(theta)) // s.block, -(-len(theta) // s.block))
    with np.errstate(all="ignore"):
        for g in gradients:
            s.before = SimpleNamespace(**{key: value for key, value in vars(s).items() if key != "before"})
            s.raw, s.total, s.t = g, s.total + g, s.t + 1
            s.calls = (s.t - 1) * arrays + place + 1.0
            for line, choices in RULES[like].items():
                setattr(s, line, choices[chosen.get(line, "")][1](s))
                if line == "c2":
                    s.top = np.maximum(s.before.top, s.v / s.c2)
            path.append(np.array(s.theta))
    return np.array(path)


@dataclass(frozen=True)
class Slip:
    """One usual slip: what it is called, the lines that it changes, and what to do about it."""

    title: str
    changes: tuple
    cure: str


def _slips():
    """The slips of each rule, the likeliest first."""
    everywhere = {
        "sign": Slip("The step goes uphill", (("theta", "plus"),), "Subtract the step: θ ← θ - step."),
        "nothing-changed": Slip(
            "The parameters stay as they are",
            (("theta", "still"),),
            "Return the new parameters, or change the array in place (theta -= step): theta = theta - step inside a "
            "function binds a new name and leaves the caller's array alone; whole numbers round small steps away.",
        ),
        "rate-missing": Slip("The learning rate is missing", (("rate", "missing"),), "Multiply by lr once."),
        "rate-squared": Slip(
            "The learning rate is multiplied in twice",
            (("rate", "squared"),),
            "Multiply by lr once: in the velocity or in the step, not in both.",
        ),
        "gradients-summed": Slip(
            "Gradients of earlier steps are added in",
            (("g", "summed"),),
            "Set the gradient to zero before each backward pass, or do not add to the one of the step before.",
        ),
        "parameters-for-gradient": Slip(
            "The parameters stand in the place of their gradient", (("g", "theta"),), "Multiply lr by ∂C/∂θ, not by θ."
        ),
        "parameters-replaced": Slip(
            "The parameters are replaced by the step",
            (("theta", "lost"),),
            "Subtract the step from theta instead of assigning it, and return the new parameters.",
        ),
        "step-returned": Slip(
            "What is returned is the step, not the new parameters", (("theta", "lost plus"),), "Return theta - step."
        ),
        "from-the-start": Slip(
            "Each step begins at the first theta",
            (("theta", "from start"),),
            "Keep the new parameters for the next step; do not go back to the array of the start.",
        ),
        "rate-over-t": Slip("The learning rate falls as 1/t", (("rate", "over t"),), "Keep lr, or tell the schedule."),
        "rate-over-root-t": Slip(
            "The learning rate falls as 1/√t", (("rate", "over root"),), "Keep lr, or tell the schedule."
        ),
        "gradient-normalised": Slip(
            "The gradient is divided by its norm", (("g", "normalised"),), "Use the gradient as it is."
        ),
        "signs-only": Slip("Only the signs of the gradient are used", (("g", "signs"),), "Use the gradient as it is."),
    }
    decays = {}
    for wd in DECAYS:
        decays[f"decay-in-gradient-{wd:g}"] = Slip(
            f"A weight decay of {wd:g} is added to the gradient",
            (("g", f"decay {wd:g}"),),
            "Leave the penalty to the cost and its gradient, or take it out there: net.grad(…, lam) has it already.",
        )
        decays[f"decay-in-step-{wd:g}"] = Slip(
            f"A weight decay of {wd:g} is in the step",
            (("theta", f"decay {wd:g}"),),
            "Decoupled decay (AdamW for Adam): right where it is meant, but not together with a penalty in the cost.",
        )
    momentum = {
        "velocity-not-kept": Slip(
            "The velocity is not kept from step to step",
            (("v", "not kept"),),
            "Make the velocity once, before the loop, and store what each step makes of it.",
        ),
        "dampened": Slip(
            "The gradient is weighted with 1 - μ",
            (("v", "dampened"),),
            "Right where a running mean of gradients is meant, whose steps are 1 - μ times as long; for momentum "
            "as in the "
            "book leave out 1 - μ, or multiply lr by 1/(1 - μ).",
        ),
        "dampened-twice": Slip(
            "The gradient is weighted with 1 - μ, twice",
            (("v", "dampened twice"),),
            "Leave out 1 - μ in the velocity and in the step.",
        ),
        "momentum-on-gradient": Slip(
            "μ multiplies the gradient instead of the velocity",
            (("v", "on gradient"),),
            "v ← μ v + lr·g: with μ on the gradient nothing ever decays.",
        ),
        "nesterov": Slip(
            "This is Nesterov's momentum",
            (("step", "nesterov"),),
            "Right where it is meant; for momentum as in the book, subtract v itself.",
        ),
        "velocity-never-decays": Slip(
            "The velocity never decays", (("v", "never decays"),), "Multiply the old velocity by μ."
        ),
        "coefficients-exchanged": Slip(
            "μ and 1 - μ are exchanged", (("v", "exchanged"),), "μ belongs to the old velocity: v ← μ v + lr·g."
        ),
        "momentum-on-both": Slip(
            "μ multiplies the gradient as well", (("v", "on both"),), "v ← μ v + lr·g: no bracket around both."
        ),
        "velocity-sign": Slip(
            "Old velocity and gradient have opposite signs",
            (("v", "signs"),),
            "Either v ← μ v + lr·g and θ ← θ - v, or v ← μ v - lr·g and θ ← θ + v.",
        ),
        "rate-on-velocity": Slip(
            "The learning rate multiplies the old velocity as well",
            (("v", "rate on both"),),
            "Multiply by lr where the gradient comes in, or where the step is taken, not around the sum that is kept.",
        ),
        "velocity-of-before": Slip(
            "The step uses the velocity of the step before",
            (("step", "late"),),
            "Update the velocity first, then the parameters.",
        ),
        "state-shared": Slip(
            "All arrays share one velocity", (("v", "shared"),), "Keep a velocity for each array of parameters."
        ),
    }

    def both(choice):
        return ("c1", choice), ("c2", choice)

    once = "Divide m by 1 - β₁ᵗ and v by 1 - β₂ᵗ, with t = 1 in the first step and one more in each."
    adam = {
        "no-bias-correction": Slip("There is no bias correction", both("none"), once),
        "correction-without-power": Slip("The bias correction has no power t, or t stays at 1", both("no power"), once),
        "step-count-from-zero": Slip("t is 0 in the first step", both("early"), "Raise t before it is used: " + once),
        "step-count-late": Slip("t is 2 in the first step", both("late"), once),
        "step-count-per-array": Slip(
            "t is counted once for each array",
            both("by arrays"),
            "Raise t once a step, before the loop over the arrays.",
        ),
        "correction-as-product": Slip("The bias correction has β·t instead of βᵗ", both("product"), once),
        "correction-multiplied": Slip("The bias correction multiplies", both("times"), once),
        "mean-not-corrected": Slip("m has no bias correction", (("c1", "none"),), once),
        "square-not-corrected": Slip("v has no bias correction", (("c2", "none"),), once),
        "mean-without-power": Slip("The bias correction of m has no power t", (("c1", "no power"),), once),
        "square-without-power": Slip("The bias correction of v has no power t", (("c2", "no power"),), once),
        "corrections-exchanged": Slip(
            "β₁ and β₂ are exchanged in the bias correction", (("c1", "by beta2"), ("c2", "by beta1")), once
        ),
        "square-corrected-by-beta1": Slip("v is corrected with β₁", (("c2", "by beta1"),), once),
        "mean-corrected-by-beta2": Slip("m is corrected with β₂", (("c1", "by beta2"),), once),
        "betas-exchanged": Slip(
            "β₁ and β₂ are exchanged", (("betas", "exchanged"),), "β₁ (0.9) belongs to m, β₂ (0.999) to v."
        ),
        "betas-are-shares": Slip(
            "β₁ and β₂ are the shares of the new gradient, in the corrections as well",
            (("betas", "shares"),),
            "β belongs to the old mean, 1 - β to what comes in; or hand over 1 - β₁ and 1 - β₂.",
        ),
        "correction-kept": Slip(
            "The corrected means are kept",
            (("m", "kept corrected"), ("v", "kept corrected")),
            "Give m̂ and v̂ names of their own; m and v go into the next step uncorrected.",
        ),
        "corrected-mean-kept": Slip(
            "The corrected m is kept", (("m", "kept corrected"),), "Give m̂ a name of its own; m goes on uncorrected."
        ),
        "corrected-square-kept": Slip(
            "The corrected v is kept", (("v", "kept corrected"),), "Give v̂ a name of its own; v goes on uncorrected."
        ),
        "eps-inside-root": Slip("ε stands inside the root", (("step", "eps inside"),), "√v̂ + ε, not √(v̂ + ε)."),
        "eps-missing": Slip(
            "ε is missing", (("step", "eps missing"),), "Add ε to √v̂: where no gradient comes, 0/0 is NaN."
        ),
        "square-of-mean": Slip("v is made of m² instead of g²", (("v", "of mean"),), "v ← β₂ v + (1 - β₂) g²."),
        "not-squared": Slip("v is made of g instead of g²", (("v", "not squared"),), "v ← β₂ v + (1 - β₂) g²."),
        "absolute-value": Slip("v is made of |g| instead of g²", (("v", "absolute"),), "v ← β₂ v + (1 - β₂) g²."),
        "weight-squared-too": Slip("1 - β₂ is squared with g", (("v", "square of both"),), "v ← β₂ v + (1 - β₂) g²."),
        "root-missing": Slip("The root of v is missing", (("step", "root missing"),), "Divide by √v̂ + ε."),
        "gradient-for-mean": Slip(
            "The step is made of g instead of m", (("step", "of gradient"),), "Divide m̂, not g: this is RMSprop."
        ),
        "division-missing": Slip("The step is not divided by √v", (("step", "no division"),), "Divide by √v̂ + ε."),
        "largest-square": Slip(
            "The largest v so far is used", (("step", "largest"),), "This is AMSGrad: right where it is meant."
        ),
        "mean-not-kept": Slip(
            "m is not kept", (("m", "not kept"),), "Make m once and store what each step makes of it."
        ),
        "square-not-kept": Slip(
            "v is not kept", (("v", "not kept"),), "Make v once and store what each step makes of it."
        ),
        "means-not-kept": Slip(
            "m and v are not kept from step to step",
            (("m", "not kept"), ("v", "not kept")),
            "Make m and v once, before the loop, and store what each step makes of them.",
        ),
        "state-new-each-step": Slip(
            "m, v and t begin anew in each step",
            (("m", "not kept"), ("v", "not kept"), *both("no power")),
            "Make the optimiser once, before the loop.",
        ),
        "mean-is-gradient": Slip("m is the gradient itself", (("m", "gradient"),), "m ← β₁ m + (1 - β₁) g."),
        "mean-weight-missing": Slip("1 - β₁ is missing", (("m", "sum"),), "m ← β₁ m + (1 - β₁) g."),
        "square-weight-missing": Slip("1 - β₂ is missing", (("v", "sum"),), "v ← β₂ v + (1 - β₂) g²."),
        "weights-missing": Slip(
            "1 - β₁ and 1 - β₂ are missing", (("m", "sum"), ("v", "sum")), "Weight what comes in with 1 - β."
        ),
        "square-never-decays": Slip("v never decays", (("v", "all"),), "v ← β₂ v + (1 - β₂) g²: a sum is AdaGrad's."),
        "mean-weights-exchanged": Slip("β₁ and 1 - β₁ are exchanged", (("m", "weights"),), "m ← β₁ m + (1 - β₁) g."),
        "square-weights-exchanged": Slip("β₂ and 1 - β₂ are exchanged", (("v", "weights"),), "v ← β₂ v + (1 - β₂) g²."),
        "weights-exchanged": Slip(
            "β and 1 - β are exchanged in m and v", (("m", "weights"), ("v", "weights")), "β belongs to the old mean."
        ),
        "state-shared": Slip(
            "All arrays share one m and one v",
            (("m", "shared"), ("v", "shared")),
            "Keep m and v for each array of parameters.",
        ),
        "mean-shared": Slip("All arrays share one m", (("m", "shared"),), "Keep an m for each array of parameters."),
        "square-shared": Slip("All arrays share one v", (("v", "shared"),), "Keep a v for each array of parameters."),
        "state-and-count-shared": Slip(
            "All arrays share one m, one v and one t",
            (("m", "shared"), ("v", "shared"), *both("by arrays")),
            "Keep m, v and t for each array of parameters, or raise t once a step.",
        ),
    }
    nesterov = {
        "look-ahead-missing": Slip(
            "This is momentum without Nesterov's look ahead",
            (("step", "plain"),),
            "Step by μ v + lr·g, with the v that has been updated, or take the gradient at θ - μ v.",
        ),
        "gradient-left-out-of-step": Slip(
            "The step is μ v, without the gradient", (("step", "no gradient"),), "Step by μ v + lr·g."
        ),
        "velocity-not-weighted": Slip(
            "The velocity in the step is not multiplied by μ", (("step", "whole velocity"),), "Step by μ v + lr·g."
        ),
        "ahead-by-whole-velocity": Slip(
            "The look ahead goes along the whole velocity, of which the step takes only μ",
            (("step", "whole ahead"),),
            "Take the gradient at θ - μ v.",
        ),
    }
    coupled = {
        "decay-missing": Slip("There is no weight decay", (("theta", "no decay"),), "Take lr·wd θ off in each step."),
        "decay-coupled": Slip(
            "The weight decay is added to the gradient",
            (("g", "coupled"), ("theta", "no decay")),
            "That is Adam with a penalty; in AdamW the decay bypasses m and v: θ ← θ - step - lr·wd θ.",
        ),
        "decay-twice": Slip(
            "The weight decay is in the gradient and in the step",
            (("g", "coupled"),),
            "Leave it out of the gradient: θ ← θ - step - lr·wd θ.",
        ),
        "decay-sign": Slip("The weight decay has the wrong sign", (("theta", "decay grows"),), "Subtract lr·wd θ."),
        "decay-without-rate": Slip(
            "The weight decay is not multiplied by lr",
            (("theta", "decay whole"),),
            "Take lr·wd θ off, as PyTorch does; in the paper wd is multiplied by the schedule alone.",
        ),
        "decay-after-step": Slip(
            "The parameters decay after the step instead of before",
            (("theta", "decay after"),),
            "Multiply θ by 1 - lr·wd first, and then subtract the step.",
        ),
    }
    lacking = lambda slips, names: {name: slip for name, slip in slips.items() if name not in names}
    of = lambda like, slips: {
        name: slip
        for name, slip in slips.items()
        if all(how in RULES[like].get(line, ()) for line, how in slip.changes)
    }
    scaled = {
        **lacking(of("rmsprop", {**everywhere, **adam}), ("eps-inside-root", "square-shared")),
        "state-shared": Slip("All arrays share one v", (("v", "shared"),), "Keep a v for each array of parameters."),
        **decays,
    }
    return {
        "sgd": {
            **everywhere,
            **{name: slip for name, slip in decays.items() if "gradient" in name},
        },  # in the step it is the same
        "momentum": {**everywhere, **momentum, **decays},
        "nesterov": {**everywhere, **lacking(momentum, ("nesterov", "velocity-of-before")), **nesterov, **decays},
        "rmsprop": scaled,
        "adagrad": of("adagrad", scaled),
        "adam": {**everywhere, **adam, **decays},
        "adamw": of("adamw", {**everywhere, **adam, **coupled}),
    }


SLIPS = _slips()
