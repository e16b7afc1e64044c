"""Every entry is too small by the same factor, and that factor is the number of outputs. The loss of the question adds up over the outputs and does not
average; compare it with the factor that your function puts in.
"""


def output_delta(z, y):
    a = sigma(z)
    return (a - y) * a * (1 - a) / len(y)
