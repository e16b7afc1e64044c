"""Says of a wrong answer which of its parts are wrong, and how: a factor, a sign, a transpose, the penalty, zeros."""

import ast
import re
from dataclasses import dataclass, field

import numpy as np

CLOSE = 1e-7  # of the largest entry: far above rounding, and far below every mistake that has a name
FACTORS = (1, -1, 2, -2, 0.5, -0.5)
POWERS = {1: "{}", -1: "1/{}", 2: "{}²", -2: "1/{}²", 0.5: "√{}", -0.5: "1/√{}"}
ARGUMENTS = {
    "m": ("Y", "X", "H"),
    "K": ("Y", "H"),
    "n": ("n",),
    "h": ("h",),
    "λ": ("lam", "alpha"),
    "rate": ("rate", "lr"),
}


@dataclass
class Pair:
    """An array that came and the right one, with the facts of its call, and its parameters where there are any."""

    came: np.ndarray
    right: np.ndarray
    facts: dict
    parameters: np.ndarray | None = None
    decay: float = 0.0
    given: str = ""  # all arguments of its call but λ, in words


@dataclass
class Part:
    """One part of the results of all calls, such as the biases of the last layer."""

    kind: str
    where: str
    pairs: list = field(default_factory=list)


def describe(question, calls, came, right):
    """Sentences on the parts of an answer that are wrong; empty where nothing can be said for certain.

    calls : pairs (args, kwargs)
    came, right : for each call the answer's result and the right one, in lists, arrays and words
    """
    parts = {}
    found = [
        entry
        for (args, kwargs), result, expected in zip(calls, came, right)
        for entry in _pairs(question, args, kwargs, result, expected)
    ]
    for kind, where, pair in _cost_apart(found):
        parts.setdefault((kind, where), Part(kind, where)).pairs.append(pair)
    found = {key: law(part.pairs) for key, part in parts.items()}
    exchanged = _exchanged(came, right)
    if exchanged:
        return [exchanged]
    sentences = []
    for text in dict.fromkeys(text for text in found.values() if text):
        told = _named([key for key in found if found[key] == text], found)
        if told.startswith(("the ", "what ", "part ")):  # and no name, such as db
            told = told[0].upper() + told[1:]
        sentences.append(f"{told}: {text}.")
    other, good = ([key for key in found if found[key] == text] for text in (None, ""))
    if other and sentences:
        sentences.append(f"Wrong as well: {_named(other, found)}.")
    if good and len(good) < len(found):
        sentences.append(f"Right: {_named(good, found)}.")
    return sentences


def _exchanged(came, right):
    """A sentence where every result is right but for two of its parts, which have changed places; otherwise None."""
    count = len(right[0]) if right and isinstance(right[0], list) else 0
    if not all(isinstance(each, list) and len(each) == count for each in [*came, *right]):
        return None
    for i in range(count):
        for j in range(i + 1, count):
            places = [j if place == i else i if place == j else place for place in range(count)]
            if all(_equal(here, [true[place] for place in places]) for here, true in zip(came, right)) and not all(
                _equal(true[i], true[j]) for true in right
            ):
                return f"Parts {i + 1} and {j + 1} of the result have changed places; all else is right."
    return None


def _equal(came, right):
    """Whether two results are the same but for rounding, however they are nested."""
    if isinstance(right, list):
        return isinstance(came, list) and len(came) == len(right) and all(map(_equal, came, right))
    if isinstance(right, str):
        return isinstance(came, str) and came == right
    return isinstance(came, np.ndarray) and _close(came, right)


def _named(keys, found):
    """Parts in words: all of them, all weights, all biases, or a list."""
    if set(keys) == set(found) and len(found) > 1:
        return "All parts"
    kinds = {kind for kind, _ in found}
    whole = [kind for kind in sorted(kinds) if {key for key in found if key[0] == kind} <= set(keys)]
    rest = [key for key in keys if key[0] not in whole]
    return ", ".join([*whole, *(f"{kind}{where}" for kind, where in rest)])


# The results, taken apart


