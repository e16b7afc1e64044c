"""Makes an empty vector first and fills it part by part."""


def unroll(Theta):
    vector = np.empty(sum(np.size(block) for block in Theta[1:]))
    end = 0
    for block in Theta[1:]:
        begin, end = end, end + block.size
        vector[begin:end] = block.reshape(-1)
    return vector
