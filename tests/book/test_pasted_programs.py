"""Pasted programs of many styles are read as they were meant, and what cannot be read is said in words."""

import json
import re
import sys
import tracemalloc
import warnings
from pathlib import Path

import doctor_page
import numpy as np
import pytest
import wild_answers

from bpcore import Network, checkup, diagnose

ROOT = Path(__file__).resolve().parents[2]
PASTED = Path(__file__).parent / "pasted"
sys.path.append(str(doctor_page.SOURCES))

import guess  # noqa: E402
import runner  # noqa: E402

# program → what is wrong with its gradient, and its network
STYLES = {
    "article_class": ([], 'Network((3, 4, 1), hidden="sigmoid", output="sigmoid", loss="half_squared")'),
    "class_that_steps": (["stale-weights"], 'Network((2, 3, 1), hidden="sigmoid", output="sigmoid", loss="mse")'),
    "class_with_lists": (
        ["mean-missing"],
        'Network((3, 4, 1), hidden="sigmoid", output="sigmoid", loss="binary_cross_entropy")',
    ),
    "course_class": (["slope-missing"], 'Network((4, 10, 3), hidden="relu", output="softmax", loss="cross_entropy")'),
    "course_functions": (
        ["formula"],
        'Network((2, 4, 1), hidden="tanh", output="sigmoid", loss="binary_cross_entropy")',
    ),
    "forward_in_pieces": (
        ["slope-of-wrong-function"],
        'Network((5, 6, 3), hidden="leaky_relu", output="softmax", loss="cross_entropy")',
    ),
    "global_arrays": ([], 'Network((3, 4, 1), hidden="tanh", output="sigmoid", loss="binary_cross_entropy")'),
    "layer_objects": ([], 'Network((3, 4, 4, 2), hidden="relu", output="identity", loss="half_squared")'),
    "layers_as_dictionaries": (
        ["error-for-delta"],
        'Network((3, 4, 2), hidden="tanh", output="sigmoid", loss="half_squared")',
    ),
    "linear_regression": (["two-missing"], 'Network((2, 1), output="identity", loss="mse")'),
    "lists_of_weights": (["slope-of-a"], 'Network((3, 5, 2), hidden="sigmoid", output="sigmoid", loss="half_squared")'),
    "model_dictionary": (["mean-missing"], 'Network((2, 3, 2), hidden="tanh", output="softmax", loss="cross_entropy")'),
    "one_unit": ([], 'Network((3, 1), output="sigmoid", loss="binary_cross_entropy")'),
    "one_vector": (
        ["bias-regularised"],
        'Network((3, 5, 3), hidden="sigmoid", output="sigmoid", loss="binary_cross_entropy")',
    ),
    "separate_arguments": (["shape"], 'Network((6, 4, 3), hidden="relu", output="softmax", loss="cross_entropy")'),
    "unrolled_theta": ([], 'Network((4, 5, 3, 2), hidden="tanh", output="softmax", loss="cross_entropy")'),
}
WILD = (  # of each kind of parameters, and of each kind of answer
    "andrew-ng-notes-10-factors-two-and-four",
    "deepcourse-6-hidden-slope-missing",
    "grokking-22-outer-product-transposed",
    "handson-ml-487-penalty-broadcast",
    "nn-from-scratch-13-sums-for-means",
    "packt-4-slope-from-the-output",
    "tensorflow-book-217-biases-not-updated",
    "scikit-learn-14244-zero-where-output-is-zero",
)


def ask(source, kind="gradient", network=None):
    return json.loads(runner.run(json.dumps({"source": source, "ask": kind, "network": network})))


def test_all_styles_are_tried():
    assert {path.stem for path in PASTED.glob("*.py")} == set(STYLES)


