"""Mutation testing of bpcore with mutmut: for each room the share of changed symbols that its tests notice."""

import argparse
import ast
import json
import math
import os
import random
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
LEAST = {"clinic": 0.68, "figures": 0.9}  # what was measured there
LEAST_ELSEWHERE = 0.95
# pytest is "interrupted" where a file of tests cannot be imported: its data call what was changed.
NOTICED = ("killed", "timeout", "segfault", "check was interrupted by user")
# Room → its files, and the tests that look at them. The articles' programs compute what was published, mistakes too.
ROOMS = {
    "core": ("bpcore/*.py", ["tests/core"]),
    "clinic": ("bpcore/clinic/**/*.py", ["tests/clinic", "tests/core/test_bad_input.py"]),
    "figures": ("bpcore/figures/**/*.py", ["tests/figures", "tests/core/test_bad_input.py"]),
    "estimators": ("bpcore/estimators/*.py", ["tests/estimators"]),
}
# These look at the package from outside, where mutmut's changed functions stand side by side, or look at the frames
# between a warning or an operation and the caller, where mutmut's own is one more; lines of a program are looked for
# until so many functions have been called, of which mutmut's are many.
NOT_RUN = (
    "tests/core/test_docs.py",
    "tests/core/test_bad_input.py::test_the_table_is_over_the_whole_public_api",
    "tests/core/test_fuzz.py::test_every_public_function_is_here",
    "tests/core/test_properties.py::test_every_public_callable_has_its_calls",
    "tests/clinic/test_altered.py::test_the_step_that_is_other_is_named",
    "tests/clinic/test_foresight.py::test_what_is_foreseen_to_be_of_no_help_is_of_none",
    "tests/clinic/test_own_lines.py",
    "tests/clinic/test_rare_steps.py::test_a_number_that_is_added_in_the_cost_alone",
    "tests/clinic/test_recorded.py::test_a_slip_in_every_round_of_a_loop_is_one",
    "tests/core/test_compiled.py::test_what_numpy_does_faster_is_said",
    "tests/core/test_training.py::test_the_caller_is_told_whatever_the_history",
    "tests/core/test_training.py::test_the_caller_of_train_is_told_too",
    "tests/core/test_training.py::test_no_callback_sees_what_is_not_finite_and_each_computes_with_the_callers_settings",
)
# These compare JavaScript, which mutmut does not change, with bpcore; each of them starts Node.
NOT_OURS = ("tests/figures/test_numerics.py", "tests/figures/test_explorable_numbers.py")
OPTIONS = (
    "-q",
    "-p",
    "no:nbval",
    "-p",
    "no:cacheprovider",
    "-o",
    "addopts=",
    "--confcutdir=.",  # the project around this copy has a conftest.py with the same options
    "--one-in=6",  # of what takes long: each test runs once for every change that it reaches
    *(f"--deselect={name}" for name in NOT_RUN),
    *(f"--ignore={name}" for name in NOT_OURS),
)


class NamedFormulas(ast.NodeTransformer):
    """Formulas that stand as lambdas in a table become functions before it, since mutmut changes functions alone."""

    def __init__(self):
        self.made = []

    def as_it_is(self, node):
        return node

    # Formulas in these can speak of names that are known in there alone.
    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = as_it_is

    def visit_Lambda(self, node):
        name = f"formula_{len(self.made) + 1}"
        self.made.append(ast.FunctionDef(name, node.args, [ast.Return(node.body)], [], lineno=node.lineno))
        return ast.Name(name, ast.Load())

    def visit_Module(self, module):
        body = []
        for statement in module.body:
            table = isinstance(statement, ast.Assign | ast.AnnAssign | ast.Expr)
            count, changed = len(self.made), self.visit(statement) if table else statement
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
        "pytest_add_cli_args_test_selection": tests,
        "process_isolation": ["forkserver"],  # each test in a process in which it has not run before
        "use_git_change_detection": ["false"],
        "timeout_constant": ["20"],  # seconds, fifteen times: a busy machine is no change that was noticed
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
tests, names, options = sys.argv[1].split(), Names(), ["--rootdir=.", "--collect-only", *sys.argv[2:]]
sys.exit(pytest.main([*options, *tests], plugins=[names]) or pytest.main([*options, *names.names]))
"""
    command = [sys.executable, "-c", code, " ".join(tests), *OPTIONS]
    done = subprocess.run(command, cwd=PLACE, text=True, capture_output=True)
    if done.returncode:
        said = done.stdout + done.stderr
        print(*(re.findall("^ERROR:? .*$", said, re.M) or [said[-2000:]]), sep="\n")
    return done.returncode == 0


def mutmut(*arguments, **options):
    """mutmut, which asks the quickest tests first and does not run all of them twice before it begins."""
    code = """
