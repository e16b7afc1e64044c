"""Runs a pasted program, asks the doctor about it, and says in words what keeps it from running."""

import ast
import builtins
import contextlib
import functools
import io
import json
import linecache
import re
import sys
import time
import traceback
import types
import warnings

import numpy as np
from guess import network_of, written
from program import FILE, MOMENTA, RATES, Program, Unreadable, arrays_of, copied, plain

from bpcore import Network, check_update, checkup, diagnose
from bpcore.clinic.structures import Structure

LINES, CHARACTERS = 200, 20_000  # of what a program prints
SILENT = ("matplotlib", "seaborn", "tqdm")  # drawing has no place here, and takes no part in a gradient
# What an update's words say that it is meant to be; the first that fits, since AdamW's have "adam" in them too.
OPTIMISERS = {
    "adamw": "adamw",
    "nesterov": "nesterov|lookahead",
    "rmsprop": "rmsprop",
    "adagrad": "adagrad",
    "adam": "adam|beta2",
    "momentum": "momentum|velocity",
    "sgd": "sgd|gradientdescent",
}
MOVING = ("nesterov", "momentum")
ADAPTIVE = ("adamw", "rmsprop", "adagrad", "adam")  # in which epsilon is what keeps a quotient finite
FORMS = (  # of parameters, where a program with an update has none
    None,
    [np.linspace(-1, 1, 6).reshape(2, 3), np.array([0.5, -0.3])],
    {"W1": np.linspace(-1, 1, 6).reshape(2, 3), "b1": np.array([[0.5], [-0.3]])},
)
UNSEEN = str.maketrans(dict.fromkeys("\ufeff\u200b\u2060\0"))
# what web pages, word processors and Chinese keyboards write for the signs of a program
TYPED = str.maketrans("\u00a0\u3000\u2018\u2019\u201c\u201d\u2212\u2013\u3001\u3002", "  ''\"\"--,.")
TYPED |= {0xFEE0 + sign: sign for sign in range(ord("!"), ord("~") + 1)}
PROMPT = re.compile(r"(>>>|\.\.\.|In \[\d*\]:| +\.\.\.:)( |$)")
OURS = ("builtins", "math", "numpy", "bpcore", "guess", "program", "runner")  # modules that answer the next question


class Bounded(io.TextIOBase):
    """Keeps the first lines that a program prints and counts the rest."""

    def __init__(self):
        self.parts, self.lines, self.size = [], 0, 0

    def writable(self):
        return True

    def write(self, text):
        text = str(text)
        if self.lines < LINES and self.size < CHARACTERS:
            self.parts.append("".join(text[: CHARACTERS - self.size].splitlines(True)[: LINES - self.lines]))
            self.size += len(text)
        self.lines += text.count("\n")
        return len(text)

    def said(self):
        kept = "".join(self.parts)
        more = self.lines - kept.count("\n")
        if more > 0:
            return f"{kept.rstrip()}\n… and {more:,} more lines"
        return kept.rstrip() + (" …" if self.size > len(kept) else "")


class Stand(types.ModuleType):
    """Stands for a library that draws: whatever is called in it does nothing."""

    __path__ = ()

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *values, **named):
        # a decorator, or tqdm(range(9)): what goes in comes out
        return values[0] if len(values) == 1 and self.__name__ == "tqdm" else self

    def __iter__(self):
        return iter((self, self))

    def __getitem__(self, key):
        return self

    def __setitem__(self, key, value):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False


class Stands:
    """Finds a stand for the libraries that draw, where they are not installed."""

    def __init__(self):
        self.used = set()

    def find_spec(self, name, path=None, target=None):
        from importlib.machinery import ModuleSpec

        top = name.partition(".")[0]
        return ModuleSpec(name, self, is_package=True) if top in SILENT else None

    def create_module(self, spec):
        self.used.add(spec.name.partition(".")[0])
        return Stand(spec.name.partition(".")[0])

    def exec_module(self, module):
        pass