@pytest.mark.long
@pytest.mark.parametrize("name", STYLES)
def test_a_style_is_read(name):
    report = ask((PASTED / f"{name}.py").read_text(encoding="utf-8"))
    names, network = STYLES[name]
    assert report.get("error") is None, report
    assert report["names"] == names
    assert any(text.startswith(f"network: {network}, found") for text in report["read"]), report["read"]


@pytest.mark.long
@pytest.mark.parametrize("name", WILD)
def test_the_text_is_that_of_diagnose(name, no_clocks):
    """Found by the page, and asked in a program of one's own with the network that the module names."""
    module = wild_answers.load(wild_answers.paths()[name])
    rng = np.random.default_rng(0)
    params, (X, Y) = module.start(rng), module.data(rng)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        native, _ = wild_answers.asked(module, params, X, Y)
    # the page's program begins where the module has its first function
    told = lambda text: re.sub(r"\bline \d+ of", "line of", " ".join(text.split()))
    assert told(ask(doctor_page.program_of(name)[0])["text"]) == told(repr(native))


def test_the_checkup_is_that_of_bpcore():
    source = doctor_page.examples()["far_inputs"]["text"]
    report, scope = ask(source, "training"), {}
    exec(source, scope)
    net = Network((2, 8, 1), "tanh")
    theta = net.params(np.zeros(net.n_params))
    for l in 1, 2:
        theta.W[l][...], theta.b[l][...] = scope["params"][f"W{l}"].T, scope["params"][f"b{l}"]
    native = checkup(net, scope["X"], scope["Y"], theta.theta, lr=scope["lr"], fit=scope["costs"])
    assert report["text"] == repr(native) and "inputs-large" in report["names"]


RULES = {
    "rmsprop": "s[:] = 0.9 * s + 0.1 * g * g\n    return theta - 0.001 * g / (np.sqrt(s) + 1e-8)",
    "adagrad": "s += g * g\n    return theta - 0.001 * g / (np.sqrt(s) + 1e-8)",
    "nesterov": "old = s.copy()\n    s[:] = 0.9 * s - 0.1 * g\n    return theta - 0.9 * old + 1.9 * s",
}


@pytest.mark.parametrize("rule", RULES)
def test_an_update_is_held_against_the_rule_that_it_is_called(rule):
    """A right one: held against another rule it would be wrong."""
    fresh = "    global s\n    if s.shape != g.shape:\n        s = np.zeros(g.shape)\n"
    source = f"import numpy as np\n\ns = np.zeros(4)\n\n\ndef {rule}_step(theta, g):\n{fresh}    {RULES[rule]}\n"
    report = ask(source, "update")
    assert f"like={rule!r}" in json.dumps(report).replace('\\"', '"') and report["names"] == [], report


