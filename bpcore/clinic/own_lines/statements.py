"""The changes of whole statements: left out, moved, made over, or with another name throughout."""

import ast
import re
from dataclasses import replace
from itertools import combinations

from .changes import ASSIGNMENTS, LEFT_OUT, VARIABLES, Change, bodies_in, is_of_a_library, places_in, put_on_a_line


def of_statements(tree, may, words):
    """Changes of whole statements: left out, made earlier or later, added up or set anew, another name throughout."""
    indices = {
        ast.unparse(node.slice): node.slice for node in ast.walk(tree) if isinstance(node, ast.Subscript)
    }.values()
    for owner, field, held in bodies_in(tree):
        for i, statement in enumerate(held):
            rest = held[:i] + held[i + 1 :]
            if _is_a_jump(statement) and may(statement.test):
                yield from _moved(owner, field, i, statement, rest)
            if isinstance(statement, ast.Break | ast.Continue):
                other = ast.Continue() if isinstance(statement, ast.Break) else ast.Break()
                put_on_a_line(other, statement)
                yield Change(statement, (statement,), [(owner, field, i, other)], 1.1)
            if not isinstance(statement, ASSIGNMENTS) or statement.value is None or not may(statement.value):
                continue
            yield from _other_assignments(owner, field, i, statement)
            nothing = [ast.copy_location(ast.Pass(), statement)]
            yield Change(statement, (statement,), [(owner, field, None, rest or nothing)], 1.4, LEFT_OUT)
            yield from _moved(owner, field, i, statement, rest)
            yield from _other_targets(owner, field, i, statement, indices)
            yield from _to_another_too(owner, field, i, statement, words)
    yield from _no_other_branch(tree)
    yield from _across_a_border(tree, may)
    yield from _other_names(tree, may, words)
    yield from _at_the_end_of_a_round(tree, may, words)


def _is_a_jump(statement):
    """Whether a statement does nothing but end the round of a loop, or the loop, under a condition."""
    is_one = isinstance(statement, ast.If) and len(statement.body) == 1 and not statement.orelse
    return is_one and isinstance(statement.body[0], ast.Continue | ast.Break)


def _moved(owner, field, i, statement, rest):
    for k in range(len(rest)):
        if k != i and not isinstance(rest[k], ast.Return):
            moved = [*rest[:k], statement, *rest[k:]]
            where = f"before line {rest[k].lineno}" if k < i else f"after line {rest[k - 1].lineno}"
            yield Change(statement, (statement,), [(owner, field, None, moved)], 1.5, where)


def _other_targets(owner, field, i, statement, indices):
    """Changes that exchange two of the variables among which a statement shares out a tuple, or set another entry."""
    target = statement.targets[0] if isinstance(statement, ast.Assign) else None
    for k, j in combinations(range(len(target.elts)), 2) if isinstance(target, ast.Tuple | ast.List) else ():
        elts = list(target.elts)
        elts[k], elts[j] = elts[j], elts[k]
        new = ast.Assign([type(target)(elts, ast.Store())], statement.value)
        put_on_a_line(new, statement)
        yield Change(statement, (statement,), [(owner, field, i, new)], 1.2 if j == k + 1 else 1.4)
    target = getattr(statement, "target", target)
    if isinstance(target, ast.Subscript):
        for index in indices:
            if len(getattr(index, "elts", ())) == len(getattr(target.slice, "elts", ())) > 1:
                yield Change(statement, (statement,), [(target, "slice", None, index)], 1.3)


def _to_another_too(owner, field, i, statement, words):
    """Changes that do what a statement does to one variable, ``a *= c``, to another one as well."""
    if not (isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name)):
        return
    for word in words.values:
        if isinstance(word.node, ast.Name) and word.text != statement.target.id:
            more = ast.AugAssign(ast.Name(word.text, ast.Store()), statement.op, statement.value)
            put_on_a_line(more, statement)
            held = getattr(owner, field)
            said = f"followed by `{ast.unparse(more)}`"
            yield Change(
                statement, (statement,), [(owner, field, None, [*held[: i + 1], more, *held[i + 1 :]])], 1.2, said
            )


