"""What the timing benchmarks share: ratios of CPU times on one thread, measured in turn, and the file that keeps them.

It is imported before NumPy, since the number of threads is read when NumPy is, and it runs nothing by itself.
"""

import datetime
import importlib.metadata
import json
import os
import platform
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

if "numpy" in sys.modules:
    raise ImportError(
        "timing is imported after NumPy, which has chosen its threads already: expected `import timing` before it"
    )
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
sys.path.insert(0, str(ROOT))  # where bpcore is


def seconds(function, repeats):
    """CPU time of one call, the mean of ``repeats`` of them."""
    start = time.process_time()
    for _ in range(repeats):
        function()
    return (time.process_time() - start) / repeats


def enough_repeats(function, shortest):
    """How many calls, a power of two, last at least ``shortest`` seconds."""
    repeats = 1
    while seconds(function, repeats) * repeats < shortest:
        repeats *= 2
    return repeats


def in_turn(peers, rounds, shortest):
    """The peers (name → function) run one after the other, again and again: a list of rounds, each name → seconds."""
    repeats = {name: enough_repeats(function, shortest) for name, function in peers.items()}
    return [{name: seconds(function, repeats[name]) for name, function in peers.items()} for _ in range(rounds)]


def quartiles(values):
    """The lower quartile, the median and the upper quartile, to four digits."""
    found = statistics.quantiles(map(float, values), n=4, method="inclusive")
    return {name: float(f"{value:.4g}") for name, value in zip(("low", "median", "high"), found, strict=True)}


def processor():
    """The processor's own name, as the system tells it; never the machine's name."""
    listing = Path("/proc/cpuinfo")
    names = (
        [line.split(":", 1)[1].strip() for line in listing.read_text().splitlines() if line.startswith("model name")]
        if listing.exists()
        else []
    )
    return names[0] if names else platform.processor() or platform.machine()


def store(name, what, **content):
    """Write book/measurements/``name``.json: what was measured, when, on which machine, and ``content``."""
    libraries = {
        "NumPy": "numpy", "SciPy": "scipy", "Matplotlib": "matplotlib", "scikit-learn": "sklearn",
        "autograd": "autograd", "JAX": "jax", "Numba": "numba", "PyTorch": "torch",
    }  # fmt: skip
    versions = {
        title: importlib.metadata.version({"sklearn": "scikit-learn"}.get(module, module))
        for title, module in libraries.items()
        if module in sys.modules
    }
    machine = [
        processor(),
        f"{os.cpu_count()} cores",
        platform.system(),
        f"{platform.python_implementation()} {platform.python_version()}",
        *map(" ".join, versions.items()),
        "one thread",
    ]
    path = ROOT / "book" / "measurements" / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        json.dumps(
            {
                "what": what,
                "date": datetime.date.today().isoformat(),
                "machine": ", ".join(machine),
                "versions": {title.lower(): version for title, version in versions.items()},
                **content,
            },
            indent=1,
        )
        + "\n",
        encoding="utf-8",
    )
