"""The table of defects, filled by one file for each room of the museum."""

from .table import DEFECTS, Defect, gradient_check, place

# Each room enters its defects when it is imported: in this order they stand in the table and in the museum.
from . import timing, factors, slopes, shapes, penalties, data, instruments  # isort: skip  # noqa: F401

__all__ = ["DEFECTS", "Defect", "gradient_check", "place"]
