"""What bpcore says of itself: docstrings, examples, its first sentences; and that it needs NumPy alone and gives no
warning.
"""

import ast
import doctest
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import bpcore

FOLDER = Path(bpcore.__file__).parent
FILES = sorted(FOLDER.rglob("*.py"))
MODULES = sorted(module.name for module in pkgutil.walk_packages(bpcore.__path__, "bpcore."))
PROMISED = {
    "Network",
    "Params",
    "Trace",
    "sgd",
    "adam",
    "check_gradient",
    "numerical_gradient",
    "one_hot",
    "save",
    "load",
    "ACTIVATIONS",
    "LOSSES",
}


def public_callables():
    """Everything that a reader can call: the names of bpcore and of its parts, and the methods of its classes."""
    modules = [
        bpcore,
        bpcore.schedules,
        *(importlib.import_module(name) for name in ("bpcore.figures.plots", "bpcore.figures.sliders")),
    ]
    for module in modules:
        for name in getattr(module, "__all__", [name for name in vars(module) if not name.startswith("_")]):
            value = getattr(module, name)
            if callable(value) and getattr(value, "__module__", "").startswith("bpcore"):
                yield f"{module.__name__}.{name}", value
                if inspect.isclass(value):
                    for method, function in vars(value).items():
                        field = method in getattr(value, "__dataclass_fields__", {})
                        if inspect.isfunction(function) and not method.startswith("_") and not field:
                            yield f"{module.__name__}.{name}.{method}", function


CALLABLES = dict(public_callables())


def test_the_promised_names_are_there():
    assert PROMISED <= set(bpcore.__all__) and bpcore.__all__ == sorted(set(bpcore.__all__))
    assert all(hasattr(bpcore, name) for name in bpcore.__all__)


def test_star_import_brings_them_and_nothing_else():
    names = {}
    exec("from bpcore import *", names)
    assert set(names) - {"__builtins__"} == set(bpcore.__all__)


@pytest.mark.parametrize("name", CALLABLES)
def test_what_is_public_has_a_docstring(name):
    """A full sentence or more of its own, and not the signature that a dataclass makes."""
    documented = CALLABLES[name].__doc__
    assert documented and not documented.startswith(CALLABLES[name].__name__ + "(")
    assert re.search(r"[.:]$", documented.strip().split("\n\n")[0].rstrip()), (
        f"{name}: the first paragraph does not end"
    )


def section(name, title):
    """The lines of a numpydoc section, or an empty string."""
    found = re.search(
        rf"^{title}\n-+\n(.*?)(?=^\S[^\n]*\n-{{3,}}|\Z)", inspect.getdoc(CALLABLES[name]) or "", re.S | re.M
    )
    return found[1] if found else ""


WITH_PARAMETERS = [name for name in CALLABLES if section(name, "Parameters")]


def test_what_takes_four_arguments_or_more_lists_them():
    """What takes fewer says it in its first sentence, or refers to the function that it belongs to."""
    many = {name for name, value in CALLABLES.items() if len(inspect.signature(value).parameters) >= 4}
    returned = {"bpcore.Report", "bpcore.Diagnosis"}  # which nobody calls: their attributes are listed
    as_cost = {"bpcore.Network.backward", "bpcore.Network.grad", "bpcore.Network.cost_and_grad"}
    inner = {"bpcore.Activation.pull", "bpcore.Network.checked"}
    drawings = {name for name in many if name.startswith("bpcore.figures.plots.")}  # their sentences name them
    assert many - returned - as_cost - inner - drawings <= set(WITH_PARAMETERS)
    assert len(WITH_PARAMETERS) >= 14


