"""Changes that hand on an argument where a call leaves it at its default."""

import ast
import copy
import inspect
from types import FunctionType, MethodType

from .changes import places_in, value_of


def handed_on(tree, may, words):
    """Changes that give a call one argument more."""
    for place in places_in(tree):
        call = place.node
        for keyword in words.left_out.get(id(call), ()) if may(call) else ():
            yield place.instead(ast.Call(call.func, call.args, [*call.keywords, keyword]), 1.2)


def left_out_in(functions):
    """What the calls in some OwnFunctions could be given and are not, where the parameter has a default.

    Returns
    -------
    dict
        Id of a call → keywords: what has the name of the parameter there, and what other calls give for it.
    """
    calls, given = [], {}
    for function in functions:
        for call in ast.walk(function.tree):
            called = value_of(ast.unparse(call.func), function.values) if isinstance(call, ast.Call) else None
            if isinstance(called, FunctionType | MethodType) and _is_plain(call):
                parameters = list(inspect.signature(called).parameters.values())
                by_place = [each.name for each in parameters if each.kind is not each.KEYWORD_ONLY]
                gives = dict(zip(by_place, call.args)) | {keyword.arg: keyword.value for keyword in call.keywords}
                calls.append((function, call, [each for each in parameters if each.name not in gives]))
                for name, value in gives.items():
                    given.setdefault(name, {})[ast.unparse(value)] = value
    found = {}
    for function, call, missing in calls:
        for parameter in missing:
            name, values = parameter.name, {}
            if parameter.default is not parameter.empty:
                values = {name: ast.Name(name, ast.Load())} if name in function.values else {}
                values |= given.get(name, {})
            keywords = [ast.keyword(name, copy.deepcopy(value)) for value in values.values()]
            found.setdefault(id(call), []).extend(keywords)
    return found


def _is_plain(call):
    """Whether it is told by the call alone which parameter is given what."""
    starred = any(isinstance(argument, ast.Starred) for argument in call.args)
    return not starred and all(keyword.arg for keyword in call.keywords)
