"""Holds an optimiser's step against the book's rule, step by step, and names the usual slips."""

import copy
import inspect
import itertools
import math
import textwrap
import warnings
from dataclasses import dataclass, replace
from types import SimpleNamespace

import numpy as np

from .. import arguments
from .structures import Structure

DIGITS = 1e-9  # an update agrees where every entry of every step does to this, relative to the entry's own movement
SINGLE_DIGITS = 1e-5  # the same where the update computes in float32
STEPS = 6
DECAYS = (0.1, 0.05, 0.01, 0.005, 0.001, 0.0005, 0.0001, 0.00001)  # the weight decays that programs use
RATES = {"sgd": 0.1, "momentum": 0.1, "adam": 0.001}
PASSED = {  # parameters of an update that are filled in by their names
    **dict.fromkeys(("lr", "rate", "learning_rate", "alpha", "eta"), "lr"),
    **dict.fromkeys(("momentum", "mu"), "mu"),
    **dict.fromkeys(("beta1", "beta_1", "b1"), "beta1"),
    **dict.fromkeys(("beta2", "beta_2", "b2"), "beta2"),
    **dict.fromkeys(("eps", "epsilon"), "eps"),
    "t": "t",
}

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
SHOWN = {  # how the book's lines read where no line is wrong
    "sgd": "θ ← θ - lr·g",
    "momentum": "v ← μ v + lr·g;  θ ← θ - v",
    "adam": "m ← β₁ m + (1 - β₁) g;  v ← β₂ v + (1 - β₂) g²;  θ ← θ - lr·√(1 - β₂ᵗ)/(1 - β₁ᵗ)·m/(√v + ε),  t = 1, 2, …",
}
FORMS = {  # right ways to write the same rule: which choices, and what is said about them
    "sgd": {(): ""},
    "momentum": {
        (): "With a constant rate, v ← μ v + g; θ ← θ - lr·v takes the same steps as v ← μ v + lr·g; θ ← θ - v. "
        "With a schedule the two differ, and nothing here can tell them apart."
    },
    "adam": {
        (): "ε stands beside the root of the uncorrected v, as in bpcore and scikit-learn.",
        (("step", "corrected"),): "ε stands beside the root of the corrected v̂, as in Algorithm 1 of Kingma and Ba. "
        "bpcore and scikit-learn have it beside √v; both are right.",
    },
}
RULES = {
    "sgd": {**FIRST, "step": {"": ("step = rate·g", lambda s: s.rate * s.g)}, **LAST},
    "momentum": {**FIRST, **MOMENTUM, **LAST},
    "adam": {**FIRST, **ADAM, **LAST},
}