@pytest.mark.parametrize("name", WITH_PARAMETERS)
def test_listed_parameters_are_those_of_the_signature(name):
    """numpydoc sections name what the function takes, all of it where they list any."""
    lines = re.findall(r"^(\w[\w, ]*?)(?: :.*)?$", section(name, "Parameters"), re.M)
    listed = {part for line in lines for part in line.split(", ")}
    taken = set(inspect.signature(CALLABLES[name]).parameters) - {"self"}
    assert listed and listed <= taken, f"{name} has no {listed - taken}"
    plain = {"net", "theta", "lam", "X", "Y", "ax", "radius", "fontsize"}
    if "arguments of ``sgd``" in CALLABLES[name].__doc__:  # which explains those that they share
        plain |= set(inspect.signature(bpcore.sgd).parameters)
    assert taken - listed <= plain, f"{name} does not explain {taken - listed - plain}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_opens_with_one_plain_sentence(path):
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    sentence = docstring and docstring.split("\n\n")[0]
    assert sentence and "\n" not in sentence and sentence.endswith(".") and 20 < len(sentence) < 160
    assert len(re.findall(r"\.\s+[A-Z]", sentence)) == 0, "one sentence"


def examples_of(name):
    """The examples in a module; none where it needs Numba and that is not installed, as test_compiled says."""
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as missing:
        if missing.name != "numba":
            raise
        return []
    return [test for test in doctest.DocTestFinder().find(module) if test.examples]


EXAMPLES = {test.name: test for name in ("bpcore", *MODULES) for test in examples_of(name)}


def test_there_are_examples():
    assert {"bpcore.network.Network", "bpcore.training.train"} <= set(EXAMPLES)


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_in_docstrings_hold(name):
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    assert runner.run(EXAMPLES[name]).failed == 0


def code_lines(path):
    """Lines of code, without docstrings, comments and empty ones."""
    tree, lines = ast.parse(path.read_text(encoding="utf-8")), path.read_text(encoding="utf-8").splitlines()
    docs = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(node, clean=False):
            docs |= set(range(node.body[0].lineno, node.body[0].end_lineno + 1))
    return sum(
        bool(line.strip()) and not line.strip().startswith("#") and number not in docs
        for number, line in enumerate(lines, start=1)
    )


OPTIONAL = {FOLDER / f"{name}.py" for name in ("compiled", "compiled_functions", "engine", "progress")}
CORE = sorted(set(FOLDER.glob("*.py")) - OPTIONAL)
# beside it, in folders: the articles, the clinic and the figures; the optional engine, which has a limit of its own;
# and what is shown of the progress, which computes nothing


BUDGET = {
    "__init__": 20,
    "activations": 55,
    "arguments": 138,
    "checking": 175,
    "equations": 30,
    "files": 80,
    "labels": 15,
    "losses": 56,
    "network": 90,
    "parameters": 46,
    "records": 15,
    "schedules": 7,
    "training": 178,
}  # lines of code; whoever needs more in one module takes it from another, or argues for it


MOST = 900


def test_every_module_of_the_core_has_a_budget_and_all_together_stay_within_theirs():
    """Printed with `pytest -s`, or if it fails."""
    lines = {path.stem: code_lines(path) for path in CORE}
    for name, count in lines.items():
        print(f"{name:<12} {count:>4} of {BUDGET.get(name, 0)}")
    print(f"{'the core':<12} {sum(lines.values()):>4} of {MOST}")
    assert lines.keys() == BUDGET.keys()
    assert not {name: count for name, count in lines.items() if count > BUDGET[name]}
    assert sum(lines.values()) <= MOST


def test_the_equations_are_on_one_screen():
    """All of it: at most 60 lines, each but the first of at most 110 characters."""
    lines = (FOLDER / "equations.py").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 60 and max(map(len, lines[1:])) <= 110
    assert "arguments" not in "".join(lines), "what is checked, and where, is not its business"


# Imported inside a function: when parameters come that are not a vector; arguments.clinic imports for messages.
LATE = {"checking": {"clinic.structures"}}


@pytest.mark.parametrize("path", [path for path in CORE if path.stem != "__init__"], ids=lambda path: path.stem)
def test_the_core_needs_nothing_from_beside_it(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    beside = {"articles", "clinic", "estimators", "figures"}
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level]
    names = {node: {node.module or "", *(alias.name for alias in node.names)} for node in imports}
    outside = [node for node in imports if beside & {part for name in names[node] for part in name.split(".")}]
    assert {node.module for node in outside} == LATE.get(path.stem, set()) and len(outside) <= 2
    assert not set(outside) & set(tree.body), "on import it is not needed"


