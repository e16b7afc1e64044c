"""Mutation testing of bpcore with mutmut: for each room the share of changed symbols that its tests notice."""

import argparse
import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLACE = ROOT / "_build" / "mutants"
EQUIVALENT = ROOT / "tests" / "equivalent_mutants.toml"
SHARES = ROOT / "tests" / "mutants.json"
LEAST = 0.95
NOTICED = ("killed", "timeout", "segfault")
# Room → its files, and the folder of its tests. The articles' programs are others' and stay as they were published.
ROOMS = {
    "core": ("bpcore/*.py", "tests/core"),
    "clinic": ("bpcore/clinic/**/*.py", "tests/clinic"),
    "figures": ("bpcore/figures/**/*.py", "tests/figures"),
    "estimators": ("bpcore/estimators/*.py", "tests/estimators"),
}
# These look at the package or its text from outside, where mutmut's changed functions stand side by side.
NOT_RUN = ("tests/core/test_docs.py", "tests/core/test_bad_input.py::test_the_table_is_over_the_whole_public_api")
OPTIONS = (
    "-q",
    "-p",
    "no:nbval",
    "-p",
    "no:cacheprovider",
    "-o",
    "addopts=",
    *(f"--deselect={name}" for name in NOT_RUN),
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


def prepare(files, tests):
    """A copy of the house in which formulas of ``files`` have names, and the settings of mutmut beside it."""
    shutil.rmtree(PLACE, ignore_errors=True)
    left_out = shutil.ignore_patterns(".*", "_build", "__pycache__", "*.egg-info", "pyproject.toml", "node_modules")
    shutil.copytree(ROOT, PLACE, ignore=left_out)
    for name in files:
        naming = NamedFormulas()
        tree = naming.visit(ast.parse((PLACE / name).read_text(encoding="utf-8")))
        if naming.made:
            (PLACE / name).write_text(ast.unparse(ast.fix_missing_locations(tree)) + "\n", encoding="utf-8")
    settings = {
        "source_paths": ["bpcore"],
        "only_mutate": files,
        "also_copy": sorted(path.name for path in PLACE.iterdir() if path.name not in ("bpcore", "tests")),
        "pytest_add_cli_args": OPTIONS,
        "pytest_add_cli_args_test_selection": [tests],
        "process_isolation": ["forkserver"],  # each test in a process in which it has not run before
        "use_git_change_detection": ["false"],
    }
    lines = [f"{key} = " + "\n    ".join(values) + "\n" for key, values in settings.items()]
    (PLACE / "setup.cfg").write_text("[mutmut]\n" + "".join(lines), encoding="utf-8")


def every_test_has_a_name(tests):
    """Whether pytest finds each test by its name, as mutmut asks for it: a refusal would count as a change noticed."""
    code = """
import sys, pytest
class Names:
    def pytest_collection_finish(self, session):
        self.names = [item.nodeid for item in session.items]
names, options = Names(), ["--rootdir=.", "--collect-only", *sys.argv[1:-1]]
pytest.main([*options, sys.argv[-1]], plugins=[names])
sys.exit(pytest.main([*options, *names.names]))
"""
    done = subprocess.run([sys.executable, "-c", code, *OPTIONS, tests], cwd=PLACE, text=True, capture_output=True)
    print(*re.findall("^ERROR: .*$", done.stdout + done.stderr, re.M), sep="\n")
    return done.returncode == 0


def mutmut(*arguments, **options):
    return subprocess.run([sys.executable, "-m", "mutmut", *arguments], cwd=PLACE, text=True, **options)


def changed_lines(name):
    """(file, the line as it was, the line as it was changed) of a mutant."""
    shown = mutmut("show", name, capture_output=True).stdout
    before = [line[1:].strip() for line in shown.splitlines() if line.startswith("-") and not line.startswith("---")]
    after = [line[1:].strip() for line in shown.splitlines() if line.startswith("+") and not line.startswith("+++")]
    return file_of(name), " ".join(before), " ".join(after)


def file_of(name):
    """The file of a mutant, whose name is that of its module and of the function."""
    module = name.rpartition(".")[0].replace(".", "/")
    return f"{module}.py" if (ROOT / f"{module}.py").exists() else f"{module}/__init__.py"


def called_on_import():
    """The functions, as module.function, that are called while bpcore is imported: before mutmut changes them."""
    code = """
import importlib, pkgutil, sys
def note(frame, event, argument):
    name = str(frame.f_globals.get("__name__"))
    if event == "call" and name.startswith("bpcore"):
        print(name, frame.f_code.co_name, sep=".")
sys.setprofile(note)
import bpcore
for module in pkgutil.walk_packages(bpcore.__path__, "bpcore."):
    importlib.import_module(module.name)
sys.setprofile(None)
"""
    return set(subprocess.run([sys.executable, "-c", code], cwd=PLACE, text=True, capture_output=True).stdout.split())


def noticed_from_the_start(name, tests):
    """Whether the tests of a mutant's own file or folder notice a change that is there from the start."""
    mirrors = [f"{tests}/test_{part}.py" for part in name.split(".")[1:-1]]
    mirrors = [file for file in mirrors if (ROOT / file).exists()]
    command = [sys.executable, "-m", "pytest", "-x", "--rootdir=.", *OPTIONS, *(mirrors or [tests])]
    environment = {**os.environ, "MUTANT_UNDER_TEST": name}
    return subprocess.run(command, cwd=PLACE / "mutants", env=environment, capture_output=True).returncode == 1


def function_of(name):
    """module.function of a mutant, that is of module.x_function__mutmut_1 or of module.xǁClassǁmethod__mutmut_1."""
    module, _, mangled = name.rpartition(".")
    return f"{module}.{re.match('(?:x_|xǁ.+ǁ)(.+)__mutmut_', mangled)[1]}"


def attempt(files, tests, processes):
    """How many changes of these files the tests noticed, were listed as equivalent, and slipped through."""
    prepare(files, tests)
    if not every_test_has_a_name(tests):
        sys.exit("These tests cannot be asked for by their names; give them other ids.")
    if mutmut("run", "--max-children", str(processes)).returncode:
        sys.exit("mutmut did not finish.")
    results = mutmut("results", "--all", "true", capture_output=True).stdout
    outcomes = dict(re.findall(r"^\s*(\S+__mutmut_\d+): (.+?)\s*$", results, re.M))
    listed = {
        (entry["file"], entry["line"], entry["changed"])
        for entry in tomllib.loads(EQUIVALENT.read_text(encoding="utf-8")).get("mutant", [])
        if entry["file"] in files
    }
    early = called_on_import()
    survivors = {
        name: changed_lines(name)
        for name, outcome in outcomes.items()
        if outcome not in NOTICED and not (function_of(name) in early and noticed_from_the_start(name, tests))
    }
    left = {name: mutant for name, mutant in survivors.items() if mutant not in listed}
    for name, (file, before, after) in left.items():
        print(f"{name} ({outcomes[name]})\n  {file}\n  - {before}\n  + {after}")
    for mutant in listed - set(survivors.values()):
        print(f"listed as equivalent, but not a survivor: {mutant}")
    return {
        "noticed": len(outcomes) - len(survivors),
        "equivalent": len(survivors) - len(left),
        "slipped through": len(left),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rooms", nargs="*", default=list(ROOMS), help=f"of {', '.join(ROOMS)}; all if none is given")
    parser.add_argument("--file", help="such as bpcore/labels.py: this one alone, whose share is not stored")
    parser.add_argument("--processes", type=int, default=2)
    arguments = parser.parse_args()
    shares, well = json.loads(SHARES.read_text(encoding="utf-8")) if SHARES.exists() else {}, True
    for room, (pattern, tests) in ROOMS.items():
        files = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob(pattern))
        if arguments.file:
            files = [name for name in files if name == arguments.file]
        if room not in arguments.rooms or not files:
            continue
        share = attempt(files, tests, arguments.processes)
        noticed = share["noticed"] / max(share["noticed"] + share["slipped through"], 1)
        print(f"{arguments.file or room}: {noticed:.1%} noticed: {share}", flush=True)
        well &= noticed >= LEAST
        if not arguments.file:
            shares[room] = {"date": date.today().isoformat(), **share}
            SHARES.write_text(json.dumps(shares, indent=1) + "\n", encoding="utf-8")
    sys.exit(not well)


if __name__ == "__main__":
    main()
