"""The probabilities are right, and the logits that were handed in have been shifted. Whoever computes the loss
from them next gets another number. Look for an assignment that writes into the argument."""


def softmax(Z):
    Z -= Z.max(axis=1, keepdims=True)
    e = np.exp(Z)
    return e / e.sum(axis=1, keepdims=True)