PLAIN = "def {}(theta, g):\n    {}\n    return theta - 0.1 * g\n"
MOMENTS = (
    "import numpy as np\n\nm, v, t = 0.0, 0.0, 0\n\n\ndef {}(theta, g):\n    global m, v, t\n    t += 1\n"
    "    m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2\n"
    "    return theta - 0.001 * m / (1 - 0.9**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)\n"
)
HEAVY = (
    "class {0}:\n    def __init__(self):\n        self.v, self.{1} = 0.0, 0.9\n\n    def step(self, theta, g):\n"
    "        self.v = self.{1} * self.v + 0.1 * g\n        return theta - self.v\n\n\nmine = {0}()\n"
)
PUSHED = "v = 0.0\n\n\ndef {}(theta, g):\n    {}\n    global v\n    v = 0.9 * v + 0.1 * g\n    return theta - v\n"
SIBLINGS = (
    "class Optimizer:\n    def __init__(self):\n        self.lr, self.beta, self.velocity = 0.1, 0.9, 0.0\n\n"
    "    def sgd(self, theta, g):\n        return theta - self.lr * g\n\n    def momentum(self, theta, g):\n"
    "        self.velocity = self.beta * self.velocity + self.lr * g\n        return theta - self.velocity\n\n\n"
    "mine = Optimizer()\n"
)
NOT_ADAM = "Not as Adam: this is plain SGD."
RULE_OF = {  # program → the rule against which it is held
    "two functions": (f"{PLAIN.format('sgd_update', 'pass')}\n\n{MOMENTS.format('adam_update')}", "sgd"),
    "a comment on what it is not": (f"# {NOT_ADAM}\n{PLAIN.format('update', 'pass')}", "sgd"),
    "the same in its lines": (PLAIN.format("update", f"# {NOT_ADAM}"), "sgd"),
    "the same in its docstring": (PLAIN.format("update", f'"""{NOT_ADAM}"""'), "sgd"),
    "another function is called after a rule": (
        f"{PLAIN.format('update', 'rate_by_sgd = 1')}\n\n{MOMENTS.format('adam')}",
        "sgd",
    ),
    "a comment alone": (f"# Adam\n{MOMENTS.format('update')}", "adam"),
    "what it calls": (f"{MOMENTS.format('adam')}\n\ndef update(theta, g):\n    return adam(theta, g)\n", "adam"),
    "its class": (f"# after Adam\n{HEAVY.format('Momentum', 'drag')}", "momentum"),
    "an SGD with momentum": (HEAVY.format("SGD", "mu"), "momentum"),
    "a comment on an SGD with momentum": (f"# SGD with momentum\n{PUSHED.format('update', 'pass')}", "momentum"),
    "a docstring on it": (PUSHED.format("update", '"""One step of SGD with momentum."""'), "momentum"),
    "a comment on two rules": (f"# Adam instead of plain SGD\n{MOMENTS.format('update')}", "adam"),
    "a note on what is to come": (f"# try Adam later\n{PLAIN.format('update', 'pass')}", "sgd"),
    "a method beside another": (SIBLINGS, "sgd"),
}


@pytest.mark.long
@pytest.mark.parametrize("name", RULE_OF)
def test_a_rule_is_read_from_the_names_then_the_lines_then_the_text(name):
    """All are right, so that another rule would be noticed."""
    source, rule = RULE_OF[name]
    report = ask(source, "update")
    assert f"like={rule!r}" in report.get("call", "") and report["names"] == [], report


@pytest.mark.parametrize("name", [name for name, each in doctor_page.examples().items() if each["ask"] == "update"])
def test_an_update_is_held_against_its_rule(name):
    module = wild_answers.load(wild_answers.paths()[name])
    report = ask(doctor_page.program_of(name)[0], "update")
    assert set(report["names"]) in module.NAMES, report


UPDATES = {  # program → what is found
    "an object": (
        "class Momentum:\n    def __init__(self, lr=0.05, mu=0.9):\n        self.lr, self.mu, self.v = lr, mu, 0.0\n\n"
        "    def step(self, w, g):\n        self.v = self.mu * self.v - self.lr * g\n        return w + self.v\n\n\n"
        "optimizer = Momentum()\n",
        [],
    ),
    "lists in place": (
        "learning_rate = 0.05\n\n\ndef sgd_step(weights, grads):\n    for w, g in zip(weights, grads):\n"
        "        w += learning_rate * g\n",
        ["sign"],
    ),
    "dictionaries and a state": (
        "import numpy as np\n\n\ndef update_with_momentum(params, grads, v, beta=0.9, learning_rate=0.01):\n"
        '    for key in params:\n        v["d" + key] = beta * v["d" + key] + (1 - beta) * grads["d" + key]\n'
        '        params[key] = params[key] - learning_rate * v["d" + key]\n    return params, v\n\n\n'
        'params = {"W1": np.ones((3, 2)), "b1": np.ones((3, 1))}\n'
        'v = {"dW1": np.zeros((3, 2)), "db1": np.zeros((3, 1))}\n',
        ["dampened"],
    ),
}


