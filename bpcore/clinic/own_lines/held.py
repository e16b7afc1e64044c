"""What a program holds, in lists, dicts, attributes, closures and buffers: put back after a changed program ran."""

import dis
import itertools
import operator
import random
import sys
import types
from collections import deque
from functools import _lru_cache_wrapper, lru_cache

import numpy as np

from .program import is_own, is_own_module, slots_of

SMALL = 2_000  # entries of what is looked at after each run; a dict's keys count as well
MAKERS = "default_rng", "Generator"  # of generators that share nothing
SELDOM = 100  # runs, after which the rest is


class Held:
    """What some objects hold now, arrays that can be written among them; ``put_back()`` makes them hold it again."""

    def __init__(self, objects):
        arrays = [value for value in objects if isinstance(value, np.ndarray) and value.flags.writeable]
        self.arrays = [(array, array.copy()) for array in arrays]
        self.empty, self.stores, self.large = [], [], []  # dicts above all, of functions without attributes
        for value in filter(_can_change, objects):
            entries = _entries(value)
            if entries == [] and isinstance(value, dict | list | deque | set):
                self.empty.append(value)
            elif entries is not None:
                (self.large if len(entries) > SMALL else self.stores).append((value, entries))
        self.turns = 0
        self.caches = [value for value in objects if isinstance(value, _lru_cache_wrapper) and _may_change(value)]
        self.numbers = [
            (value.bit_generator, value.bit_generator.state)
            for value in objects
            if isinstance(value, np.random.Generator)
        ]
        older = [value for value in objects if isinstance(value, np.random.RandomState | random.Random)]
        if any(_may_draw(value) for value in objects if isinstance(value, types.FunctionType)):
            older += [np.random, random]  # whose functions share a generator each, which is slow to put back
        older = [value for value in older if not isinstance(value, random.SystemRandom)]  # which has no state
        self.states = [(_state_of(value)[1], _state_of(value)[0]()) for value in older]

    def put_back(self, all_of_it=False):
        """What has very many entries is looked at from time to time alone."""
        self.turns += 1
        for cache in self.caches:  # of what a changed program returned
            cache.cache_clear()
        for generator, state in self.numbers:
            generator.state = state
        for put, state in self.states:
            put(state)
        seldom = self.large if all_of_it or self.turns % SELDOM == 0 else []
        for value in [value for value in self.empty if value]:
            value.clear()
        for value, before in (*self.stores, *seldom):
            now = _entries(value)
            if len(now) != len(before) or not all(map(operator.is_, now, before)):
                _put_back(value, before)
        for array, before in self.arrays:
            if array.size == before.size:  # it may have been resized in place, which nothing takes back
                if array.shape != before.shape:
                    array.shape = before.shape
                array[...] = before


def _may_draw(function):
    """Whether a function, or one within it, speaks of ``random``, or of what was imported from it.

    A generator that it makes, with ``np.random.default_rng``, is its own.
    """
    codes = [function.__code__]
    for code in codes:
        codes += [part for part in code.co_consts if isinstance(part, types.CodeType)]
        names = {name for name in code.co_names if name == "random" or _is_shared(function.__globals__.get(name))}
        for one, following in itertools.pairwise(dis.get_instructions(code) if names else ()):
            if one.argval in names and following.argval not in MAKERS:
                return True
    return False


def _is_shared(value):
    """Whether a value is a module with a generator of its own, or a function that draws from it."""
    owner = value if isinstance(value, types.ModuleType) else getattr(value, "__self__", None)
    return owner is random or owner is np.random or isinstance(owner, np.random.RandomState | random.Random)


def _state_of(generator):
    """The methods that get and set the state of an older generator of NumPy's, or of one of Python's."""
    if hasattr(generator, "get_state"):
        return generator.get_state, generator.set_state
    return generator.getstate, generator.setstate


def _may_change(cache):
    """Whether what a cache keeps can be that of a changed program: not where a library's function computes it."""
    function = cache.__wrapped__
    return not isinstance(function, types.FunctionType) or is_own(function.__code__.co_filename)


def _can_change(value):
    """Whether a changed program may change an object by itself: no class and no module that is not its own."""
    if isinstance(value, type):
        return is_own_module(value.__module__)
    return not isinstance(value, dict) or "__name__" not in value or is_own_module(str(value["__name__"]))


def _entries(value):
    """What can be exchanged in an object, one after the other; None where there is nothing."""
    if isinstance(value, types.CellType):
        return [value.cell_contents]
    if isinstance(value, list | deque | set):
        return list(value)
    if isinstance(value, dict):
        return [*value.keys(), *value.values()]
    if isinstance(value, type):
        return [*vars(value).keys(), *vars(value).values()]
    names = slots_of(value) if _may_have_slots(type(value)) else []
    return [*names, *(getattr(value, name) for name in names)] if names else None


@lru_cache
def _may_have_slots(kind):
    """Whether objects of a class may have slots that a program fills anew: not where the class is Python's own."""
    return kind.__module__.partition(".")[0] not in sys.stdlib_module_names


def _put_back(value, before):
    if isinstance(value, types.CellType):
        (value.cell_contents,) = before
    elif isinstance(value, list):
        list.__setitem__(value, slice(None), before)
    elif isinstance(value, deque | set):
        value.clear()
        (value.extend if isinstance(value, deque) else value.update)(before)
    else:
        half = len(before) // 2
        _put_back_by_name(value, dict(zip(before[:half], before[half:])))


def _put_back_by_name(value, by_name):
    if isinstance(value, dict):
        for name in [name for name in value if name not in by_name]:
            dict.__delitem__(value, name)
        dict.update(value, by_name)
        if list(value) != list(by_name):
            dict.clear(value)
            dict.update(value, by_name)
    elif isinstance(value, type):
        for name in [name for name in vars(value) if name not in by_name]:
            type.__delattr__(value, name)
        for name, own in by_name.items():
            if vars(value).get(name, value) is not own:
                type.__setattr__(value, name, own)
    else:
        for name in set(slots_of(value)) - set(by_name):
            object.__delattr__(value, name)
        for name, own in by_name.items():
            object.__setattr__(value, name, own)
