"""Collects the steps in a list while it goes down by einsum, and subtracts them after the loop."""


def mended_sweep(parameters, activations, slopes, targets, rate):
    delta, steps = activations[-1] - targets, []
    for l in reversed(range(1, len(parameters))):
        biases = np.einsum("ij->j", delta)
        weights = np.einsum("ij,ik->jk", delta, activations[l - 1])
        steps.insert(0, rate * np.c_[biases, weights] / len(targets))
        if slopes[l - 1] is not None:
            delta = np.einsum("ij,jk,ik->ik", delta, parameters[l][:, 1:], slopes[l - 1])
    return [None] + [old - step for old, step in zip(parameters[1:], steps)]