def test_a_vector_is_checked_without_what_is_beside_the_core():
    """Neither a network's check nor that of two functions of a vector reads the module for nests."""
    code = """
import sys
import numpy as np
from bpcore import Network, check_gradient, numerical_gradient
for name in [name for name in sys.modules if name.startswith("bpcore.clinic")]:
    sys.modules[name] = None
net = Network((2, 3, 1))
assert check_gradient(net, net.init(0), np.eye(2), np.ones((2, 1))).passed
assert check_gradient(lambda v: v @ v, lambda v: 2 * v, np.ones(3)).passed
numerical_gradient(lambda v: v @ v, np.ones(3))
"""
    python(code)


def python(code, *options):
    done = subprocess.run([sys.executable, *options, "-c", code], capture_output=True, text=True, cwd=FOLDER.parent)
    assert done.returncode == 0, done.stderr
    return done


BLOCK = """
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        top = name.split(".")[0]
        if top not in {"numpy", "bpcore"} | sys.stdlib_module_names and not top.startswith("_"):  # _sysconfigdata…
            raise ModuleNotFoundError(f"No module named {name!r}", name=top)
sys.meta_path.insert(0, Absent())
"""

TOUR = """
import os, tempfile
import numpy as np
from bpcore import *
net = Network((2, 4, 3), hidden="relu", output="softmax", loss="cross_entropy")
theta, X, Y = net.init(0), np.random.default_rng(0).standard_normal((250, 2)), one_hot(np.arange(250) % 3, 3)
decay = schedules.polynomial_decay()
for fit in (
    sgd(net, theta, X, Y, epochs=2, batch_size=64, momentum=0.9),
    adam(net, theta, X, Y, epochs=2, lam=0.1, schedule=decay),
):
    assert fit.history[-1] < fit.history[0]
for method in METHODS:
    assert check_gradient(net, theta, X[:5], Y[:5], 0.1, method).error < 1
assert check_gradient(net, theta, X[:5], Y[:5], lam=0.1).passed
with tempfile.TemporaryDirectory() as folder:
    save(os.path.join(folder, "net"), net, theta)
    assert np.array_equal(load(os.path.join(folder, "net"))[1], theta)
"""


def test_bpcore_needs_numpy_alone():
    python(BLOCK + TOUR + "import bpcore.figures.plots, bpcore.figures.sliders\n")


def test_importing_bpcore_imports_no_library_for_figures():
    loaded = python(
        "import bpcore, bpcore.figures.plots, bpcore.figures.sliders, sys; print(*sys.modules)"
    ).stdout.split()
    assert not {"matplotlib", "ipywidgets", "scipy", "sklearn"} & set(loaded)


def test_no_warning_is_given():
    done = python(TOUR + "import bpcore.figures.plots, bpcore.figures.sliders\n", "-W", "error")
    assert done.stdout == done.stderr == ""


def test_everything_runs_with_assertions_of_numpy_raising():
    """At ordinary numbers nothing overflows, divides by zero or is undefined."""
    python("import numpy as np; np.seterr(over='raise', divide='raise', invalid='raise')\n" + TOUR)


def test_numpy_state_is_left_alone():
    """bpcore draws from its own generators: the global one of NumPy is neither read nor moved."""
    np.random.seed(0)
    np.random.random(3)  # in the middle of its numbers, so that a single draw is seen
    before = repr(np.random.get_state())
    net = bpcore.Network((2, 3, 1))
    for train in bpcore.sgd, bpcore.adam:
        train(net, net.init(0), [[0.0, 1.0]] * 4, [[1.0]] * 4, epochs=2, batch_size=2)
    bpcore.check_gradient(net, net.init(0), [[0.0, 1.0]] * 4, [[1.0]] * 4)
    assert repr(np.random.get_state()) == before


def test_version_is_that_of_the_project():
    assert f'version = "{bpcore.__version__}"' in (FOLDER.parent / "pyproject.toml").read_text(encoding="utf-8")
