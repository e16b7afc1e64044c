"""Wrong gradients from the wild: each module proves what it claims, and the doctor's answers are judged by its data."""

import ast
import copy
import json
import os
import re
import threading
from pathlib import Path

import numpy as np
import pytest
import wild_answers
import wild_parts
import wild_table
import yaml
from filelock import FileLock
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from bpcore import check_gradient
from bpcore.clinic.defects import DEFECTS
from bpcore.clinic.doctor import OTHERS
from bpcore.clinic.layout import find_layout
from bpcore.clinic.readings import in_rows
from bpcore.clinic.structures import OnVectors, Structure
from bpcore.clinic.updates import clipping, decay
from bpcore.clinic.updates.table import SLIPS
from bpcore.network import Network

ROOT = Path(__file__).resolve().parents[2]
PATHS = wild_answers.paths()
MODULES = wild_answers.modules()
FIELDS = {"SOURCE", "THREAD", "DATE", "KIND", "READ", "FORMULA", "RIGHT", "LAYER", "NAMES", "NET", "SAMPLES", "LAM"}
PLACES = 2
EVERY_ANSWER = bool(os.environ.get("EVERY_ANSWER"))
ONE_IN = 64  # stored answers is asked for anew, others with each change of the doctor
ASKED_ANEW = [*MODULES][int(wild_answers.doctor(), 16) % ONE_IN :: ONE_IN]

pytestmark = pytest.mark.usefixtures("no_clocks")


SLOW = {"devito-norm-of-the-squares"}  # waves, which run for each derivative of their cost


def of_kind(*kinds):
    names = [name for name, module in MODULES.items() if module.KIND in kinds]
    marks = {name: (pytest.mark.long,) if name in SLOW else () for name in names}
    return pytest.mark.parametrize("name", [pytest.param(name, marks=marks[name]) for name in names])


def at(module, seed, names=("cost", "grad", "repaired")):
    """Parameters, and functions of a module as functions of the parameters alone."""
    rng = np.random.default_rng(seed)
    params = module.start(rng)
    X, Y = module.data(rng)
    of = lambda name: lambda p: getattr(module, name)(p, X, Y)
    return params, *map(of, names)


# The modules.


def test_there_are_enough_of_each_kind():
    kinds = [module.KIND for module in MODULES.values()]
    assert kinds.count("gradient") >= 60 and {"right", "cost", "update"} < set(kinds)


@pytest.mark.parametrize("name", MODULES)
def test_a_module_says_all_that_the_page_needs(name):
    module = MODULES[name]
    assert re.fullmatch(r"[a-z\d-]+", name), "it becomes an anchor"
    assert {*vars(module)} >= FIELDS, FIELDS - {*vars(module)}
    assert module.KIND in ("gradient", "right", "cost", "update") and module.READ in wild_table.READ
    assert re.fullmatch(r"https://\S+", module.SOURCE) and module.THREAD
    assert re.fullmatch(r"(20\d\d-(0[1-9]|1[0-2]))?", module.DATE)
    assert hasattr(module, "GROUP") == (module.KIND == "gradient")
    assert module.FORMULA != module.RIGHT
    assert bool(module.LAYER) == (module.KIND in ("gradient", "cost") or name.startswith("udacity"))
    assert not (module.KIND == "right" and module.NAMES)
    known = (
        {*DEFECTS, *OTHERS}
        if module.KIND != "update"
        else {*SLIPS[module.SETTINGS["like"]], *clipping.NAMES, *decay.NAMES}
    )
    assert all(names and names <= known for names in module.NAMES)
    tree = ast.parse(PATHS[name].read_text(encoding="utf-8"))
    named = [ast.unparse(node.targets[0]) for node in tree.body if isinstance(node, ast.Assign)]
    assert len(set(named)) == len(named), "a field is given twice"
    sentence = ast.get_docstring(tree)
    assert 20 < len(sentence) < 160 and sentence.endswith(".") and "\n" not in sentence
    assert not re.search(r"\.\s+[A-Z]", sentence), "one sentence"


