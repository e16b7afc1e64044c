"""By keyword arguments, layers in rising order."""


def accusations():
    below = [1, 2]
    return dict(hidden_layer=(1, below, "both"), penalty_gradient=(2, [1, 2, 3], "biases"), sweep=(3, below, "both"))
