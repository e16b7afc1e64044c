"""The output layer stands at the top of every table, and in two of the three checks it is right. A mistake on the way back into a hidden layer leaves it alone.
Read again in which layers each check fails.
"""


def accusations():
    return {"hidden_layer": (1, [3, 2, 1], "both"), "penalty_gradient": (2, [3, 2, 1], "biases"), "sweep": (3, [3, 2, 1], "both")}
