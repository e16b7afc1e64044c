"""The data of a cost, read off its own steps: what its first product takes, and what its outputs are held against."""

import warnings

import numpy as np

from .record import Record

MOST = 4  # pairs that are tried


def data_of(cost, theta):
    """Pairs (X, Y) of constant arrays in a cost of a vector: they have one sample a row, or one sample a column.

    Returns
    -------
    list
        Empty where the cost cannot be recorded, or holds no such arrays.
    """
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            steps = Record(cost, theta).steps
    except Exception:  # a cost is any program, and may do what cannot be written down
        return []
    inputs, targets = [], []
    for step in steps[1:]:
        constants = [operand for operand in step.operands if isinstance(operand, np.ndarray) and operand.size > 1]
        for array in constants:
            if step.name == "matmul" and array.ndim == 2:
                _keep(inputs, array)
            elif step.slopes is not None and array.ndim in (1, 2):
                _keep(targets, array)
    pairs = [(X, Y) for X in inputs for Y in targets if _samples(X) & _samples(Y)]
    return pairs[:MOST]


def _keep(some, array):
    if not any(array is other or np.array_equal(array, other) for other in some):
        some.append(array)


def _samples(array):
    """How many samples an array may hold: along its rows, or its columns."""
    return {len(array)} if array.ndim == 1 else {*array.shape} - {1}
