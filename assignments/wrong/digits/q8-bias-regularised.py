"""The biases' gradient is off by λ b / n, and nothing else is. (The n of this sentence is the m of the
question.) This is the function as it stood in the program. The cost adds up squares of some of the parameters, and
the gradient pulls at more of them."""

DEFECT = "bias-regularised"


def mended_penalty(Theta, lam, m):
    return [None] + [lam / m * T for T in Theta[1:]]
