"""The optimiser of the value network is given the parameters of the world model, which is stepped twice."""

import numpy as np

SOURCE = "https://github.com/juliusfrost/dreamer-pytorch/pull/79"
THREAD = "juliusfrost/dreamer-pytorch PR #79, 6ddd03f"
DATE = "2020-07"
KIND = "update"
FORMULA = (
    r"\theta_\text{model} \leftarrow \theta_\text{model} - 2 \eta\, \hat m_t / (\sqrt{\hat v_t} + \epsilon),\; "
    r"\theta_\text{value} \leftarrow \theta_\text{value}"
)
RIGHT = (
    r"\theta_\text{model} \leftarrow \theta_\text{model} - \eta\, \hat m_t / (\sqrt{\hat v_t} + \epsilon) "
    r"\text{, and so for } \theta_\text{value}"
)
READ = "reconstruction"  # optimisers and their order as in the program; networks, rates and losses are made up
LAYER = []
NAMES = []
NET = None  # two networks, the value's on the state of the model's
BLOCKS = ["model.weight[1]", "model.bias[1]", "value.weight[2]", "value.bias[2]"]
SAMPLES = 8
LAM = 0.0


LR, BETAS, EPS = 0.01, (0.9, 0.999), 1e-8
SETTINGS = dict(like="adam", lr=LR, beta1=BETAS[0], beta2=BETAS[1], eps=EPS)


def start(rng):
    return {
        "model.weight": rng.standard_normal((4, 3)),
        "model.bias": rng.standard_normal(4),
        "value.weight": rng.standard_normal((1, 4)),
        "value.bias": rng.standard_normal(1),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 1))


def cost(params, X, Y):
    state = np.tanh(X @ params["model.weight"].T + params["model.bias"])
    return 0.5 * np.sum((state @ params["value.weight"].T + params["value.bias"] - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    state = np.tanh(X @ params["model.weight"].T + params["model.bias"])
    d2 = (state @ params["value.weight"].T + params["value.bias"] - Y) / len(X)
    d1 = d2 @ params["value.weight"] * (1 - state**2)
    return {"model.weight": d1.T @ X, "model.bias": d1.sum(0), "value.weight": d2.T @ state, "value.bias": d2.sum(0)}


def start_state():
    return {"model_optimizer": {}, "value_optimizer": {}}


class Adam:
    def __init__(self, parameters, lr, state):
        self.parameters, self.lr, self.state = parameters, lr, dict(state)

    def step(self, params, grads):
        for name in self.parameters:
            step, exp_avg, exp_avg_sq = self.state.get(name, (0, 0.0, 0.0))
            step += 1
            exp_avg = BETAS[0] * exp_avg + (1 - BETAS[0]) * grads[name]
            exp_avg_sq = BETAS[1] * exp_avg_sq + (1 - BETAS[1]) * grads[name] ** 2
            denom = np.sqrt(exp_avg_sq) / np.sqrt(1 - BETAS[1] ** step) + EPS
            params[name] = params[name] - self.lr / (1 - BETAS[0] ** step) * exp_avg / denom
            self.state[name] = step, exp_avg, exp_avg_sq


def get_parameters(modules, params):
    return [name for module in modules for name in params if name.startswith(module + ".")]


class Dreamer:
    model_lr = value_lr = LR

    def __init__(self, params, state):
        self.optim_initialize(params, state)

    def optim_initialize(self, params, state):
        self.model_modules = ["model"]
        self.value_modules = ["value"]
        self.model_optimizer = Adam(get_parameters(self.model_modules, params), self.model_lr, state["model_optimizer"])
        self.value_optimizer = Adam(
            get_parameters(self.of_the_value(), params), self.value_lr, state["value_optimizer"]
        )

    def of_the_value(self):
        return self.model_modules

    def optimize_agent(self, params, grads):
        params = dict(params)
        self.model_optimizer.step(params, grads)
        self.value_optimizer.step(params, grads)
        return params


class DreamerLater(Dreamer):
    def of_the_value(self):
        return self.value_modules


def stepped(algo, params, grads):
    params = algo.optimize_agent(params, grads)
    return params, {"model_optimizer": algo.model_optimizer.state, "value_optimizer": algo.value_optimizer.state}


def update(params, grads, state):
    return stepped(Dreamer(params, state), params, grads)


def repaired_update(params, grads, state):
    return stepped(DreamerLater(params, state), params, grads)
