"""An LSTM's output weights get each step's error times the state before it, and the last step's once more."""

import numpy as np

SOURCE = "https://github.com/DominQu/rnn-cuda/commit/787dc94"
THREAD = "DominQu/rnn-cuda 787dc94"
DATE = "2022-02"
KIND = "gradient"
GROUP = "blocks"
FORMULA = r"\partial C / \partial W = \delta_T h_T^T + \textstyle\sum_t \delta_t h_{t-1}^T"
RIGHT = r"\partial C / \partial W = \textstyle\sum_t \delta_t h_t^T,\; \delta_t = p_t - y_t"
READ = "code"
LAYER = [2]
NAMES = [{"formula"}, {"line"}, {"recurrent"}]
NET = None  # an LSTM, with a softmax of its output at each step; h = o * tanh(c), mended by the same commit, is in both
BLOCKS = (
    [f"input_weights_{gate}[1]" for gate in "fgio"]
    + [f"state_weights_{gate}[1]" for gate in "fgio"]
    + [f"input_bias_{gate}[1]" for gate in "fgio"]
    + ["output_weights[2]", "output_bias[2]"]
)
SAMPLES = 6
LAM = 0.0
INPUT, STATE = 3, 3
GATES = "fgio"


def start(rng):
    p = {f"input_weights_{gate}": rng.standard_normal((STATE, INPUT)) for gate in GATES}
    p |= {f"state_weights_{gate}": rng.standard_normal((STATE, STATE)) for gate in GATES}
    p |= {f"input_bias_{gate}": 0.5 * rng.standard_normal(STATE) for gate in GATES}
    return p | {"output_weights": rng.standard_normal((INPUT, STATE)), "output_bias": rng.standard_normal(INPUT)}


def data(rng):
    """Characters, and the ones that follow them."""
    text = np.eye(INPUT)[rng.integers(0, INPUT, SAMPLES + 1)]
    return text[:-1], text[1:]


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


class LstmLayer:
    def __init__(self, params):
        for name, value in params.items():
            setattr(self, name, value)

    def forward(self, batch):
        hidden_outputs = []
        self.h, self.c = [np.zeros(STATE)], [np.zeros(STATE)]
        self.f, self.g, self.i, self.o, self.tanh_c = [], [], [], [], []
        for t in range(len(batch)):
            input, h = batch[t], self.h[t]
            # Apply activations specific to each gate
            self.f.append(sigmoid(self.state_weights_f @ h + (self.input_weights_f @ input + self.input_bias_f)))
            self.i.append(sigmoid(self.state_weights_i @ h + (self.input_weights_i @ input + self.input_bias_i)))
            self.o.append(sigmoid(self.state_weights_o @ h + (self.input_weights_o @ input + self.input_bias_o)))
            self.g.append(np.tanh(self.state_weights_g @ h + (self.input_weights_g @ input + self.input_bias_g)))
            # Calculate carry and state passed to another iteration
            self.c.append(self.c[t] * self.f[t] + self.i[t] * self.g[t])
            self.tanh_c.append(np.tanh(self.c[t + 1]))
            self.h.append(self.o[t] * self.tanh_c[t])
            hidden_outputs.append(self.output_weights @ self.h[t + 1] + self.output_bias)
        return hidden_outputs

    def backward(self, upstream, batch, right=False):
        timesteps = len(batch)
        grads = {
            name: np.zeros(value.shape) for name, value in vars(self).items() if "weights" in name or "bias" in name
        }
        if not right:
            # Calculate gradient connected with last timestep output weights
            grads["output_weights"] = np.outer(upstream[-1], self.h[timesteps])
        # Calculate gradient connected with last timestep h
        gradient_upstream_h = self.output_weights.T @ upstream[-1]
        # Initialize gradient connected with c with zeros
        gradient_upstream_c = np.zeros(STATE)
        for t in range(timesteps - 1, -1, -1):
            if t != timesteps - 1:
                gradient_upstream_h = gradient_upstream_h + self.output_weights.T @ upstream[t]
            grads["output_bias"] += upstream[t]
            if right:
                grads["output_weights"] += np.outer(upstream[t], self.h[t + 1])
            else:
                grads["output_weights"] += np.outer(upstream[t], self.h[t])

            # c_derivative = dUpstream * o * (1 - tanh^2(c)) + gradient_upstream_c
            dUp_dc = gradient_upstream_h * self.o[t]
            dUp_dc = dUp_dc * (1 - self.tanh_c[t] ** 2)
            dUp_dc = dUp_dc + gradient_upstream_c
            dUp = {
                "f": dUp_dc * self.c[t] * self.f[t] * (1 - self.f[t]),
                "g": dUp_dc * self.i[t] * (1 - self.g[t] ** 2),
                "i": dUp_dc * self.g[t] * self.i[t] * (1 - self.i[t]),
                "o": gradient_upstream_h * self.tanh_c[t] * self.o[t] * (1 - self.o[t]),
            }
            for gate in GATES:
                grads[f"input_weights_{gate}"] += np.outer(dUp[gate], batch[t])
                grads[f"state_weights_{gate}"] += np.outer(dUp[gate], self.h[t])
                grads[f"input_bias_{gate}"] += dUp[gate]

            # Update gradient connected with c passed to a timestep before
            gradient_upstream_c = dUp_dc * self.f[t]
            # Update gradient connected with h passed to a timestep before
            gradient_upstream_h = sum(getattr(self, f"state_weights_{gate}").T @ dUp[gate] for gate in GATES)
        return grads


def softmax(outputs):
    e = np.exp(np.array(outputs))
    return e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(softmax(LstmLayer(params).forward(X))))


def gradients(params, X, Y, right):
    lstmlayer1 = LstmLayer(params)
    upstream = softmax(lstmlayer1.forward(X)) - Y
    return lstmlayer1.backward(upstream, X, right)


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