def test_no_case_is_there_twice():
    cases = [(module.SOURCE, module.FORMULA) for module in MODULES.values()]
    assert len(set(cases)) == len(cases)
    commits = {}  # a repository may have two owners, and so one commit two addresses
    for module in MODULES.values():
        for commit in re.findall(r"/commit/([0-9a-f]{7})", module.SOURCE):
            commits.setdefault(commit, set()).add(module.SOURCE)
    assert [addresses for addresses in commits.values() if len(addresses) > 1] == []


# What the modules claim, by central differences, on the parameters as their author keeps them.


@pytest.mark.long
@pytest.mark.parametrize("seed", range(PLACES))
@of_kind("gradient")
def test_the_gradient_is_wrong_and_the_repaired_one_right(name, seed):
    params, cost, grad, repaired = at(MODULES[name], seed)
    wrong, right = (check_gradient(cost, g, params, method="central") for g in (grad, repaired))
    assert not wrong.passed and wrong.error > 1e-4, wrong
    assert right.passed and not right.remarks and not right.changed, right


@pytest.mark.parametrize("seed", range(PLACES))
@of_kind("right")
def test_the_gradient_is_right_whatever_the_thread_says(name, seed):
    params, cost, grad, repaired = at(MODULES[name], seed)
    assert check_gradient(cost, grad, params, method="central").passed
    assert check_gradient(cost, grad, params).passed


@pytest.mark.parametrize("seed", range(PLACES))
@of_kind("cost")
def test_the_cost_is_another_than_the_one_that_was_meant(name, seed):
    """The repaired gradient is that of the cost as it is; the gradient belongs to it or to the one that was meant."""
    params, cost, grad, repaired, meant = at(MODULES[name], seed, ("cost", "grad", "repaired", "meant"))
    assert check_gradient(cost, repaired, params, method="central").passed
    assert sum(check_gradient(c, grad, params, method="central").passed for c in (cost, meant)) == 1
    assert not check_gradient(meant, repaired, params, method="central").passed


@of_kind("update")
def test_the_update_goes_another_way_than_the_repaired_one(name):
    """The gradient to train with is right; six steps of the two updates end in two places."""
    ends = ends_of(MODULES[name])
    assert np.isfinite(ends[1]).all()
    off = np.linalg.norm(ends[0] - ends[1])  # no number where a wrong step takes the root of a negative one
    assert np.isnan(off) or off > 1e-4 * np.linalg.norm(ends[1])


@pytest.mark.parametrize(
    "name", [name for name in MODULES if hasattr(MODULES[name], "repaired_update") and MODULES[name].KIND == "right"]
)
def test_a_right_update_goes_where_the_usual_one_goes(name):
    ends = ends_of(MODULES[name])
    assert np.allclose(ends[0], ends[1], rtol=1e-9, atol=0)


def ends_of(module):
    """Where six steps of the update, and of the repaired one, end."""
    params, cost, gradient = at(module, 0, ("cost", "repaired"))
    assert check_gradient(cost, gradient, params, method="central").passed
    ends = []
    for update in module.update, module.repaired_update:
        theta, state = copy.deepcopy(params), module.start_state()
        for _ in range(6):
            theta, state = update(theta, gradient(theta), state)
        ends.append(in_a_row(theta))
    return ends


def in_a_row(theta):
    """The numbers of a nest of dicts, lists and tuples of arrays."""
    parts = theta.values() if isinstance(theta, dict) else theta if isinstance(theta, list | tuple) else None
    return np.ravel(theta) if parts is None else np.concatenate([*map(in_a_row, parts)])


def layers_of_entries(module, params, X, Y):
    """The layer of each entry of the author's vector, found without the doctor."""
    structure = Structure(params)
    found = np.zeros(structure.size, int)
    if module.NET is not None:
        cost, net = OnVectors(structure, lambda p: module.cost(p, X, Y)).cost, Network(**module.NET)
        data = in_rows(np.asarray(X), net), in_rows(np.asarray(Y), net)
        layout = find_layout(cost, structure, structure.vector(params), net, *data, lam=module.LAM)
        if layout.source is not None:
            thetas = layout.net.params(np.zeros(layout.net.n_params)).Theta
            layers = np.concatenate([np.full(Theta.size, l) for l, Theta in enumerate(thetas) if l])
            found[layout.source[layout.moving]] = layers[layout.moving]
            return found
    assert len(module.BLOCKS) == len(structure.leaves)
    for name, leaf in zip(module.BLOCKS, structure.leaves):
        found[leaf.places.ravel()] = int(re.search(r"\d+", name)[0])
    return found


