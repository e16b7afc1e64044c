"""Parameters as their owner keeps them: any nest of dicts, lists and tuples of arrays, as one vector and back."""

import copy
import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from .. import arguments

SPELLINGS = ("{}", "d{}", "d_{}", "D{}", "grad_{}", "{}_grad", "g{}", "nabla_{}")  # how a gradient calls the key "{}"


class StructureError(ValueError):
    """What a function returned does not fit the parameters that it was given.

    ``place`` says where; ``transposed`` whether it would fit with rows and columns exchanged.
    """

    def __init__(self, place, message, transposed=False):
        super().__init__(message)
        self.place, self.transposed = place, transposed


@dataclass(frozen=True)
class Leaf:
    """One array or number of the nest, and where it stands in the vector.

    ``kind`` is its type: np.ndarray, np.matrix, a NumPy scalar's, or float. ``path`` holds the keys that lead to it.
    """

    name: str
    path: tuple
    shape: tuple
    dtype: np.dtype
    kind: type
    start: int

    @property
    def size(self):
        return math.prod(self.shape)

    @property
    def places(self):
        """Where its entries stand in the vector, in its own shape."""
        return np.arange(self.start, self.start + self.size).reshape(self.shape)

    def value(self, vector, dtype):
        """Its entries of the vector, as a number or array of its own kind; a view where the dtype is the vector's."""
        part = vector[self.start : self.start + self.size].reshape(self.shape).astype(dtype, copy=False)
        if self.kind is float:
            return part.item()
        if issubclass(self.kind, np.generic):
            return part[()]
        return part.view(np.matrix) if self.kind is np.matrix else part

    def within(self, nest):
        """What stands in its place in a nest."""
        for key in self.path:
            nest = nest[key]
        return nest