from mutmut.state import state
from mutmut.workers.isolation import ForkServerRunner
submit = ForkServerRunner.submit
def quickest_first(self, name, tests, *limits):
    submit(self, name, sorted(tests, key=state().duration_by_test.get), *limits)
ForkServerRunner.submit = quickest_first
ForkServerRunner.run_clean_tests = lambda self, tests: 0  # they passed when mutmut asked what they reach
from mutmut.__main__ import cli
cli()
"""
    return subprocess.run([sys.executable, "-c", code, *arguments], cwd=PLACE, text=True, **options)


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


def called_on_import(tests):
    """The functions, as module.function, that are called while bpcore or its tests are imported.

    mutmut chooses the mutant after that, so its own verdict on them is about what is called again.
    """
    code = """
import importlib, pkgutil, sys, pytest
called = set()
def note(frame, event, argument):
    name = str(frame.f_globals.get("__name__"))
    if event == "call" and name.startswith("bpcore"):
        called.add(f"{name}.{frame.f_code.co_name}")
sys.setprofile(note)
import bpcore
for module in pkgutil.walk_packages(bpcore.__path__, "bpcore."):
    importlib.import_module(module.name)
pytest.main(["--rootdir=.", "--collect-only", "-qq", *sys.argv[1:]])
sys.setprofile(None)
print(*called)
"""
    command = [sys.executable, "-c", code, *OPTIONS, *tests]
    return set(subprocess.run(command, cwd=PLACE, text=True, capture_output=True).stdout.split())


def noticed_from_the_start(name, tests):
    """Whether the tests of a mutant's own file or folder notice a change that is there from the start."""
    mirrors = [f"{tests[0]}/test_{part}.py" for part in name.split(".")[1:-1]]
    mirrors = [file for file in mirrors if (ROOT / file).exists()]
    # 1 where a test fails, 2 where a file of tests cannot be imported, 4 where their settings cannot
    return tested(name, mirrors or tests).returncode in (1, 2, 4)


def tested(name, tests):
    """What pytest does as far as the first failure, with a mutant that is there from the start."""
    command = [sys.executable, "-m", "pytest", "-x", "--rootdir=.", *OPTIONS, *tests]
    environment = {**os.environ, "MUTANT_UNDER_TEST": name}
    return subprocess.run(command, cwd=PLACE / "mutants", env=environment, text=True, capture_output=True)


def function_of(name):
    """module.function of a mutant, that is of module.x_function__mutmut_1 or of module.xǁClassǁmethod__mutmut_1."""
    module, _, mangled = name.rpartition(".")
    return f"{module}.{re.match('(?:x_|xǁ.+ǁ)(.+)__mutmut_', mangled)[1]}"


def outcomes():
    """Mutant → what mutmut says of it, for all that it has made."""
    results = mutmut("results", "--all", "true", capture_output=True).stdout
    return dict(re.findall(r"^\s*(\S+__mutmut_\d+): (.+?)\s*$", results, re.M))


def drawn(sample, seed, processes, tests):
    """The names of ``sample`` mutants, each of the room's as likely as the others, and how many there are."""
    # mutmut has made them all, and knows which tests reach them, before it looks for the one that is asked for
    mutmut("run", "--max-children", str(processes), "none-of-them", capture_output=True)
    if not (PLACE / "mutants" / "mutmut-stats.json").exists():
        done = tested("none", tests)
        sys.exit(f"A test fails before anything is changed:\n{done.stdout[-3000:]}{done.stderr[-1000:]}")
    names = sorted(outcomes())
    return random.Random(seed).sample(names, min(sample, len(names))), len(names)


def listed_as_equivalent(files):
    """The (file, line, changed line) of the list that are about these files; says which of them quote another text."""
    entries = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8")).get("mutant", [])
    listed = {(entry["file"], entry["line"], entry["changed"]) for entry in entries if entry["file"] in files}
    for file, line in sorted({(file, line) for file, line, _ in listed}):
        text = " ".join(part.strip() for part in (PLACE / file).read_text(encoding="utf-8").splitlines())
        if line not in text:
            print(f"listed as equivalent, but {file} has no such line: {line}")
    return listed