@pytest.mark.long
@of_kind("gradient")
def test_the_mistake_is_in_the_layers_that_the_module_names(name):
    """The highest layer with a wrong gradient is the highest one named, and every named layer has one."""
    module = MODULES[name]
    rng = np.random.default_rng(0)
    params = module.start(rng)
    X, Y = module.data(rng)
    layers = layers_of_entries(module, params, X, Y)
    vectors = [Structure(params).gradient(g(params, X, Y))[0] for g in (module.grad, module.repaired)]
    wrong = {*layers[abs(vectors[0] - vectors[1]) > 1e-9].tolist()}
    assert max(wrong) == max(module.LAYER) and {*module.LAYER} <= wrong


# The doctor's answers: those that are stored, unless a program or the doctor has changed since.


@pytest.mark.long
def test_the_stored_answers_are_those_of_this_doctor():
    of_whom, _, rows = wild_answers.read_stored()
    assert of_whom == wild_answers.doctor(), (
        "the doctor has changed since its answers were stored: make wild asks it again"
    )
    asked = {name: row["module"] for name, row in rows.items()}
    assert asked == {name: wild_answers.digest_of(name) for name in PATHS}, "programs have changed: make wild"


@pytest.mark.long
@pytest.mark.parametrize("name", MODULES if EVERY_ANSWER else ASKED_ANEW)
def test_a_stored_answer_is_given_again(name):
    if name not in wild_answers.stored():
        pytest.skip("no answer of this doctor is stored")
    kept, new = wild_answers.stored()[name], wild_answers.new_row(name)
    if wild_answers.read_stored()[1] == wild_answers.PYTHON:
        assert new == kept
    else:  # another Python counts calls otherwise, and a search may end elsewhere
        said = [wild_answers.Answer(**row["answer"]) for row in (kept, new)]
        assert len({wild_answers.verdict(MODULES[name], each) for each in said}) == 1, said


@pytest.mark.skipif(EVERY_ANSWER, reason="all answers are asked for anew")
def test_the_other_stored_answers_are_given_again():
    pytest.skip(f"{len(MODULES) - len(ASKED_ANEW)} take minutes: EVERY_ANSWER=1 asks all, as the weekly workflow does")


@pytest.mark.parametrize("name", MODULES)
def test_the_doctor_answers(name):
    """It calls no right gradient wrong and takes no wrong one for right."""
    module, row = MODULES[name], wild_answers.results(names=[name])[name]
    said = row["answer"]["first"]
    assert row["verdict"] != "silent", said
    assert module.KIND != "gradient" or row["verdict"] != "missed", said
    if module.KIND == "right" and hasattr(module, "update"):
        assert said.startswith("Right:")
    elif module.KIND == "right":
        nothing = "Nothing wrong found"
        assert said in (f"{nothing} (certain)", f"{nothing}; the cost is not that of the network (certain)")


def test_the_score_does_not_fall():
    """So many answers were right when this was written; a share of all would fall with every hard case that is new."""
    found = wild_answers.counts(wild_answers.results())
    right = {
        kind: of_kind["named"] + of_kind["among several"] + of_kind["explained"] for kind, of_kind in found.items()
    }
    assert right["gradient"] >= 911 and right["gradient"] + found["gradient"]["place"] >= 963
    assert right["update"] >= 254 and right["cost"] >= 168
    assert found["right"]["missed"] == sum(found["right"].values()), "a right gradient is called wrong"


# How answers are judged.


class Case:
    """A module's data, planted."""

    KIND, LAYER, NAMES, FORMULA, RIGHT = "gradient", [1, 2], [{"sign"}, {"factor", "sign"}], "", ""


def said(names, layers=(1, 2), alternatives=(), sure="certain", formulas=()):
    return wild_answers.Answer("", tuple(names), alternatives, sure, "", layers, formulas)