class Structure:
    """How a nest of parameters is built, so that it can be laid out as one vector and made again from it.

    The leaves are NumPy arrays of floating-point numbers, NumPy scalars and Python floats.
    They stand in the vector in the owner's order, each row by row. None holds no parameter and stays where it is.
    A dict's keys name the blocks (``W1``, ``W1[0,3]``); inside a list, a tuple or a second dict
    the way to the block is its name (``[0][1]``, ``[0][1][2,0]``, ``layer1["W"]``).

    Parameters
    ----------
    params : ndarray, float, dict, list or tuple
        Is looked at, not kept: later changes of it do not matter.
    argument : str
        What messages call it.

    Attributes
    ----------
    leaves : tuple of Leaf
    size : int
        The number of parameters.
    dtype : numpy.dtype
        The coarsest of the leaves' own.

    Raises
    ------
    TypeError
        For a leaf that is no array of floating-point numbers; the message names it and gives a line that mends it.
    ValueError
        For NaN and infinities, for a nest without a number, and for one that contains itself.

    Examples
    --------
    >>> Structure({"W1": np.zeros((2, 3)), "b1": np.zeros(3)}).name_of(4)
    'W1[1,1]'
    """

    def __init__(self, params, argument="params"):
        self.argument, self.leaves, self.size = argument, (), 0
        self.skeleton = self._skeleton(params, (), (), ())
        if not self.size:
            raise ValueError(f"{argument} holds no number: expected at least one parameter")
        self.dtype = max((leaf.dtype for leaf in self.leaves), key=lambda dtype: np.finfo(dtype).eps)

    def __repr__(self):
        return f"Structure({', '.join(f'{leaf.name} {leaf.shape}' for leaf in self.leaves)})"

    # The nest is read once.

    def _skeleton(self, value, path, containers, above):
        """The nest with a Leaf in the place of each leaf."""
        if value is None and path:
            return None
        if not isinstance(value, (dict, list, tuple)):
            return self._leaf(value, path, containers)
        if any(value is outer for outer in above):
            raise ValueError(f"{self.place(path)} contains itself: expected arrays in dicts, lists and tuples")
        items = value.items() if isinstance(value, dict) else enumerate(value)
        read = [(key, self._skeleton(item, (*path, key), (*containers, value), (*above, value))) for key, item in items]
        return _like(value, read)

    def _leaf(self, value, path, containers):
        place, expected = self.place(path), "an array of floating-point numbers"
        if isinstance(value, np.ma.MaskedArray):
            raise TypeError(f"{place} is a masked array: expected {expected}; {place}.filled(number) makes one")
        if not isinstance(value, (np.ndarray, np.generic, float, int, complex)):
            raise TypeError(f"{place} is of type {type(value).__name__}: {self._advice(value, path, containers)}")
        array = np.asarray(value)
        if array.dtype.kind in "biu":
            came = f"holds {array.dtype}" if isinstance(value, np.ndarray) else f"is {value!r} ({type(value).__name__})"
            raise TypeError(
                f"{place} {came}: expected floating-point numbers, since a small step rounds to nothing in whole ones; "
                f"{self._as_float(value, path, containers)} converts"
            )
        if array.dtype.kind != "f":
            cure = f"; {place}.real drops the imaginary part" if array.dtype.kind == "c" else ""
            raise TypeError(f"{place} holds {array.dtype}: expected {expected}{cure}")
        leaf = Leaf(
            self._name(path, containers),
            path,
            array.shape,
            array.dtype,
            np.matrix if isinstance(value, np.matrix) else np.ndarray if isinstance(value, np.ndarray) else type(value),
            self.size,
        )
        if not np.isfinite(array).all():
            first = int((~np.isfinite(array)).ravel().argmax())
            raise ValueError(
                f"{_entry(leaf, first)} is {array.ravel()[first]} ({(~np.isfinite(array)).sum()} entries of {place} "
                f"are NaN or infinite): expected finite numbers; take parameters from before they overflowed"
            )
        if issubclass(leaf.kind, float) and not issubclass(leaf.kind, np.generic):
            leaf = Leaf(leaf.name, path, (), array.dtype, float, self.size)
        self.leaves, self.size = (*self.leaves, leaf), self.size + leaf.size
        return leaf

    def _advice(self, value, path, containers):
        """What to do with something that is no array and no nest."""
        place, expected = self.place(path), "expected a vector, or dicts, lists and tuples of arrays"
        if isinstance(value, Mapping):
            return f"{expected}; dict({place}) makes a dict"
        if value is not None and not isinstance(value, (str, bytes, set, frozenset)) and not callable(value):
            try:
                made = np.asarray(value, dtype=float)
            except Exception:
                made = np.array(None)
            if made.dtype.kind == "f":
                return f"{expected}; np.asarray({place}, dtype=float) makes an array"
        held = [name for name, item in getattr(value, "__dict__", {}).items() if isinstance(item, np.ndarray)]
        if held:
            cure = ", ".join(f'"{name}": {place}.{name}' for name in held)
            return f"{expected}; {{{cure}}} is one, and cost and grad have to read their arrays from there"
        if len(containers) == 1 and isinstance(containers[0], dict):
            outer, key = self.argument, path[0]
            return (
                f"{expected}; hand over {{k: v for k, v in {outer}.items() if k != {key!r}}}, "
                f"with the functions lambda p: cost({{**{outer}, **p}}) and lambda p: grad({{**{outer}, **p}})"
            )
        return f"{expected}; keep what is no parameter outside, in the functions themselves" if containers else expected

    def _as_float(self, value, path, containers):
        """A line that replaces a leaf by floating-point numbers, whatever it stands in."""
        here, depth = self.place(path), len(path)
        new = f"{here}.astype(float)" if isinstance(value, (np.ndarray, np.generic)) else f"float({here})"
        while depth and isinstance(containers[depth - 1], tuple):
            depth, key = depth - 1, path[depth - 1]
            outer = self.place(path[:depth])
            if hasattr(containers[depth], "_fields"):
                new = f"{outer}._replace({containers[depth]._fields[key]}={new})"
            else:
                new = f"(*{outer}[:{key}], {new}, *{outer}[{key + 1}:])"
        return f"{self.place(path[:depth])} = {new}"

    # Names.

    def place(self, path):
        """The Python expression for a place, such as ``params["W1"]``."""
        return self.argument + "".join(map(_subscript, path))

    def _name(self, path, containers):
        if not path:
            return self.argument
        first, outer = path[0], containers[0]
        if isinstance(outer, dict) and all(isinstance(key, str) and key.isidentifier() for key in outer):
            start = first
        elif hasattr(outer, "_fields"):
            start = outer._fields[first]
        else:
            start = _subscript(first)
        return start + "".join(map(_subscript, path[1:]))

    def name_of(self, index):
        """The owner's name of one entry of the vector, such as ``W1[0,3]``, ``[0][1][2,0]`` or ``theta[2]``.

        Raises
        ------
        TypeError, ValueError
            For an index that is no whole number from 0 to size - 1.
        """
        index = arguments.whole("index", index, 0, self.size - 1)
        leaf = next(leaf for leaf in self.leaves if leaf.start <= index < leaf.start + leaf.size)
        return _entry(leaf, index - leaf.start)

    @property
    def blocks(self):
        """Name, size and shape of each leaf that has entries, in the order of the vector."""
        return [(leaf.name, leaf.size, leaf.shape) for leaf in self.leaves if leaf.size]

    # From the nest to the vector, and back.

    def vector(self, params):
        """The parameters as one float64 vector.

        Raises
        ------
        TypeError, ValueError
            For anything but a nest of this structure.
        """
        other = Structure(params, self.argument)
        if [(leaf.path, leaf.shape) for leaf in other.leaves] != [(leaf.path, leaf.shape) for leaf in self.leaves]:
            raise ValueError(f"{self.argument} is {other!r}: expected {self!r}")
        return self._now(params).real.copy()

    def nest(self, vector, own_dtypes=False):
        """The nest with the entries of a vector: fresh arrays, so that a function may spoil them.

        They share one buffer of their own, and have the vector's dtype, float64 or complex128,
        or each leaf's own where ``own_dtypes``.
        """
        vector = vector.copy()
        return self.filled([leaf.value(vector, leaf.dtype if own_dtypes else vector.dtype) for leaf in self.leaves])

    def filled(self, values):
        """The nest with these values in the places of its leaves."""
        return _filled(self.skeleton, dict(zip(self.leaves, values)))

    def arrays_in(self, nest):
        """What stands in the places of the leaves in another nest of this structure, as arrays.

        Raises
        ------
        StructureError
            Where a dict, list or tuple is missing or has more or fewer parts, and where there is no array.
        """
        found = []
        self._collect(self.skeleton, nest, (), found)
        return found

    def _collect(self, part, came, path, found):
        if isinstance(part, Leaf):
            try:
                found.append(_array(came))
            except ValueError as error:  # rows of several lengths, or a list that contains itself
                raise StructureError(self.place(path), f"{in_words(came)} of several shapes") from error
        elif part is not None:
            keys, sequence = (part, Mapping) if isinstance(part, dict) else (range(len(part)), (list, tuple))
            fits = isinstance(came, sequence) and len(came) == len(part)
            if not fits or isinstance(part, dict) and any(key not in came for key in part):
                raise StructureError(self.place(path), f"{in_words(came)} where {self.place(path)} is {in_words(part)}")
            for key in keys:
                self._collect(part[key], came[key], (*path, key), found)

    def _now(self, nest):
        """The entries of a nest that once had this structure; NaN where a leaf is gone or has another shape."""
        entries = np.full(self.size, np.nan, complex)
        for leaf in self.leaves:
            try:
                value = leaf.within(nest)
                if np.shape(value) == leaf.shape:
                    entries[leaf.places.ravel()] = np.ravel(value)
            except (KeyError, IndexError, TypeError, ValueError):
                pass
        return entries

    # What a gradient returns.

    def gradient(self, returned, transposed=False):
        """A gradient of this structure as one vector, and in sentences what had to be understood.

        Lists and tuples stand for each other. A dict may call its keys ``dW1`` for ``W1`` and hold others beside them;
        a tuple may stand for a dict of arrays, in its order. Within a nest (n,), (n, 1) and (1, n) stand for
        each other. Each of these but the first is a sentence of the remarks.

        With ``transposed`` a matrix that fits with rows and columns exchanged is taken so, and is a remark too.

        Raises
        ------
        StructureError
            For anything else: another nesting, another shape, a missing key, and what is no real number.
        """
        if self.leaves[0].shape and _is_cost_and_gradient(returned):
            raise StructureError(
                self.argument,
                f"grad returned a number and {in_words(returned[1])}: expected the gradient alone, such as "
                f"lambda p: cost_and_grad(p)[1]",
            )
        parts, remarks = {}, []
        self._read(self.skeleton, returned, (), parts, remarks, transposed)
        return np.concatenate([parts[leaf] for leaf in self.leaves]), tuple(remarks)

    def _read(self, part, came, path, parts, remarks, transposed):
        where = f" at {self.place(path)}" if path else ""
        if part is None:
            return
        if isinstance(part, Leaf):
            parts[part] = self._numbers(part, came, where, remarks, transposed)
        elif isinstance(part, dict) and isinstance(came, Mapping):
            names = self._keys(part, came, where, path, remarks)
            for key, item in part.items():
                self._read(item, came[names[key]], (*path, key), parts, remarks, transposed)
        else:
            one_by_one = isinstance(came, (list, tuple)) or isinstance(came, np.ndarray) and came.ndim > 0
            if not one_by_one or len(came) != len(part):
                raise StructureError(
                    self.place(path),
                    f"grad returned {in_words(came)}{where}, where {self.argument} has {in_words(part)}: "
                    f"expected the structure of {self.argument}, with each array in the place of its own",
                )
            if isinstance(part, dict):
                remarks.append(
                    f"grad returned {in_words(came)}{where}: taken in the order {', '.join(map(str, part))}."
                )
            items = list(part.items()) if isinstance(part, dict) else list(enumerate(part))
            for (key, item), value in zip(items, came):
                self._read(item, value, (*path, key), parts, remarks, transposed)

    def _keys(self, part, came, where, path, remarks):
        """Which key of the returned dict belongs to which of the parameters'."""
        wanted = [key for key, item in part.items() if item is not None]
        for spelling in SPELLINGS:
            names = {key: spelling.format(key) if isinstance(key, str) else key for key in part}
            if all(names[key] in came for key in wanted):
                if any(names[key] != key for key in wanted):
                    pairs = ", ".join(f"{names[key]} for {key}" for key in wanted[:2])
                    remarks.append(f"grad returned other keys{where}: taken {pairs}{', …' * (len(wanted) > 2)}.")
                return {key: names[key] if names[key] in came else next(iter(came)) for key in part}
        missing = [key for key in wanted if key not in came]
        raise StructureError(
            self.place((*path, missing[0])),
            f"grad returned a dict{where} with the keys {_listed(came)}, and without {_listed(missing)}: "
            f"expected the keys of {self.argument}, {_listed(wanted)}; return an array of zeros for what does not move",
        )

    def _numbers(self, leaf, came, where, remarks, transposed):
        try:
            array = _array(came)
        except Exception:  # arrays of several shapes
            array = np.array(None)
        place = self.place(leaf.path)
        if array.dtype.kind not in "iuf" or isinstance(came, np.ma.MaskedArray):
            raise StructureError(
                place,
                f"grad returned {in_words(came)}{where}, where {self.argument} has an array of shape {leaf.shape}: "
                f"expected real numbers of that shape",
            )
        if array.shape == leaf.shape:
            return array.ravel()
        long = lambda shape: tuple(n for n in shape if n != 1)
        if not leaf.path or long(array.shape) != long(leaf.shape):
            turned = array.ndim == 2 and array.shape == leaf.shape[::-1]
            if turned and transposed:
                remarks.append(f"grad returned shape {array.shape}{where} for {leaf.name}: it is taken transposed.")
                return array.T.ravel()
            raise StructureError(
                place,
                f"grad returned shape {array.shape}{where}, but {leaf.name} has shape {leaf.shape}: expected the same"
                + f"; {array.shape} is {leaf.shape} transposed" * turned,
                turned,
            )
        grows = np.broadcast_shapes(array.shape, leaf.shape)
        effect = f", and {leaf.name} - lr * gradient would have shape {grows}" if grows != leaf.shape else ""
        remarks.append(
            f"grad returned shape {array.shape}{where} for {leaf.name} of shape {leaf.shape}: the numbers are taken in "
            f"their order{effect}; .reshape{leaf.shape} gives it the shape of the parameter."
        )
        return array.ravel()


