"""Hidden layers learn at the wrong rate, and the cost flattens where it need not. The slope comes out near a quarter whatever z is. The sigmoid has been
applied twice: once to z, and then to what came out. Follow one number, z = 3, through your function and write down what each line receives.
"""
DEFECT = "slope-of-a"


def sigmoid(z):
    return np.exp(np.clip(z, None, 0)) / (1 + np.exp(-np.abs(z)))


def sigmoid_and_slope(z):
    a = sigmoid(z)
    return a, sigmoid(a) * (1 - sigmoid(a))
