"""What is known about wrong gradients: the table of defects, and the doctor that reads the formula of a gradient."""

import sys

from . import defects, doctor

# The names that the modules had in the first edition; `diagnose` itself is imported from bpcore.
sys.modules["bpcore.defects"], sys.modules["bpcore.diagnosis"] = defects, doctor