def _is_cost_and_gradient(returned):
    """Whether a number stands before a gradient, as where one function returns both."""
    if not isinstance(returned, tuple) or len(returned) != 2:
        return False
    first, second = returned
    is_number = isinstance(first, float | int | np.generic) or isinstance(first, np.ndarray) and first.ndim == 0
    return is_number and isinstance(second, dict | list | tuple | np.ndarray)


def _array(came, above=()):
    """What came as an array; ValueError for a list that contains itself, which NumPy would fill all memory with."""
    if isinstance(came, list | tuple):
        if any(came is outer for outer in above):
            raise ValueError("a list contains itself")
        for part in came:
            _array(part, (*above, came))
    return came if above else np.asarray(came)


def _filled(part, values):
    if part is None or isinstance(part, Leaf):
        return values.get(part)
    items = part.items() if isinstance(part, dict) else enumerate(part)
    return _like(part, [(key, _filled(item, values)) for key, item in items])


def _like(container, items):
    """A container of the same type with other items."""
    if isinstance(container, dict):
        made = copy.copy(container)
        made.update(items)
        return made
    values = [item for _, item in items]
    if isinstance(container, list):
        return values
    return type(container)._make(values) if hasattr(container, "_fields") else tuple(values)


def _subscript(key):
    return f'["{key}"]' if isinstance(key, str) and '"' not in key and "\\" not in key else f"[{key!r}]"


