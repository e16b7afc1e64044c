"""Plants every gradient defect in several networks, and counts what the doctor calls it and says of right ones.

Run with `python benchmarks/doctor.py`; it writes book/measurements/doctor.json, which the chapter "A doctor for your
gradient" reads.
"""

from collections import Counter, defaultdict

from timing import store  # before NumPy: it sets the threads

import numpy as np

from bpcore import ACTIVATIONS, LOSSES, Network, diagnose
from bpcore.clinic.defects import DEFECTS, place

# sizes, activations of the hidden layers, output, loss, samples, λ
PATIENTS = (
    ((3, 5, 4, 2), "sigmoid", "sigmoid", "binary_cross_entropy", 6, 0.7),
    ((4, 4, 4, 3), "tanh", "softmax", "cross_entropy", 7, 0.0),
    ((3, 4, 4, 2), "relu", "identity", "half_squared", 5, 0.3),
    ((2, 6, 3), "leaky_relu", "softmax", "mse", 4, 1.5),
    ((3, 3, 3, 3, 3), ("tanh", "sigmoid", "relu"), "tanh", "mse", 9, 0.2),
    ((5, 3, 1), "sigmoid", "sigmoid", "half_squared", 8, 0.0),
    ((2, 4, 4, 1), "sigmoid", "sigmoid", "binary_cross_entropy", 20, 0.0),
    ((6, 5, 4, 3), "relu", "softmax", "cross_entropy", 12, 2.0),
)


def ward(sizes, hidden, output, loss, m, lam, seed):
    """Every gradient defect, in all layers and in each alone, where it makes a difference: name and diagnosis."""
    net, theta, X, Y = place(sizes, hidden, output, loss, m, seed=seed)
    right = net.grad(theta, X, Y, lam)
    for name, defect in DEFECTS.items():
        if not defect.gradient:
            continue
        for layers in (None, *([l] for l in range(1, net.L + 1))):
            own = Network(sizes, hidden, output, loss)  # one of the defects keeps its memory by network
            try:
                wrong = defect.broken(own, theta.copy(), X, Y, lam, layers)
            except ValueError:  # it cannot be made there
                continue
            if name == "accumulated" or abs(wrong - right).max() > 1e-12:
                yield (
                    name,
                    diagnose(
                        lambda v: net.cost(v, X, Y, lam),
                        lambda v: defect.broken(own, v, X, Y, lam, layers),
                        theta,
                        net=net,
                        X=X,
                        Y=Y,
                        lam=lam,
                    ),
                )


def judged(name, found):
    """The name "named" for the defect alone, "tied" for one of several with the same gradient, else what was said."""
    if (name,) == found.names and not found.alternatives:
        return "named"
    return "tied" if (name,) in (found.names, *found.alternatives) else " + ".join(found.names) or "nothing"


def count(visits):
    table, tied = defaultdict(Counter), defaultdict(Counter)
    for name, found in visits:
        table[name][judged(name, found)] += 1
        if judged(name, found) == "tied":
            tied[name].update(" + ".join(names) for names in (found.names, *found.alternatives) if names != (name,))
    return {name: {"verdicts": dict(table[name]), "tied with": dict(tied[name])} for name in table}


def healthy(seed):
    """How many right gradients of every activation, output and loss, with one sample and six, and the diagnoses."""
    visits = diagnoses = 0
    for hidden in (name for name, record in ACTIVATIONS.items() if record.df):
        for output in ACTIVATIONS:
            for loss in LOSSES:
                for m in (1, 6):
                    try:
                        net, theta, X, Y = place((3, 4, 2), hidden, output, loss, m, seed=seed)
                    except ValueError:  # a loss that does not fit the output
                        continue
                    found = diagnose(
                        lambda v: net.cost(v, X, Y, 0.3),
                        lambda v: net.grad(v, X, Y, 0.3),
                        theta,
                        net=net,
                        X=X,
                        Y=Y,
                        lam=0.3,
                    )
                    visits, diagnoses = visits + 1, diagnoses + bool(found.names)
    return visits, diagnoses


if __name__ == "__main__":
    seeds = (0, 1)
    rows = []
    for row in PATIENTS:
        visits = [visit for seed in seeds for visit in ward(*row, seed)]
        settings = dict(zip(("sizes", "hidden", "output", "loss", "m", "lam"), row))
        rows.append({**settings, "defects": count(visits)})
    visits, diagnoses = np.sum([healthy(seed) for seed in seeds], axis=0).tolist()
    store(
        "doctor",
        "what the doctor calls each gradient defect, planted in all layers and in each alone",
        seeds=list(seeds),
        rows=rows,
        right_gradients={"visits": visits, "diagnoses": diagnoses},
    )