@pytest.mark.parametrize("name", UPDATES)
def test_updates_of_several_forms(name):
    source, names = UPDATES[name]
    assert ask(source, "update").get("names") == names, ask(source, "update")


@pytest.mark.long
@pytest.mark.parametrize("name", doctor_page.examples())
def test_each_example_gets_an_answer(name):
    example = doctor_page.examples()[name]
    assert "error" not in ask(example["text"], example["ask"])


@pytest.mark.long
def test_the_examples_have_a_right_gradient_a_fault_in_use_and_one_that_does_not_learn():
    names = {name: ask(each["text"], each["ask"])["names"] for name, each in doctor_page.examples().items()}
    assert names["scikit-learn-14244-zero-where-output-is-zero"] == []
    assert names["changed_parameters"] == ["argument-changed"]
    assert "inputs-large" in names["far_inputs"]
    assert sum(name in wild_answers.paths() for name in names) >= 5


@pytest.mark.long
def test_all_sizes_are_looked_at_before_any_is_searched_for_a_cost_of_its_own(monkeypatch):
    """The shapes of this program allow three networks, and the cost is that of the last: no search of seconds."""
    looks, find = [], guess.find_layout

    def noted(*values, thorough=True):
        looks.append((values[3].sizes, thorough))
        return find(*values, thorough=thorough)

    monkeypatch.setattr(guess, "find_layout", noted)
    ask((PASTED / "class_that_steps.py").read_text(encoding="utf-8"))
    assert [look for look in looks if look[0] != (2, 3, 1)] == [((2, 3, 1, 3), False), ((2, 3, 1, 1), False)]


def test_the_reader_may_choose_the_network():
    source = (PASTED / "global_arrays.py").read_text(encoding="utf-8")
    given = {"sizes": [3, 4, 1], "hidden": "relu", "output": "sigmoid", "loss": "binary_cross_entropy"}
    report = ask(source, network=given)
    assert any("chosen by you" in text for text in report["read"])
    assert "Your cost is not that of the network that was given: it has hidden='tanh'." in " ".join(
        words for _, words in report["rows"]
    )
    assert "bad" not in report and "sizes" in ask(source, network={**given, "sizes": [3, 0, 1]})["error"]


@pytest.mark.long
def test_rows_are_the_text_without_its_line_breaks():
    for kind, name in ("gradient", "course_class"), ("training", "course_functions"):
        report = ask((PASTED / f"{name}.py").read_text(encoding="utf-8"), kind)
        assert re.sub(r"\s+", " ", " ".join(f"{a} {b}" for a, b in report["rows"])).strip() == re.sub(
            r"\s+", " ", report["text"]
        )
        assert len(report["rows"]) > 3 and all(len(label) < 12 for label, _ in report["rows"])


