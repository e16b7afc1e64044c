"""Under which heading, and on which page, a case of book/wild stands: by its kind and by the words of its sentence."""

import functools
import re

from wild_answers import ROOT, modules

# Kind → part → words that lead there. The first part that fits is taken, and the one without words takes the rest.
# A word stands alone: "relu" does not fit "prelude". NETWORK fits where the author meant a network of dense layers.
# Where a page has become too long, the directive of one of its parts goes to a page of its own.
NETWORK = "network of dense layers"
PARTS = {
    "slope": {
        "relu": r"p?relus?|rectif\w+",
        "curves": r"s?elu|gelu|elish|exponential (linear )?units?|softplus|softsign|swish|mish|sigmoid linear|"
        r"hard sigmoid|elliot|ramp|clamp|piecewise linear|arctangent has|activation (is a|raises)|not in a list|"
        r"slope below zero",
        "sigmoid": r"(log-)?sigmoids?|tanh|hyperbolic tangent|logistic function",
        "any": NETWORK,
        "places": r"rotations?|robot|vehicle|place's|pose|lens\w*|calibration|scans|cross product",
        "losses": r"loss\w*|entropy|scores?|policy|log-density|densit\w+|distance|kernels?|ranking|fit|dispersions|"
        r"tube|exponential|Moffat|Lorentz|test function|residual|deviation|modulus",
        "operations": "",
    },
    "down": {
        "moved": r"(have|has|had|been|were|already|they) .*(moved|updated)|moved weights|"
        r"before the (hidden|error|gradient)|take their step|weights are updated",
        "normalisations": r"\w*normalisation|deviation|batch's mean",
        "convolutions": r"convolution|poolings?|windows?|filter|patch",
        "time": r"lstm|recurrent|gated|attention|gates|later steps|through time",
        "above": r"what (comes|came|has come)|that (comes|came|has come)|comes? from above|(derivative|slope) alone",
        "layers": NETWORK,
        "operations": "",
    },
    "softmax": {
        "loss": r"cross[- ]entropy|cross-entropies|log[- ]loss|loss|squared error|labels?|focal|logistic regression|"
        r"\w*-?likelihood|targets?|right class",
        "softmax": r"(log-)?softmax(es)?",
        "quotients": "",
    },
    "blocks": {
        "biases": r"bias(es)?|intercept",
        "batch": r"batch\w*|samples?|example|targets",
        "rows": r"rows?|users?|items?|rating|embeddings?|encoder|word",
        "weights": NETWORK,
        "others": "",
    },
    "factor": {
        "sign": r"minus|signs?|uphill|upwards|plus|turned round|taken? off|takes .* off|wrong way|away from",
        "two": r"two|half|halves|2|twice|doubled",
        "mean": r"means?|average\w*|sums?|divide[sd]?|batch|samples|number of",
        "others": "",
    },
    "penalty": {
        "bias": r"bias(es)?|intercept|spares|left out of",
        "sign": r"subtracted|taken? off|minus|signs?|to the parameters",
        "others": "",
    },
    "right": {
        "steps": r"momentum|adam|rmsprop|steps?|velocity|updates",
        "slopes": r"slopes?|sigmoid|tanh|relu|softmax|activation|input",
        "signs": r"minus|sign|plus|half|two|2|twice|mean|divi\w+|number of|size of|rounded",
        "others": "",
    },
    "cost": {
        "penalties": r"penal\w+",
        "entropies": r"(cross[- ])?entropy|logarithms?|\w*-?likelihood|logistic|labels?|softmax|divergence|"
        r"probability|probabilities",
        "squares": r"square[sd]?|mean|errors?",
        "others": "",
    },
    "update": {
        "adamw": "adamw:",
        "adam": "adam:",
        "momentum": r"(momentum|nesterov):",
        "rates": r"(adagrad|rmsprop):",
        "plain": "",
    },
}


def sentence(module):
    return module.__doc__.strip()


def kind(module):
    """The kind of mistake, or what it is where no gradient is wrong."""
    return module.GROUP if module.KIND == "gradient" else module.KIND


def about(module):
    """The words by which a case finds its part: for a step the rule that was meant comes first."""
    words = [sentence(module)] + [NETWORK] * (module.NET is not None)
    if kind(module) == "update":
        words = [f"{module.SETTINGS['like']}:", *words]
    return " ".join(words)


@functools.cache
def part(module):
    """The kind of a case, and its part of that kind."""
    words = about(module)
    fits = (name for name, known in PARTS[kind(module)].items() if re.search(rf"(?<!\w)({known})(?!\w)", words, re.I))
    return kind(module), next(fits)


@functools.cache
def pages():
    """Kind and part → the page that shows it, in the order of the contents."""
    contents, found = (ROOT / "_toc.yml").read_text(encoding="utf-8"), {}
    for page in re.findall(r"file: book/(wild_\w+)$", contents, re.M):
        text = (ROOT / "book" / f"{page}.md").read_text(encoding="utf-8")
        found |= dict.fromkeys(re.findall(r"^```\{wild-cases\} (\w+) (\w+)$", text, re.M), page)
    return found


def page_of(name):
    """The page on which a case stands."""
    return pages()[part(modules()[name])]
