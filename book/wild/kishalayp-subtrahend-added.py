"""A difference adds what comes back to it to both its terms, the subtrahend too."""

import numpy as np

SOURCE = "https://github.com/KishalayP/j-micrograd/commit/0f5f205"
THREAD = "KishalayP/j-micrograd 0f5f205"
DATE = "2026-06"
KIND = "gradient"
FORMULA = r"\bar u \mathrel{+}= \bar d,\; \bar v \mathrel{+}= \bar d \text{ for } d = u - v"
RIGHT = r"\bar u \mathrel{+}= \bar d,\; \bar v \mathrel{-}= \bar d"
READ = "reconstruction"  # nodes and network are the author's; the cost, target minus output, is small and plain
GROUP = "factor"
LAYER = [1, 2, 3]
NAMES = [{"sign"}]
SIZES = (3, 4, 4, 1)
NET = dict(sizes=SIZES, hidden="tanh", output="tanh", loss="mse")
SAMPLES = 6
LAM = 0.0


def start(rng):
    return [a for m, n in zip(SIZES, SIZES[1:]) for a in (rng.uniform(-1, 1, (n, m)), rng.uniform(-1, 1, n))]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.uniform(-1, 1, (SAMPLES, 1))


class ADD:
    applyFunction = staticmethod(lambda x, y: x + y)

    @staticmethod
    def backFillGradVal(resultNode, operandNodes):
        operandNodes[0].grad += resultNode.grad
        operandNodes[1].grad += resultNode.grad


class SUB:
    applyFunction = staticmethod(lambda x, y: x - y)

    @staticmethod
    def backFillGradVal(resultNode, operandNodes):
        operandNodes[0].grad += resultNode.grad
        operandNodes[1].grad += resultNode.grad


class SUBLater(SUB):
    @staticmethod
    def backFillGradVal(resultNode, operandNodes):
        operandNodes[0].grad += resultNode.grad
        operandNodes[1].grad -= resultNode.grad


class MUL:
    applyFunction = staticmethod(lambda x, y: x * y)

    @staticmethod
    def backFillGradVal(resultNode, operandNodes):
        operandNodes[0].grad += resultNode.grad * operandNodes[1].value
        operandNodes[1].grad += resultNode.grad * operandNodes[0].value


class TANH:
    applyFunction = staticmethod(lambda x: (np.exp(2 * x) - 1) / (np.exp(2 * x) + 1))

    @staticmethod
    def backFillGradVal(resultNode, operandNodes):
        operandNodes[0].grad += resultNode.grad * (1 - resultNode.value * resultNode.value)


class Node:
    def __init__(self, value, prev=(), operatorFunction=None):
        self.value, self.grad = value, 0.0
        self.prev, self.operatorFunction = prev, operatorFunction

    def applyFunction(self, operatorFunction, *others):
        nodes = (self,) + others
        return Node(operatorFunction.applyFunction(*[n.value for n in nodes]), nodes, operatorFunction)

    def fillGrad(self):
        self.grad = 1
        for node in reversed(self.sortTopological([], set())):
            if node.operatorFunction is not None:
                node.operatorFunction.backFillGradVal(node, node.prev)

    def sortTopological(self, result, visited):
        if self not in visited:
            visited.add(self)
            for node in self.prev:
                node.sortTopological(result, visited)
            result.append(self)
        return result


def activateMLP(leaves, input):
    for W, b in zip(leaves[::2], leaves[1::2]):
        outNodes = []
        for weights, bias in zip(W, b):
            res = Node(0.0)
            for weight, x in zip(weights, input):
                res = res.applyFunction(ADD, weight.applyFunction(MUL, x))
            outNodes.append(res.applyFunction(ADD, bias).applyFunction(TANH))
        input = outNodes
    return input


def loss(leaves, x, y, sub):
    output = activateMLP(leaves, [Node(v) for v in x])[0]
    difference = Node(y[0]).applyFunction(sub, output)
    return difference.applyFunction(MUL, difference)


def nodes(params):
    return [np.vectorize(Node, otypes=[object])(p) for p in params]


def cost(params, X, Y):
    return sum(loss(nodes(params), x, y, SUB).value for x, y in zip(X, Y)) / len(X)


def gradients(params, X, Y, sub):
    leaves = nodes(params)
    for x, y in zip(X, Y):
        loss(leaves, x, y, sub).fillGrad()
    return [np.array([n.grad for n in p.flat]).reshape(p.shape) / len(X) for p in leaves]


def grad(params, X, Y):
    return gradients(params, X, Y, SUB)


def repaired(params, X, Y):
    return gradients(params, X, Y, SUBLater)
