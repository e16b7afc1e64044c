"""Changes bpcore's code one symbol at a time and looks whether the tests notice: the share that they do, and what they do not."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLACE = ROOT / "_build" / "mutants"
EQUIVALENT = ROOT / "tests" / "equivalent_mutants.toml"
LEAST = 0.95
NOTICED = ("killed", "timeout", "segfault")
# Drawings are looked at, and a picture's shade is nobody's equation; defects are wrong on purpose, and have tests of their own.
NOT_CHANGED = ("__init__.py", "plots.py", "widgets.py", "defects.py", "diagnosis.py")
TESTS = (
    "test_network.py",
    "test_gradients.py",
    "test_checking.py",
    "test_training.py",
    "test_files.py",
    "test_bad_input.py",
    "test_survivors.py",
)
# The first looks at the package from outside, where the changed functions stand side by side; the second can run once only in a process.
NOT_RUN = (
    "tests/test_bad_input.py::test_the_table_is_over_the_whole_public_api",
    "tests/test_network.py::test_sizes_may_be_any_sequence[generator]",
)


class NamedFormulas(ast.NodeTransformer):
    """Formulas that stand as lambdas in a table become functions before it, since mutmut changes functions alone."""

    def __init__(self):
        self.made = []

    def visit_FunctionDef(self, node):
        return node

    def visit_Lambda(self, node):
        name = f"formula_{len(self.made) + 1}"
        self.made.append(ast.FunctionDef(name, node.args, [ast.Return(node.body)], [], lineno=node.lineno))
        return ast.Name(name, ast.Load())

    def visit_Module(self, module):
        body = []
        for statement in module.body:
            count, changed = len(self.made), self.visit(statement)
            body += [*self.made[count:], changed]
        module.body = body
        return module


def prepare():
    """A copy of what is needed, and the settings of mutmut beside it."""
    shutil.rmtree(PLACE, ignore_errors=True)
    PLACE.mkdir(parents=True)
    for folder in ("bpcore", "tests", "scripts"):
        shutil.copytree(ROOT / folder, PLACE / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "conftest.py", PLACE)
    for path in sorted((PLACE / "bpcore").glob("*.py")):
        naming = NamedFormulas()
        tree = naming.visit(ast.parse(path.read_text(encoding="utf-8")))
        if naming.made and path.name not in NOT_CHANGED:
            path.write_text(ast.unparse(ast.fix_missing_locations(tree)) + "\n", encoding="utf-8")
    settings = {
        "source_paths": ["bpcore"],
        "do_not_mutate": [f"bpcore/{name}" for name in NOT_CHANGED],
        "also_copy": ["conftest.py", "scripts"],
        "pytest_add_cli_args": [
            "-q",
            "-p",
            "no:nbval",
            "-p",
            "no:cacheprovider",
            "-o",
            "addopts=",
            *(f"--deselect={name}" for name in NOT_RUN),
        ],
        "pytest_add_cli_args_test_selection": [f"tests/{name}" for name in TESTS if (ROOT / "tests" / name).exists()],
        "use_git_change_detection": ["false"],
    }
    lines = [
        f"{key} =\n" + "".join(f"    {value}\n" for value in values)
        if len(values) > 1 or key != "use_git_change_detection"
        else f"{key} = {values[0]}\n"
        for key, values in settings.items()
    ]
    (PLACE / "setup.cfg").write_text("[mutmut]\n" + "".join(lines), encoding="utf-8")


def every_test_has_a_name():
    """Whether each test can be asked for by its name: mutmut asks for them so, and counts a change as noticed where pytest then refuses to run."""
    code = """
import sys, pytest
class Names:
    def pytest_collection_finish(self, session):
        self.names = [item.nodeid for item in session.items]
names, options = Names(), ["--rootdir=.", "--collect-only", "-q", "-p", "no:nbval", "-p", "no:cacheprovider", "-o", "addopts="]
pytest.main([*options, *sys.argv[1:]], plugins=[names])
sys.exit(pytest.main([*options, *names.names]))
"""
    done = subprocess.run(
        [sys.executable, "-c", code, *(f"--deselect={name}" for name in NOT_RUN), *(f"tests/{name}" for name in TESTS)],
        cwd=PLACE,
        text=True,
        capture_output=True,
    )
    print(*re.findall("^ERROR: .*$", done.stdout + done.stderr, re.M), sep="\n")
    return done.returncode == 0


def mutmut(*arguments, **options):
    return subprocess.run([sys.executable, "-m", "mutmut", *arguments], cwd=PLACE, text=True, **options)


def changed_lines(name):
    """(file, the line as it was, the line as it was changed) of a mutant."""
    shown = mutmut("show", name, capture_output=True).stdout
    before = [line[1:].strip() for line in shown.splitlines() if line.startswith("-") and not line.startswith("---")]
    after = [line[1:].strip() for line in shown.splitlines() if line.startswith("+") and not line.startswith("+++")]
    return "bpcore/" + name.split(".")[1] + ".py", " ".join(before), " ".join(after)


def main():
    prepare()
    if not every_test_has_a_name():
        sys.exit("These tests cannot be asked for by their names; give them other ids.")
    if mutmut("run", *sys.argv[1:]).returncode:
        sys.exit("mutmut did not finish.")
    outcomes = dict(
        re.findall(
            r"^\s*(\S+__mutmut_\d+): (.+?)\s*$", mutmut("results", "--all", "true", capture_output=True).stdout, re.M
        )
    )
    listed = {
        (entry["file"], entry["line"], entry["changed"]): entry["reason"]
        for entry in tomllib.loads(EQUIVALENT.read_text(encoding="utf-8")).get("mutant", [])
    }
    noticed = sum(outcome in NOTICED for outcome in outcomes.values())
    left, excused = [], set()
    for name, outcome in outcomes.items():
        if outcome not in NOTICED:
            mutant = changed_lines(name)
            if mutant in listed:
                excused.add(mutant)
            else:
                left.append((name, outcome, *mutant))
    for name, outcome, file, before, after in left:
        print(f"{name} ({outcome})\n  {file}\n  - {before}\n  + {after}")
    for mutant in listed.keys() - excused:
        print(f"listed as equivalent, but not a survivor: {mutant}")
    share = noticed / max(noticed + len(left), 1)
    print(
        f"{noticed} of {noticed + len(left)} mutants noticed ({share:.1%}), beside {len(excused)} that are listed as equivalent"
    )
    sys.exit(share < LEAST or bool(listed.keys() - excused))


if __name__ == "__main__":
    main()
