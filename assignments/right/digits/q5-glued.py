"""Glues samples and targets together, shuffles whole rows of a copy, and takes them apart batch by batch."""


def epoch_batches(inputs, outputs, size, generator):
    n = inputs.shape[1]
    table = np.hstack([inputs, outputs])
    generator.shuffle(table, axis=0)
    batches = []
    while len(table):
        head, table = table[:size], table[size:]
        batches.append([head[:, :n], head[:, n:]])
    return batches
