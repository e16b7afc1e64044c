"""The loop over a model's variables returns at the first that is not trained, and that is the count of steps."""

import numpy as np

SOURCE = "https://github.com/gomlx/gomlx/commit/37605256"
THREAD = "gomlx/gomlx 37605256"
DATE = "2025-06"
KIND = "update"
FORMULA = r"\theta \leftarrow \theta"
RIGHT = r"\theta \leftarrow \theta - \eta\, g"
READ = "code"
LAYER = []
NAMES = [{"nothing-changed"}]
NET = None  # the squares are meant over all entries, and the weights are of inputs by outputs
BLOCKS = ["weights[1]", "biases[1]", "weights[2]", "biases[2]"]
SAMPLES = 8
LAM = 0.0


LEARNING_RATE = 0.1
SETTINGS = dict(like="sgd", lr=LEARNING_RATE)


def start(rng):
    return {
        "/dense_0/weights": rng.standard_normal((3, 4)),
        "/dense_0/biases": rng.standard_normal(4),
        "/dense_1/weights": rng.standard_normal((4, 2)),
        "/dense_1/biases": rng.standard_normal(2),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def cost(params, X, Y):
    h = np.tanh(X @ params["/dense_0/weights"] + params["/dense_0/biases"])
    return np.mean((h @ params["/dense_1/weights"] + params["/dense_1/biases"] - Y) ** 2)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h = np.tanh(X @ params["/dense_0/weights"] + params["/dense_0/biases"])
    d2 = 2 * (h @ params["/dense_1/weights"] + params["/dense_1/biases"] - Y) / Y.size
    d1 = d2 @ params["/dense_1/weights"].T * (1 - h**2)
    return {
        "/dense_0/weights": X.T @ d1,
        "/dense_0/biases": d1.sum(0),
        "/dense_1/weights": h.T @ d2,
        "/dense_1/biases": d2.sum(0),
    }


class Variable:
    def __init__(self, name, value, trainable=True):
        self.name, self.value, self.trainable = name, value, trainable


class Context:
    """Variables are kept in the order in which they are made."""

    def __init__(self):
        self.variables = []

    def variable_with_value(self, name, value, trainable=True):
        for v in self.variables:
            if v.name == name:
                return v
        self.variables.append(Variable(name, value, trainable))
        return self.variables[-1]


def get_global_step_var(ctx, value=0):
    return ctx.variable_with_value("/global_step", value, trainable=False)


class SGDConfig:
    def __init__(self, initial_learning_rate, use_decay):
        self.initial_learning_rate, self.use_decay = initial_learning_rate, use_decay

    def update_graph_with_gradients(self, ctx, grads):
        if len(grads) == 0:
            return
        learning_rate = ctx.variable_with_value("/learning_rate", self.initial_learning_rate, trainable=False).value
        global_step_var = get_global_step_var(ctx)
        global_step_var.value = global_step_var.value + 1
        if self.use_decay:
            learning_rate = learning_rate / np.sqrt(global_step_var.value)
        self.add_gradients_to_variables_graph(ctx, grads, learning_rate)

    def add_gradients_to_variables_graph(self, ctx, grads, learning_rate):
        num_trainable = len(grads)
        ii = 0
        for v in ctx.variables:
            if not v.trainable:
                # Not interested in this variable.
                return
            scaled_gradient = grads[ii] * learning_rate
            v.value = v.value - scaled_gradient
            ii += 1
        assert ii == num_trainable


class SGDConfigMended(SGDConfig):
    def add_gradients_to_variables_graph(self, ctx, grads, learning_rate):
        num_trainable = len(grads)
        ii = 0
        for v in ctx.variables:
            if not v.trainable:
                # Not interested in this variable.
                continue
            scaled_gradient = grads[ii] * learning_rate
            v.value = v.value - scaled_gradient
            ii += 1
        assert ii == num_trainable


class Loop:
    """A new loop asks for the count of steps, before the model's graph has made any variable."""

    def __init__(self, ctx, global_step):
        self.ctx = ctx
        self.loop_step = get_global_step_var(ctx, global_step).value

    def step(self, optimizer, params, grads):
        for name, p in params.items():
            self.ctx.variable_with_value(name, p)
        optimizer.update_graph_with_gradients(self.ctx, [grads[name] for name in params])


def train(optimizer, params, grads, state):
    ctx = Context()
    loop = Loop(ctx, state["global_step"])
    loop.step(optimizer, params, grads)
    values = {v.name: v.value for v in ctx.variables}
    return {name: values[name] for name in params}, {"global_step": values["/global_step"]}


def start_state():
    return {"global_step": 0}


def update(params, grads, state):
    return train(SGDConfig(LEARNING_RATE, False), params, grads, state)


def repaired_update(params, grads, state):
    return train(SGDConfigMended(LEARNING_RATE, False), params, grads, state)
