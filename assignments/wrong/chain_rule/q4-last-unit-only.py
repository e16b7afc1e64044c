"""The last layer's gradient is right, and the layers below get the share of one unit of the layer above. With one unit above all is right; with several,
all but one are lost. Look at the loop over the units above: does each round keep what the rounds before have brought?
"""
DEFECT = "fan-out-overwritten"


def hidden_delta(W_above, delta_above, z):
    for weights, delta in zip(W_above, delta_above):
        gathered = weights * delta
    return gathered * sigma_slope(z)
