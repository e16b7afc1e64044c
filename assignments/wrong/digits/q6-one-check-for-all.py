"""One check cannot accuse three functions: the first one knows no penalty and no large step. Ask what else each of the three functions does that this check never sees.
"""


def accusations():
    return {"hidden_layer": (1, [2, 1], "both"), "penalty_gradient": (1, [2, 1], "both"), "sweep": (1, [2, 1], "both")}
