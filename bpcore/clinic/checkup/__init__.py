"""The checkup of a network whose gradient is right and which still does not learn."""

from .examination import checkup
from .report import TITLES, Checkup, Finding

__all__ = ["Checkup", "Finding", "TITLES", "checkup"]
