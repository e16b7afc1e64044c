"""Trains article A's published program and its repair for longer than a page should, and keeps costs and parameters.

Run with `python benchmarks/sklearn_long.py`; it writes book/measurements/sklearn_long.json, which the chapter
"Against scikit-learn" reads. The chapter repeats the first hundred epochs itself. Data, start, rate and the order of
the samples are the article's: its seed, 42, draws the weights first and then every shuffle.
"""

import sys

from timing import store  # before NumPy, whose threads it sets; it makes bpcore importable

# isort: split
import numpy as np

from bpcore.articles import a
from bpcore.articles.layouts import theta_from_rows

EPOCHS = {"listing": 5000, "repair": 1000}
BACKWARD = {"listing": a.backward, "repair": a.backward_of_the_text}
KEPT = (0, 1, 3, 10, 20, 30, 50, 100, 200, 400, 1000, 5000)
MENDED_AFTER, MENDED_FOR = 100, 1600
TENTH_OF_THE_RATE, TEN_TIMES_THE_EPOCHS = 0.001, 1000


def right(W, b, X, Y):
    """How many samples the threshold ½ puts on the right side."""
    return int((a.predict(X, W, b) == Y).sum())


def rounded(values, digits=12):
    return [float(f"{value:.{digits}g}") for value in np.ravel(values)]


def train(X, Y, W, b, rng, epochs, kept, backward):
    """The article's loop, stopped after the epochs in ``kept`` and taken up again; returns costs and {epoch: (W, b)}.

    The costs are those before the first epoch and after each. The generator goes on where it was: stops change no bit.
    """
    costs, stops, done = [a.compute_loss(Y, a.forward(X, W, b)[-1])], {0: (W, b)}, 0
    for epoch in sorted({*kept, epochs}):
        if done < epoch <= epochs:
            W, b, history = a.train(X, Y, W, b, rng, num_iterations=epoch - done, backward=backward)
            costs += history
            stops[epoch], done = (W, b), epoch
    return np.array(costs), stops


def main():
    np.seterr(over="ignore")  # exp(-z) of a saturated unit is infinite and its sigmoid 0, which is right
    X, X_test, Y, Y_test = a.data()
    runs, slow = {}, {}
    for name, backward in BACKWARD.items():
        W, b, rng = a.start()
        costs, stops = train(X, Y, W, b, rng, EPOCHS[name], KEPT, backward)
        steps = [*range(0, 1001), *range(1050, EPOCHS[name] + 1, 50)]
        runs[name] = {
            "epochs": EPOCHS[name],
            "epoch": steps,
            "cost": rounded(costs[steps], 10),
            "lowest_cost_after_100": float(f"{costs[100:].min():.10g}"),
            "highest_cost_after_100": float(f"{costs[100:].max():.10g}"),
            "kept": [
                {
                    "epoch": epoch,
                    "theta": rounded(theta_from_rows(W, b)),
                    "train_right": right(W, b, X, Y),
                    "test_right": right(W, b, X_test, Y_test),
                }
                for epoch, (W, b) in stops.items()
            ],
        }
        W, b, rng = a.start()
        *_, history = a.train(X, Y, W, b, rng, TENTH_OF_THE_RATE, TEN_TIMES_THE_EPOCHS, backward)
        slow[name] = rounded(history, 10)
        print(name, costs[[100, 400, 1000]], slow[name][-1], file=sys.stderr)

    W, b, rng = a.start()
    W, b, _ = a.train(X, Y, W, b, rng, num_iterations=MENDED_AFTER)
    costs, stops = train(X, Y, W, b, rng, MENDED_FOR, (), a.backward_of_the_text)
    print("mended", costs[[0, 400, MENDED_FOR]], file=sys.stderr)
    store(
        "sklearn_long",
        "article A's published program (listing: sigma' taken of the activation in all three layers) and its repair: "
        "moons, 2-4-4-1, per-sample descent, lr 0.01, the article's start and order of samples, training cost after "
        "each epoch; the same with a tenth of the rate for ten times the epochs (slow); and the right gradient set to "
        "work where the listing stood after 100 epochs, in the order in which it would have gone on (mended)",
        runs=runs,
        slow={"lr": TENTH_OF_THE_RATE, "cost": slow},
        mended={
            "after": MENDED_AFTER,
            "cost": rounded(costs, 10),
            "train_right": right(*stops[MENDED_FOR], X, Y),
            "test_right": right(*stops[MENDED_FOR], X_test, Y_test),
        },
    )


if __name__ == "__main__":
    main()
