"""Which changes of lines make right what a program computes wrongly."""

import ast
import contextlib
import io
import itertools
import logging
import math
import re
import time
import types
import warnings
from dataclasses import dataclass, replace

import numpy as np

from .changes import LEFT_OUT, values_in, words_of
from .defaults import left_out_in
from .factors import groups_of
from .foresight import Foresight
from .held import Held
from .program import FAILURES, Ran, calls_in, functions_of, limited, only_read, reached_from, watched
from .rules import OTHERS, USUAL

# What all runs of changed programs may cost, where nothing else explains the gradient and where something does. A run
# costs 75, to compile and to judge it, and one for each call of a function in it, about 2 µs; a change that is foreseen
# to be of no help costs 10. It is counted, so that the answer is the same on every machine where MOST_SECONDS suffice.
MOST = 1_500_000
LEAST = 180_000
A_RUN, A_GLANCE = 75, 10
MOST_PARAMETERS = 2_000  # whose derivative is asked for entry by entry
PRICES = (1.2, 1.5, 1.8, np.inf)  # up to which changes are tried together
MOST_SAMPLES = 5_000  # along an axis: a changed product of two arrays may have as many rows, and columns
SELDOM = 20  # changes, after which the clocks are looked at
MOST_SECONDS = {time.process_time: 10.0, time.monotonic: 15.0}  # where one call takes milliseconds, or waits
SAID = ((r" \+ -(?=\d)", " - "), (r" - -(?=\d)", " + "), (r" \+= -(?=[\d.]+$)", " -= "), (r" -= -(?=[\d.]+$)", " += "))
MOST_LINES = 6
MOST_NUMBERS = 12  # of those that are written in the program
MOST_TOGETHER = 12  # groups of changes that are run, where none helps alone
RATHER = 0.5  # of the price, less
ATTEMPTS = 3  # where the most likely change leads nowhere, or is right by luck near the parameters alone
ALIKE = 0.11  # the prices of changes of one kind
LONGER = 10  # times as many calls of functions as the program's own a changed one may make
SAME = 1e-12  # of a cost: what a sum in another order may change


@contextlib.contextmanager
def without_clocks():
    """Searches end when their runs are spent, however slow the machine is: the answer is the same on every machine."""
    before = dict(MOST_SECONDS)
    MOST_SECONDS.update(dict.fromkeys(before, math.inf))
    try:
        yield
    finally:
        MOST_SECONDS.update(before)


@dataclass(frozen=True)
class Line:
    """A line of the program, or a part of it, as it stands and as it makes the gradient right.

    Attributes
    ----------
    function : str
    number : int
        In its file.
    computed : str
        The line as it stands, as Python.
    right : str
        As it should be.
    words : str
        In the place of ``right``: where the line belongs, or that it does not.
    together : bool
        Whether it was found to help together with another change of another kind, and not alone.
    """

    function: str
    number: int
    computed: str
    right: str
    words: str
    together: bool = False

    @property
    def place(self):
        return f"{self.number}" + f" of {self.function}" * (self.function != "<lambda>")

    def __str__(self):
        return f"line {self.place}: `{self.computed}` should be {self.words or f'`{self.right}`'}"

    def rows(self):
        """Pairs of a label and what is said: where it is, as it stands, and as it should be."""
        return ("line", self.place), ("yours", self.computed), ("right", self.words or self.right)


