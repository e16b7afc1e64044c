"""Measures how long hidden units that start equal stay equal when different kernels take the sums of their products."""

"matrix-multiplication kernels."

import datetime
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
RESULT = ROOT / "book" / "measurements" / "activations_symmetry.json"
KERNELS = "Prescott", "Nehalem", "Sandybridge", "Haswell", "SkylakeX"
EPOCHS = (1, 10, 30, 100, 300, 1000, 2000, 3000, 5000, 7000, 10000, 15000, 20000, 30000)


def row_differences():
    """The largest difference between two rows of Theta[1], and the cost, after each of EPOCHS."""
    import numpy as np
    from sklearn.datasets import make_moons

    from bpcore import Network, sgd

    X, labels = make_moons(n_samples=(250, 150), noise=0.2, random_state=42)
    net = Network((2, 3, 1), hidden="tanh")
    found = {}

    def note(epoch, theta, cost):
        if epoch in EPOCHS:
            found[epoch] = float(np.ptp(net.params(theta).Theta[1], axis=0).max()), float(cost)

    sgd(net, np.full(net.n_params, 0.5), X, labels[:, None], lr=0.3, epochs=EPOCHS[-1], callback=note)
    return {"difference": [found[e][0] for e in EPOCHS], "cost": [found[e][1] for e in EPOCHS]}


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
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(
        json.dumps(
            {
                "what": "Largest difference between two rows of Theta[1] of a 2-3-1 tanh network that starts with "
                "every parameter 0.5 "
                "(make_moons, 250 + 150 points; full batch, lr 0.3), by OpenBLAS kernel, one thread",
                "date": datetime.date.today().isoformat(),
                "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, NumPy "
                f"{numpy.__version__}, "
                f"scikit-learn {sklearn.__version__}",
                "epochs": EPOCHS,
                "kernels": runs,
            },
            indent=1,
        )
        + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    if sys.argv[1:] == ["--one"]:
        print(json.dumps(row_differences()))
    else:
        main()
