"""One way to differentiate a step of a cost wrongly, and what a step hands back to its sources."""

from dataclasses import dataclass

from .recorded import summed_to


@dataclass(frozen=True)
class Slip:
    """One way to differentiate step ``v`` wrongly.

    ``change(record)`` returns the pairs of a source's index and its pull that go, and what may come in their place:
    a list of such pairs for each of the ``texts``, which are empty where there is one way only.
    ``words`` say what stands there instead, after "where" or, if ``scaled``, before it counts more or less.
    """

    price: float
    words: str
    v: int
    change: object
    scaled: bool = False
    texts: tuple = ()
    more: tuple = ()  # the same slip at other steps, in other rounds of a loop
    tag: tuple = ()  # which slips of two rounds are the same
    chained: bool = False  # in rounds that are made of one another, where derivatives have to be handed back anew


def edges(record, v):
    """What step v hands back: pairs of the index of a source and a function of the derivative by the step."""
    step = record.steps[v]
    return [(source.index, pull) for source, pull in zip(step.sources, step.pulls)]


def edge(record, v, e):
    """What step v hands back to its source e, as a list of one pair."""
    return edges(record, v)[e : e + 1]


def other_slope(record, v, e, slope):
    """The edge from step v to its source e, with another slope."""
    source = record.steps[v].sources[e]
    return [(source.index, lambda bar: summed_to(source.value.shape, bar * slope))]
