"""Measures three derivatives by the complex step, and takes the others from the chain."""


def one_unit(x, w, b, y):
    h = 1e-20

    def output(w, b):
        return 1 / (1 + np.exp(-(b + x * w)))

    def cost(w, b):
        return (y - output(w, b)) * (y - output(w, b)) / 2

    by_w, by_b = cost(w + h * 1j, b).imag / h, cost(w, b + h * 1j).imag / h
    return [output(w, b) - y, output(w, b + h * 1j).imag / h, x, by_w, by_b]