def _shared(s, name, keep, weight, square=False):
    """One state for all arrays, which are of equal length: each array goes on with what the one before it left."""
    states, state = [], np.atleast_1d(getattr(s.before, name))[-s.block :]  # as the last array left it
    for g in np.split(s.g, len(s.g) // s.block):
        state = keep * state + weight * (g**2 if square else g)
        states.append(state)
    return np.concatenate(states)


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
    return {
        "sgd": {
            **everywhere,
            **{name: slip for name, slip in decays.items() if "gradient" in name},
        },  # in the step it is the same
        "momentum": {**everywhere, **momentum, **decays},
        "adam": {**everywhere, **adam, **decays},
    }


SLIPS = _slips()


@dataclass(frozen=True)
class UpdateCheck:
    """What holding an update against the book's rule found; its repr is the whole story.

    Attributes
    ----------
    right : bool
        Every entry of every step agrees with the book's rule.
    names : tuple of str
        The slips: keys of ``bpcore.clinic.updates.SLIPS[like]``, or one of "another-rule", "factor", "decay-in-step",
        "unknown". Empty where right.
    like : str
        The rule that it was held against.
    where : str
        The arrays of theta whose update is wrong, or "everywhere".
    explanation : str
        In words.
    cure : str
        What to change.
    formulas : tuple of (str, str)
        The lines that differ: the book's, and the one that predicts the update.
    evidence : tuple of str
        What was measured, and what was noticed besides.
    alternatives : tuple of tuple of str
        Other slips that predict the same steps.
    unseen : tuple of str
        Slips that make no difference with these settings, so that they could not be seen.
    """

    right: bool
    names: tuple
    like: str
    where: str
    explanation: str
    cure: str = ""
    formulas: tuple = ()
    evidence: tuple = ()
    alternatives: tuple = ()
    unseen: tuple = ()

    def __repr__(self):
        title = f"Right: this is {self.like} as in the book" if self.right else self.explanation
        rows = [
            *(("or", " + ".join(_title(self.like, n) for n in names)) for names in self.alternatives),
            ("where", "" if self.where == "everywhere" else self.where),
            *(row for book, own in self.formulas for row in (("book", book), ("yours", own))),
            ("", self.explanation if self.right else ""),
            ("cure", self.cure),
            *(("evidence", text) for text in self.evidence),
            ("unseen", ", ".join(self.unseen)),
        ]
        return "\n".join(
            [title]
            + [
                textwrap.fill(text, 82, initial_indent=f"  {label:<10}", subsequent_indent=" " * 12)
                for label, text in rows
                if text
            ]
        )


def _title(like, name):
    return SLIPS[like][name].title if name in SLIPS[like] else name


def rule_path(like, theta, gradients, settings, changes=(), block=None):
    """The parameters after each step of the book's rule ``like``, with the lines of ``changes`` in place of its own.

    Parameters
    ----------
    like : str
        "sgd", "momentum" or "adam".
    theta : ndarray, shape (P,)
    gradients : sequence of ndarray, shape (P,)
        One for each step.
    settings : dict
        "lr", and "mu" for momentum, "beta1", "beta2" and "eps" for Adam.
    changes : sequence of (line, choice)
        Keys of ``RULES[like]``, and ("betas", "exchanged").
    block : int, optional
        The length of an array where theta is several arrays of equal length: for slips that mix them up.

    Returns
    -------
    ndarray, shape (steps, P)
    """
    chosen = dict(changes)
    betas = (settings["beta1"], settings["beta2"])
    b1, b2 = np.array(
        betas[::-1] if chosen.pop("betas", "") else betas
    )  # NumPy's numbers, which divide by zero as arrays do
    s = SimpleNamespace(lr=settings["lr"], mu=settings["mu"], b1=b1, b2=b2, eps=settings["eps"])
    s.theta, s.start, s.total, s.t, s.m, s.v, s.top = theta, theta, 0.0, 0, 0.0, 0.0, 0.0
    s.block, path = block or len(theta), []
    place = np.arange(len(theta)) // s.block
    with np.errstate(all="ignore"):
        for g in gradients:
            s.before = SimpleNamespace(**{key: value for key, value in vars(s).items() if key != "before"})
            s.raw, s.total, s.t = g, s.total + g, s.t + 1
            s.calls = (s.t - 1) * (place[-1] + 1) + place + 1.0
            for line, choices in RULES[like].items():
                setattr(s, line, choices[chosen.get(line, "")][1](s))
                if line == "c2":
                    s.top = np.maximum(s.before.top, s.v / s.c2)
            path.append(np.array(s.theta))
    return np.array(path)


def check_update(
    update, like="sgd", *, lr=None, momentum=0.9, beta1=0.9, beta2=0.999, eps=1e-8, theta=None, state=None, each=False
):
    """Take six steps with an update of one's own and hold each against the book's rule (see ``sgd`` and ``adam``).

    The gradients are fixed numbers from 1e-7 to 10, so that every part of the rule shows: no network takes part,
    and no luck. An update is right where every entry of every step agrees to nine digits of its own movement.
    Where it does not, each usual slip, and then each pair of them, is tried in its place; one is named only if it
    predicts every entry of every step to nine digits. Both usual places of Adam's ε are right; the result says which
    it is.

    Parameters
    ----------
    update : callable
        ``update(theta, gradient)`` is called six times in a row and either returns the new parameters or changes theta
        in place and returns None. What it remembers it keeps itself: a closure, or a method of an object
        (``MyAdam(lr=0.001).step``), which has to be fresh. Parameters with a usual name are filled in:
        lr (or rate, learning_rate, alpha, eta), momentum (mu), beta1, beta2, eps (epsilon), t (1, 2, …).
    like : str
        "sgd", "momentum" or "adam": what it is meant to be.
    lr, momentum, beta1, beta2, eps : float
        The settings that the update has. ``lr=None`` is 0.1, and 0.001 for Adam, as in ``sgd`` and ``adam``.
    theta : optional
        Where to start, in the form that the update takes: a vector, or a dict, list or tuple (of tuples …) of arrays.
        The gradient has the same form. None is a vector of six numbers, or two arrays of three for ``each``.
    state : optional
        For an update that is handed what it remembers: ``update(theta, gradient, state)`` returns ``(theta, state)``,
        or changes both in place. A tuple stands for several: with ``state=(0.0, 0.0, 0)``,
        ``theta, m, v, t = update(theta, gradient, m, v, t)``.
    each : bool
        Call the update for each array of theta in turn, as programs do whose optimiser knows one array at a time.

    Returns
    -------
    UpdateCheck
        ``right``, ``names``, both formulas, evidence, cure.

    Raises
    ------
    TypeError, ValueError
        For settings of another type or range, and an update that cannot be called in this way or returns another form.
        Exceptions that the update raises itself propagate.

    Examples
    --------
    >>> check_update(lambda theta, g: theta - 0.1 * g, lr=0.1).right
    True
    """
    if not callable(update) or isinstance(update, type):
        kind = f"the class {update.__name__}" if isinstance(update, type) else f"a {type(update).__name__}"
        raise TypeError(f"update is {kind}: expected a function update(theta, gradient), or a method such as opt.step")
    arguments.one_of("like", like, RULES)
    each = arguments.flag("each", each)
    settings = {
        "lr": RATES[like] if lr is None else arguments.number("lr", lr, 0, above=True),
        "mu": arguments.number("momentum", momentum, 0, below=1),
        "beta1": arguments.number("beta1", beta1, 0, below=1),
        "beta2": arguments.number("beta2", beta2, 0, below=1),
        "eps": arguments.number("eps", eps, 0, above=True),
    }
    if theta is not None:
        Structure(theta, "theta")  # refuses what is no nest of arrays
    with np.errstate(all="ignore"):  # a rate of 1e-320 is a number, and no judgement rests on what it divides
        return _judge(like, settings, _watch(update, settings, theta, state, each))


# Calling the update.


def _leaves(tree):
    if isinstance(tree, dict):
        return [leaf for key in tree for leaf in _leaves(tree[key])]
    if isinstance(tree, (list, tuple)):
        return [leaf for part in tree for leaf in _leaves(part)]
    return [np.asarray(tree)]


def _rebuilt(tree, leaves):
    """The same structure with its arrays taken from the iterator ``leaves``."""
    if isinstance(tree, dict):
        return {key: _rebuilt(part, leaves) for key, part in tree.items()}
    if isinstance(tree, (list, tuple)):
        return type(tree)(_rebuilt(part, leaves) for part in tree)
    return next(leaves)


def _like(tree, vector):
    """The vector cut into the arrays of ``tree``, in its structure."""
    leaves = _leaves(tree)
    cuts = np.split(vector, np.cumsum([leaf.size for leaf in leaves])[:-1])
    return _rebuilt(tree, iter([cut.reshape(leaf.shape).copy() for cut, leaf in zip(cuts, leaves)]))


def gradients_for(size, steps=STEPS):
    """The fixed gradients: of both signs, from 1e-3 to 10; every third entry about 1e-7, where Adam's ε shows."""
    rng = np.random.default_rng(1)
    made = rng.choice([-1.0, 1.0], (steps, size)) * 10.0 ** rng.uniform(-3, 1, (steps, size))
    made[:, 2::3] = np.sign(made[:, 2::3]) * 10.0 ** rng.uniform(-7.5, -6.5, made[:, 2::3].shape)
    return made


def _filled(update, settings, n_state):
    """The names of the parameters of ``update`` that are filled in, each with its setting."""
    try:
        parameters = list(inspect.signature(update).parameters.values())
    except (TypeError, ValueError):  # some callables written in C have no signature
        return {}
    positional = [p for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    if len(positional) < 2 + n_state and not any(p.kind == p.VAR_POSITIONAL for p in parameters):
        takes = ", ".join(p.name for p in positional) or "nothing"
        wants = "theta, gradient" + ", state" * bool(n_state)
        raise TypeError(
            f"update takes ({takes}): expected update({wants}); lambda theta, gradient: … puts its arguments in order"
        )
    rest = positional[2 + n_state :] + [p for p in parameters if p.kind == p.KEYWORD_ONLY]
    unknown = [p.name for p in rest if p.default is p.empty and p.name not in PASSED]
    if unknown:
        raise TypeError(
            f"update takes {', '.join(unknown)} as well: expected update(theta, gradient); give what it remembers "
            f"as state=… (one start value for each), and fix the rest with a lambda"
        )
    return {p.name: PASSED[p.name] for p in rest if p.name in PASSED}


def _watch(update, settings, theta, state, each):
    """The six steps of ``update``: start, gradients, path, and what was noticed on the way."""
    if theta is None:
        start = np.linspace(-1.0, 1.3, 6)
        theta = [start[:3], start[3:]] if each else start
    arrays = _leaves(theta)
    for leaf in arrays:
        if leaf.dtype.kind not in "f":
            raise TypeError(
                f"theta holds an array of {leaf.dtype}: expected floating-point numbers; "
                f"in an array of whole numbers every step is rounded away"
            )
        arguments.finite("theta", leaf)
    start = np.concatenate([leaf.ravel() for leaf in arrays] or [np.zeros(0)]).astype(float)
    if start.size == 0:
        raise ValueError("theta is empty: expected at least one parameter")
    blocks = {leaf.size for leaf in arrays}
    gradients = gradients_for(start.size)
    states = () if state is None else state if isinstance(state, tuple) else (state,)
    filled = _filled(update, settings, len(states))
    noticed, path, dtypes = {}, [], set()

    def call(here, g, states, t):
        kept, given = copy.deepcopy(here), copy.deepcopy(g)
        named = {name: t if setting == "t" else settings[setting] for name, setting in filled.items()}
        result = update(here, g, *states, **named)
        if states and isinstance(result, tuple) and len(result) == 1 + len(states):
            result, states = result[0], result[1:]
        same = lambda a, b: all(np.array_equal(x, y, equal_nan=True) for x, y in zip(_leaves(a), _leaves(b)))
        if not same(g, given):
            noticed[
                "It changes the gradient that it is given, which is harmless if nothing reads the gradient afterwards."
            ] = t
        if result is None:
            return here, states
        shapes = [leaf.shape for leaf in _leaves(result)]
        if shapes != [leaf.shape for leaf in _leaves(kept)]:
            raise ValueError(
                f"update returned arrays of shape {shapes} for parameters of shape "
                f"{[leaf.shape for leaf in _leaves(kept)]}: expected the new parameters in the form of the old "
                "ones, or None"
            )
        if (
            not same(here, kept)
            and not same(result, kept)
            and any(x is not y for x, y in zip(_leaves(result), _leaves(here)))
        ):
            noticed["It changes theta in place and returns another array: keep to one of the two."] = t
        return result, states

    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        here = _like(theta, start)
        memories = [copy.deepcopy(states) for _ in arrays] if each else copy.deepcopy(states)
        for t, gradient in enumerate(gradients, start=1):
            g = _like(theta, gradient)
            if each:
                moved = []
                for k, (leaf, g_leaf) in enumerate(zip(_leaves(here), _leaves(g))):
                    leaf, memories[k] = call(leaf, g_leaf, memories[k], t)
                    moved.append(np.asarray(leaf))
                here = _rebuilt(theta, iter(moved))
            else:
                here, memories = call(here, g, memories, t)
            leaves = _leaves(here)
            dtypes |= {leaf.dtype for leaf in leaves}
            path.append(np.concatenate([leaf.ravel() for leaf in leaves]).astype(float))
            here = _like(theta, path[-1]) if any(leaf.dtype.kind != "f" for leaf in leaves) else here
    if any(dtype.itemsize < 8 for dtype in dtypes):
        noticed["It computes in float32, so it is compared to five digits instead of nine."] = 1
    names, ends = _entry_names(theta), np.cumsum([leaf.size for leaf in arrays]).tolist()
    return SimpleNamespace(
        start=start,
        gradients=gradients,
        path=np.array(path),
        digits=SINGLE_DIGITS if any(dtype.itemsize < 8 for dtype in dtypes) else DIGITS,
        noticed=tuple(noticed),
        block=blocks.pop() if len(blocks) == 1 and len(arrays) > 1 else None,
        names=names,
        arrays=[
            (names[end - leaf.size].rsplit("[", 1)[0], slice(end - leaf.size, end)) for leaf, end in zip(arrays, ends)
        ],
    )


def _entry_names(tree, name="theta"):
    if isinstance(tree, dict):
        return [n for key in tree for n in _entry_names(tree[key], f"{name}[{key!r}]")]
    if isinstance(tree, (list, tuple)):
        return [n for k, part in enumerate(tree) for n in _entry_names(part, f"{name}[{k}]")]
    return [f"{name}[{','.join(map(str, i))}]" for i in np.ndindex(np.shape(tree))]


# Judging what it did.


def _differs(seen, prediction, path=None):
    """Where the update's path (or another) is not as predicted, (steps, P): to nine digits of what an entry moves."""
    path = seen.path if path is None else path
    with np.errstate(invalid="ignore", over="ignore"):
        moved = abs(prediction - seen.start)
        moved = np.where(np.isfinite(moved), moved, 0).max(axis=0)
        eps = np.finfo(np.float32 if seen.digits > DIGITS else float).eps
        rounding = 2 * len(path) * eps * np.maximum(abs(seen.start), moved)  # one of a subtraction in each step
        same = (path == prediction) | (np.isnan(path) & np.isnan(prediction))
        return ~(same | (abs(path - prediction) <= seen.digits * moved + rounding))


def _judge(like, settings, seen):
    def path(rule, changes, steps=STEPS):
        return rule_path(rule, seen.start, seen.gradients[:steps], settings, changes, seen.block)

    right = {form: path(like, form) for form in FORMS[like]}
    fits = [form for form, prediction in right.items() if not _differs(seen, prediction).any()]
    hidden = {
        name
        for name, slip in SLIPS[like].items()
        if _possible(slip.changes, seen)
        and any(not _differs(seen, right[form], path(like, _with(form, slip.changes))).any() for form in right)
    }
    unseen = tuple(name for name in SLIPS[like] if name in hidden)
    count = f"{STEPS} steps, {seen.start.size} parameters, lr = {settings['lr']:g}"
    if fits:
        said = FORMS[like][fits[0]] if len(fits) == 1 else "With these settings the place of ε makes no difference."
        agree = f"{count}: every entry agrees to {'five' if seen.digits > DIGITS else 'nine'} digits."
        return UpdateCheck(True, (), like, "", said, evidence=(agree, *seen.noticed), unseen=unseen)

    best, differs = min(
        ((form, _differs(seen, prediction)) for form, prediction in right.items()), key=lambda pair: pair[1].sum()
    )
    step, entry = np.argwhere(differs)[0]
    first = (
        f"{count}: the first difference is in step {step + 1} at {seen.names[entry]}, which is "
        f"{seen.path[step, entry]:.10g} and should be {right[best][step, entry]:.10g}."
    )
    evidence = (first, *seen.noticed)

    def report(names, explanation, cure, formulas=(), alternatives=()):
        return UpdateCheck(
            False, names, like, "everywhere", explanation, cure, formulas, evidence, alternatives, unseen
        )

    for size in 1, 2:
        found = _search(like, path, seen, hidden, size)
        if found:
            names, form, changes = found[0]
            if len(found) > 1:
                evidence += ("Several slips take the same steps; another lr or other settings may tell them apart.",)
            return report(
                names,
                " + ".join(SLIPS[like][name].title for name in names),
                " ".join(dict.fromkeys(SLIPS[like][name].cure for name in names)),
                _formulas(like, changes),
                tuple(dict.fromkeys(other for other, _, _ in found[1:] if other != names)),
            )
        if size == 1:
            for other in RULES:
                for form in FORMS[other]:
                    if other != like and not _differs(seen, path(other, form)).any():
                        return report(
                            ("another-rule",),
                            f"This is {other}, and right as such",
                            f"Ask with like={other!r}, or write {like}.",
                            ((SHOWN[like], SHOWN[other]),),
                        )
            factor = _factor(seen, right[best])
            if factor is not None:
                known = (
                    {"1 + μ": 1 + settings["mu"], "2": 2.0, "½": 0.5, "1/lr": 1 / settings["lr"]}
                    if like != "sgd"
                    else {}
                )
                letters = next(
                    (f", which is {text}" for text, x in known.items() if abs(abs(factor) / x - 1) < DIGITS), ""
                )
                return report(
                    ("factor",),
                    f"Every step is {factor:.6g} times the book's{letters}",
                    f"Look for a factor of {factor:.6g}: another lr than the {settings['lr']:g} that was told "
                    f"(lr = {factor * settings['lr']:.6g} would fit), a mean taken twice or not at all, a sign.",
                    ((SHOWN[like], f"{factor:.6g} times that step"),),
                )
            decay = _decay(seen, right[best], settings["lr"])
            if decay is not None:
                return report(
                    ("decay-in-step",),
                    f"A weight decay of {decay:.6g} is in the step",
                    SLIPS["adam"]["decay-in-step-0.01"].cure,
                    ((SHOWN[like], f"the same, and θ ← θ - lr·{decay:.6g} θ"),),
                )
    wrong = [(name, part) for name, part in seen.arrays if differs[:, part].any()]
    if len(wrong) < len(seen.arrays):  # the other arrays are right: what explains these alone?
        return replace(
            _judge(like, settings, _only(seen, [part for _, part in wrong])),
            where=", ".join(name for name, _ in wrong),
            evidence=evidence,
        )
    return report(
        ("unknown",),
        "Wrong, and no known slip explains it",
        "Print every line of the first step that differs, and compute it by hand for one entry.",
        ((SHOWN[like], "something else"),),
    )


def _only(seen, parts):
    """The same with these parts of theta alone."""
    inside = np.concatenate([np.arange(part.start, part.stop) for part in parts])
    arrays, at = [], 0
    for part in parts:
        size = part.stop - part.start
        arrays.append(("", slice(at, at + size)))
        at += size
    return SimpleNamespace(
        start=seen.start[inside],
        gradients=seen.gradients[:, inside],
        path=seen.path[:, inside],
        digits=seen.digits,
        noticed=seen.noticed,
        block=None,
        names=[seen.names[k] for k in inside],
        arrays=arrays,
    )


def _with(form, changes):
    """The changes together with those of a form, where they do not speak of the same line."""
    return (*((line, choice) for line, choice in form if line not in dict(changes)), *changes)


def _possible(changes, seen):
    """Whether the changes can be made: some mix up several arrays of equal length."""
    return seen.block or not any(choice in ("shared", "by arrays") for _, choice in changes)


def _search(like, path, seen, hidden, size):
    """The slips, or pairs of slips in different lines, that predict every step: names, form and changes of each."""
    found = []
    names = [name for name in SLIPS[like] if name not in hidden]
    first = SimpleNamespace(**{**vars(seen), "path": seen.path[:1], "digits": 1e-3})  # rules out nearly all, at a sixth
    for chosen in itertools.combinations(names, size):
        changes = tuple(change for name in chosen for change in SLIPS[like][name].changes)
        if len(dict(changes)) < len(changes) or not _possible(changes, seen):
            continue
        for form in dict.fromkeys(_with(form, changes) for form in FORMS[like]):
            if _differs(first, path(like, form, 1)).any():
                continue
            if not _differs(seen, path(like, form)).any():
                found.append((chosen, form, changes))
                break
    return found


def _formulas(like, changes):
    """The lines that differ, the book's beside the other."""
    lines = []
    for line, choice in changes:
        if line == "betas":
            lines += [(RULES[like][name][""][0], RULES[like][name][""][0].translate(_EXCHANGED)) for name in ("m", "v")]
        else:
            lines.append((RULES[like][line][""][0], RULES[like][line][choice][0]))
    return tuple(lines)


_EXCHANGED = str.maketrans("₁₂", "₂₁")


def _factor(seen, right):
    """The one number that all steps are multiplied by, or None."""
    if not np.isfinite(seen.path).all() or not np.isfinite(right).all():
        return None
    book = np.diff(np.vstack([seen.start, right]), axis=0)
    own = np.diff(np.vstack([seen.start, seen.path]), axis=0)
    factor = float((own * book).sum() / (book * book).sum())
    return factor if factor and not _differs(seen, seen.start + factor * np.cumsum(book, axis=0)).any() else None


def _decay(seen, right, lr):
    """The wd of θ ← θ - step - lr·wd·θ, or None: any number, where the slips try the usual ones."""
    book = np.diff(np.vstack([seen.start, right]), axis=0)
    here = np.vstack([seen.start, seen.path[:-1]])
    if not np.isfinite(seen.path).all():
        return None
    over = here + book - seen.path
    wd = float((over * here).sum() / (here * here).sum() / lr)
    return wd if wd and not _differs(seen, here + book - lr * wd * here).any() else None
