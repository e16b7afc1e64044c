"""Classes as rows while it computes, and the division done by einsum with reciprocals."""


def softmax(logits):
    columns = logits.T - np.amax(logits, axis=1)
    powers = np.exp(columns)
    return np.einsum("ki,i->ik", powers, 1 / powers.sum(axis=0))
