"""Transposes the batch and computes with samples as columns, as the formula for one sample does."""


def forward(matrices, inputs):
    columns, layers = inputs.T, [inputs]
    for matrix in matrices[1:]:
        with_one = np.vstack([np.ones(columns.shape[1]), columns])
        columns = np.reciprocal(1 + np.exp(-(matrix @ with_one)))
        layers.append(columns.T)
    return layers
