"""The table of usual slips in each update rule: what each is called, which lines it changes, and its cure."""

from dataclasses import dataclass, replace

from .rules import DECAYS, RULES


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
    own_arrays = "Make v another array than m, such as v = m.copy(), or a list with other arrays: v = m makes no copy."
    adam = {
        "no-bias-correction": Slip("There is no bias correction", both("none"), once),
        "correction-without-power": Slip("The bias correction has no power t, or t stays at 1", both("no power"), once),
        "step-count-from-zero": Slip("t is 0 in the first step", both("early"), "Raise t before it is used: " + once),
        "step-count-late": Slip("t is 2 in the first step", both("late"), once),
        "step-count-one-twice": Slip("t is 1 in the first two steps", both("one twice"), once),
        "step-count-by-arrays-late": Slip(
            "t is raised for each array, and begins with 2", both("by arrays late"), "Raise t once a step. " + once
        ),
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
        "one-array": Slip(
            "m and v are the same array", (("m", "of v"), ("v", "of m"), ("step", "v for m")), own_arrays
        ),
        "one-array-corrected": Slip(
            "m and v are the same array", (("m", "of v"), ("v", "of m"), ("step", "v for m, corrected")), own_arrays
        ),
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
        "look-ahead-sign": Slip(
            "The step has (1 - μ) v where (1 + μ) v belongs",
            (("step", "sign ahead"),),
            "θ ← θ - μ vₜ₋₁ + (1 + μ) v, where v ← μ v - lr·g, and vₜ₋₁ is v before that.",
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
        "decay-divided": Slip(
            "The weight decay is divided by √v̂ + ε",
            (("theta", "decay divided"),),
            "Take lr·wd θ off beside the step: θ ← θ - lr·m̂ / (√v̂ + ε) - lr·wd θ.",
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
    in_words_of = lambda like, slips: {  # cures speak of the rule's own v, which nothing corrects
        name: replace(
            slip, cure=slip.cure.replace(RULES["adam"]["v"][""][0], RULES[like]["v"][""][0]).replace("v̂", "v")
        )
        for name, slip in slips.items()
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
        "rmsprop": in_words_of("rmsprop", scaled),
        "adagrad": in_words_of("adagrad", of("adagrad", scaled)),
        "adam": {**everywhere, **adam, **decays},
        "adamw": of("adamw", {**everywhere, **adam, **coupled}),
    }


SLIPS = _slips()