@pytest.mark.parametrize(
    "answer, verdict",
    [
        (said(["sign"]), "named"),
        (said(["sign", "factor"]), "named"),
        (said(["formula"], formulas=("your δ¹ = …",)), "explained"),
        (said(["order"], formulas=("your δ¹ = …",)), "explained"),
        (said(["formula"]), "another name"),
        (said(["formula"], sure="likely", formulas=("your δ¹ = …",)), "another name"),
        (said(["formula"], (2,), formulas=("your δ¹ = …",)), "another name"),
        (said(["sign"], (2,)), "another name"),
        (said(["sign"], (1, 2, 3)), "another name"),
        (said(["sign"], ()), "another name"),
        (said(["sign"], alternatives=(("order",),)), "among several"),
        (said(["order"], alternatives=(("sign",),)), "among several"),
        (said(["order"], alternatives=(("factor",),)), "another name"),
        (said(["factor"]), "another name"),
        (said(["unknown"]), "place"),
        (said(["unknown"], (1,)), "misplaced"),
        (said(["unknown"], (2,)), "misplaced"),
        (said(["unknown"], (1, 2, 3)), "misplaced"),
        (said([]), "missed"),
        (said([], formulas=("your C = …",)), "missed"),
        (wild_answers.Answer("ValueError: no", sure=wild_answers.SILENT), "silent"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{value.names} {value.layers} {value.alternatives}",
)
def test_a_verdict_follows_from_the_modules_data(answer, verdict):
    assert wild_answers.verdict(Case, answer) == verdict
    assert verdict in wild_answers.VERDICTS


def test_layers_below_a_wrong_delta_do_not_count_against_an_answer():
    class Upper(Case):
        LAYER = [2]

    assert wild_answers.verdict(Upper, said(["unknown"])) == "place"
    assert wild_answers.verdict(Upper, said(["unknown"], (1,))) == "misplaced"


@pytest.mark.parametrize("formulas, verdict", [(("your C = …; net.cost is …",), "explained"), ((), "missed")])
def test_a_cost_with_its_own_gradient_is_explained_by_its_formula(formulas, verdict):
    class Cost(Case):
        KIND = "cost"

    assert wild_answers.verdict(Cost, said([], (), formulas=formulas)) == verdict


@pytest.mark.parametrize("layers", [(), (1,), (1, 2)])
def test_a_right_gradient_that_is_called_wrong_has_a_verdict(layers):
    class Right(Case):
        KIND, LAYER, NAMES = "right", [], []

    assert wild_answers.verdict(Right, said(["formula"], layers, formulas=("your δ¹ = …",))) == "another name"


@pytest.mark.parametrize(
    "where, depth, layers",
    [
        ("layer 2", 3, (2,)),
        ("layers 1, 3", 3, (1, 3)),
        ("layers 1 and 3", 3, (1, 3)),
        ("b[1], W[2]", 3, (1, 2)),
        ("Theta[2]", 3, (2,)),
        ("weights[0], weights[2], b[1]", 3, (1, 3)),
        ("everywhere", 3, (1, 2, 3)),
        ("the biases", 2, (1, 2)),
        ("theta[3] to theta[7]", 1, (1,)),
        ("theta[3] to theta[7]", 2, ()),
        ("", 1, ()),
    ],
)
def test_layers_are_read_from_where_an_answer_speaks_of(where, depth, layers):
    assert wild_answers.layers_of(where, depth) == layers


@pytest.fixture
def few(tmp_path, monkeypatch):
    """Two modules, of whose answers none is stored, and the list of those that were asked about."""
    few, asked = dict(list(PATHS.items())[:2]), []
    monkeypatch.setattr(wild_answers, "paths", lambda: few)
    monkeypatch.setattr(wild_answers, "answer", lambda module: asked.append(module.THREAD) or said(["unknown"]))
    monkeypatch.setattr(wild_answers, "stored", wild_answers.stored.__wrapped__)
    monkeypatch.setattr(wild_answers, "STORED", tmp_path / "answers.json")
    monkeypatch.setattr(wild_answers, "NEW", tmp_path / "new")
    wild_answers.write_stored({})
    return list(few), asked


def test_answers_are_kept_until_something_changes(few, monkeypatch):
    """They are read again, and only a module whose text has changed is asked anew, or all of another doctor."""
    names, asked = few
    first = wild_answers.results()
    assert len(asked) == 2 and wild_answers.results() == first and len(asked) == 2
    file = wild_answers.NEW / f"{names[0]}.json"
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | {"module": "old"}), encoding="utf-8")
    assert wild_answers.results() == first and len(asked) == 3
    monkeypatch.setattr(wild_answers, "doctor", lambda: "another")
    assert wild_answers.results() == first and len(asked) == 5


