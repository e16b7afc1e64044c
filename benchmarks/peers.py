"""Times bpcore against the programs that readers would otherwise use: the same steps, the same losses, one thread.

Run with `pip install -r benchmarks/requirements.txt`, then `python benchmarks/peers.py` (some twenty minutes on a quiet
machine); it writes book/measurements/peers.json. `python benchmarks/peers.py W1 W5` measures these alone and stores
nothing. A peer that is not installed is left out, and the table says so.

Every peer starts at the same parameters, takes the same batches in the same order, and returns the mean of each epoch's
batch costs. These are compared with bpcore's first: what does not agree is not timed.
"""

import importlib
import os
import sys
import tempfile
import time
import warnings
from dataclasses import dataclass

from timing import in_turn, quartiles, store  # before NumPy, whose threads it sets; it makes bpcore importable

# isort: split
import numpy as np
from sklearn.datasets import load_digits, make_moons
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier, MLPRegressor

from bpcore import Network, adam, one_hot, sgd

os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
ROUNDS, SHORTEST = 15, 0.02
BETA1, BETA2, EPS = 0.9, 0.999, 1e-16  # programs add eps in two places: so small, it makes no difference
AGREE = {"float64": 1e-9, "float32": 1e-4}  # relative; the rounding of the losses after the epochs of one task


@dataclass
class Task:
    """One workload: a network, its data and start, and how it is trained."""

    title: str
    net: Network
    X: np.ndarray
    Y: np.ndarray
    rule: str
    lr: float
    batch: int
    epochs: int

    def __post_init__(self):
        dtype = self.X.dtype
        self.theta = self.net.init(0).astype(dtype)
        self.Y = self.Y.astype(dtype)
        self.batches = range(0, len(self.X), self.batch)

    def layers(self):
        """(W, b) of each layer at the start: copies, W of shape (n_in, n_out)."""
        p = self.net.params(self.theta)
        return [[W.T.copy(), b.copy()] for W, b in zip(p.W[1:], p.b[1:])]

    @property
    def dtype(self):
        return self.X.dtype.name

    @property
    def hidden(self):
        return self.net.activations[1].name


def tasks():
    """The workloads W1 to W6."""
    binary = {"hidden": "sigmoid", "output": "sigmoid", "loss": "binary_cross_entropy"}
    classes = {"output": "softmax", "loss": "cross_entropy"}
    X, y = make_moons(400, noise=0.2, random_state=42)
    moons = Network((2, 4, 4, 1), **binary), X, y[:, None]
    xor = Network((2, 4, 1), **binary), np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0], [1], [1], [0]])
    x = np.linspace(-np.pi, np.pi, 400)[np.random.default_rng(0).permutation(400)][:, None]
    sine = Network((1, 2, 4, 2, 1), output="identity", loss="half_squared"), x, np.sin(x)
    D = load_digits()
    digits = Network((64, 25, 10), **classes), D.data / 16, one_hot(D.target, 10)
    # where rounding moves a pre-activation of ReLU over 0, float32 programs part: with this seed, nowhere
    rng = np.random.default_rng(1)
    noise = rng.random((2048, 784)), one_hot(rng.integers(0, 10, 2048), 10)
    large = Network((784, 256, 128, 10), hidden="relu", **classes), noise[0].astype("float32"), noise[1]
    return {
        "W1": Task("moons, 2-4-4-1, one sample a step", *moons, "sgd", 0.1, 1, 20),
        "W2": Task("moons, 2-4-4-1, all 400 samples a step", *moons, "sgd", 0.5, 400, 1000),
        "W3": Task("XOR, 2-4-1, all 4 samples a step", *xor, "sgd", 0.5, 4, 4000),
        "W4": Task("sine, 1-2-4-2-1, 5 samples a step", *sine, "sgd", 0.05, 5, 50),
        "W5": Task("digits, 64-25-10, all 1797 samples a step", *digits, "sgd", 0.5, 1797, 100),
        "W5a": Task("digits, 64-25-10, Adam, 200 samples a step", *digits, "adam", 0.001, 200, 50),
        "W6": Task("784-256-128-10 ReLU, 128 samples a step, float32", *large, "sgd", 0.01, 128, 32),
    }