def _no_other_branch(tree):
    """Changes that ask a condition of its own where another one did not hold: `if` for `elif`."""
    for owner, field, held in bodies_in(tree):
        for i, statement in enumerate(held):
            if isinstance(statement, ast.If) and len(statement.orelse) == 1 and isinstance(statement.orelse[0], ast.If):
                (second,) = statement.orelse
                apart = [*held[:i], ast.If(statement.test, statement.body, []), second, *held[i + 1 :]]
                put_on_a_line(apart[i], statement)
                said = "an `if` of its own, not `elif`"
                yield Change(second, (second,), [(owner, field, None, apart)], 1.4, said)


def _across_a_border(tree, may):
    """Changes that move a statement into a loop that stands beside it, or out of the loop that it stands in."""
    for owner, field, held in bodies_in(tree):
        for i, loop in enumerate(held):
            if not isinstance(loop, ast.For):
                continue
            body, nothing = loop.body, [ast.copy_location(ast.Pass(), loop)]
            moves = [
                (body[0], [*held[:i], body[0], *held[i:]], body[1:] or nothing, "before the loop"),
                (body[-1], [*held[: i + 1], body[-1], *held[i + 1 :]], body[:-1] or nothing, "after the loop"),
            ]
            for k, one in enumerate(held):
                rest = held[:k] + held[k + 1 :]
                if k < i:
                    moves.append((one, rest, [one, *body], "at the beginning of each round of the loop"))
                if k > i:
                    moves.append((one, rest, [*body, one], "at the end of each round of the loop"))
            for statement, outside, inside, where in moves:
                if isinstance(statement, (*ASSIGNMENTS, ast.Return)) and statement.value and may(statement.value):
                    edits = [(loop, "body", None, inside), (owner, field, None, outside)]
                    yield Change(statement, (statement,), edits, 1.5, f"{where} in line {loop.lineno}")
            yield from _counters_into(loop, owner, field, held[:i], held[i:], may)


def _counters_into(loop, owner, field, before, behind, may):
    """Changes that set the last two or more of the numbers that are set before a loop anew in each of its rounds."""
    where = f"at the beginning of each round of the loop in line {loop.lineno}"
    for count in range(1, len(before) + 1):
        moved = before[-count:]
        if not (isinstance(moved[0], ast.Assign) and isinstance(moved[0].value, ast.Constant) and may(moved[0].value)):
            return
        edits = [(loop, "body", None, [*moved, *loop.body]), (owner, field, None, [*before[:-count], *behind])]
        parts = tuple(Change(each, (each,), edits, 1.6, where) for each in moved)
        if count > 1:
            yield Change(moved[0], (moved[0],), edits, 1.6, where, parts)


def _other_assignments(owner, field, i, statement):
    def instead(new, price=1):
        put_on_a_line(new, statement)
        return Change(statement, (statement,), [(owner, field, i, new)], price)

    target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
    now = type(statement.op) if isinstance(statement, ast.AugAssign) else None
    if isinstance(target, VARIABLES) and not _is_zero(statement.value):
        for sign in (ast.Add, ast.Sub, ast.Mult):
            if sign is not now:
                yield instead(ast.AugAssign(target, sign(), statement.value))
        if now:
            yield instead(ast.Assign([target], statement.value))
    if isinstance(target, ast.Subscript) and not any(isinstance(node, ast.Slice) for node in ast.walk(target.slice)):
        at = {ast.Sub: "subtract", ast.Add: "add", None: "add"}.get(now)  # with rows that are named more than once
        if at:
            ufunc = ast.Attribute(ast.Name("np", ast.Load()), at, ast.Load())
            array = ast.parse(ast.unparse(target.value), mode="eval").body
            call = ast.Call(ast.Attribute(ufunc, "at", ast.Load()), [array, target.slice, statement.value], [])
            yield instead(ast.Expr(call), 1.3)


def _is_zero(node):
    """Whether an expression is zero, or zeros, whose sum with anything would be as good as no line."""
    called = getattr(getattr(node, "func", None), "attr", "")
    return isinstance(node, ast.Constant) and node.value == 0 or called in ("zeros", "zeros_like")


def _other_names(tree, may, words):
    """Changes of one variable for another wherever it is read."""
    read = {}
    for place in places_in(tree):
        node = place.node
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and not place.called and may(node):
            read.setdefault(node.id, []).append(place)
    for name, places in read.items():
        places.sort(key=lambda place: place.statement.lineno)
        later = [place for place in places if place.statement is not places[0].statement]
        for some, said in (places, "as in all other lines"), (later, "as in all lines below"):
            for word in words.values if len(some) > 1 else ():
                if isinstance(word.node, ast.Name) and word.text != name:
                    changes = [place.instead(word.node, 1.5) for place in some]
                    edits = [edit for change in changes for edit in change.edits]
                    yield replace(changes[0], edits=edits, words=f"with `{word.text}` for `{name}`, {said}")


