"""Measures what article B's first program spends its time on: two drawings and legends per point, against training.

Run with `python benchmarks/sine_drawing.py` (some five minutes); it writes book/measurements/sine_drawing.json,
which the chapter on the sine reads. Times are processor times of this process, one epoch of drawing and one of
training in turn; the chapter shows ratios.
"""

import sys

from timing import seconds, store  # before NumPy, whose threads it sets; it makes bpcore importable

import matplotlib

matplotlib.use("Agg")  # pictures in memory: no window, whose cost would come on top
import matplotlib.pyplot as plt
import numpy as np

from bpcore import Network, sgd
from bpcore.articles import b

EPOCHS = 30  # of 99: the whole takes three quarters of an hour, as it did for its author


def main():
    x = np.arange(-5 * np.pi, 5 * np.pi, 0.1)
    X, Y = x[:, None], np.sin(x)[:, None]
    net = Network((1, 2, 3, 2, 1), "sigmoid", "sigmoid", "half_squared")
    theta = net.init(0, "standard_normal")
    figure, ax = plt.subplots()

    def as_published():
        for x_i, y_i in zip(X[:, 0], Y[:, 0]):
            b.draw_point(ax, x_i, y_i)

    def train():
        nonlocal theta
        theta = sgd(net, theta, X, Y, lr=0.01, epochs=1, batch_size=1, shuffle=False, history="none").theta

    def one_call_in_all():
        other, other_ax = plt.subplots()
        other_ax.scatter(X[:, 0], Y[:, 0], c="blue")
        plt.close(other)

    train(), one_call_in_all()  # a first call of each, not counted
    drawing, training = [], []
    for epoch in range(EPOCHS):
        training.append(seconds(train, 1))
        drawing.append(seconds(as_published, 1))
        if epoch % 10 == 0:
            print(epoch, f"{drawing[-1]:.2f} s against {training[-1]:.4f} s", file=sys.stderr, flush=True)
    saved = seconds(figure.canvas.draw, 1)
    single = [seconds(one_call_in_all, 1) for _ in range(9)]
    store(
        "sine_drawing",
        "processor seconds per epoch: 630 scatter calls, each with a legend, on one axes that is never cleared, "
        "and one epoch of "
        "per-sample training of a 1-2-3-2-1 network",
        points=len(x),
        epochs=EPOCHS,
        artists=len(ax.collections),
        drawing=[round(t, 4) for t in drawing],
        training=[round(t, 5) for t in training],
        **{
            "one picture of all artists": round(saved, 3),
            "one call for all points, with its figure": sorted(round(t, 5) for t in single),
        },
    )


if __name__ == "__main__":
    main()