class Search:
    """The changes of the functions of a program, tried one after another.

    Attributes
    ----------
    run : callable
        Of a place, as a vector: what the program computes there, as another.
    places : list of ndarray
    blocks : list of ndarray
        The places in what ``run`` returns that are right or wrong together.
    thorough : bool
        Whether all changes are tried, and not only the usual ones.
    roots : list
        What the functions and all that they remember are reached from; the same as ``run`` if that is the program's.
    """

    greatest, least = MOST, LEAST

    def __init__(self, run, places, blocks, thorough, definition=None, roots=None):
        self.run, self.places, self.blocks, self.thorough = run, places, blocks, thorough
        self.roots = roots or [run]
        self.left = self.budget = self.greatest if thorough else self.least
        self.refused = set()  # as texts, the last lines of attempts that failed
        self.kept = None  # what the definition gives, once lines may be changed that it runs through as well
        share = min(1, self.greatest / MOST)
        self.turns, self.ends = 0, [(clock, clock() + share * seconds) for clock, seconds in MOST_SECONDS.items()]
        with silent():
            self._watch(definition)
            if self.functions:
                self.wrong = self.judged(self.came_at(1))

    def came_at(self, count):
        """What the program computes at the first so many places."""
        return [np.asarray(self.run(place.copy()), float) for place in self.places[:count]]

    def judged(self, came):
        """How wrong the blocks are of what came at the first places."""
        raise NotImplementedError

    def holds(self):
        """Whether the program, as it is changed now, is right farther off too."""
        return True

    def defined(self):
        """What the definition of what is right gives at all places."""
        return np.array([])

    wrong_in = None  # which blocks of what came at the first place are wrong; None where that cannot be told by itself

    def _watch(self, definition):
        """See what of the program runs, what of it runs for the ``definition`` too, and what can be changed."""
        ran, by_definition, codes, self.elsewhere, self.numbers = {}, {}, {}, [], []
        for place in self.places:
            for call, found in (self.run, ran), (definition, by_definition):
                here, there = watched(lambda call=call, place=place: call(place.copy())) if call else ({}, {})
                for file, parts in here.items():
                    found.setdefault(file, set()).update(parts)
                codes.update(there if call is self.run else {})
                self.numbers += [each for code in there for each in code.co_consts if type(each) in (int, float)]
                self.elsewhere += [] if call is self.run else [name for code in there for name in code.co_names]
        self.elsewhere = list(dict.fromkeys(self.elsewhere))
        self.numbers = tuple(dict.fromkeys(self.numbers))[:MOST_NUMBERS]
        self.ran = {file: Ran(parts) for file, parts in ran.items()}
        self.by_definition = {file: Ran(parts) for file, parts in by_definition.items()}
        modules = {id(names): names for names, _ in codes.values()}
        defined = [
            value
            for names in modules.values()
            for value in names.values()
            if isinstance(value, types.FunctionType | type)
        ]
        self.roots, self.modules = [*self.roots, *defined], list(modules.values())
        reached = reached_from(self.roots)
        # one in which a changed program raises has ended, and cannot be put back
        can_end = any(isinstance(each, types.GeneratorType) for each in reached)
        self.functions = [] if can_end else functions_of(reached, self.ran, codes)
        for function in self.functions:
            for ran in filter(None, (self.ran[function.file], self.by_definition.get(function.file))):
                ran.complete(function.tree)
        self.count_calls()

    def count_calls(self):
        """How many functions the program calls at the first place, and how many calls and rounds a changed one may."""
        with contextlib.ExitStack() as counted:
            for function in self.functions:
                counted.enter_context(function.as_it_stands())
            counts = [calls_in(lambda place=place: self.run(place.copy())) for place in self.places]
        self.calls = counts[0][0]
        self.most = [100 + LONGER * max(count) for count in zip(*counts)]

    def lines(self):
        """The Lines that are to be changed, from the top down; none where that is not enough."""
        if not self.functions:
            return ()
        reached = reached_from(self.roots)
        arrays = [each for each in reached if isinstance(each, np.ndarray)]
        with silent(), only_read(arrays, lambda: self.run(self.places[1].copy())), contextlib.ExitStack() as changed:
            for function in self.functions:
                changed.callback(function.take, function.objects[0].__code__)
                if function.can_be_endless:
                    changed.enter_context(function.as_it_stands())  # its rounds are counted, whatever is changed
            self.held = Held([*reached, *self.modules])
            self.foresight = {}
            changed.callback(self.held.put_back, all_of_it=True)
            found = self._found_one_by_one()
            for attempt in range(1, ATTEMPTS if self.thorough else 1):
                if found or len(self.refused) < attempt or self.left <= 0:
                    break
                found = self._found_one_by_one()
            if not found and self.thorough and self.by_definition:
                self.kept = self.defined()
                found = self._found_one_by_one()
        return tuple(sorted((line for _, line in found.values()), key=lambda line: line.number))

    def _found_one_by_one(self):
        """The lines of changes that are made one after the other until nothing is wrong; none where that fails.

        By the place of a line: the whole of it as it stood, and the Line.
        """
        found, previous, last, before = {}, None, "", self.wrong
        with contextlib.ExitStack() as changed:
            while self.wrong.any() and len(found) < MOST_LINES:
                best = self._best(previous)
                if best is None:
                    break
                steps, wrong = best
                only_near = self._only_nears(wrong)
                first, self.wrong, last = steps[0][1], wrong, "" if only_near else _said(steps)
                previous = first.rule, first.price, first.brings_in
                # a program with one slip found is worth another look, after half of the way or a failure a shorter one
                least = self.budget // (6 if self.refused or only_near else 2)
                self.left = least if only_near else max(self.left, least)
                self.foresight = {}  # of a program that is another one now
                for function, change in steps:
                    parts = change.parts or [change]
                    shown = [(part, first_line(part.statement), _line(function, part)) for part in parts]
                    changed.enter_context(change.made())
                    changed.enter_context(function.as_it_stands())
                    for part, whole, line in shown:
                        key = function.file, line.number
                        if key in found:  # the line has two slips
                            right, elsewhere = first_line(part.new_statement), line.words or found[key][1].words
                            words = f"`{right}`, {elsewhere}" if elsewhere else ""
                            line = replace(line, computed=found[key][0], right=right, words=words)
                        unlike = len({_kind(step) for step in steps}) > 1
                        together = unlike or key in found and found[key][1].together
                        found[key] = found.get(key, (whole,))[0], replace(line, together=together)
            if not self.wrong.any() and self.holds():
                return found
        self.wrong, self.foresight = before, {}
        self.refused |= {last} - {""}
        return {}

    def _best(self, previous):
        """The changes, each with its function, that leave least wrong, and what that is; None where none helps.

        A single slip reaches every block that is wrong, and no other: changes of what does so are tried first. A slip
        is often made in several lines: before all others come the changes like the ``previous`` one, of which the rule,
        the price and what it brings in are given.
        """
        known = self._known()
        usual = (each for each in self._changes(USUAL, known) if each[0] == 0)
        if self.kept is not None:
            usual = iter(sorted(usual, key=lambda each: each[2].price))
        rest = self._rest(known)
        first = [self._alike(previous, known), usual] if previous else [usual]
        if self.refused:  # a likely change led nowhere: the next best, of the less likely too
            first = [itertools.chain(usual, next(rest, ()))]
        near = []  # changes that make no block right, and some so but for a factor or a penalty
        self.effects = self.effects_of_each()
        for changes in itertools.chain(first, rest):
            hits = list(self._hits(changes))
            near += [hit for hit in hits if self._only_nears(hit[2])]
            hits = [hit for hit in hits if not self._only_nears(hit[2])] or [hit for hit in near if self.left <= 0]
            if hits:
                return min(hits, key=lambda hit: hit[0])[1:]
        return min(near, key=lambda hit: hit[0])[1:] if near else self._best_together()

    def effects_of_each(self):
        """What holds the effects of changes that do not help alone; None where it is not known what would be right."""
        return None

    def _best_together(self):
        """The same of changes that help together."""
        if not self.thorough or not self.effects:
            return None
        groups = itertools.islice(self.effects.together(_kind), MOST_TOGETHER)
        for steps in itertools.chain(groups, self._of_factors()):
            wrong = self._wrong_with(steps, 1)
            wrong = None if wrong is None else self._wrong_with(steps, len(self.places))
            if wrong is not None and _said(steps) not in self.refused:
                return steps, wrong
        return None

    def _of_factors(self):
        """Groups of changes, each with its function, of several factors of one product."""
        for function in self.functions:
            known = self._foresight_of(function)
            for changes in groups_of(known, self._may(function), self.effects.missing, self.wrong > 0, self.blocks):
                yield [(function, change) for change in changes]

    def _only_nears(self, wrong):
        """Whether as many blocks are not right as before."""
        return bool(((wrong > 0) == (self.wrong > 0)).all())

    def _known(self):
        """Each function, what may be changed in it, by how much later each of its values is, and its Words."""
        self.words = {id(f): self.words_in(f) for f in self.functions}
        left_out = left_out_in(self.functions)
        for words in self.words.values():
            words.left_out, words.numbers = left_out, self.numbers
        later = [{node: self._later(blocks) for node, blocks in self._reached_by(f).items()} for f in self.functions]
        return [(f, self._may(f), its, self.words[id(f)]) for f, its in zip(self.functions, later)]

    def words_in(self, function):
        """The Words that are at hand for changes of a function."""
        return words_of(function, self.ran[function.file], self.elsewhere)

    def _alike(self, previous, known):
        """The changes by the rule of another one that are about as likely as it; first those that bring in the same."""
        rule, price, brings_in = previous
        changes = self._changes(USUAL if rule in USUAL else (rule,), known)
        alike = [each for each in changes if abs(each[2].price - price) < ALIKE]
        return sorted(alike, key=lambda each: each[2].brings_in != brings_in)

    def _rest(self, known):
        """What is not usual, turn by turn; it is not made before the usual has been tried."""
        if self.thorough:
            usual = (each for each in self._changes(USUAL, known) if each[0] > 0)
            changes = sorted(itertools.chain(usual, self._changes(OTHERS, known)), key=lambda each: each[0])
            for _, of_this_turn in itertools.groupby(changes, lambda each: each[0]):
                yield of_this_turn

    def _changes(self, rules, known):
        """The changes by some rules, each with its turn and its function; ``known`` is what each function has."""
        for function, may, later, words in known:
            if words.longest > MOST_SAMPLES:
                continue
            for by, change in ((rule, change) for rule in rules for change in rule(function.tree, may, words)):
                change.rule = by
                farther = self._farther(change, later)
                if farther is not None:
                    turn = next(k for k, most in enumerate(PRICES) if change.price + farther <= most)
                    yield turn, function, change

    def _hits(self, changes):
        """What helps among changes whose turn it is; beside a formula those of the first statement that is enough."""
        found_in = None
        for _, function, change in changes:
            if found_in not in (None, change.statement) and not self.thorough:
                return
            if self.is_over():
                return
            wrong = self._tried(function, change)
            if wrong is not None:
                said = _said([(function, change)])
                if said in self.refused:
                    continue
                glue = 0.1 * isinstance(function.tree, ast.Lambda)  # by which a program is handed over, as a rule
                length = len(_line(function, change).right)
                worth = int(wrong.sum()), change.price + length / 1000 + glue, said
                found_in = found_in if wrong.any() else change.statement
                yield worth, [(function, change)], wrong

    def is_over(self):
        """Whether all that the runs may cost is spent, or the time."""
        self.turns += 1
        if self.turns % SELDOM == 0 and any(clock() > end for clock, end in self.ends):
            self.left = 0
        return self.left <= 0

    def _farther(self, change, later):
        """By how much later a change is tried, by what it replaces, or what is around it; None where it is not."""
        if _is_a_copy(change):  # what is written into the array elsewhere may be in any block
            return 0.0
        nodes = (change.replaced, *change.around[::-1])
        farther = next((later[id(node)] for node in nodes if id(node) in later), 0.0)
        is_assignment = isinstance(change.edits[0][3], ast.Assign | ast.AugAssign)
        return 0.0 if farther and is_assignment else farther  # what is lost in it need not be of every block

    def _later(self, blocks):
        """By how much later a change of what reaches these blocks is tried, which are None where that is not known.

        Not later where they are those that are wrong and no other; None where none of them is wrong.
        """
        wrong = self.wrong > 0
        if blocks is None or np.array_equal(blocks, wrong):
            return 0.0
        if not (blocks & wrong).any():
            return None
        return 0.6 if (blocks & ~wrong).any() else 0.3

    def _tried(self, function, change):
        """The blocks that stay wrong with a change; None where it does not run or makes nothing better."""
        if self._is_of_no_help(function, change):
            return None
        steps = [(function, change)]
        wrong = self._wrong_with(steps, 1)
        wrong = None if wrong is None else self._wrong_with(steps, len(self.places))
        is_kept = wrong is None or self.kept is None or self._keeps_what_is_defined(function, change)
        return wrong if is_kept else None

    def _is_of_no_help(self, function, change):
        """Whether it is known without a run that a change makes nothing better."""
        self.left -= A_GLANCE
        if _is_a_copy(change):  # its value is the same
            return False
        known = self._foresight_of(function)
        before = known.spent
        no_help = known.is_of_no_help(change, lambda came: self._is_better_with(function, change, came))
        self.left -= known.spent - before
        return no_help

    def _foresight_of(self, function):
        if id(function) not in self.foresight:
            words, run = self.words[id(function)], self._run_as_it_is
            self.foresight[id(function)] = Foresight(function, words, run, self.wrong_in, self.calls)
        return self.foresight[id(function)]

    def _run_as_it_is(self, hooks=False):
        """What the program computes at the first place, of which it remembers nothing; hooks are called often."""
        try:
            with contextlib.nullcontext() if hooks else limited(*self.most):
                return np.asarray(self.run(self.places[0].copy()), float).ravel()
        finally:
            self.held.put_back()

    def _is_better_with(self, function, change, came):
        """Whether what comes with a change at the first place is better; it is noted."""
        self._note(function, change, came)
        return self._is_better(self.wrong_in(came))

    def _note(self, function, change, came):
        """Keep what comes with a change for pairs of such; a line that does nothing is rather left out than changed."""
        if self.effects:
            self.effects.note((function, change), change.price - RATHER * (change.words == LEFT_OUT), came)

    def _wrong_with(self, steps, count):
        """The blocks that stay wrong at the first so many places with changes of functions; None as before."""
        left = self.most
        try:
            try:
                with contextlib.ExitStack() as made:
                    for function, change in steps:
                        made.enter_context(change.made())
                        made.enter_context(function.as_it_stands())
                    left = made.enter_context(limited(*self.most))
                    came = self.came_at(count)
            finally:
                self.held.put_back()
                self.left -= A_RUN + self.most[0] - left[0]
            wrong = self.judged(came)
        except FAILURES:  # a changed program may do whatever a program can
            return None
        if count == len(steps) == 1:
            self._note(*steps[0], came[0].ravel())
        return wrong if self._is_better(wrong) else None

    def _keeps_what_is_defined(self, function, change):
        """Whether the definition gives what it gave, with a change of a line that it may run through."""
        try:
            with change.made(), function.as_it_stands(), limited(*self.most):
                return self._is_as_defined()
        except FAILURES:
            return False
        finally:
            self.held.put_back()

    def _is_as_defined(self):
        return bool((abs(self.defined() - self.kept) <= SAME * abs(self.kept)).all())

    def _is_better(self, wrong):
        return bool((wrong < self.wrong).any() and (wrong <= self.wrong).all())

    def _may(self, function):
        """Whether a node ran, and not for the definition of what is right, such as the cost, or for both."""
        never = lambda node: False
        ran, by_definition = self.ran[function.file], self.by_definition.get(function.file, never)
        return ran if self.kept is not None else lambda node: ran(node) and not by_definition(node)

    def _reached_by(self, function):
        """By node, which blocks each value of a function reaches, and each statement; None where that is not known."""
        before, may, reached = self._run_as_it_is(), self._may(function), {}
        for place in values_in(function.tree):
            here = self._moved_by(function, place, before) if may(place.node) else np.zeros(len(self.blocks), bool)
            reached[id(place.node)] = here
            there = reached.get(id(place.statement), np.zeros(len(self.blocks), bool))
            reached[id(place.statement)] = None if here is None or there is None else here | there
        return reached

    def _moved_by(self, function, place, before):
        """The blocks that are others where a value is larger; None where it is no number.

        None of them where what is defined is another, too: no change of that value is kept.
        """
        if self.is_over():
            return None
        more = ast.BinOp(place.node, ast.Add(), ast.Constant(0.125))  # a zero is another, too
        larger = place.instead(ast.BinOp(more, ast.Mult(), ast.Constant(1.25)), 0)
        try:
            with larger.made(), function.as_it_stands(), limited(*self.most):
                moved = np.asarray(self.run(self.places[0].copy()), float) != before
                may = self.kept is None or self._is_as_defined()
            return np.array([may and moved[block].any() for block in self.blocks])
        except FAILURES:
            return None
        finally:
            self.held.put_back()


