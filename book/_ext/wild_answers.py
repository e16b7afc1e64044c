"""The doctor's answers to the gradients of book/wild: asked for, judged, and stored with what they depend on."""

import ast
import contextlib
import functools
import hashlib
import importlib.util
import json
import os
import re
import sys
import warnings
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "book" / "wild"
STORED = FOLDER / "answers.json"  # beside the modules; make wild writes it
NEW = ROOT / "_build" / "doctor" / "wild"  # answers that are not stored there yet
PYTHON = "{}.{}".format(*sys.version_info)
OTHER_ROOMS = {"figures", "estimators", "articles"}  # of the package, which the doctor never enters
VERDICTS = {
    "named": "named rightly",
    "among several": "named rightly, beside others that predict the same",
    "explained": "explained by the formula that the program computes, or by its line",
    "place": "seen to be wrong, and the place is right",
    "another name": "said too little, or something else",
    "misplaced": "seen to be wrong, and the place is not right",
    "missed": "not seen",
    "silent": "no answer",
}
SILENT = "no answer"
STRING_OR_COMMENT = re.compile(
    r"""(?P<string>\"{3}[\s\S]*?\"{3}|'{3}[\s\S]*?'{3}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|#[^\n]*"""
)


# The collection.


@functools.cache
def paths():
    """The modules, by name."""
    return {path.stem: path for path in sorted(FOLDER.glob("*.py"))}


def load(path):
    """A module of the collection; its name is no identifier, so that it cannot be imported by it."""
    spec = importlib.util.spec_from_file_location(re.sub(r"\W", "_", path.stem), path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@functools.cache
def modules():
    """Name → module, of all cases."""
    return {name: load(path) for name, path in paths().items()}


# What the doctor says.


@dataclass(frozen=True)
class Answer:
    """The first line of an answer, its names and alternatives, how sure it is, where, and in which layers that is."""

    first: str
    names: tuple = ()
    alternatives: tuple = ()
    sure: str = "unknown"
    where: str = ""
    layers: tuple = ()
    formulas: tuple = ()
    lines: tuple = ()


def layers_of(where, depth):
    """The layers that an answer's ``where`` speaks of: "layers 1, 2", "W[2], b[2]" or "everywhere"."""
    if where and (depth == 1 or re.search(r"\beverywhere|\bthe (weights|biases)\b", where)):
        return tuple(range(1, depth + 1))
    listed = [number for part in re.findall(r"layers? ([\d, and]+)", where) for number in re.findall(r"\d+", part)]
    named = re.findall(r"\b(?!theta\[)([A-Za-z_]+)\[?(\d+)", where)  # W[1], W1; theta[7] is an entry
    from_zero = {name for name, number in named if number == "0"}
    counted = [int(number) + 1 for number in re.findall(r"(?<![\w\]])\[(\d+)\]\[", where)]  # [0][1], of one layer each
    named = [int(number) + (name in from_zero) for name, number in named]
    return tuple(sorted({*map(int, listed), *named, *counted}))


def layers_by_name(module, params, said):
    """The layers of the blocks that an answer's ``where`` lists by the author's names for them."""
    from bpcore.clinic.structures import Structure

    of_layers = re.findall(r"\b[Wb]\[(\d+)\] is ([^,;]+)", "; ".join(said.evidence))
    layers = {name: int(number) for number, name in of_layers}
    blocks = [int(re.search(r"\d+", name)[0]) for name in getattr(module, "BLOCKS", ())]
    leaves = Structure(params).leaves
    if len(blocks) == len(leaves):
        layers |= {leaf.name: layer for leaf, layer in zip(leaves, blocks)}
    return tuple(layers[name] for name in said.where.split(", ") if name in layers)


def answer(module):
    """Ask ``diagnose`` about a gradient or a cost, ``check_update`` about an update."""
    from bpcore import check_update
    from bpcore.clinic.own_lines.search import without_clocks

    rng = np.random.default_rng(0)  # the same place in every build
    params, (X, Y) = module.start(rng), module.data(rng)
    with without_clocks(), warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            if hasattr(module, "SETTINGS"):  # an update, wrong, or right and taken for wrong
                said = check_update(module.update, theta=params, state=module.start_state(), **module.SETTINGS)
                formulas = tuple(f"your {own}; it should be {right}" for right, own in said.formulas)
                first, found = repr(said).splitlines()[0], (said.names, said.alternatives, said.sure, said.where)
                return Answer(first, *found, formulas=formulas, lines=tuple(map(str, said.lines)))
            said, depth = asked(module, params, X, Y)
        except (TypeError, ValueError, ArithmeticError, LookupError) as error:
            return Answer(f"{type(error).__name__}: {error}".splitlines()[0], sure=SILENT)
    first = repr(said).splitlines()[0]
    layers = {*layers_of(said.where, depth), *layers_by_name(module, params, said)}
    layers |= {formula.layer for formula in said.formulas if formula.layer and formula.layer <= depth}
    formulas = tuple(str(formula) for formula in said.formulas)
    lines = tuple(map(str, said.lines))
    return Answer(first, said.names, said.alternatives, said.sure, said.where, tuple(sorted(layers)), formulas, lines)


def asked(module, params, X, Y):
    """The doctor's answer to the author's own functions and parameters, and the number of layers."""
    from bpcore import Network, diagnose

    given = {"lam": module.LAM, "X": X, "Y": Y}
    if module.NET is not None:
        given["net"] = Network(**module.NET)
    said = diagnose(lambda p: module.cost(p, X, Y), lambda p: module.grad(p, X, Y), params, **given)
    depth = len(module.NET["sizes"]) - 1 if module.NET else max(map(int, re.findall(r"\d+", " ".join(module.BLOCKS))))
    return said, depth


def verdict(module, said):
    """How good an answer is, by what the module itself says of its mistake: a key of ``VERDICTS``.

    NAMES holds the sets of names that are right; LAYER the layers in which the mistake is made.
    A place is right when it has all of them and none above: a wrong delta makes every gradient below it wrong.
    A cost that is another than the network's has no such layers.
    A formula that the doctor shows for those layers explains the mistake too, under any name, if it is certain:
    it predicts every entry to nine digits at several places. Lines that make the gradient right are the place, too.
    A cost whose gradient belongs to it is no mistake: there the formula of the cost explains it.
    """
    names, others = set(said.names), [set(other) for other in said.alternatives]
    if said.sure == SILENT:
        return "silent"
    if not names:  # a note says what a cost is that its gradient belongs to
        return "explained" if module.KIND == "cost" and said.formulas else "missed"
    if module.KIND == "right":  # and is called wrong, in whatever words
        return "another name"
    everywhere = module.KIND == "update" or names == {"another-network"}
    place = everywhere or said.lines or {*module.LAYER} <= {*said.layers} and max(module.LAYER) == max(said.layers)
    right = [*map(set, module.NAMES)]
    if place and names in right:
        return "among several" if others else "named"
    if place and any(other in right for other in others):
        return "among several"
    if place and said.sure == "certain" and (said.formulas or said.lines):
        return "explained"
    if place and said.lines and {"another-cost"} in others:  # a line of the gradient, or one of the cost
        return "among several"
    if names != {"unknown"}:
        return "another name"
    return "place" if place else "misplaced"


# The answers, stored.


@functools.cache
def program():
    """The modules of bpcore on which an answer depends."""
    package = ROOT / "bpcore"
    return [path for path in sorted(package.rglob("*.py")) if path.relative_to(package).parts[0] not in OTHER_ROOMS]


@functools.cache
def doctor():
    """What all answers depend on: a digest of this file and of bpcore, whatever Python and NumPy run."""
    codes = [code_in(path.read_text(encoding="utf-8")) for path in [*program(), Path(__file__)]]
    return digest(*codes)


def code_in(text):
    """The lines of a module without comments and docstrings, on which no answer depends."""
    lines = [line.rstrip() for line in STRING_OR_COMMENT.sub(lambda found: found["string"] or "", text).splitlines()]
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            words = node.body[0]
            lines[words.lineno - 1 : words.end_lineno] = [""] * (words.end_lineno - words.lineno + 1)
    return "\n".join(line for line in lines if line.strip())


def digest(*texts):
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]


