"""An expression below a power is made a name before it is differentiated, and a name has no parts that vary."""

import ast

import numpy as np

SOURCE = "https://github.com/deshanadesai/acorns/issues/4"
THREAD = "deshanadesai/acorns #4"
DATE = "2021-01"
KIND = "gradient"
FORMULA = r"\partial (s x + l)^p / \partial s = (s x + l)^{p - 1} (p \cdot 0 + (s x + l) \cdot 0 \cdot \log (s x + l))"
RIGHT = r"\partial (s x + l)^p / \partial s = (s x + l)^{p - 1}\, p\, x"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"no-gradient"}]
FUNCTION = "w * pow(s * x + l, 1.5) + r"
VARIABLES = ("w", "s", "l", "r")
NET = None  # a curve with a power
BLOCKS = ["theta[1]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return rng.uniform(0.5, 1.5, len(VARIABLES))


def data(rng):
    return rng.uniform(0, 2, SAMPLES), rng.uniform(0, 4, SAMPLES)


class Expr:
    """An expression of C, which prints itself and its derivative; a string is taken for a name."""

    def __init__(self, tree):
        self.tree = tree

    def eval(self):
        return self.tree if isinstance(self.tree, str) else ast.unparse(self.tree)

    def _forward_diff(self, variable):
        tree = self.tree
        if isinstance(tree, str):
            return "1" if tree == variable else "0"
        if isinstance(tree, ast.Constant):
            return "0"
        if isinstance(tree, ast.Name):
            return "1" if tree.id == variable else "0"
        if isinstance(tree, ast.BinOp):
            left, right = Expr(tree.left), Expr(tree.right)
            der_left, der_right = (self.again(part)._forward_diff(variable) for part in (tree.left, tree.right))
            if isinstance(tree.op, ast.Add):
                return f"({der_left} + {der_right})"
            return f"(({left.eval()}) * {der_right} + ({right.eval()}) * {der_left})"
        return self.power(*tree.args, variable)

    def again(self, tree):
        return type(self)(tree)

    def power(self, base, exp, variable):
        base = base.id if isinstance(base, ast.Name) else Expr(base).eval()
        exp = Expr(exp).eval()
        der_base = self.again(base)._forward_diff(variable)
        der_exp = self.again(exp)._forward_diff(variable)
        return f"(pow({base},({exp}-1)) * ({exp} * {der_base} + ({base}) * {der_exp} * log({base})))"


class RepairedExpr(Expr):
    def power(self, base, exp, variable):
        base, exp = self.again(base), self.again(exp)
        der_base = base._forward_diff(variable)
        der_exp = exp._forward_diff(variable)
        base, exp = base.eval(), exp.eval()
        return f"(pow({base},({exp}-1)) * ({exp} * {der_base} + ({base}) * {der_exp} * log({base})))"


def run(text, theta, x):
    """What the printed program computes."""
    names = dict(zip(VARIABLES, theta)) | {"x": x, "pow": np.power, "log": np.log}
    return eval(text, {"__builtins__": {}}, names)


def cost(theta, X, Y):
    return 0.5 * np.sum((run(FUNCTION, theta, X) - Y) ** 2) / len(X)


def backward(theta, X, Y, kind):
    tree = ast.parse(FUNCTION, mode="eval").body
    errors = (run(FUNCTION, theta, X) - Y) / len(X)
    ders = [kind(tree)._forward_diff(variable) for variable in VARIABLES]
    return np.array([np.sum(errors * run(der, theta, X)) for der in ders])


def grad(theta, X, Y):
    return backward(theta, X, Y, Expr)


def repaired(theta, X, Y):
    return backward(theta, X, Y, RepairedExpr)