def _entry(leaf, offset):
    if not leaf.shape:
        return leaf.name
    return f"{leaf.name}[{','.join(str(int(k)) for k in np.unravel_index(offset, leaf.shape))}]"


def _listed(keys):
    keys = [repr(key) for key in keys]
    return ", ".join(keys[:8]) + ", …" * (len(keys) > 8) or "none"


def in_words(value):
    """A returned value in a few words."""
    if isinstance(value, Leaf):
        return f"an array of shape {value.shape}"
    if isinstance(value, Mapping):
        return f"a dict with the keys {_listed(value)}"
    if isinstance(value, (list, tuple)):
        return f"a {type(value).__name__} of {len(value)}"
    if isinstance(value, np.ndarray):
        masked = "a masked" if isinstance(value, np.ma.MaskedArray) else "an"
        return f"{masked} array of {value.dtype} of shape {value.shape}"
    return "None" if value is None else f"a {type(value).__name__}"


class OnVectors:
    """The owner's ``cost(params)`` and ``grad(params)`` as functions of one vector.

    Each call hands over fresh arrays. ``cost`` gets them in double precision, or complex where the vector is,
    since a small step is lost in float32; ``grad`` gets each in the owner's dtype.
    Where a function changes its parameters, the same change is made to the vector that came with the call,
    so that who compares it before and after sees it; an entry whose array is gone becomes NaN.
    What a function raises comes through, with a note that says which function it was and what it was given.
    ``transposed`` is for ``Structure.gradient``; where ``doubled``, ``grad`` gets double precision, too.

    Attributes
    ----------
    remarks : tuple of str
        What had to be understood, a sentence each.
    """

    def __init__(self, structure, cost, grad=None, transposed=False, doubled=False):
        self.structure, self._cost, self._grad, self.remarks = structure, cost, grad, ()
        self._transposed, self._own_dtypes = transposed, not doubled

    def cost(self, vector):
        return self._call("cost", self._cost, vector, False)

    def grad(self, vector):
        returned = self._call("grad", self._grad, vector, self._own_dtypes)
        gradient, remarks = self.structure.gradient(returned, self._transposed)
        self._remark(*remarks)
        return gradient

    def _call(self, name, function, vector, own_dtypes):
        nest = self.structure.nest(vector, own_dtypes)
        parts = [leaf.within(nest) for leaf in self.structure.leaves]
        try:
            returned = function(nest)
        except Exception as error:
            given = ", ".join(f"{block} {shape}" for block, _, shape in self.structure.blocks[:6])
            error.add_note(
                f"raised by {name}({self.structure.argument}), which was given {given} of {vector.dtype}, "
                f"in the structure of {self.structure.argument}"
            )
            raise
        if not self._untouched(nest, parts, vector):
            before, after = (self.structure._now(each) for each in (self.structure.nest(vector, own_dtypes), nest))
            changed = after != before
            vector[changed] = after[changed] if np.iscomplexobj(vector) else after[changed].real
        if isinstance(nest, dict) and (added := [key for key in nest if key not in self.structure.skeleton]):
            self._remark(f"{name} adds the keys {_listed(added)} to the parameters that it is given.")
        return returned

    def _untouched(self, nest, parts, vector):
        """Whether every leaf is the object that was handed over, and all of them views of one buffer that is as it was.

        This is the quick way; what it cannot tell is then compared entry by entry.
        """
        arrays = [part for part in parts if isinstance(part, np.ndarray)]
        try:
            if any(leaf.within(nest) is not part for leaf, part in zip(self.structure.leaves, parts)):
                return False
        except (KeyError, IndexError, TypeError):
            return False
        buffer = arrays[0].base if arrays else vector
        return all(part.base is buffer for part in arrays) and np.array_equal(buffer, vector)

    def _remark(self, *sentences):
        self.remarks = tuple(dict.fromkeys((*self.remarks, *sentences)))
