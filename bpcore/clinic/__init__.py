"""What is known about wrong gradients: the table of defects, and the doctor that reads the formula of a gradient."""

import sys

from . import defects, doctor

# Where the first edition had them; programs that import them from there keep working.
sys.modules["bpcore.defects"], sys.modules["bpcore.diagnosis"] = defects, doctor