def series():
    """Digits again, with other batches, widths and depths, 512 samples of them: title → size → task."""
    D = load_digits()
    X, Y = D.data[:512] / 16, one_hot(D.target[:512], 10)

    def task(hidden, batch):
        net = Network((64, *hidden, 10), output="softmax", loss="cross_entropy")
        return Task(f"digits, {batch} samples a step", net, X, Y, "sgd", 0.1, batch, max(4, batch // 4))

    return {
        "samples a step": {batch: task((25,), batch) for batch in (1, 8, 64, 512)},
        "hidden units": {width: task((width,), 64) for width in (4, 16, 64, 256)},
        "hidden layers of 25": {depth: task((25,) * depth, 64) for depth in (1, 2, 4, 8)},
    }


def bpcore(task, engine="numpy"):
    train = {"sgd": sgd, "adam": adam}[task.rule]
    options = {"lr": task.lr, "epochs": task.epochs, "batch_size": task.batch, "shuffle": False, "history": "running"}
    if task.rule == "adam":
        options.update(beta1=BETA1, beta2=BETA2, eps=EPS)

    def run():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # that NumPy is faster: the table says how much
            return train(task.net, task.theta, task.X, task.Y, engine=engine, **options).history[1:]

    return run


def bpcore_compiled(task):
    importlib.import_module("numba")
    return bpcore(task, "numba")


def scikit_learn(task):
    """fit with warm_start, from the task's parameters."""
    regression = task.net.loss.name == "half_squared"
    target = task.Y[:, 0] if task.Y.shape[1] == 1 else task.Y.argmax(axis=1)
    model = (MLPRegressor if regression else MLPClassifier)(
        hidden_layer_sizes=task.net.sizes[1:-1],
        activation={"sigmoid": "logistic"}.get(task.hidden, task.hidden),
        solver=task.rule, learning_rate_init=task.lr, batch_size=task.batch, max_iter=1, alpha=0.0,
        momentum=0.0, nesterovs_momentum=False, beta_1=BETA1, beta_2=BETA2, epsilon=EPS,
        warm_start=True, shuffle=False, tol=0.0, n_iter_no_change=10**9, random_state=0,
    )  # fmt: skip

    def fit():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # the number of epochs is the task's
            return model.fit(task.X, target)

    fit().set_params(max_iter=task.epochs)  # one epoch makes the attributes that the start is written into

    def run():
        model.coefs_, model.intercepts_ = (list(part) for part in zip(*task.layers()))
        model.loss_curve_ = []
        return fit().loss_curve_

    return run


def torch_eager(task):
    """nn.Sequential, a loss of torch that takes logits, torch.optim; the running cost is read once an epoch."""
    import torch

    torch.set_num_threads(1)
    X, Y, dtype = torch.from_numpy(task.X), torch.from_numpy(task.Y), getattr(torch, task.dtype)
    activation = {"sigmoid": torch.nn.Sigmoid, "relu": torch.nn.ReLU}[task.hidden]
    loss = {
        "binary_cross_entropy": torch.nn.BCEWithLogitsLoss(),
        "cross_entropy": torch.nn.CrossEntropyLoss(),
        "half_squared": lambda a, y: 0.5 * torch.nn.functional.mse_loss(a, y),
    }[task.net.loss.name]
    if task.net.loss.name == "cross_entropy":
        Y = Y.argmax(dim=1)

    def run():
        layers = []
        for W, b in task.layers():
            linear = torch.nn.Linear(*W.shape, dtype=dtype)
            with torch.no_grad():
                linear.weight.copy_(torch.from_numpy(W.T))
                linear.bias.copy_(torch.from_numpy(b))
            layers += [linear, activation()]
        model = torch.nn.Sequential(*layers[:-1])
        if task.rule == "adam":
            optimizer = torch.optim.Adam(model.parameters(), lr=task.lr, betas=(BETA1, BETA2), eps=EPS)
        else:
            optimizer = torch.optim.SGD(model.parameters(), lr=task.lr)
        losses = []
        for _ in range(task.epochs):
            seen = torch.zeros((), dtype=dtype)
            for i in task.batches:
                x, y = X[i : i + task.batch], Y[i : i + task.batch]
                optimizer.zero_grad()
                cost = loss(model(x), y)
                cost.backward()
                optimizer.step()
                seen += cost.detach() * len(x)
            losses.append(seen.item() / len(X))
        return losses

    return run


def output_and_losses(net, xp, z, y):
    """a^L and the loss of each sample, as a textbook writes them; xp is the NumPy in use."""
    if net.loss.name == "half_squared":
        return z, 0.5 * ((z - y) ** 2).sum(axis=1)
    if net.loss.name == "cross_entropy":
        e = xp.exp(z - z.max(axis=1, keepdims=True))
        a = e / e.sum(axis=1, keepdims=True)
        return a, -(y * xp.log(a)).sum(axis=1)
    a = 1 / (1 + xp.exp(-z))
    return a, -(y * xp.log(a) + (1 - y) * xp.log(1 - a)).sum(axis=1)


def activation(net, xp):
    return (lambda z: 1 / (1 + xp.exp(-z))) if net.activations[1].name == "sigmoid" else (lambda z: xp.maximum(z, 0))


def updater(task, parameters):
    """The textbook's update in place: descent, or Algorithm 1 of Kingma and Ba."""
    if task.rule == "sgd":

        def update(gradients):
            for theta, g in zip(parameters, gradients):
                theta -= task.lr * g

        return update
    means, squares = [np.zeros_like(theta) for theta in parameters], [np.zeros_like(theta) for theta in parameters]
    step = 0

    def update(gradients):
        nonlocal step
        step += 1
        for theta, g, m, v in zip(parameters, gradients, means, squares):
            m[...] = BETA1 * m + (1 - BETA1) * g
            v[...] = BETA2 * v + (1 - BETA2) * g * g
            theta -= task.lr * (m / (1 - BETA1**step)) / (np.sqrt(v / (1 - BETA2**step)) + EPS)

    return update


def textbook_numpy(task):
    """One matrix and one bias a layer, rows as samples, every result a new array."""
    net, f = task.net, activation(task.net, np)

    def run():
        W, b = map(list, zip(*task.layers()))
        update, losses = updater(task, W + b), []
        for _ in range(task.epochs):
            seen = 0.0
            for i in task.batches:
                a, y = [task.X[i : i + task.batch]], task.Y[i : i + task.batch]
                for l in range(net.L - 1):
                    a.append(f(a[l] @ W[l] + b[l]))
                output, loss = output_and_losses(net, np, a[-1] @ W[-1] + b[-1], y)
                seen += loss.sum()
                delta, dW, db = (output - y) / len(y), [None] * net.L, [None] * net.L
                for l in reversed(range(net.L)):
                    dW[l], db[l] = a[l].T @ delta, delta.sum(axis=0)
                    if l:
                        slope = a[l] * (1 - a[l]) if task.hidden == "sigmoid" else a[l] > 0
                        delta = (delta @ W[l].T) * slope
                update(dW + db)
            losses.append(seen / len(task.X))
        return losses

    return run


def autograd(task):
    """The cost alone is written; value_and_grad gives its gradient."""
    import autograd.numpy as anp
    from autograd import value_and_grad

    f = activation(task.net, anp)

    def cost(layers, x, y):
        for W, b in layers[:-1]:
            x = f(anp.dot(x, W) + b)
        return anp.mean(output_and_losses(task.net, anp, anp.dot(x, layers[-1][0]) + layers[-1][1], y)[1])

    slope = value_and_grad(cost)

    def run():
        layers, losses = task.layers(), []
        update = updater(task, [part for layer in layers for part in layer])
        for _ in range(task.epochs):
            seen = 0.0
            for i in task.batches:
                x, y = task.X[i : i + task.batch], task.Y[i : i + task.batch]
                value, gradients = slope(layers, x, y)
                seen += value * len(x)
                update([part for layer in gradients for part in layer])
            losses.append(seen / len(task.X))
        return losses

    return run


def jax_scan(task):
    """The whole training one compiled function: a scan over the epochs of a scan over the batches."""
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    f, count = {"sigmoid": jax.nn.sigmoid, "relu": jax.nn.relu}[task.hidden], len(task.X) // task.batch
    whole = count * task.batch
    cut = [jnp.asarray(part[:whole].reshape(count, task.batch, -1)) for part in (task.X, task.Y)]
    rest = jnp.asarray(task.X[whole:]), jnp.asarray(task.Y[whole:])

    def cost(layers, x, y):
        for W, b in layers[:-1]:
            x = f(x @ W + b)
        z = x @ layers[-1][0] + layers[-1][1]
        if task.net.loss.name == "half_squared":
            losses = 0.5 * ((z - y) ** 2).sum(axis=1)
        elif task.net.loss.name == "cross_entropy":
            losses = -(y * jax.nn.log_softmax(z)).sum(axis=1)
        else:
            losses = (jax.nn.softplus(z) - z * y).sum(axis=1)
        return losses.mean()

    def step(state, batch):
        layers, moments, t = state
        value, g = jax.value_and_grad(cost)(layers, *batch)
        t = t + 1
        if task.rule == "adam":
            means, squares = moments
            means = jax.tree.map(lambda m, g: BETA1 * m + (1 - BETA1) * g, means, g)
            squares = jax.tree.map(lambda v, g: BETA2 * v + (1 - BETA2) * g * g, squares, g)
            moments, rates = (means, squares), (1 - BETA1**t, 1 - BETA2**t)
            g = jax.tree.map(lambda m, v: m / rates[0] / (jnp.sqrt(v / rates[1]) + EPS), means, squares)
        layers = jax.tree.map(lambda theta, g: theta - task.lr * g, layers, g)
        return (layers, moments, t), value * len(batch[0])

    def epoch(state, _):
        state, costs = jax.lax.scan(step, state, tuple(cut))
        total = costs.sum()
        if whole < len(task.X):
            state, last = step(state, rest)
            total += last
        return state, total / len(task.X)

    @jax.jit
    def train(layers):
        zeros = jax.tree.map(jnp.zeros_like, layers)
        moments = (zeros, zeros) if task.rule == "adam" else ()
        return jax.lax.scan(epoch, (layers, moments, jnp.zeros(())), None, length=task.epochs)

    start = [tuple(map(jnp.asarray, layer)) for layer in task.layers()]
    return lambda: np.asarray(train(start)[1].block_until_ready())


def matrix_products(task):
    """Nothing but the matrix products of the steps, into memory that is there: the floor of any program with them."""
    p, g = task.net.params(task.theta.copy()), task.net.params(task.theta.copy())
    sizes, L = task.net.sizes, task.net.L
    A = [np.zeros((1 + n, task.batch), task.dtype) for n in sizes]
    AT = [np.zeros((task.batch, 1 + sizes[0]), task.dtype)] + [a.T for a in A[1:]]
    Z = [np.zeros((n, task.batch), task.dtype) for n in sizes]

    def run():
        for _ in range(task.epochs * len(task.batches)):
            for l in range(1, L + 1):
                np.dot(p.Theta[l], A[l - 1], out=Z[l])
            for l in range(L - 1, 0, -1):
                np.dot(p.Theta[l + 1].T, Z[l + 1], out=A[l])
            for l in range(1, L + 1):
                np.dot(Z[l], AT[l - 1], out=g.Theta[l])

    return run


PEERS = {
    "scikit-learn": scikit_learn,
    "torch eager": torch_eager,
    "textbook NumPy": textbook_numpy,
    "HIPS autograd": autograd,
    "JAX scan": jax_scan,
    "bpcore, compiled": bpcore_compiled,
}


def measured(task, rounds):
    """The row of one workload: of each peer, how its losses agree, and its time over that of bpcore."""
    ours, programs, row, absent = bpcore(task), {}, {}, []
    expected = np.array(ours())
    for name, make in PEERS.items():
        if make is bpcore_compiled and task.net.n_params * task.batch > 10**6:
            continue  # which it warns of itself: several times slower than NumPy, and nothing else to learn
        start = time.perf_counter()
        try:
            program = make(task)
        except ModuleNotFoundError as missing:
            absent.append(f"{name} ({missing.name} is not installed)")
            continue
        losses = np.asarray(program(), float)
        first = time.perf_counter() - start
        apart = float(np.max(np.abs(losses - expected) / np.abs(expected)))
        row[name] = {"losses_apart": float(f"{apart:.1e}"), "first_call_s": float(f"{first:.2g}")}
        if len(losses) == len(expected) and apart <= AGREE[task.dtype]:
            programs[name] = program
        else:
            row[name]["ratio"] = None
            print(f"  {name}: losses are {apart:.1e} apart, not timed", file=sys.stderr)
    programs["matrix products"] = matrix_products(task)
    row["matrix products"] = {}
    times = in_turn({"bpcore": ours, **programs}, rounds, SHORTEST)
    steps = task.epochs * len(task.batches)
    for name in programs:
        row[name]["ratio"] = quartiles(turn[name] / turn["bpcore"] for turn in times)
    microseconds = quartiles(turn["bpcore"] / steps * 1e6 for turn in times)
    return {"title": task.title, "steps": steps, "bpcore_us_a_step": microseconds, "peers": row}, absent


def main(chosen):
    table, absent = {}, []
    for name, task in tasks().items():
        if chosen and name not in chosen:
            continue
        table[name], absent = measured(task, ROUNDS)
        print(f"{name} {task.title}: bpcore {table[name]['bpcore_us_a_step']['median']} us a step", file=sys.stderr)
        for peer, entry in table[name]["peers"].items():
            if entry.get("ratio"):
                print(f"  {peer:<18}{entry['ratio']['median']:>9.3g} {entry.get('losses_apart', '')}", file=sys.stderr)
    for peer in absent:
        print("left out:", peer, file=sys.stderr)
    grown = {}
    for title, line in series().items() if not chosen else ():
        grown[title] = {}
        for size, task in line.items():
            row, _ = measured(task, ROUNDS)
            step = row["bpcore_us_a_step"]["median"]
            times = {
                peer: entry["ratio"]["median"] * step for peer, entry in row["peers"].items() if entry.get("ratio")
            }
            grown[title][size] = {name: float(f"{time:.4g}") for name, time in {"bpcore": step, **times}.items()}
            print(title, size, grown[title][size], file=sys.stderr)
    if not chosen:
        store(
            "peers",
            "CPU time of each program over that of bpcore, per round, in one process and on one thread; "
            "the same start, batches and order; losses_apart is the largest relative difference of an epoch's mean "
            "loss from bpcore's; first_call_s includes what a program compiles; series: microseconds a step, medians",
            rounds=ROUNDS,
            left_out=absent,
            workloads=table,
            series=grown,
        )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as empty:
        os.environ["NUMBA_CACHE_DIR"] = empty  # so that the first call always compiles
        main(sys.argv[1:])
