"""Room 5 of the museum: the penalty."""

from ..backward import every_layer
from .table import gradient_defect


@gradient_defect(
    "bias-regularised",
    "penalty",
    every_layer,
    exhibit=True,
    title="The penalty pulls at the biases too",
    symptom="The biases' gradient is off by λ b / n, and nothing else is.",
    survives="At λ = 0, and at the usual start with all biases zero, there is no difference.",
    cure="Leave the biases (column 0 of Θ) out of the penalty, in the gradient as in the cost.",
)
def all_columns(s, l):
    return s.lam / s.m * s.Theta[l]


@gradient_defect(
    "penalty-missing",
    "penalty",
    every_layer,
    title="λ is in the cost and not in the gradient",
    symptom="The reported cost is not the one that is minimised, and λ has no effect on the weights.",
    survives="A gradient check at λ = 0 sees nothing.",
    cure="Add λ/n W to the gradient of the weights.",
)
def no_penalty(s, l):
    return 0 * s.Theta[l]


@gradient_defect(
    "penalty-undivided",
    "penalty",
    every_layer,
    title="λ is divided by n in the cost and not in the gradient",
    symptom="A penalty n times too strong: the weights shrink to nothing.",
    survives="A gradient check at λ = 0 sees nothing, and a smaller λ hides the factor.",
    cure="Divide the penalty's gradient by the same n as the penalty.",
)
def not_over_n(s, l):
    decay = s.lam * s.Theta[l]
    decay[:, 0] = 0
    return decay
