"""Measures what article B's first program spends its time on: one scatter call per point per epoch, against the training itself.

Run with `python benchmarks/sine_drawing.py` (some minutes); it writes book/measurements/sine_drawing.json, which the chapter on the
sine reads. Times are processor times of this process, one epoch of drawing and one of training in turn; the chapter shows ratios.
"""
import datetime
import json
import os
import platform
import sys
import time
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import matplotlib  # noqa: E402

matplotlib.use("Agg")                          # pictures in memory: no window, whose cost would come on top
import matplotlib.pyplot as plt  # noqa: E402
import numpy as np  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from bpcore import Network, sgd  # noqa: E402

EPOCHS = 99


def seconds(work):
    before = time.process_time()
    work()
    return time.process_time() - before


def conditions():
    """Date, processor and versions; never the machine's name."""
    listing = Path("/proc/cpuinfo")
    names = [line.split(":", 1)[1].strip() for line in listing.read_text().splitlines() if line.startswith("model name")] if listing.exists() else []
    processor = names[0] if names else platform.processor() or platform.machine()
    return {"date": datetime.date.today().isoformat(),
            "machine": f"{processor}, {os.cpu_count()} cores, {platform.system()}, {platform.python_implementation()} {platform.python_version()}",
            "versions": {"numpy": np.__version__, "matplotlib": matplotlib.__version__}}


def main():
    x = np.arange(-5 * np.pi, 5 * np.pi, 0.1)
    X, Y = x[:, None], np.sin(x)[:, None]
    net = Network((1, 2, 3, 2, 1), "sigmoid", "sigmoid", "half_squared")
    theta = net.init(0, "standard_normal")
    figure, ax = plt.subplots()

    def one_call_a_point():
        for x_i, y_i in zip(X[:, 0], Y[:, 0]):
            ax.scatter(x_i, y_i, c="blue")

    def train():
        nonlocal theta
        theta = sgd(net, theta, X, Y, lr=0.01, epochs=1, batch_size=1, shuffle=False, history="none").theta

    def one_call_in_all():
        other, other_ax = plt.subplots()
        other_ax.scatter(X[:, 0], Y[:, 0], c="blue")
        plt.close(other)

    train(), one_call_in_all()                 # a first call of each, not counted
    drawing, training = [], []
    for epoch in range(EPOCHS):
        training.append(seconds(train))
        drawing.append(seconds(one_call_a_point))
        if epoch % 10 == 0:
            print(epoch, f"{drawing[-1]:.2f} s against {training[-1]:.4f} s", file=sys.stderr, flush=True)
    saved = seconds(figure.canvas.draw)
    single = [seconds(one_call_in_all) for _ in range(9)]
    content = {"points": len(x), "epochs": EPOCHS, "artists": len(ax.collections),
               "drawing": [round(t, 4) for t in drawing], "training": [round(t, 5) for t in training],
               "one picture of all artists": round(saved, 3), "one call for all points, with its figure": sorted(round(t, 5) for t in single)}
    path = ROOT / "book" / "measurements" / "sine_drawing.json"
    what = "processor seconds per epoch: 315 scatter calls on one axes that is never cleared, and one epoch of per-sample training of a 1-2-3-2-1 network"
    path.write_text(json.dumps({"what": what, **conditions(), **content}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
