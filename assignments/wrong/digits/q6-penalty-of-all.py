"""The lines of check 2 call something right in every layer, and you accuse it as well. Read the two columns of its lines apart.
"""


def accusations():
    return {"hidden_layer": (1, [2, 1], "both"), "penalty_gradient": (2, [3, 2, 1], "both"), "sweep": (3, [2, 1], "both")}