def _pairs(question, args, kwargs, came, right):
    """Triples (kind, where, Pair) for one call."""
    call, shapes = _texts(question)
    given = {**dict(zip(call, args)), **kwargs}
    facts = _facts(given)
    strength = facts.get("λ")
    whole = facts.get("n", facts.get("m"))
    decay = strength / whole if strength is not None and whole else 0.0
    outcome = shapes.partition("result")[2]
    names = re.findall(r"(\w+)\[l\]", outcome)
    if not names and "rate" in facts and {"W", "b"} <= given.keys():
        names = ["W_new", "b_new"]
    blocked = "1 + n_(l-1)" in outcome
    if "list of numbers" in outcome:
        same = isinstance(came, list) and len(came) == len(right) and all(_is_number(part) for part in came)
        yield "the numbers", "", Pair(np.ravel(came) if same else np.full(1, np.nan), np.ravel(right), facts)
        return
    for path, here, expected in _leaves(came, right, ()):
        layer = path[-1] if path else 0
        layers = _length(right, path)
        where = "" if layers < 2 else " of the last layer" if layer == layers - 1 else " of the layers below"
        if blocked and path and layer and np.ndim(expected) == 2:
            theta = given.get("Theta")
            old = theta[layer] if theta is not None and np.shape(theta[layer]) == np.shape(expected) else None
            step = "rate" in facts and old is not None
            here, expected = _minus(here, old, step), _minus(expected, old, step)
            for kind, columns in (("the biases", slice(0, 1)), ("the weights", slice(1, None))):
                kind = f"the steps of {kind}" if step else kind
                own = None if old is None or step else old[:, columns]
                part = here[:, columns] if np.shape(here) == np.shape(expected) else here
                wanted = expected[:, columns] if np.shape(here) == np.shape(expected) else expected
                yield kind, where, Pair(part, wanted, facts, own, decay * (kind == "the weights"))
            continue
        if len(path) == 2 and names:
            kind = names[path[0]] if path[0] < len(names) else f"part {path[0] + 1}"
            old = given.get(kind.removesuffix("_new")) if kind.endswith("_new") else None
            step = old is not None and np.shape(old[layer]) == np.shape(expected)
            here, expected = (_minus(each, old[layer] if step else None, step) for each in (here, expected))
            yield f"the step of {kind}" if step else kind, where, Pair(here, expected, facts)
        elif path:
            yield f"part {path[0] + 1} of the result", "", Pair(here, expected, facts)
        else:
            others = repr([(key, value) for key, value in given.items() if key not in ARGUMENTS["λ"]])
            yield "the result", "", Pair(here, expected, facts, given=others)


def _cost_apart(found):
    """The same triples, but for a cost with a penalty: the cost without it, and what it adds, in the place of the
    whole.
    """
    costs = [pair for _, _, pair in found if pair.right.size == 1 and pair.came.size == 1 and "λ" in pair.facts]
    if len(costs) < len(found) or not costs:
        return found
    apart = [("the cost without penalty", "", pair) for pair in costs if not pair.facts["λ"]]
    for pair in costs:
        for other in costs:
            if pair.facts["λ"] and not other.facts["λ"] and pair.given == other.given:
                added = Pair(pair.came - other.came, pair.right - other.right, pair.facts)
                apart.append(("what the penalty adds", "", added))
                break
    return apart


def _minus(value, old, step):
    return value - old if step and np.shape(value) == np.shape(old) else value


def _leaves(came, right, path):
    """Triples (path, what came, what is right) for all arrays of the right result."""
    if isinstance(right, list):
        if isinstance(came, list) and len(came) == len(right):
            for place, pair in enumerate(zip(came, right)):
                yield from _leaves(*pair, (*path, place))
        else:
            yield path, np.full(1, np.nan), np.zeros(0)
    elif isinstance(right, np.ndarray):
        yield path, came if isinstance(came, np.ndarray) else np.full(1, np.nan), right


def _length(right, path):
    """How many entries the list has in which a leaf lies."""
    for place in path[:-1]:
        right = right[place]
    return len(right) if path else 0


