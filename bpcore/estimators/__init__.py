"""Estimators on scikit-learn's API whose forward and backward pass are those of bpcore; they need scikit-learn."""

import importlib

__all__ = ["BackpropClassifier", "BackpropRegressor"]
_PLACES = {"BackpropClassifier": ".classifier", "BackpropRegressor": ".regressor"}


def __getattr__(name):
    """Import an estimator when it is first asked for, so that bpcore.estimators is there without scikit-learn."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        return getattr(importlib.import_module(_PLACES[name], __name__), name)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] not in ("sklearn", "scipy", "joblib", "threadpoolctl"):
            raise
        cure = 'pip install ".[sklearn]" in a clone of the repository'
        message = f"{name} needs scikit-learn, which is not installed: {cure}"
        raise ModuleNotFoundError(message, name=error.name) from error


def __dir__():
    return sorted([*globals(), *__all__])