def can_be_read(text):
    try:
        ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def within_fences(text):
    """Markdown with blank lines in the place of its words; of an odd number of fences only the fences go."""
    parts = re.split(r"^```.*$", text, flags=re.MULTILINE)
    if len(parts) % 2 and len(parts) > 1:
        parts[::2] = ["\n" * part.count("\n") for part in parts[::2]]
    return "".join(parts)


def tidy(source):
    """The program without what a notebook, a prompt or a web page has put between its lines; no line moves."""
    text = source.translate(UNSEEN).replace("\r\n", "\n").replace("\r", "\n")
    if can_be_read(text):
        return text
    lines = within_fences(text).split("\n")
    if any(re.match(r">>> |In \[\d*\]:", line) for line in lines):
        lines = [line[match.end() :] if (match := PROMPT.match(line)) else "" for line in lines]
    text = "\n".join("" if re.match(r"\s*[%!]\w", line) else line for line in lines)
    return text if can_be_read(text) else text.translate(TYPED)


def refused_input(*_):
    raise Unreadable("The program calls input(), and nobody can answer here: put the value into the program.")


@contextlib.contextmanager
def surroundings(out):
    """What a program may change is as before when it has ended."""
    stands, known, limit = Stands(), dict(sys.modules), sys.getrecursionlimit()
    ours = [(vars(module), dict(vars(module))) for name, module in known.items() if name.partition(".")[0] in OURS]
    sys.meta_path.insert(0, stands)
    for name in known:
        if name.partition(".")[0] in SILENT:
            del sys.modules[name]
    try:
        with (
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(out),
            np.errstate(),
            np.printoptions(),
            warnings.catch_warnings(),
        ):
            np.seterr(all="ignore")
            warnings.simplefilter("ignore")
            yield stands
    finally:
        for names, before in ours:
            names.update(before)
        sys.setrecursionlimit(limit)
        sys.meta_path[:] = [finder for finder in sys.meta_path if finder is not stands]
        for name in [name for name in sys.modules if name.partition(".")[0] in SILENT]:
            del sys.modules[name]
        sys.modules.update(known)


def run_program(source):
    """The names that a program defines, and its syntax tree."""
    if source.lstrip().startswith("{") and '"nbformat"' in source:
        raise Unreadable("This is the file of a notebook, not a program: paste what stands in its code cells.")
    text = tidy(source)
    linecache.cache[FILE] = len(text), None, text.splitlines(True), FILE
    tree = ast.parse(text, FILE)
    if not tree.body:
        raise Unreadable("There is no program yet: paste one, or start from an example.")
    scope = {"__name__": "__main__", "__builtins__": {**vars(builtins), "input": refused_input}}
    exec(compile(tree, FILE, "exec"), scope)
    return scope, tree


# The three visits.


def visit(source, ask="gradient", network=None):
    """Run a program: what the doctor says of it, what was taken for what, the call, and names for the answer's own."""
    scope, tree = run_program(source)
    program, given = Program(scope, tree), Network(**network) if network else None
    return {"gradient": of_gradient, "training": of_training, "update": of_update}[ask](program, given, source)


def of_gradient(program, given, _):
    program.read()
    for function in program.cost, program.grad:  # what they lack is said before anything is searched
        function(copied(program.params))
    net, settings, _, sentence = network_of(program, given)
    data = {"X": program.X, "Y": program.Y} if net else {}
    found = diagnose(program.cost, program.grad, program.params, net=net, **data, **settings)
    if found.names == ("kink",):  # as at the start of many programs, where all biases are zero
        moved = diagnose(program.cost, program.grad, beside(program.params), net=net, **data, **settings)
        if moved.names != ("kink",):
            found, said = moved, "asked beside your parameters, a hundredth away: they stand on a kink of the cost"
            program.said.append(said)
    shown = ["cost", "grad", "params"]
    shown += [f"net={written(net)}", f"X={program.x_name}", f"Y={program.y_name}"] if net else []
    shown += [f"{name}={value:g}" for name, value in settings.items()]
    return found, [*program.said, sentence], f"diagnose({', '.join(shown)})", {}


