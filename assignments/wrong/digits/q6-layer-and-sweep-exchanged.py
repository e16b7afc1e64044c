"""Check 1 uses a step that is infinitely small, so nothing that happens after a step has begun can disturb it. Ask of the two accusations which of them would
still fail if every step were infinitely small.
"""


def accusations():
    return {"hidden_layer": (3, [2, 1], "both"), "penalty_gradient": (2, [3, 2, 1], "biases"), "sweep": (1, [2, 1], "both")}