def _kind(step):
    """What a change has in common with others that undo the same slip elsewhere."""
    return step[1].rule, step[1].price, frozenset(step[1].brings_in.items())


def _is_a_copy(change):
    """Whether what a change computes is the same, in an array of its own: ``a.copy()``, or ``a = a * b``."""
    new, statement = change.edits[0][3], change.statement
    if isinstance(statement, ast.AugAssign) and isinstance(new, ast.Assign):
        return ast.unparse(new.value) == ast.unparse(ast.BinOp(statement.target, statement.op, statement.value))
    return isinstance(new, ast.Call) and getattr(new.func, "attr", "") == "copy"


def _said(steps):
    """All Lines of changes as one text."""
    return "; ".join(str(_line(function, part)) for function, change in steps for part in change.parts or [change])


def _line(function, change):
    """The Line of a change."""
    shown = change.shown
    computed = first_line(shown)
    new = {id(change.statement): change.new_statement, id(change.replaced): change.edits[0][3]}
    with change.made():
        right = first_line(new.get(id(shown), shown))
    gives_itself = re.fullmatch(r"(.+) = \1", right)
    words = change.words or LEFT_OUT * bool(gives_itself)
    return Line(function.name, shown.lineno, computed, right, words)  # the line is one of several of a statement


def first_line(node):
    text = ast.unparse(node).splitlines()[0]
    for pattern, said in SAID:
        text = re.sub(pattern, said, text)
    return text


class Nowhere(io.TextIOBase):
    """What is printed thousands of times, and kept by nobody."""

    def write(self, text):
        return len(text)


@contextlib.contextmanager
def silent():
    """No prints, warnings and records of a program that is run again and again."""
    quiet = logging.root.manager.disable
    with contextlib.redirect_stdout(Nowhere()), contextlib.redirect_stderr(Nowhere()):
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            try:
                logging.disable()
                yield
            finally:
                logging.disable(quiet)
