"""A ReLU lets through what is positive of the gradient that comes, whatever its own output was."""

SOURCE = "https://github.com/NoahSchiro/minigrad/commit/90e6f0b"
THREAD = "NoahSchiro/minigrad 90e6f0b"
DATE = "2023-09"
KIND = "gradient"
FORMULA = r"\partial C / \partial z = [g > 0]\, g,\; g = \partial C / \partial a,\; a = \max(0, z)"
RIGHT = r"\partial C / \partial z = [a > 0]\, g"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"mask-of-gradient"}]
INPUTS = 3
NET = None  # a hinge loss
BLOCKS = ["w[1]", "b[1]"]
SAMPLES = 8
LAM = 0.0


class Scalar:
    of_output = True

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

    def __mul__(self, rhs):
        new = Scalar(self.data * rhs.data, (self, rhs))

        def backward():
            self.grad += rhs.data * new.grad
            rhs.grad += self.data * new.grad

        new._backward = backward
        return new

    def relu(self):
        new = Scalar(self.data * (self.data.real > 0), (self,))

        def backward():
            looked_at = new.data if Scalar.of_output else new.grad
            self.grad += (looked_at.real > 0) * new.grad

        new._backward = backward
        return new


def start(rng):
    return [rng.standard_normal(INPUTS), rng.standard_normal(1)]


def data(rng):
    return rng.standard_normal((SAMPLES, INPUTS)), rng.choice([-1.0, 1.0], (SAMPLES, 1))


def hinge(weights, bias, X, Y):
    total = Scalar(0.0)
    for row, (label,) in zip(X, Y):
        score = bias
        for weight, x in zip(weights, row):
            score = score + weight * Scalar(x)
        total = total + (Scalar(1.0) + Scalar(-label) * score).relu()
    return total * Scalar(1 / len(X))


def scalars_of(params):
    return [Scalar(w) for w in params[0]], Scalar(params[1][0])


def cost(params, X, Y):
    return hinge(*scalars_of(params), X, Y).data


def run(params, X, Y, right):
    Scalar.of_output = right
    weights, bias = scalars_of(params)
    hinge(weights, bias, X, Y).backward()
    return [[w.grad for w in weights], [bias.grad]]


def grad(params, X, Y):
    return run(params, X, Y, right=False)


def repaired(params, X, Y):
    return run(params, X, Y, right=True)