def beside(params):
    """Parameters a hundredth away."""
    structure = Structure(params)
    vector = structure.vector(params)
    return structure.nest(vector + 0.01 * np.random.default_rng(0).standard_normal(vector.size), own_dtypes=True)


def of_training(program, given, _):
    net, settings, theta = given, {}, None
    try:
        program.read()
        program.cost(copied(program.params))
        found, settings, layout, sentence = network_of(program, given)
        net = found or given
        if layout is not None:
            theta = layout.to_theta(Structure(program.params).vector(program.params))
    except Unreadable as error:
        if given is None:
            raise
        sentence = f"parameters: not looked at. {error}"
    if program.X is None or program.Y is None:
        raise Unreadable("The checkup needs the data: inputs under a name such as X, and targets under one such as Y.")
    if net is None:
        raise Unreadable(
            f"The checkup needs a network, and found none ({sentence}). Choose its layers, activations and loss above."
        )
    X, Y = rows_for(net, program.X, program.Y)
    owner = getattr(program, "owner", None)
    rate, rate_name = program.number(RATES, owner)
    costs, costs_name = program.history()
    batch, batch_name = program.number(("batchsize", "minibatchsize"), owner)
    momentum, momentum_name = program.number(("momentum", "mu"), owner)
    own = {"lr": (rate, rate_name), "fit": (costs, costs_name), "momentum": (momentum, momentum_name)}
    own["batch_size"] = (int(batch) if batch else None, batch_name)
    fitted = {name: value for name, (value, _) in own.items() if value is not None}
    if "lam" in settings:
        fitted["lam"] = settings["lam"] * len(X) / settings.get("n", len(X))
    found = checkup(net, X, Y, theta, **fitted)
    taken = [
        f"{name}: {place}" if name == "fit" else f"{name}: {value:g}, from {place}"
        for name, (value, place) in own.items()
        if value is not None
    ]
    shown = [written(net), program.x_name, program.y_name] + ["theta"] * (theta is not None)
    shown += [f"{name}={place}" for name, (value, place) in own.items() if value is not None]
    shown += [f"lam={fitted['lam']:g}"] if "lam" in fitted else []
    called = {"lr": rate_name} if rate_name not in (None, "lr") else {}
    return found, [*program.said, sentence, *taken], f"checkup({', '.join(shown)})", called


def rows_for(net, X, Y):
    """Data with one sample a row, as the checkup takes them."""
    n = net.sizes[0]
    turned = X.ndim == 2 and X.shape[1] != n and X.shape[0] == n
    X = X.reshape(-1, 1) if X.ndim == 1 and n == 1 else X.T if turned else X
    if Y.ndim == 2 and len(Y) != len(X) and Y.shape[1] == len(X):
        Y = Y.T
    return X, Y


def of_update(program, _, source):
    """An update beside the rule that it is meant as; of several, one by which it is right, or else has a known slip."""
    function = program.update()
    rules, why = rules_of(program, function, source)
    answers = {}
    for like in rules:
        if answers:  # an update remembers its steps: another rule needs one that has taken none
            with contextlib.redirect_stdout(io.StringIO()):
                program = Program(*run_program(source))
            function = program.update()
        answers[like] = beside_rule(program, function, like)
        if not answers[like][0].names:
            break
    like = min(answers, key=lambda rule: (bool(answers[rule][0].names), answers[rule][0].names == ("unknown",)))
    found, settings, places = answers[like]
    why = why if like == rules[0] else "the nearest of the rules that it may be meant as"
    inside = ", ".join(argument.name for argument in function.arguments)
    numbers = [f"{key}={value:g}" for key, value in settings.items() if key != "state"]
    shown = ", ".join([function.name, f"like={like!r}", *numbers])
    read = [f"update: {function.name}({inside}), held against {like}, {why}", *places.values()]
    return found, read, f"check_update({shown})", {}


