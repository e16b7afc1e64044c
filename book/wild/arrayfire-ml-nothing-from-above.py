"""The backward functions of sigmoid and tanh hand on their own slopes, without what comes from above."""

import numpy as np

SOURCE = "https://github.com/arrayfire/arrayfire-ml/commit/6a72113"
THREAD = "arrayfire/arrayfire-ml 6a72113"
DATE = "2017-07"
KIND = "gradient"
FORMULA = r"\delta^l = g_l'(z^l)"
RIGHT = r"\delta^l = \frac{\partial C}{\partial a^l} \odot g_l'(z^l)"
READ = "code"
GROUP = "down"
LAYER = [1, 2]
NAMES = [{"from-above-missing"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="sigmoid", loss="half_squared")
SAMPLES = 6
LAM = 0.0


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 2)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.uniform(0, 1, (SAMPLES, 2))


class Variable:
    def __init__(self, array, inputs=(), grad_func=None):
        self.array, self.inputs, self.grad_func, self.grads = array, inputs, grad_func, []

    def add_grad(self, grad):
        self.grads.append(grad)

    def backward(self, grad):
        self.add_grad(grad)
        for each in reversed(self.build()):
            each.grad = sum(each.grads)
            if each.grad_func:
                each.grad_func(each.inputs, each.grad)

    def build(self):
        dag, seen = [], set()

        def visit(var):
            if id(var) not in seen:
                seen.add(id(var))
                for each in var.inputs:
                    visit(each)
                dag.append(var)

        visit(self)
        return dag


def add(lhs, rhs):
    def grad_func(inputs, grad_output):
        inputs[0].add_grad(grad_output)
        inputs[1].add_grad(grad_output.sum(0))

    return Variable(lhs.array + rhs.array, (lhs, rhs), grad_func)


def matmul(lhs, rhs):
    def grad_func(inputs, grad_output):
        inputs[0].add_grad(grad_output @ inputs[1].array.T)
        inputs[1].add_grad(inputs[0].array.T @ grad_output)

    return Variable(lhs.array @ rhs.array, (lhs, rhs), grad_func)


def tanh(input):
    def grad_func(inputs, grad_output):
        tmp = np.tanh(inputs[0].array)
        inputs[0].add_grad(1.0 - tmp * tmp)

    return Variable(np.tanh(input.array), (input,), grad_func)


def sigmoid(input):
    def grad_func(inputs, grad_output):
        tmp = 1 / (1 + np.exp(-inputs[0].array))
        inputs[0].add_grad(tmp * (1 - tmp))

    return Variable(1 / (1 + np.exp(-input.array)), (input,), grad_func)


def tanh_later(input):
    def grad_func(inputs, grad_output):
        tmp = np.tanh(inputs[0].array)
        inputs[0].add_grad(grad_output * (1.0 - tmp * tmp))

    return Variable(np.tanh(input.array), (input,), grad_func)


def sigmoid_later(input):
    def grad_func(inputs, grad_output):
        tmp = 1 / (1 + np.exp(-inputs[0].array))
        inputs[0].add_grad(grad_output * tmp * (1 - tmp))

    return Variable(1 / (1 + np.exp(-input.array)), (input,), grad_func)


def network(variables, X, tanh, sigmoid):
    W1, b1, W2, b2 = variables
    hidden = tanh(add(matmul(Variable(X), W1), b1))
    return sigmoid(add(matmul(hidden, W2), b2))


def cost(params, X, Y):
    return 0.5 * np.sum((network([Variable(p) for p in params], X, tanh, sigmoid).array - Y) ** 2) / len(X)


def gradients(params, X, Y, tanh, sigmoid):
    variables = [Variable(p) for p in params]
    out = network(variables, X, tanh, sigmoid)
    out.backward((out.array - Y) / len(X))
    return [each.grad for each in variables]


def grad(params, X, Y):
    return gradients(params, X, Y, tanh, sigmoid)


def repaired(params, X, Y):
    return gradients(params, X, Y, tanh_later, sigmoid_later)
