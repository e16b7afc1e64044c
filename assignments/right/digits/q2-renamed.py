"""Factored as (1 - a)(1 + a), with a list for the pair and other names."""


def slopes(pre_activation):
    bent = np.tanh(pre_activation)
    switched_on = np.heaviside(pre_activation, 0.0)
    return [(1 - bent) * (1 + bent), switched_on]
