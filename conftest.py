"""For every test, the notebooks among them: where the project's modules are, and how kernels compute."""

import gc
import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts"), str(ROOT / "book" / "_ext"), str(ROOT / "tests")]

from notebooks import prepare_kernels  # noqa: E402

prepare_kernels()  # before NumPy is imported, so that the tests compute as the chapters do

# Some hundred processes import the same modules: they are compiled once, whatever this process was told, and one
# that takes a second and does nothing here is left out.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
os.environ["PYTHONPATH"] += os.pathsep + str(ROOT / "tests" / "left_out")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers():
    """One process more than there are cores: one at least waits for a browser or a kernel, and more would need more."""
    return (os.cpu_count() or 1) + 1


def pytest_addoption(parser):
    parser.addoption(
        "--one-in",
        metavar="N",
        type=int,
        default=1,
        help="of what takes long, run one case in N: others with each commit",
    )


# What is imported and collected stays to the end: it is not searched for garbage again and again.
gc.disable()


def pytest_collection_finish():
    gc.freeze()
    gc.enable()


def hide_what_ends_in_a_semicolon():
    """Let nbval keep a cell's text, by which IPython knows that a value is not to be shown, as it does in Jupyter."""
    try:
        from nbval.kernel import RunningKernel
    except ModuleNotFoundError:  # bpcore's own tests run without it
        return

    def execute_cell_input(self, cell_input, allow_stdin=None):
        return self.kc.execute(cell_input, allow_stdin=allow_stdin, stop_on_error=False, store_history=True)

    RunningKernel.execute_cell_input = execute_cell_input


hide_what_ends_in_a_semicolon()