def test_stored_answers_count_as_long_as_nothing_changes(few, monkeypatch):
    """As above, of the answers that stand beside the modules."""
    names, asked = few
    rows = {name: wild_answers.new_row(name) for name in names}
    rows[names[0]]["answer"]["first"] = "what is stored"
    wild_answers.write_stored(rows)
    found = wild_answers.results()
    assert [found[name]["answer"]["first"] for name in names] == ["what is stored", ""] and len(asked) == 2
    assert found[names[1]]["verdict"] == wild_answers.verdict(MODULES[names[1]], said(["unknown"]))
    wild_answers.write_stored(rows | {names[0]: rows[names[0]] | {"module": "old"}})
    assert wild_answers.results()[names[0]]["answer"]["first"] == "" and len(asked) == 3
    monkeypatch.setattr(wild_answers, "doctor", lambda: "another")
    assert len(wild_answers.results()) == 2 and len(asked) == 5


def test_answers_depend_on_the_code_and_on_no_words_about_it():
    """Of strings only those that open a module, a class or a function are words about it."""
    text = '"""A."""\n\n\nclass B:\n    """C\n\n    D."""\n\n    # E\n    f = "# no G"  # H\n    """I"""\n'
    assert wild_answers.code_in(text) == 'class B:\n    f = "# no G"\n    """I"""'
    assert wild_answers.code_in(text.replace("no G", "a G")) != wild_answers.code_in(text)


def test_what_another_process_asks_about_is_waited_for(few, monkeypatch):
    names, asked = few
    wild_answers.NEW.mkdir()
    held, asked_for = threading.Event(), threading.Event()

    def hold():
        with FileLock(wild_answers.NEW / f"{names[0]}.lock"):
            held.set()
            asked_for.wait(60)

    def new_row(name, ask=wild_answers.new_row):
        asked_for.set()
        return ask(name)

    threading.Thread(target=hold).start()
    held.wait()
    monkeypatch.setattr(wild_answers, "new_row", new_row)
    assert list(wild_answers.results()) == names
    assert asked == [MODULES[name].THREAD for name in reversed(names)], "the free one comes first"


def test_the_doctor_enters_no_room_of_which_the_keys_know_nothing():
    rooms = "|".join(wild_answers.OTHER_ROOMS)
    for path in wild_answers.program():
        imports = re.findall(r"^ *(?:from|import) [^(\n]*(?:\([^)]*\))?", path.read_text(encoding="utf-8"), re.M)
        assert imports or path.name in ("__init__.py", "records.py")
        assert not [line for line in imports if re.search(rf"\b({rooms})\b", line)], path


# The pages.


def test_every_part_of_a_kind_is_on_one_page_and_has_cases():
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "book").glob("*.md")]
    shown = re.findall(r"^```\{wild-cases\} (\w+) (\w+)$", "\n".join(texts), re.M)
    assert len(shown) == len(set(shown)) == len(wild_parts.pages())
    assert {*shown} == {*wild_parts.pages()} == {wild_parts.part(module) for module in MODULES.values()}
    assert {*shown} == {(kind, part) for kind, parts in wild_parts.PARTS.items() for part in parts}
    first = (ROOT / "book" / "wild.md").read_text(encoding="utf-8")
    assert first.count("```{wild-score}") == first.count("```{wild-pages}") == 1


