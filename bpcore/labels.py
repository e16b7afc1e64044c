"""Class labels as one-hot rows."""

import numpy as np

from . import arguments


def one_hot(labels, n_classes):
    """Rows of zeros with a single 1: ``Y[i, k] = 1`` where ``labels[i] == k``.

    Parameters
    ----------
    labels : array_like of int, shape (m,)
        Whole numbers from 0 to ``n_classes - 1``. Another label would give a row of zeros, so it is refused.
    n_classes : int
        K, the number of columns; not guessed from the labels, since a batch may lack the last class.

    Returns
    -------
    ndarray, shape (m, n_classes), float64

    Raises
    ------
    TypeError, ValueError
        For labels that are not a vector of whole numbers from 0 to ``n_classes - 1``, or are none, and for an
        ``n_classes`` below 1.
    """
    n_classes = arguments.whole("n_classes", n_classes, 1, arguments.MOST)
    labels = arguments.numeric("labels", labels, "whole numbers of shape (m,), one label each", ndim=1, kinds="iu")
    if labels.size == 0:
        raise ValueError("labels is empty: expected at least one label")
    outside = (labels < 0) | (labels >= n_classes)
    if outside.any():
        given = f"labels[{outside.argmax()}] is {labels[outside.argmax()]}, but n_classes={n_classes}"
        expected = f"expected labels from 0 to {n_classes - 1}; labels that count from 1 need labels - 1"
        raise ValueError(f"{given}: {expected}")
    Y = np.zeros((len(labels), n_classes))
    Y[np.arange(len(labels)), labels] = 1
    return Y
