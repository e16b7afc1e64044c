"""For every test, the notebooks among them: where the project's modules are, and how kernels compute."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts"), str(ROOT / "book" / "_ext"), str(ROOT / "tests")]

from notebooks import prepare_kernels  # noqa: E402

prepare_kernels()  # before NumPy is imported, so that the tests compute as the chapters do