def _texts(question):
    """The names of a question's arguments, and the shapes that its test tells."""
    for node in ast.walk(ast.parse(question.tests[0].source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "tests_of":
            call, shapes = (ast.literal_eval(argument) for argument in node.args[1:3])
            return call.partition("(")[2].rstrip(")").split(", "), shapes
    return [], ""


def _facts(given):
    facts = {}
    for fact, names in ARGUMENTS.items():
        for name in names:
            value = given.get(name)
            if fact == "m" and np.ndim(value) == 2:
                facts.setdefault("m", float(len(value)))
                facts.setdefault("samples differ", bool(np.ptp(value, axis=0).any()))
            elif fact == "K" and np.ndim(value) == 2:
                facts.setdefault("K", float(np.shape(value)[1]))
            elif fact not in ("m", "K") and np.ndim(value) == 0 and isinstance(value, (int, float)):
                facts[fact] = float(value)
    if "m" not in facts and isinstance(given.get("m"), (int, float)):
        facts["m"] = float(given["m"])
    return facts


# What is wrong with a part


def law(pairs):
    """What is wrong with a part, in words; "" where it is right, and None where no law holds for all its calls."""
    if all(_close(pair.came, pair.right) for pair in pairs):
        return ""
    if any(pair.came.shape != pair.right.shape for pair in pairs):
        turned = [pair for pair in pairs if pair.right.ndim == 2 and _close(pair.came, pair.right.T)]
        return "transposed" if len(turned) == len(pairs) else None
    if not all(np.isfinite(pair.came).all() for pair in pairs):
        return None
    felt = [pair for pair in pairs if np.any(pair.right)]
    if felt and not any(np.any(pair.came) for pair in pairs):
        return "zero"
    return _multiple(pairs) or _turned(felt) or _of_penalty(pairs) or _one_sample(pairs)


def _multiple(pairs):
    """A factor in front of all entries; of single numbers, three with one law are needed."""
    numbers = all(pair.right.size == 1 for pair in pairs)
    ratios, facts = [], []
    for pair in pairs:
        size = np.vdot(pair.right, pair.right).real
        ratio = np.vdot(pair.right, pair.came).real / size if size else 0.0
        if not _close(pair.came, ratio * pair.right):
            return None
        if size and (pair.right.size > 1 or numbers):
            ratios.append(ratio)
            facts.append(pair.facts)
    if numbers and len(ratios) < 3:
        return None
    named = factor(ratios, facts)
    if named == "-1":
        return "the wrong sign"
    return named and f"{named} times the right numbers"


def _turned(pairs):
    if pairs and all(pair.right.ndim == 2 and _close(pair.came, pair.right.T) for pair in pairs):
        return "transposed" if any(min(pair.right.shape) > 1 for pair in pairs) else None
    return None


def _of_penalty(pairs):
    """Data's share and parameters, each with a factor of its own."""
    if not all(pair.parameters is not None and "λ" in pair.facts for pair in pairs):
        return None
    shares, pulls, facts, pulled = [], [], [], []
    spared = all(pair.decay == 0 for pair in pairs)  # biases, which no penalty reaches
    for pair in pairs:
        data = pair.right - pair.decay * pair.parameters
        columns = np.column_stack([data.ravel(), pair.parameters.ravel()])
        solution, _, rank, _ = np.linalg.lstsq(columns, pair.came.ravel(), rcond=1e-10)
        if not _close(pair.came, (columns @ solution).reshape(pair.came.shape)):
            return None
        if rank == 2 and pair.came.size > 2:
            shares.append(solution[0])
            facts.append(pair.facts)
            if pair.facts["λ"]:
                pulls.append(solution[1] * pair.facts.get("n", pair.facts.get("m", 1.0)) / pair.facts["λ"])
                pulled.append(pair.facts)
            elif abs(solution[1]) > CLOSE:
                return None
    share, pull = factor(shares, facts), factor(pulls, pulled)
    if share is None or pull is None:
        return None
    told = []
    if share == "-1":
        told.append("the data's share has the wrong sign")
    elif share != "1":
        told.append(f"the data's share is {share} times the right one")
    if spared:
        told += [] if pull == "0" else ["the penalty pulls at them, which reads none of them"]
    elif pull == "0":
        told.append("the penalty is missing")
    elif pull != "1":
        told.append("the penalty has the wrong sign" if pull == "-1" else f"the penalty is {pull} times the right one")
    return ", and ".join(told) or None


def _one_sample(pairs):
    single = [_close(pair.came, pair.right) for pair in pairs if pair.facts.get("m") == 1]
    several = [_close(pair.came, pair.right) for pair in pairs if pair.facts.get("samples differ")]
    if single and several and all(single) and not any(several):
        return "right for one sample alone, and wrong for several: look at how the samples come together"
    return None


def factor(ratios, facts):
    """The law that ratios follow: a number, or a power of m, n, h or another fact of the calls; None where none does.

    A power is named only where the fact has at least two values, and where no other power fits as well.
    """
    if len(ratios) < 2:
        return None
    ratios = np.array(ratios)
    if np.ptp(ratios) <= CLOSE * max(1.0, abs(ratios).max()):
        return f"{round(float(ratios.mean()), 6) + 0.0:g}"
    found = []
    for name in ARGUMENTS:
        values = [fact.get(name) for fact in facts]
        if None in values or len(set(values)) < 2 or min(values) <= 0:
            continue
        for power, words in POWERS.items():
            for number in FACTORS:
                if np.allclose(ratios, number * np.array(values) ** power, rtol=CLOSE, atol=0):
                    found.append(("" if number == 1 else "−" if number == -1 else f"{number:g} ") + words.format(name))
    if all("m" in fact and "n" in fact and min(fact["m"], fact["n"]) > 0 for fact in facts):
        for words, share in (
            ("n/m", [fact["n"] / fact["m"] for fact in facts]),
            ("m/n", [fact["m"] / fact["n"] for fact in facts]),
        ):
            if np.allclose(ratios, share, rtol=CLOSE, atol=0):
                found.append(words)
    return found[0] if len(found) == 1 else None


def _close(came, right):
    if np.shape(came) != np.shape(right):
        return False
    size = np.max(np.abs(right), initial=0)
    return bool(np.all(np.abs(came - right) <= CLOSE * size + 1e-12))


def tree(row):
    """The result that a row of ``Bench.results`` holds, in lists, arrays of real numbers and words."""
    parts = iter(row)
    whole = next(parts)
    if not (isinstance(whole, str) and whole == "3 parts" and len(row) > 1):  # an error may read so, too
        return whole
    return _tree(parts)


def _is_number(part):
    return np.size(part) == 1 and np.asarray(part).dtype.kind in "biufc"


def _tree(parts):
    part = next(parts)
    if isinstance(part, str):
        count = re.fullmatch(r"(\d+) parts", part)
        return [_tree(parts) for _ in range(int(count[1]))] if count else part
    return part.real if not np.any(part.imag) else part
