"""Backpropagation that reads like its four equations: networks, training and gradient checks in NumPy alone."""

from . import schedules
from .activations import ACTIVATIONS, Activation, leaky_relu
from .checking import METHODS, Report, check_gradient, numerical_gradient, relative_error
from .clinic.checkup import checkup
from .clinic.updates.check import check_update
from .clinic.visit import Diagnosis, diagnose
from .files import load, save
from .labels import one_hot
from .losses import LOSSES, Loss
from .network import SCHEMES, Network
from .parameters import Params, Trace
from .training import Fit, adam, sgd, train

__version__ = "0.1.0"
__all__ = [
    "ACTIVATIONS", "Activation", "Diagnosis", "Fit", "LOSSES", "Loss", "METHODS", "Network", "Params",
    "Report", "SCHEMES", "Trace", "adam", "check_gradient", "check_update", "checkup", "diagnose",
    "leaky_relu", "load", "numerical_gradient", "one_hot", "relative_error", "save", "schedules", "sgd", "train",
]  # fmt: skip