def attempt(files, tests, processes, sample=None, seed=0):
    """How many changes of these files the tests noticed, were listed as equivalent, and slipped through.

    All of them, or ``sample`` of them that ``seed`` draws.
    """
    prepare(files, tests)
    if not every_test_has_a_name(tests):
        sys.exit("These tests cannot be asked for by their names; give them other ids.")
    names, made = drawn(sample, seed, processes, tests) if sample else ([], None)
    if mutmut("run", "--max-children", str(processes), *names).returncode:
        sys.exit("mutmut did not finish.")
    found = {name: outcome for name, outcome in outcomes().items() if not names or name in names}
    listed, early = listed_as_equivalent(files), called_on_import(tests)
    survivors = {
        name: changed_lines(name)
        for name, outcome in found.items()
        if outcome not in NOTICED and not (function_of(name) in early and noticed_from_the_start(name, tests))
    }
    left = {name: mutant for name, mutant in survivors.items() if mutant not in listed}
    for name, (file, before, after) in left.items():
        print(f"{name} ({found[name]})\n  {file}\n  - {before}\n  + {after}")
    for mutant in (listed - set(survivors.values())) if not sample else ():
        print(f"listed as equivalent, but not a survivor: {mutant}")
    share = {
        "noticed": len(found) - len(survivors),
        "equivalent": len(survivors) - len(left),
        "slipped through": len(left),
    }
    return {**share, "sample": len(names), "of": made, "seed": seed} if sample else share


def wilson(share, count, z=1.96):
    """Wilson's 95 % interval of a share that was seen among ``count`` draws."""
    middle, width = share + z**2 / (2 * count), z * math.sqrt(share * (1 - share) / count + (z / (2 * count)) ** 2)
    return [(middle + sign * width) / (1 + z**2 / count) for sign in (-1, 1)]


def said(room, share):
    """A line about a room's share, and whether it is high enough: a sample, whether its interval is."""
    count = share["noticed"] + share["slipped through"]
    noticed = highest = share["noticed"] / max(count, 1)
    line = f"{room}: {noticed:.1%} noticed, {share['noticed']} of {count}, {share['equivalent']} equivalent"
    if "sample" in share:
        lowest, highest = wilson(noticed, max(count, 1))
        line += f"; a sample of {share['sample']} of {share['of']}, seed {share['seed']}: {lowest:.1%} to {highest:.1%}"
    line += f" ({share['note']})" if "note" in share else ""
    return line, highest >= LEAST.get(room, LEAST_ELSEWHERE)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rooms", nargs="*", default=list(ROOMS), help=f"of {', '.join(ROOMS)}; all if none is given")
    parser.add_argument("--file", help="such as bpcore/labels.py: this one alone, whose share is not stored")
    parser.add_argument("--sample", type=int, help="so many mutants of each room, drawn at random; all if not given")
    parser.add_argument("--seed", type=int, default=0, help="of the sample")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--shares", action="store_true", help="show what is stored, and run nothing")
    arguments = parser.parse_args()
    if unknown := set(arguments.rooms) - set(ROOMS):
        parser.error(f"no room {', '.join(sorted(unknown))}: the rooms are {', '.join(ROOMS)}")
    known = {path.relative_to(ROOT).as_posix() for pattern, _ in ROOMS.values() for path in ROOT.glob(pattern)}
    if arguments.file and arguments.file not in known:
        parser.error(f"--file {arguments.file} is in no room: expected a path such as bpcore/labels.py")
    shares, well = json.loads(SHARES.read_text(encoding="utf-8")) if SHARES.exists() else {}, True
    for room, (pattern, tests) in {} if arguments.shares else ROOMS.items():
        files = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob(pattern))
        if arguments.file:
            files = [name for name in files if name == arguments.file]
        if room not in arguments.rooms or not files:
            continue
        share = attempt(files, tests, arguments.processes, arguments.sample, arguments.seed)
        line, enough = said(arguments.file or room, share)
        print(line, flush=True)
        well &= enough
        if not arguments.file:
            shares[room] = {"date": date.today().isoformat(), **share}
            SHARES.write_text(json.dumps(shares, indent=1) + "\n", encoding="utf-8")
    print("Stored:", *(f"  {share['date']} {said(room, share)[0]}" for room, share in shares.items()), sep="\n")
    sys.exit(not well)


if __name__ == "__main__":
    main()