@pytest.mark.parametrize(
    "name, part",
    [
        ("brainjs-560-branches-of-the-leaky-relu", ("slope", "relu")),
        ("genann-sigmoid-once-more", ("slope", "sigmoid")),
        ("rubixml-selu-scaled-once-more", ("slope", "curves")),  # a SELU is no ReLU
        ("deeplearning4j-364-activated-in-place", ("slope", "any")),  # of a network
        ("warp-whole-turn-for-a-part", ("slope", "places")),
        ("scikit-learn-14244-zero-where-output-is-zero", ("right", "slopes")),
        ("ml-from-scratch-35-adam-without-the-power", ("update", "adam")),
    ],
)
def test_a_case_stands_where_its_sentence_belongs(name, part):
    assert wild_parts.part(MODULES[name]) == part


@pytest.mark.parametrize("name", MODULES)
def test_a_case_shows_its_thread_its_formulas_and_the_answer(name):
    module = MODULES[name]
    said = {"first": "An answer (certain)", "where": "layer 1", "formulas": ["layer 1: your δ¹ = a"]}
    said["lines"] = ["line 3 of grad: `a` should be `z`"]
    row = {"answer": said, "verdict": "missed"}
    text = "\n".join(wild_table.case_lines(name, module, row))
    assert f"({module.SOURCE})" in text and text.count("$$") == 4
    for formula in module.RIGHT, module.FORMULA:
        name, parts = formula.partition(" = ")[0], formula.split(r",\; ")
        values = [part.removeprefix(f"{name} = ") for part in parts]  # of which each has a condition, or is a formula
        assert all(piece in text for value in values for piece in re.split(r"(?:\\)? ?\\text\{ ?", value)), formula
    assert module.__doc__ in text and "“An answer (certain)” in layer 1" in text
    assert ("which is so" in text) == (module.KIND == "right")


@pytest.fixture(scope="module")
def parser():
    """What reads the book's pages, with their extensions."""
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    return create_md_parser(
        MdParserConfig(enable_extensions=set(config["parse"]["myst_enable_extensions"])), RendererHTML
    )


def guessed_links(parser, text):
    """The addresses that nobody has written as such."""
    tokens = (token for block in parser.parse(text) for token in block.children or ())
    return [token.attrs["href"] for token in tokens if token.type == "link_open" and token.markup == "linkify"]


def test_no_name_in_an_answer_is_taken_for_an_address(parser):
    """As np.add.at would be; in the answers that are stored, whatever doctor gave them, and in planted ones."""
    assert guessed_links(parser, "np.add.at") == ["http://np.add.at"]
    rows = wild_answers.read_stored()[2]
    shown = [(name, rows[name]["answer"]) for name in MODULES if name in rows]
    name, said = shown[0][0], {"first": "np.add.at (certain)", "where": "self.lr", "lines": [], "formulas": []}
    shown.append((name, said | {"lines": ["line 3 of grad: `np.add.at(a.is, 0)` should be `z`"]}))
    shown.append((name, said | {"formulas": ["your δ¹ = np.add.at(a); it should be `np.add.at`"]}))
    for name, answer in shown:
        lines = wild_table.case_lines(name, MODULES[name], {"answer": answer, "verdict": "missed"})
        assert guessed_links(parser, "\n".join(lines)) == [], name


def test_a_formula_with_conditions_is_shown_by_cases_and_several_formulas_on_lines_of_their_own():
    by_cases = "\n".join(
        wild_table.formula_lines("right", r"f'(z) = 1\ \text{where}\ z > 0,\; \alpha\ \text{elsewhere}")
    )
    assert r"f'(z) = \begin{cases} 1 & \text{where}\ z > 0 \\ \alpha & \text{elsewhere} \end{cases}" in by_cases
    named_twice = wild_table.formula_lines("right", r"C = v \text{ if } v > 0,\; C = 0 \text{ else}")
    assert r"C = \begin{cases} v & \text{if } v > 0 \\ 0 & \text{else} \end{cases}" in named_twice
    of_two_arrays = wild_table.formula_lines("written", r"W = v\ \text{in the weights},\; b = g\ \text{in the biases}")
    assert r"& W = v\ \text{in the weights} \\ & b = g\ \text{in the biases}" in of_two_arrays


