"""The number of batches is right, and the samples are spread evenly over them. The question has all batches full
except the last. Look at how many samples each of your batches holds."""


def epoch_batches(X, Y, size, rng):
    parts = np.array_split(rng.permutation(len(X)), -(-len(X) // size))
    return [(X[rows], Y[rows]) for rows in parts]
