"""A difference hands its gradient on to what is subtracted without the minus."""

SOURCE = "https://github.com/NoahSchiro/minigrad/commit/90e6f0b"
THREAD = "NoahSchiro/minigrad 90e6f0b"
DATE = "2023-09"
KIND = "gradient"
FORMULA = r"\partial (a - b) / \partial b = 1"
RIGHT = r"\partial (a - b) / \partial b = -1"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = []
NET = None  # a rate of a reaction
BLOCKS = ["top[1]", "half[1]", "loss[1]"]
SAMPLES = 7
LAM = 0.0


class Scalar:
    minus = -1

    def __init__(self, data, parents=()):
        self.data, self.grad = data, 0.0
        self.parents = set(parents)
        self._backward = lambda: None

    def backward(self):
        order, visited = [], set()

        def build(s):
            if s not in visited:
                visited.add(s)
                for parent in s.parents:
                    build(parent)
                order.append(s)

        build(self)
        self.grad = 1
        for s in reversed(order):
            s._backward()

    def __add__(self, rhs):
        new = Scalar(self.data + rhs.data, (self, rhs))

        def backward():
            self.grad += new.grad
            rhs.grad += new.grad

        new._backward = backward
        return new

    def __sub__(self, rhs):
        new = Scalar(self.data - rhs.data, (self, rhs))

        def backward():
            self.grad += new.grad
            rhs.grad += Scalar.minus * new.grad

        new._backward = backward
        return new

    def __mul__(self, rhs):
        new = Scalar(self.data * rhs.data, (self, rhs))

        def backward():
            self.grad += rhs.data * new.grad
            rhs.grad += self.data * new.grad

        new._backward = backward
        return new

    def __pow__(self, power):
        new = Scalar(self.data**power, (self,))

        def backward():
            self.grad += power * self.data ** (power - 1) * new.grad

        new._backward = backward
        return new

    def __truediv__(self, rhs):
        return self * rhs**-1


def start(rng):
    return [rng.uniform(1, 2), rng.uniform(0.5, 1.5), rng.uniform(0.1, 0.3)]


def data(rng):
    """What there is of a substance, and how fast it is used up."""
    X = rng.uniform(0.2, 3, (SAMPLES, 1))
    return X, 1.3 * X / (0.8 + X) + 0.3 * rng.standard_normal((SAMPLES, 1))


def squared_errors(scalars, X, Y):
    """A rate that saturates, less what is lost of the substance."""
    top, half, loss = scalars
    total = Scalar(0.0)
    for (x,), (y,) in zip(X, Y):
        rate = top * Scalar(x) / (half + Scalar(x)) - loss * Scalar(x)
        total = total + (rate - Scalar(y)) ** 2
    return total


def cost(params, X, Y):
    return squared_errors([Scalar(p) for p in params], X, Y).data


def run(params, X, Y, minus):
    Scalar.minus = minus
    scalars = [Scalar(p) for p in params]
    squared_errors(scalars, X, Y).backward()
    return [s.grad for s in scalars]


def grad(params, X, Y):
    return run(params, X, Y, 1)


def repaired(params, X, Y):
    return run(params, X, Y, -1)
