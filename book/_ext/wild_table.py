"""The page of wrong gradients from the wild: asks the doctor about every module of book/wild and shows what it says."""

import contextlib
import functools
import hashlib
import importlib.util
import json
import platform
import re
import sys
import warnings
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np
from docutils import nodes
from docutils.statemachine import StringList
from filelock import FileLock, Timeout
from sphinx.application import Sphinx
from sphinx.util.display import progress_message
from sphinx.util.docutils import SphinxDirective

ROOT = Path(__file__).resolve().parents[2]
FOLDER, STORE = ROOT / "book" / "wild", ROOT / "_build" / "doctor" / "wild"
OTHER_ROOMS = {"figures", "estimators", "articles"}  # of the package, which the doctor never enters
READ = {
    "code": "",
    "discussion": "; written after the discussion",
    "reconstruction": "; reconstructed from the answers",
}
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


def group(module):
    """The section that it stands in: the kind of mistake, or what it is where no gradient is wrong."""
    return module.GROUP if module.KIND == "gradient" else module.KIND


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

    rng = np.random.default_rng(0)  # the same place in every build
    params, (X, Y) = module.start(rng), module.data(rng)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
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
    layers |= {formula.layer for formula in said.formulas if formula.layer}
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
    if names != {"unknown"}:
        return "another name"
    return "place" if place else "misplaced"


# The results, kept from build to build.


@functools.cache
def program():
    """The modules of bpcore on which an answer depends."""
    package = ROOT / "bpcore"
    return [path for path in sorted(package.rglob("*.py")) if path.relative_to(package).parts[0] not in OTHER_ROOMS]


@functools.cache
def shared_key():
    """A digest of what all answers depend on: this file, bpcore and the libraries."""
    texts = [path.read_text(encoding="utf-8") for path in [*program(), Path(__file__)]]
    return digest(platform.python_version(), version("numpy"), *texts)


def digest(*texts):
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def row(name, store):
    """Answer and verdict of one module: those of its file in ``store``, or new ones, if anything has changed since."""
    path, file = paths()[name], store / f"{name}.json"
    key = digest(shared_key(), path.read_text(encoding="utf-8"))
    kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    if kept.get("key") != key:
        module = load(path)
        said = answer(module)
        text = json.dumps({"key": key, "answer": asdict(said), "verdict": verdict(module, said)})
        new = file.with_suffix(".new")
        new.write_text(text, encoding="utf-8")
        new.replace(file)
        kept = json.loads(text)
    return kept


def results(store=STORE, names=None):
    """Module → answer and verdict, of all or of those named; those of unchanged modules come from files in ``store``.

    The build and the tests share the files and the work: each asks first what no other process is asking about, and
    then waits for the others' answers.
    """
    store.mkdir(parents=True, exist_ok=True)
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    rows, names = {}, [*(paths() if names is None else names)]
    for patience in (0, -1):
        for name in {*names} - {*rows}:
            with contextlib.suppress(Timeout), FileLock(store / f"{name}.lock", timeout=patience):
                rows[name] = row(name, store)
    return {name: rows[name] for name in names}


def counts(rows):
    """Kind of module → verdict → number."""
    found = {}
    for name, row in rows.items():
        kind = found.setdefault(load(paths()[name]).KIND, dict.fromkeys(VERDICTS, 0))
        kind[row["verdict"]] += 1
    return found


# What is shown.


def sentence(module):
    return module.__doc__.strip()


def lines_of_formula(word, formula):
    """A formula on narrow lines, one for each of its parts; Sphinx aligns them at the &."""
    for part in formula.split(r",\; "):
        yield rf"\text{{{word}}} \quad & {part}" if word else f"& {part}"
        word = ""


def plain(text):
    """A line of a program without Markdown: as code each of its words would be an element of the page."""
    return re.sub(r"([\\*_{}\[\]<>$@#|~])", r"\\\1", re.sub(r"`([^`]*)`", r"“\1”", text))


def case_lines(name, module, row):
    """The Markdown lines of one case."""
    date = f", {module.DATE}" if module.DATE else ""
    said, formulas = row["answer"], {"written": module.FORMULA, "right": module.RIGHT}
    if module.KIND == "right":
        formulas = {"written": module.FORMULA, "which is": module.RIGHT}
    rows = [row for word, formula in formulas.items() for row in lines_of_formula(word, formula)]
    where = said["where"] and f" {'in ' * (said['where'] != 'everywhere')}{said['where']}"
    judged = VERDICTS[row["verdict"]].partition(" by the formula")[0]
    if module.KIND == "right":
        judged = "which is so" if row["verdict"] == "missed" else "**which is wrong**"
    return [
        f"(wild-{name})=",
        f"{sentence(module)}",
        f"[{module.THREAD}]({module.SOURCE}){date}{READ[module.READ]}; [code](wild/{name}.py).",
        "",
        "$$",
        r" \\ ".join(rows),
        "$$",
        "",
        f"> “{said['first']}”{where}: {judged}.",
        *(f"> {plain(text[0].upper() + text[1:])}." for text in said["lines"] if not said["formulas"]),
        *(f"> {text[0].upper() + text[1:]}." for text in said["formulas"][:1]),
        "",
    ]


class WildCases(SphinxDirective):
    """```{wild-cases} slope```: every case of one kind of mistake."""

    required_arguments = 1

    def run(self):
        note_dependencies(self.env)
        rows, lines = shown(self.env), []
        for name, row in rows.items():
            module = load(paths()[name])
            if group(module) == self.arguments[0]:
                lines += case_lines(name, module, row)
        box = nodes.container(classes=["wild-cases"])
        self.state.nested_parse(StringList(lines, str(FOLDER)), self.content_offset, box)
        return [box]


class WildScore(SphinxDirective):
    """``{wild-score}``: how many answers are right, in a table and a sentence."""

    def run(self):
        note_dependencies(self.env)
        lines = list(score_lines(counts(shown(self.env))))
        box = nodes.container(classes=["wild-score"])
        self.state.nested_parse(StringList(lines, str(FOLDER)), self.content_offset, box)
        return box.children


def score_lines(found):
    """The Markdown lines of the score."""
    wrong, right = found["gradient"], found["right"]
    total = sum(wrong.values())
    explained = wrong["named"] + wrong["among several"] + wrong["explained"]
    yield "| the answer | wrong gradients | wrong costs | wrong updates |"
    yield "|---|---|---|---|"
    for key, words in VERDICTS.items():
        numbers = [found[kind][key] for kind in ("gradient", "cost", "update")]
        if any(numbers):
            yield f"| {words} | {' | '.join(map(str, numbers))} |"
    yield f"| all | {' | '.join(str(sum(found[kind].values())) for kind in ('gradient', 'cost', 'update'))} |"
    yield ""
    yield (
        f"Of {total} wrong gradients the doctor names or explains {explained} rightly. "
        f"Of {wrong['place']} more it says that they are wrong and in which layers the mistake is, but not what it is. "
        f"Of the other {total - explained - wrong['place']} it says too little, or something else, or nothing. "
        f"Of {sum(right.values())} right gradients that people took for wrong ones, it calls "
        f"{sum(right.values()) - right['missed']} wrong."
    )


def shown(env):
    with progress_message("asking the doctor about wrong gradients"):
        return results()


def note_dependencies(env):
    for path in [*paths().values(), *program()]:
        env.note_dependency(str(path))


def setup(app: Sphinx) -> dict:
    app.add_directive("wild-cases", WildCases)
    app.add_directive("wild-score", WildScore)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
