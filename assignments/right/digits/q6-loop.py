"""Filled in a loop over rows of a small table, with lists as entries."""


def accusations():
    found = {}
    for check, (name, highest, part) in enumerate([("hidden_layer", 2, "both"), ("penalty_gradient", 3, "biases"), ("sweep", 2, "both")], 1):
        found[name] = [check, list(range(1, highest + 1)), part]
    return found