def new_row(name):
    """Ask about a module: the digest of its text, and the answer, with lists for tuples as a file keeps them."""
    said = answer(load(paths()[name]))  # as it was before anybody called it
    return json.loads(json.dumps({"module": digest_of(name), "answer": asdict(said)}))


def digest_of(name):
    return digest(paths()[name].read_text(encoding="utf-8"))


def read_stored():
    """The doctor whose answers are stored, the Python that it ran on, and module → digest and answer."""
    kept = json.loads(STORED.read_text(encoding="utf-8"))
    return kept["doctor"], kept["python"], kept["answers"]


def write_stored(rows):
    """Store the answers of this doctor, a line for each part, so that one sees what a change of the doctor changes."""
    kept = {"doctor": doctor(), "python": PYTHON, "answers": dict(sorted(rows.items()))}
    text = json.dumps(kept, ensure_ascii=False, indent=1)
    STORED.write_text(text + "\n", encoding="utf-8", newline="\n")


@functools.cache
def stored():
    """Module → digest and answer, of the modules that ``make wild`` has asked this doctor about as they are."""
    of_whom, _, rows = read_stored()
    if of_whom != doctor():
        return {}
    return {name: row for name, row in rows.items() if name in paths() and row["module"] == digest_of(name)}


def kept_row(name):
    """Digest and answer of a module whose answer is not stored: as kept since, or new, if anything has changed."""
    file, depends = NEW / f"{name}.json", {"doctor": doctor(), "module": digest_of(name)}
    kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    if {key: kept.get(key) for key in depends} != depends:
        kept = depends | new_row(name)
        unfinished = file.with_suffix(f".{os.getpid()}")  # another process may ask about the same one
        unfinished.write_text(json.dumps(kept), encoding="utf-8")
        unfinished.replace(file)
    return {key: kept[key] for key in ("module", "answer")}


def results(names=None):
    """Module → digest, answer and verdict, of all or of those named.

    The build and the tests share the work: each asks first what no other process is asking about, and then waits for
    the others' answers.
    """
    NEW.mkdir(parents=True, exist_ok=True)
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    names = [*(paths() if names is None else names)]
    rows = {name: stored()[name] for name in names if name in stored()}
    for patience in (0, -1):
        for name in {*names} - {*rows}:
            with contextlib.suppress(Timeout), FileLock(NEW / f"{name}.lock", timeout=patience):
                rows[name] = kept_row(name)
    judged = lambda name: verdict(modules()[name], Answer(**rows[name]["answer"]))
    return {name: {**rows[name], "verdict": judged(name)} for name in names}


def counts(rows):
    """Kind of module → verdict → number."""
    found = {}
    for name, row in rows.items():
        kind = found.setdefault(modules()[name].KIND, dict.fromkeys(VERDICTS, 0))
        kind[row["verdict"]] += 1
    return found