def _at_the_end_of_a_round(tree, may, words):
    """Changes that multiply a variable of a loop once more before the next round."""
    for owner, field, held in bodies_in(tree):
        for statement in held if isinstance(owner, ast.For) else ():
            target = statement.targets[0] if isinstance(statement, ast.Assign) else getattr(statement, "target", None)
            if isinstance(target, ast.Name) and isinstance(statement, ASSIGNMENTS) and may(statement.value):
                for word in words.values:
                    more = ast.AugAssign(ast.Name(target.id, ast.Store()), ast.Mult(), word.node)
                    ast.copy_location(more, held[-1])
                    ast.copy_location(more.target, held[-1])
                    said = f"followed, at the end of the round, by `{ast.unparse(more)}`"
                    yield Change(statement, (statement,), [(owner, field, None, [*held, more])], 2, said)


def as_it_was(tree, may, words):
    """Changes that read a variable as it was before a line that gave it another value."""
    reads = [
        (ast.unparse(place.node), place)
        for place in places_in(tree)
        if isinstance(place.node, VARIABLES) and isinstance(place.node.ctx, ast.Load) and may(place.node)
        if not (place.called or place.counts or is_of_a_library(place.node))
    ]
    for owner, field, held in bodies_in(tree):
        for i, statement in enumerate(held):
            for target in _targets(statement):
                name = ast.unparse(target)
                kept = re.sub(r"\W+", "_", name).strip("_") + f"_before_line_{statement.lineno}"
                read = ast.parse(name, mode="eval").body
                keep = ast.Assign([ast.Name(kept, ast.Store())], ast.UnaryOp(ast.UAdd(), read))  # a copy of an array
                for node in ast.walk(keep):
                    ast.copy_location(node, statement)
                for text, place in reads:
                    if place.statement.lineno > statement.lineno:
                        change = place.instead(ast.Name(kept, ast.Load()), 1.5 if text == name else 1.9)
                        change.edits.append((owner, field, None, [*held[:i], keep, *held[i:]]))
                        yield change


def copies(tree, may, words):
    """A copy of what a statement assigns or hands on, which otherwise would be one array under two names.

    Or a new array in the place of one that is changed in place, ``a = a * b`` for ``a *= b``.
    """
    for place in places_in(tree):
        is_whole = place.field == "value" and isinstance(place.owner, ast.Assign | ast.Return) and may(place.node)
        if is_whole and isinstance(place.node, (*VARIABLES, ast.Call)):
            yield place.instead(_copy_of(place.node), 1.4)
    for owner, field, held in bodies_in(tree):
        for i, statement in enumerate(held):
            if isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name) and may(statement.value):
                before = ast.Name(statement.target.id, ast.Load())
                new = ast.Assign([statement.target], ast.BinOp(before, statement.op, statement.value))
                put_on_a_line(new, statement)
                yield Change(statement, (statement,), [(owner, field, i, new)], 1.45)


def aliases(tree, may, words):
    """A copy of an array that gets a second name, under which it is changed in place: the first changes with it."""
    changed = {name for node in ast.walk(tree) for name in _changed_in_place(node)}
    for place in places_in(tree):
        owner = place.owner
        is_whole = isinstance(owner, ast.Assign) and place.field == "value" and isinstance(place.node, VARIABLES)
        if is_whole and may(place.node) and any(getattr(target, "id", None) in changed for target in owner.targets):
            yield place.instead(_copy_of(place.node), 1)


def _changed_in_place(node):
    """The names of arrays of which a statement changes entries, or all of them."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AugAssign) else []
    for target in targets:
        array = target.value if isinstance(target, ast.Subscript) else target
        if isinstance(array, ast.Name) and (array is not target or isinstance(node, ast.AugAssign)):
            yield array.id


def _copy_of(node):
    return ast.Call(ast.Attribute(node, "copy", ast.Load()), [], [])


def _targets(statement):
    """The variables that a statement gives a value."""
    if isinstance(statement, ast.Assign):
        targets = [each for target in statement.targets for each in getattr(target, "elts", [target])]
    else:
        targets = [statement.target] if isinstance(statement, ast.AugAssign | ast.AnnAssign) else []
    return [target for target in targets if isinstance(target, VARIABLES)]