@pytest.mark.parametrize(
    "typed, shown",
    [
        ("The biases' gradient is one sample's", "The biases’ gradient is one sample’s"),
        ("in theta['W1'], [0][\"b\"]", "in theta['W1'], [0][\"b\"]"),
        ("line 3 of grad: `g['w']` is the layer's", "line 3 of grad: `g['w']` is the layer’s"),
    ],
)
def test_words_have_the_apostrophes_of_print_and_code_its_own(typed, shown):
    assert wild_table.curled(typed) == shown


@pytest.mark.parametrize(
    "typed, shown",
    [
        ("your θ ← -step; it should be θ ← θ - step", "your θ ← −step; it should be θ ← θ − step"),
        ("θ + (-(-μ) v) · 1e-08^(t - 1)", "θ + (−(−μ) v) · 1e-08^(t − 1)"),
        ("line 3: `v = m - g` is well-known", "line 3: `v = m - g` is well-known"),
    ],
)
def test_a_formula_of_a_step_has_minus_signs(typed, shown):
    assert wild_table.with_minus(typed) == shown


def test_the_score_adds_up():
    none = dict.fromkeys(wild_answers.VERDICTS, 0)
    found = {
        "gradient": none | {"named": 5, "among several": 2, "place": 3, "another name": 1, "missed": 4},
        "right": none | {"missed": 6, "place": 1},
        "cost": none | {"named": 1},
        "update": none | {"another name": 8},
    }
    lines = list(wild_table.score_lines(found))
    assert "| all | 15 | 1 | 8 |" in lines and "| named rightly | 5 | 1 | 0 |" in lines
    assert not any(wild_answers.VERDICTS["silent"] in line for line in lines)
    numbers = [int(number) for number in re.findall(r"\d+", lines[-1])]
    assert numbers == [15, 7, 3, 5, 7, 1]
    others = [words for key, words in wild_answers.VERDICTS.items() if f"“{words}”" in lines[-1]]
    assert others == [wild_answers.VERDICTS[key] for key in ("another name", "missed")], "those that occur"


@pytest.mark.parametrize(
    "names, others, lines, formulas, blamed",
    [
        (["line"], [], ["line 4 of grad: `a` should be `b`"], [], True),
        (["line"], [["another-cost"]], ["line 4 of grad: `a` should be `b`"], [], False),
        (["factor"], [], [], ["your dtheta = 2 ∂C/∂theta; it should be ∂C/∂theta"], True),
        (["another-cost"], [], ["line 2 of cost: `a` should be `b`"], [], False),
        (["derivative"], [], ["line 2 of cost: `a`; the gradient treats `a` as a constant"], [], False),
        ([], [], [], ["your C = a; net.cost is b, which it should be"], False),
    ],
)
def test_an_answer_to_a_wrong_cost_may_blame_the_gradient(names, others, lines, formulas, blamed):
    said = {"names": names, "alternatives": others, "lines": lines, "formulas": formulas}
    wrong = (name for name, module in MODULES.items() if module.KIND == "cost")
    missed = {"answer": said, "verdict": "missed"}
    rows = {next(wrong): {"answer": said, "verdict": "explained"}, next(wrong): missed}
    assert wild_table.blames_the_gradient({"answer": said}) == blamed
    assert f"Of the 1 wrong costs that it names or explains, it shows {int(blamed)} from" in wild_table.costs_line(rows)


def test_a_row_counts_the_cases_of_its_page_and_the_right_answers():
    of = lambda *parts: [name for name, module in MODULES.items() if wild_parts.part(module) in parts]
    slopes, false_alarms = of(("slope", "sigmoid"), ("slope", "any")), of(("right", "slopes"))
    rows = dict.fromkeys([*slopes, *false_alarms], {"verdict": "missed"})
    rows |= dict(
        zip(slopes, [{"verdict": each} for each in ("named", "among several", "explained", "place", "silent")])
    )
    rows[false_alarms[0]] = {"verdict": "named"}
    lines = list(wild_table.page_lines(rows))
    assert f"| {{doc}}`wild_slopes` | {len(slopes)} | 3 |" in lines
    assert f"| {{doc}}`wild_false_alarms` | {len(false_alarms)} | {len(false_alarms) - 1} |" in lines
    assert len(lines) == 2 + len(set(wild_parts.pages().values()))
