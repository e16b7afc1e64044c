"""An optimal control problem weighs its costs, yet their derivatives are summed without the weights."""

import numpy as np

SOURCE = "https://github.com/robotology/idyntree/commit/d15b61928b8ac5364a246fcf9f7ebb38c3f1cda2"
THREAD = "robotology/idyntree d15b61928"
DATE = "2018-10"
KIND = "gradient"
GROUP = "factor"
FORMULA = r"\partial J / \partial x = \textstyle\sum_k \partial L_k / \partial x,\; J = \sum_k w_k L_k"
RIGHT = r"\partial J / \partial x = \textstyle\sum_k w_k\, \partial L_k / \partial x"
READ = "code"
LAYER = [1, 2]
NAMES = []
NET = None  # states and controls along a path
BLOCKS = ["state[1]", "control[2]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    return {"state": rng.standard_normal((SAMPLES, 3)), "control": rng.standard_normal((SAMPLES, 2))}


def data(rng):
    """The state and the control that are wanted at each time."""
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


class QuadraticCost:
    """The squared distance of state and control from the wanted ones."""

    def __init__(self, desired_state, desired_control):
        self.desired_state, self.desired_control = desired_state, desired_control

    def costEvaluation(self, t, state, control):
        ds, dc = state - self.desired_state[t], control - self.desired_control[t]
        return 0.5 * ds @ ds + 0.5 * dc @ dc

    def costFirstPartialDerivativeWRTState(self, t, state, control):
        return state - self.desired_state[t]

    def costFirstPartialDerivativeWRTControl(self, t, state, control):
        return control - self.desired_control[t]


class PowerCost:
    """The power that a control spends on the first velocities."""

    def costEvaluation(self, t, state, control):
        return 0.5 * np.sum((state[:2] * control) ** 2)

    def costFirstPartialDerivativeWRTState(self, t, state, control):
        return np.append(state[:2] * control**2, 0)

    def costFirstPartialDerivativeWRTControl(self, t, state, control):
        return state[:2] ** 2 * control


class OptimalControlProblem:
    def __init__(self):
        self.costs = []

    def addLagrangeTerm(self, weight, cost):
        self.costs.append((weight, cost))

    def costsEvaluation(self, t, state, control):
        return sum(weight * cost.costEvaluation(t, state, control) for weight, cost in self.costs)

    def share(self, weight, jacobianBuffer):
        return jacobianBuffer

    def summed(self, derivative):
        first = True
        for weight, cost in self.costs:
            buffer = self.share(weight, derivative(cost))
            if first:
                partialDerivative = buffer
                first = False
            else:
                partialDerivative = partialDerivative + buffer
        return partialDerivative

    def costsFirstPartialDerivativeWRTState(self, *point):
        return self.summed(lambda cost: cost.costFirstPartialDerivativeWRTState(*point))

    def costsFirstPartialDerivativeWRTControl(self, *point):
        return self.summed(lambda cost: cost.costFirstPartialDerivativeWRTControl(*point))


class WeightedProblem(OptimalControlProblem):
    def share(self, weight, jacobianBuffer):
        return weight * jacobianBuffer


def problem(kind, X, Y):
    ocp = kind()
    ocp.addLagrangeTerm(2.5, QuadraticCost(X, Y))
    ocp.addLagrangeTerm(0.3, PowerCost())
    return ocp


def cost(params, X, Y):
    ocp = problem(OptimalControlProblem, X, Y)
    return sum(ocp.costsEvaluation(t, s, c) for t, (s, c) in enumerate(zip(params["state"], params["control"])))


def gradient(kind, params, X, Y):
    ocp, path = problem(kind, X, Y), list(enumerate(zip(params["state"], params["control"])))
    return {
        "state": np.array([ocp.costsFirstPartialDerivativeWRTState(t, s, c) for t, (s, c) in path]),
        "control": np.array([ocp.costsFirstPartialDerivativeWRTControl(t, s, c) for t, (s, c) in path]),
    }


def grad(params, X, Y):
    return gradient(OptimalControlProblem, params, X, Y)


def repaired(params, X, Y):
    return gradient(WeightedProblem, params, X, Y)
