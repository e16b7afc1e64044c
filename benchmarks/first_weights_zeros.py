"""Measures what a network of sigmoids learns of the digits from zeros, with its units kept equal and without."""

import datetime
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
RESULT = ROOT / "book" / "measurements" / "first_weights_zeros.json"
KERNELS = "Prescott", "Nehalem", "Sandybridge", "Haswell", "SkylakeX"
STEPS = (100, 300, 1000, 2000, 5000)
UNITS = 25


def data():
    from sklearn.datasets import load_digits

    from bpcore import one_hot

    images, digits = load_digits(return_X_y=True)
    return images / 16, one_hot(digits, 10), digits


def outcome(outputs, digits):
    """How many classes are predicted, and how many of the digits are right."""
    predicted = outputs.argmax(axis=1)
    return {"classes": len(set(predicted.tolist())), "right": int((predicted == digits).sum())}


def units_kept_equal():
    """64-25-10 from zeros, rate 1, full batches: one unit is computed and counted 25 times."""
    import numpy as np

    from bpcore import ACTIVATIONS

    sigmoid = ACTIVATIONS["sigmoid"].f
    X, Y, digits = data()
    X = np.hstack([np.ones((len(X), 1)), X])
    row, out, bias, found = np.zeros(65), np.zeros(10), np.zeros(10), []
    for step in range(STEPS[-1] + 1):
        a = sigmoid(X @ row)
        outputs = sigmoid(bias + UNITS * np.outer(a, out))
        if step in STEPS:
            found.append(outcome(outputs, digits))
        delta_out = (outputs - Y) / len(X)
        delta = delta_out @ out * a * (1 - a)
        row, out, bias = row - delta @ X, out - a @ delta_out, bias - delta_out.sum(axis=0)
    return found


def as_bpcore_computes():
    """The same network trained by ``sgd``, with the largest difference between two rows of Theta[1]."""
    import numpy as np

    from bpcore import Network, sgd

    X, Y, digits = data()
    net, found = Network((64, UNITS, 10)), []

    def note(epoch, theta, cost):
        if epoch in STEPS:
            difference = float(np.ptp(net.params(theta).Theta[1], axis=0).max())
            found.append(outcome(net.predict(theta, X), digits) | {"difference": difference})

    sgd(net, net.init(0, "zeros"), X, Y, lr=1.0, epochs=STEPS[-1], callback=note, history="none")
    return found


def main():
    import numpy
    import sklearn

    runs = {}
    for kernel in KERNELS:
        surroundings = os.environ | {"OPENBLAS_CORETYPE": kernel, "OPENBLAS_NUM_THREADS": "1"}
        child = subprocess.run([sys.executable, __file__, "--one"], env=surroundings, capture_output=True, text=True)
        if child.returncode == 0:  # a kernel that this processor cannot run is left out
            runs[kernel] = json.loads(child.stdout)
        else:
            print(f"{kernel}: not run here ({child.stderr.strip().splitlines()[-1:]})", file=sys.stderr)
    RESULT.write_text(
        json.dumps(
            {
                "what": "A 64-25-10 network of sigmoids from zeros on the 1797 digits (pixels / 16; cross-entropy, "
                "full batch, lr 1): "
                "classes predicted and digits right after some steps, with the units kept equal (one unit, counted "
                "25 times), "
                "and as bpcore computes, by OpenBLAS kernel, one thread, with the largest difference between two "
                "rows of Theta[1]",
                "date": datetime.date.today().isoformat(),
                "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, NumPy "
                f"{numpy.__version__}, "
                f"scikit-learn {sklearn.__version__}",
                "steps": STEPS,
                "digits": 1797,
                "equal": units_kept_equal(),
                "kernels": runs,
            },
            indent=1,
        )
        + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    if sys.argv[1:] == ["--one"]:
        print(json.dumps(as_bpcore_computes()))
    else:
        main()
