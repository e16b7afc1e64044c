import numpy as np

rng = np.random.default_rng(0)
lengths = rng.normal(0, 1, 100)  # in metres
pressures = rng.normal(1000, 20, 100)  # in hectopascals
X = np.column_stack([lengths, pressures])
Y = (lengths > 0).astype(float).reshape(-1, 1)
params = {"W1": rng.normal(0, 0.5, (2, 8)), "b1": np.zeros(8), "W2": rng.normal(0, 0.5, (8, 1)), "b2": np.zeros(1)}


def forward(p):
    hidden = np.tanh(X @ p["W1"] + p["b1"])
    return hidden, 1 / (1 + np.exp(-hidden @ p["W2"] - p["b2"]))


def cost(p):
    hidden, out = forward(p)
    return -np.mean(Y * np.log(out) + (1 - Y) * np.log(1 - out))


def grad(p):
    hidden, out = forward(p)
    output_delta = (out - Y) / len(X)
    hidden_delta = output_delta @ p["W2"].T * (1 - hidden**2)
    return {
        "W1": X.T @ hidden_delta,
        "b1": hidden_delta.sum(axis=0),
        "W2": hidden.T @ output_delta,
        "b2": output_delta.sum(axis=0),
    }


lr, trained, costs = 0.5, params, [cost(params)]
for _ in range(100):
    gradient = grad(trained)
    trained = {name: trained[name] - lr * gradient[name] for name in trained}
    costs.append(cost(trained))
print("cost:", costs[0], "→", costs[-1])
