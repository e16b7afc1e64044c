"""Translations between the parameters as the articles keep them and the book's vector theta."""

import numpy as np

from ..network import Params


def rows_from_theta(sizes, theta):
    """``W, b`` as articles A and E keep them, D in dicts: samples are rows, ``W[l]`` (n_{l-1}, n_l), ``b[l]`` (1, n_l).

    Slot 0 of each list is None; the arrays are copies.
    """
    p = Params(sizes, theta)
    return [None] + [W.T.copy() for W in p.W[1:]], [None] + [b[None].copy() for b in p.b[1:]]


def theta_from_rows(W, b):
    """The inverse of ``rows_from_theta``; it serves for gradients as well."""
    return np.concatenate([np.column_stack([b_l.ravel(), W_l.T]).ravel() for W_l, b_l in zip(W[1:], b[1:])])


def columns_from_theta(sizes, theta):
    """``W, b`` as article B keeps them: a sample is a column, ``W[l]`` is (n_l, n_{l-1}), ``b[l]`` is (n_l, 1).

    Slot 0 of each list is None; the arrays are copies.
    """
    p = Params(sizes, theta)
    return [None] + [W.copy() for W in p.W[1:]], [None] + [b[:, None].copy() for b in p.b[1:]]


def theta_from_columns(W, b):
    """The inverse of ``columns_from_theta``; it serves for gradients as well."""
    return np.concatenate([np.column_stack([b_l, W_l]).ravel() for W_l, b_l in zip(W[1:], b[1:])])
