"""Each row is shifted, and by a number that does not always help. In a row with one large logit among small
ones, the large one stays large. Ask for the number after whose subtraction no logit is above zero."""


def softmax(Z):
    with np.errstate(all="ignore"):
        e = np.exp(Z - Z.mean(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)