COST = "import numpy as np\nparams = np.arange(3.0)\n"
BAD = {  # program → a piece of what is said, and the line that is quoted
    "nothing": ("", "no program yet", None),
    "syntax": ("x = 1\nfor i in range(3)\n    print(i)\n", "cannot read line 2", "for i in range(3)"),
    "a notebook": ('{"cells": [], "nbformat": 4}\n', "file of a notebook", None),
    "a question of Python's": ("print 'x'\n", "Did you mean print(...)?", "print 'x'"),
    "a drawing that is computed with": (
        "import matplotlib.pyplot as plt\nn = len(plt.axes())\n",
        "leave the drawing out",
        "n = len(plt.axes())",
    ),
    "an error without words": (
        "class Own(Exception):\n    def __str__(self):\n        raise ValueError\n\n\nraise Own\n",
        "Own: no words",
        "raise Own",
    ),
    "other names": ("def mine(p):\n    return p @ p\n", "cost = mine", None),
    "no library": ("import numpy\nimport torch\n", "imports torch", "import torch"),
    "no file": ("import numpy as np\nX = np.loadtxt('nowhere/x.csv')\n", "no", "X = np.loadtxt('nowhere/x.csv')"),
    "input": ("n = int(input('units? '))\n", "input()", "n = int(input('units? '))"),
    "exit": ("import sys\nsys.exit(3)\n", "sys.exit", "sys.exit(3)"),
    "recursion": ("def f(n):\n    return f(n + 1)\n\n\nf(0)\n", "calls itself without end", "return f(n + 1)"),
    "no function": ("x = 1\n", "No cost function found: it defines no function", None),
    "no cost": ("def forward(X):\n    return X\n", "No cost function found: it defines forward()", None),
    "no object": ("class Net:\n    def loss(self):\n        return 1.0\n", "makes no object of it", None),
    "no gradient": (COST + "def cost(p):\n    return (p**2).sum()\n", "No gradient found", None),
    "no parameters": ("def cost(p):\n    return 1.0\n\n\ndef grad(p):\n    return p\n", "No parameters found", None),
    "whole numbers": (
        COST.replace("3.0", "3") + "def cost(p):\n    return p @ p\n\n\ndef grad(p):\n    return 2 * p\n",
        "write params = params.astype(float)",
        None,
    ),
    "wrong shapes": (
        COST
        + "X = np.ones((5, 2))\n\n\ndef cost(p):\n    return (X @ p).sum()\n\n\ndef grad(p):\n    return X.sum(0)\n",
        "The shapes of two arrays do not fit: matmul",
        "return (X @ p).sum()",
    ),
    "no number": (COST + "def cost(p):\n    return p\n\n\ndef grad(p):\n    return p\n", "cost", None),
    "no finite number": (
        COST + "def cost(p):\n    return np.log(p).sum()\n\n\ndef grad(p):\n    return 1 / p\n",
        "cost returned -inf: expected a finite number",
        None,
    ),
    "an unknown argument": (
        COST + "def cost(p, mask):\n    return (p * mask).sum()\n\n\ndef grad(p, mask):\n    return mask\n",
        "takes mask, and the program has nothing of that name",
        None,
    ),
    "memory": ("import numpy as np\nx = np.ones(10**13)\n", "more memory than this page gives", "x = np.ones(10**13)"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_said_in_words(name):
    source, words, line = BAD[name]
    report = ask(source)
    assert words in report["error"], report
    assert line is None or any(row.endswith(line) for row in report["lines"]), report["lines"]
    assert report["printed"] == "" and "text" not in report


@pytest.mark.parametrize(
    "functions, line",
    [
        ("def main():\n    return 1\n", None),
        ("def mine(p):\n    return p @ p\n\n\ndef show(p):\n    print(p)\n", "cost = mine"),
        ("def mine(p):\n    return p @ p\n\n\ndef d_relu(z):\n    return z\n", "cost = mine"),
        ("def fit(p):\n    return p\n\n\ndef leaky_relu(z):\n    return z\n", None),
        ("def fitness(p):\n    return p @ p\n\n\ndef trainModel(p):\n    return p\n", "cost = fitness"),
        ("def mine(p):\n    return p @ p\n\n\ndef grad(p):\n    return 2 * p\n", "cost = mine"),
    ],
)
def test_only_what_may_be_a_cost_is_proposed_as_one(functions, line):
    error = ask(COST + functions)["error"]
    assert "No cost function found" in error and re.findall(r"cost = \w+", error) == [line] * bool(line), error


WHOLE = "import numpy as np\n{}\n\n\ndef cost({}):\n    return np.sum({})\n\n\ndef grad({}):\n    return 1.0\n"
WHOLE_ONES = {  # what the array is called → a program that makes it
    "W": WHOLE.format("W = np.array([[1, 2]])", "W", "W", "W"),
    "b2": WHOLE.format("W = np.ones(2)\nb2 = np.array([1, 2])", "W, b2", "W + b2", "W, b2"),
    "params['W1']": WHOLE.format("params = {'W1': np.array([[1, 2]])}", "params", "params['W1']", "params"),
    "net.W": "import numpy as np\n\n\nclass Net:\n    def __init__(self):\n        self.W = np.array([1, 2])\n\n"
    "    def loss(self):\n        return np.sum(self.W)\n\n    def backward(self):\n        return np.ones(2)\n\n\n"
    "net = Net()\n",
}


@pytest.mark.parametrize("name", WHOLE_ONES)
def test_whole_numbers_are_refused_under_the_programs_own_name(name):
    """The line that is proposed mends it."""
    error, source = ask(WHOLE_ONES[name])["error"], WHOLE_ONES[name]
    line = f"{name} = {name}.astype(float)"
    assert error.startswith(f"{name} holds whole numbers") and error.endswith(f"write {line}."), error
    mended = ask(source.replace("\n\n\ndef cost", f"\n{line}\n\n\ndef cost") if "def cost" in source else source + line)
    assert "whole numbers" not in mended.get("error", ""), mended


LEARNING = """\
import numpy as np
rng = np.random.default_rng(0)
X, {numbers}
Y = (X[:, :1] > 5).astype(float)
params = {{"W": rng.normal(0, 0.5, (2, 1)), "b": np.zeros(1)}}


def forward(p):
    return 1 / (1 + np.exp(-X @ p["W"] - p["b"]))


def cost(p):
    out = np.clip(forward(p), {clip}, 1 - {clip})
    return -np.mean(Y * np.log(out) + (1 - Y) * np.log(1 - out))


def grad(p):
    delta = (forward(p) - Y) / len(X)
    return {{"W": X.T @ delta, "b": delta.sum(0)}}
"""


@pytest.mark.parametrize(
    "numbers, clip, called",
    [
        ("epsilon = {}, 1e-12", "epsilon", []),
        ("epsilon = {}, 1e-12", "1e-9", []),
        ("epsilon = {}, 1e-5", "epsilon", []),
        ("epsilon = {}, 1e-5", "1e-9", ["lr=epsilon"]),
        ("epsilon, eta = {}, 1e-5, 1e-3", "1e-9", ["lr=eta"]),
        ("alpha = {}, 0.001", "1e-9", ["lr=alpha"]),
        ("alpha = {}, 0.001", "alpha", []),
        ("mu = {}, 5.15", "1e-9", []),
        ("mu, lr = {}, 0.9, 0.001", "1e-9", ["lr=lr", "momentum=mu"]),
    ],
)
def test_a_number_is_a_rate_or_a_momentum_only_where_it_can_be(numbers, clip, called):
    """A bound of a logarithm is called epsilon too, a slope alpha, and a mean mu."""
    data = "rng.standard_normal((20, 2)) + 5"
    report = ask(LEARNING.format(numbers=numbers.format(data), clip=clip), "training")
    assert re.findall(r"(?:lr|momentum)=\w+", report.get("call", "")) == called and "error" not in report, report


def test_the_answer_says_where_a_rate_came_from():
    report = ask(LEARNING.format(numbers="epsilon = rng.standard_normal((20, 2)) + 5, 1e-6", clip="1e-9"), "training")
    assert report["names"] == ["step-too-small"]
    assert ["where", "lr (from epsilon)"] in report["rows"] and "lr: 1e-06, from epsilon" in report["read"]


def test_the_update_takes_no_rate_from_what_keeps_a_quotient_finite():
    report = ask(
        "import numpy as np\n\nlearning_rate, mu, s = 0.05, 5.15, 0.0\n\n\n"
        "def rmsprop(theta, g, epsilon=1e-5):\n    global s\n    s = 0.9 * s + 0.1 * g**2\n"
        "    return theta - learning_rate * g / (np.sqrt(s) + epsilon)\n",
        "update",
    )
    assert report["names"] == [] and "lr: 0.05, from learning_rate" in report["read"], report


def test_a_slope_called_alpha_is_no_rate_of_a_step():
    """The backward pass is asked with the slope of the forward pass, and not with a rate of 1."""
    report = ask(
        "import numpy as np\nrng = np.random.default_rng(0)\nX, Y = rng.normal(size=(5, 3)), rng.normal(size=(5, 4))\n"
        "W = rng.normal(size=(3, 4))\n\n\ndef forward(W, alpha=0.01):\n    z = X @ W\n"
        "    return np.where(z > 0, z, alpha * z)\n\n\ndef cost(W):\n    return np.sum((forward(W) - Y) ** 2) / 2\n\n\n"
        "def backward(W, alpha=0.01):\n    return X.T @ ((forward(W) - Y) * np.where(X @ W > 0, 1, alpha))\n"
    )
    assert report["names"] == [], report


def test_a_sentence_about_a_file_ends_once():
    error = ask("import numpy as np\nX = np.loadtxt('data.csv')\n")["error"]
    assert "data.csv" in error and not re.search(r"\.\W*\.", error.replace("data.csv", "")), error


def test_a_gradient_of_another_shape_is_a_diagnosis():
    report = ask(COST + "def cost(p):\n    return p @ p\n\n\ndef grad(p):\n    return (2 * p)[:2]\n")
    assert report["names"] == ["shape"] and "(2,)" in report["text"]


def test_a_million_lines_are_cut_short_and_counted():
    report = ask("for i in range(100_000):\n    print(i)\n")
    assert report["printed"].startswith("0\n1\n") and report["printed"].endswith("\n199\n… and 99,800 more lines")
    tracemalloc.start()
    report = ask("print('x' * 3_000_000)\n")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(report["printed"]) < 20_100 and peak < 4 * 3_000_000


def test_what_surrounds_a_program_on_a_page_is_left_out():
    source = (PASTED / "global_arrays.py").read_text(encoding="utf-8")
    notebook = "%matplotlib inline\n!pip install numpy\n" + source.replace("    ", "\u00a0   ")
    prompts = "\n".join((">>> " if line[:1].strip() else "... ") + line for line in source.splitlines())
    assert ask(notebook)["text"] == ask(prompts)["text"] == ask(source)["text"]


TYPED = {  # how a program comes out of an editor, a page or a prompt
    "a byte order mark": lambda source: "\ufeff" + source,
    "Windows": lambda source: source.replace("\n", "\r\n"),
    "Markdown": lambda source: f"Why is this wrong?\n```python\n{source}```\nThank you!\n",
    "one fence": lambda source: f"```\n{source}",
    "IPython": lambda source: "\n".join(
        ("In [1]: " if line[:1].strip() else "   ...: ") + line for line in source.splitlines()
    ),
    "full-width signs": lambda source: source.replace("(", "\uff08").replace(")", "\uff09").replace(",", "\uff0c"),
    "signs within strings": lambda source: f"{source}\nprint('\u201c\u4ee3\u4ef7\u201d\uff1a')\n",
}


@pytest.mark.parametrize("way", TYPED)
def test_a_program_is_read_however_it_was_typed(way):
    source = (PASTED / "global_arrays.py").read_text(encoding="utf-8")
    report = ask(TYPED[way](source))
    assert report.get("text") == ask(source)["text"], report
    assert way != "signs within strings" or "\u201c\u4ee3\u4ef7\u201d\uff1a" in report["printed"]


def test_parameters_may_be_single_numbers():
    """A cost of two numbers, with a gradient that returns two; and of one, with both from one function."""
    line = (
        "w, b = 0.7, 1\nx = [1.0, 2.0, 3.0]\ny = [2.0, 3.0, 5.0]\n\n\ndef compute_cost(x, y, w, b):\n"
        "    return sum((w * s + b - t) ** 2 for s, t in zip(x, y)) / 3\n\n\ndef compute_gradient(x, y, w, b):\n"
        "    errors = [2 * (w * s + b - t) / 3 for s, t in zip(x, y)]\n"
        "    return sum(e * s for e, s in zip(errors, x)), sum(errors)\n"
    )
    assert ask(line)["names"] == [] and "parameters: w, b" in ask(line)["read"]
    assert ask(line.replace(", sum(errors)", ", -sum(errors)"))["names"] != []
    assert ask("w = 0.7\n\n\ndef loss(w):\n    return w**2, 2 * w\n")["names"] == []


def test_what_a_program_breaks_is_whole_for_the_next():
    broken = ask("import sys\nimport numpy as np\nnp.sqrt = np.random = None\nnp.set_printoptions(precision=1)\n")
    assert "error" in broken and np.sqrt(4.0) == 2.0 and np.random.default_rng
    assert np.get_printoptions()["precision"] == 8


def test_drawing_does_nothing_and_is_said():
    import matplotlib

    drawing = (
        "import matplotlib.pyplot as plt\nfrom matplotlib import cm\nfig, ax = plt.subplots()\n"
        "ax.plot([1, 2])\nplt.show()\n"
    )
    report = ask(drawing + (PASTED / "unrolled_theta.py").read_text(encoding="utf-8"))
    assert report["names"] == [] and "matplotlib: not here, so its calls did nothing" in report["read"]
    assert sys.modules["matplotlib"] is matplotlib, "the stand has gone again"


def test_what_a_program_changes_is_as_before():
    limit, errors = sys.getrecursionlimit(), np.geterr()
    ask("import sys\nimport numpy as np\nsys.setrecursionlimit(5000)\nnp.seterr(all='raise')\n")
    assert sys.getrecursionlimit() == limit and np.geterr() == errors


def test_parameters_at_a_kink_are_looked_at_from_beside():
    report = ask((PASTED / "layer_objects.py").read_text(encoding="utf-8"))
    assert any("beside your parameters" in text for text in report["read"])


@pytest.mark.long
def test_the_call_that_is_shown_gives_the_same_answer():
    source = (PASTED / "model_dictionary.py").read_text(encoding="utf-8")
    report, scope = ask(source), {}
    exec(source, scope)
    scope |= {"diagnose": diagnose, "Network": Network}
    scope |= {"cost": scope["calculate_loss"], "grad": scope["gradients"], "params": scope["model"]}
    with np.errstate(all="ignore"):
        assert repr(eval(report["call"], scope)) == report["text"]
    # a penalty that is not divided by the samples
    assert ask((PASTED / "course_class.py").read_text(encoding="utf-8"))["call"].endswith("Y=y, lam=0.1, n=1)")


def test_an_answer_without_a_formula_leads_to_what_is_done_then():
    places = doctor_page.places()
    assert places["unknown"] == places["line"]


def test_every_answer_leads_somewhere():
    from bpcore.clinic.checkup import TITLES
    from bpcore.clinic.defects import DEFECTS
    from bpcore.clinic.doctor import OTHERS
    from bpcore.clinic.updates.table import SLIPS

    known = doctor_page.places()
    assert set(known) >= {*DEFECTS, *OTHERS, *TITLES, *(name for slips in SLIPS.values() for name in slips)}


def test_numpy_has_the_size_that_is_said(tmp_path):
    import pyodide_files

    try:
        sizes = pyodide_files.fetch_pyodide(tmp_path, ["numpy"])
    except pyodide_files.PyodideMissing as error:
        pytest.skip(str(error))
    said = {row["name"]: row["size"] for row in doctor_page.files()}
    assert {name: size for name, size in sizes.items() if name != pyodide_files.LOCK} == {
        name: size for name, size in said.items() if name not in doctor_page.OWN
    }
    assert float(doctor_page.megabytes(doctor_page.files())) <= 10


def test_the_archive_is_the_same_for_the_same_sources():
    assert doctor_page.archive() == doctor_page.archive()
