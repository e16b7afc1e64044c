"""The small changes that undo a slip of the pen, made by rule from what stands in a function: the likely ones first."""

from .additions import beside, completed, crosswise, extended, multiplied, sloped, summed, two_for_two
from .defaults import handed_on
from .exchanges import exchanged
from .repeated import alike, repeated
from .statements import aliases, as_it_was, copies, of_statements
from .terms import alone, terms_of_others

USUAL = (aliases, exchanged, of_statements, crosswise, handed_on)
OTHERS = (
    alike,
    repeated,
    terms_of_others,
    as_it_was,
    copies,
    beside,
    sloped,
    completed,
    multiplied,
    alone,
    summed,
    two_for_two,
    extended,
)