def beside_rule(program, function, like):
    """The answer about an update beside one rule, the settings that were read, and where each was found."""
    defaults = {plain(argument.name): argument for argument in function.arguments}
    rates = [name for name in RATES if name != "epsilon" or like not in ADAPTIVE]
    settings, places = {}, {}
    for name, names in {"lr": rates, "momentum": MOMENTA, "beta1": ("beta1",), "beta2": ("beta2",)}.items():
        given = [defaults[each] for each in names if each in defaults and each != "epsilon"]  # which is an Adam's ε
        given = [each for each in given if isinstance(each.default, float)]
        own = next((each for each in given if program.may_be_meant(each.name, each.default)), None)
        value, place = (own.default, own.name) if own else program.number(names, function.owner)
        if value is not None:
            settings[name], places[name] = value, f"{name}: {value:g}, from {place}"
    known = {*RATES, *MOMENTA, "beta1", "beta2", "b1", "b2", "eps", "epsilon", "t"}
    extra = [each.name for each in function.arguments[2:] if plain(each.name) not in known]
    state = tuple(program.scope[name] for name in extra if name in program.scope)
    if state:
        settings["state"] = state[0] if len(state) == 1 else state
    own = next((program.scope[name] for name in ("params", "parameters", "theta") if name in program.scope), None)
    found = held(function, like, settings, [arrays_of(own)] if arrays_of(own) is not None else FORMS)
    return found, settings, places


def rules_of(program, function, source):
    """The rules that an update may be meant as, the likeliest first, and what says so.

    Names and lines decide; but an SGD may have momentum, and words about a program may say what it is not.
    """
    kind = type(function.owner).__name__ if function.owner is not None else ""
    texts = {"its name": f"{function.name} {kind}", **program.lines_of(function)}
    found = {what: rules for what, text in texts.items() if (rules := rules_in(text))}
    place = program.number(MOMENTA, function.owner)[1]
    names = {place} & {*re.findall(r"\w+", " ".join(texts.values()))}
    moves = names or any(plain(argument.name) in MOMENTA for argument in function.arguments)
    usual = ["momentum", "sgd"] if moves else ["sgd"]
    if not found:
        words = rules_in(source)
        rules = [*usual, *words] if "sgd" in words else [*words, *usual]
        return [*dict.fromkeys(rules)], "as words of the program say" if words else "since nothing names another rule"
    what, (like, *_) = next(iter(found.items()))
    why = "as its lines say" if what == "its lines" else f"as {what} says"
    if like != "sgd":
        return [like], why
    if what == "its name":  # the lines of its class may be those of another rule
        found.pop("its class", None)
    known = [
        each for rules in found.values() for each in rules if each != "sgd" and (what != "its name" or each in MOVING)
    ]
    return [*dict.fromkeys([*known, *usual])], why


def rules_in(text):
    """The rules that a text names, the likeliest first."""
    return [like for like, words in OPTIMISERS.items() if re.search(words, plain(text))]


def held(function, like, settings, forms):
    """The update with parameters in the first of these forms that it takes."""
    found, trouble = None, None
    for form in forms:
        try:
            found = check_update(with_other_keys(function.call), like=like, theta=copied(form), **settings)
        except Exception as error:  # of another form
            trouble = trouble or error
            continue
        if "nothing-changed" not in found.names:
            break
    if found is None:
        raise trouble
    return found


def with_other_keys(update):
    """An update that finds the gradient of W1 under dW1 too."""

    @functools.wraps(update)
    def called(theta, gradient, *more, **named):
        if isinstance(gradient, dict):
            gradient = {**gradient, **{f"d{key}": part for key, part in gradient.items()}}
        return update(theta, gradient, *more, **named)

    return called


