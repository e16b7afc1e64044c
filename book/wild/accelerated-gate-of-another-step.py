"""A GRU's state gradient is multiplied by the forget gate of the step it goes to, not of the step it leaves."""

import numpy as np

SOURCE = "https://github.com/open-lm-engine/accelerated-model-architectures/pull/249"
THREAD = "open-lm-engine/accelerated-model-architectures #249, commit 219fac5e"
DATE = "2025-05"
KIND = "gradient"
GROUP = "down"
FORMULA = (
    r"\delta_t = \partial C / \partial y_t + f_t \odot s_t,\; "
    r"s_{t-1} = \delta_t + r_t \odot (\delta^z_t W^T) + \delta^f_t W_f^T + \delta^r_t W_r^T"
)
RIGHT = (
    r"\delta_t = \partial C / \partial y_t + s_t,\; "
    r"s_{t-1} = f_t \odot \delta_t + r_t \odot (\delta^z_t W^T) + \delta^f_t W_f^T + \delta^r_t W_r^T,\; "
    r"y_t = f_t \odot y_{t-1} + (1 - f_t) \odot z_t"
)
READ = "code"
LAYER = [1]
NAMES = [{"recurrent"}]
NET = None  # a gated recurrent unit
BLOCKS = ["weight[1]", "forget_weight[1]", "reset_weight[1]"]
SAMPLES = 6
LAM = 0.0
S, H = 4, 3


def start(rng):
    return {name: rng.standard_normal((H, H)) for name in ("weight", "forget_weight", "reset_weight")}


def data(rng):
    """The three inputs of each step side by side."""
    return rng.standard_normal((SAMPLES, S, 3 * H)), rng.standard_normal((SAMPLES, S, H))


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def gru_forward(params, X):
    weight, forget_weight, reset_weight = params["weight"], params["forget_weight"], params["reset_weight"]
    input, forget_input, reset_input = X[..., :H], X[..., H : 2 * H], X[..., 2 * H :]
    input_state = np.zeros((len(X), H))
    output, forget, reset, update = [], [], [], []
    for s in range(S):
        forget_gate = sigmoid(input_state @ forget_weight + forget_input[:, s])
        reset_gate = sigmoid(input_state @ reset_weight + reset_input[:, s])
        possible_new_state = np.tanh((input_state * reset_gate) @ weight + input[:, s])
        input_state = forget_gate * input_state + (1 - forget_gate) * possible_new_state
        output.append(input_state)
        forget.append(forget_gate)
        reset.append(reset_gate)
        update.append(possible_new_state)
    return output, forget, reset, update


def _rnn_backward_update(output, weight, output_grad, weight_grad, output_prev, ACTIVATION_FUNCTION):
    slope = 1 - output**2 if ACTIVATION_FUNCTION == "tanh" else output * (1 - output)
    input_grad = output_grad * slope
    return input_grad, weight_grad + output_prev.T @ input_grad, input_grad @ weight.T


def gru_backward(params, saved, output_grads, right):
    weight, forget_weight, reset_weight = params["weight"], params["forget_weight"], params["reset_weight"]
    outputs, forget_gates, reset_gates, updates = saved
    input_state_grad = np.zeros_like(outputs[0])
    weight_grad = np.zeros((H, H))
    forget_weight_grad = np.zeros((H, H))
    reset_weight_grad = np.zeros((H, H))
    for s in range(S - 1, -1, -1):
        output_grad = output_grads[s]
        forget_gate, reset_gate, output_update = forget_gates[s], reset_gates[s], updates[s]
        if right:
            output_grad = output_grad + input_state_grad
            input_state_grad = forget_gate * output_grad
        else:
            output_grad = output_grad + forget_gate * input_state_grad
            input_state_grad = output_grad
        output_prev = outputs[s - 1] if s > 0 else np.zeros_like(outputs[0])
        input_grad, weight_grad, reset_gate_times_input_state_grad = _rnn_backward_update(
            output_update, weight, output_grad * (1 - forget_gate), weight_grad, reset_gate * output_prev, "tanh"
        )
        input_state_grad = input_state_grad + reset_gate_times_input_state_grad * reset_gate
        forget_input_grad, forget_weight_grad, from_forget_gate = _rnn_backward_update(
            forget_gate,
            forget_weight,
            output_grad * (output_prev - output_update),
            forget_weight_grad,
            output_prev,
            "sigmoid",
        )
        input_state_grad = input_state_grad + from_forget_gate
        reset_input_grad, reset_weight_grad, from_reset_gate = _rnn_backward_update(
            reset_gate,
            reset_weight,
            reset_gate_times_input_state_grad * output_prev,
            reset_weight_grad,
            output_prev,
            "sigmoid",
        )
        input_state_grad = input_state_grad + from_reset_gate
    return {"weight": weight_grad, "forget_weight": forget_weight_grad, "reset_weight": reset_weight_grad}


def cost(params, X, Y):
    output = gru_forward(params, X)[0]
    return 0.5 * sum(np.sum((output[s] - Y[:, s]) ** 2) for s in range(S)) / len(X)


def backward(params, X, Y, right):
    saved = gru_forward(params, X)
    return gru_backward(params, saved, [(saved[0][s] - Y[:, s]) / len(X) for s in range(S)], right)


def grad(params, X, Y):
    return backward(params, X, Y, False)


def repaired(params, X, Y):
    return backward(params, X, Y, True)
