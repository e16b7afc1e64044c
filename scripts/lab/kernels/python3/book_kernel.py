"""IPython's kernel, which says of its language what the stored notebooks say: so opening one does not change it.

JupyterLab writes the kernel's answer into the notebook, and an answer with a version differs from machine to machine.
"""

import sys
from pathlib import Path

sys.path[:] = [place for place in sys.path if Path(place) != Path(__file__).parent]  # as if it had been started with -m

from ipykernel.ipkernel import IPythonKernel  # noqa: E402
from ipykernel.kernelapp import IPKernelApp  # noqa: E402


class BookKernel(IPythonKernel):
    language_info = {"name": "python"}


if __name__ == "__main__":
    IPKernelApp.launch_instance(kernel_class=BookKernel)
