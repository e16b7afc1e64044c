"""Adds the sums up unit by unit, in plain Python."""


def forward(x, W, b):
    sums, outputs = [None], [list(x)]
    for weights, biases in zip(W[1:], b[1:]):
        layer = []
        for row, bias in zip(weights, biases):
            total = float(bias)
            for k in range(len(row)):
                total = total + row[k] * outputs[-1][k]
            layer.append(total)
        sums.append(layer)
        outputs.append([float(sigma(total)) for total in layer])
    return sums, outputs