# What the page is told.


def rows_of(text, called):
    """The lines of an answer as headings and pairs (label, words), with long lines put together again.

    ``called``: what stands in the row "where" → what the program calls it.
    """
    rows = []
    for line in text.splitlines():
        match = re.match(r"  (\S.*?)\s{2,}(\S.*)$|  (\S{1,12}) (\S.*)$", line)
        if not line.startswith("  "):
            rows.append(["", line])
        elif match:
            rows.append([match[1] or match[3], match[2] or match[4]])
        else:
            rows[-1][1] += " " + line.strip()
    for row in rows:
        if row[0] == "where" and row[1] in called:
            row[1] += f" (from {called[row[1]]})"
    return rows


def lines_of(error):
    """The lines of the program that led to an error, as the reader numbered them."""
    if isinstance(error, SyntaxError) and error.filename == FILE and error.lineno:
        return [f"line {error.lineno}: {(error.text or '').strip()}"]
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == FILE]
    rows = [f"line {frame.lineno}: {(frame.line or '').strip()[:200]}" for frame in frames]
    return rows if len(rows) < 5 else [*rows[:2], f"… {len(rows) - 4} more …", *rows[-2:]]


def words_for(error):
    """What went wrong, as a sentence or two."""
    try:
        said = re.sub(r"\s+", " ", str(error))[:600]
    except Exception:  # it is of a class of the program's own
        said = "no words"
    if isinstance(error, Unreadable):
        return said
    if isinstance(error, SyntaxError):
        return f"Python cannot read line {error.lineno}: {error.msg}" + "." * (not error.msg.endswith(("?", ".")))
    if "'Stand'" in said:
        return "The program computes with what a library for drawing returns, and none is here: leave the drawing out."
    if isinstance(error, ModuleNotFoundError):
        return (
            f"The program imports {error.name}, and this page has NumPy and bpcore alone. "
            f"Leave out what needs it; put data in as numbers, or draw them with NumPy."
        )
    if isinstance(error, MemoryError) or said.startswith("array is too big"):
        return "The program asks for more memory than this page gives it, 512 MB. Take fewer samples or fewer units."
    if isinstance(error, RecursionError):
        return "A function of the program calls itself without end."
    if isinstance(error, SystemExit):
        return "The program ends itself, by sys.exit or exit, before the doctor can look at it. Take that line out."
    if isinstance(error, OSError):
        return (
            f"The program reaches for a file or for the network, and there is none here ({said.rstrip('.')}). "
            "Put the numbers in."
        )
    if isinstance(error, ValueError) and re.search(r"matmul|broadcast|not aligned|reshape|mismatch", said):
        return f"The shapes of two arrays do not fit: {said}"
    own = isinstance(error, (TypeError, ValueError)) and not lines_of(error)  # the doctor's, about what it was given
    return said if own else ": ".join(filter(None, (type(error).__name__, said)))


def run(request):
    """The answer to a question, both as JSON: ``source``, ``ask``, ``network``; never raises."""
    question, out, begun = json.loads(request), Bounded(), time.perf_counter()
    with surroundings(out) as stands:
        try:
            found, read, call, called = visit(
                question["source"], question.get("ask", "gradient"), question.get("network")
            )
            text = repr(found)
            names = list(found.names)
            report = {"text": text, "rows": rows_of(text, called), "names": names, "read": read, "call": call}
            if stands.used:
                report["read"].append(f"{', '.join(sorted(stands.used))}: not here, so its calls did nothing")
        except BaseException as error:
            notes = list(getattr(error, "__notes__", ()))
            report = {"error": " ".join([words_for(error), *(f"({note})" for note in notes)]), "lines": lines_of(error)}
    return json.dumps({**report, "printed": out.said(), "seconds": round(time.perf_counter() - begun, 3)})
