"""Turns values into JSON and back, so that numbers, words and arrays pass between two processes, and nothing else.

Both processes say by ``said`` what an error was.
"""

import base64
import contextlib
import json
import re
import struct
import time
import traceback
import types

import numpy as np

LARGEST = 2**26  # bytes of one message
LONGEST = 2000  # characters of what an answer's error says
SIMPLE = (type(None), bool, int, float, str)
NUMERIC = "biufc"  # the kinds of arrays that are numbers


class Closed(Exception):
    """The other process has ended, or has sent what nobody can read."""


class TooLarge(Closed):
    """The other process has sent more than is read."""


class Late(Exception):
    """The other process has not answered in time."""


class Foreign:
    """Stands for an object that is neither number nor array nor a list of them; its class bears the object's name."""


# Values


def encode(value, functions=None):
    """A value as JSON can hold it. Functions are numbered, and appended to the list ``functions``, where one is given.

    What is neither a number nor a word, an array, a list, a tuple, a dictionary, a generator of NumPy's or a function
    becomes the name of its type.
    """
    if type(value) in SIMPLE:
        return value
    if isinstance(value, np.ndarray):
        array = np.asarray(value)
        if array.dtype.kind in NUMERIC:
            return {"array": _text(array.tobytes()), "type": array.dtype.str, "shape": list(array.shape)}
        return {"objects": [encode(part, functions) for part in array.ravel().tolist()], "shape": list(array.shape)}
    if isinstance(value, np.generic) and value.dtype.kind in NUMERIC:
        return {"number": _text(value.tobytes()), "type": value.dtype.str}
    for kind in (bool, int, float, str):
        if isinstance(value, kind):
            return kind(value)
    if isinstance(value, complex):
        return {"complex": [value.real, value.imag]}
    if isinstance(value, (list, tuple)):
        return {"list" if isinstance(value, list) else "tuple": [encode(part, functions) for part in value]}
    if isinstance(value, dict):
        return {"dict": [[encode(part, functions) for part in pair] for pair in value.items()]}
    if isinstance(value, np.random.Generator) and isinstance(value.bit_generator, np.random.PCG64):
        return {"generator": value.bit_generator.state}
    if functions is not None and isinstance(value, types.FunctionType):
        functions.append(value)
        return {"function": len(functions) - 1}
    return {"other": type(value).__name__}


def decode(value, function=None):
    """The value that ``encode`` has encoded; ValueError where it has not.

    ``function`` makes a function of its number; without it there may be none.
    """
    if type(value) in SIMPLE:
        return value
    try:
        return _decode(value, function)
    except (KeyError, TypeError, AttributeError, IndexError, OverflowError, MemoryError) as error:
        raise ValueError(f"no value of the wire ({type(error).__name__}: {error})") from None


def _decode(value, function):
    if "array" in value:
        array = np.frombuffer(base64.b64decode(value["array"]), _numeric(value["type"]))
        return array.reshape([int(size) for size in value["shape"]]).copy()
    if "number" in value:
        return np.frombuffer(base64.b64decode(value["number"]), _numeric(value["type"]))[0]
    if "objects" in value:
        array = np.empty(len(value["objects"]), dtype=object)
        for place, part in enumerate(value["objects"]):
            array[place] = decode(part, function)
        return array.reshape([int(size) for size in value["shape"]])
    if "complex" in value:
        return complex(*value["complex"])
    if "list" in value:
        return [decode(part, function) for part in value["list"]]
    if "tuple" in value:
        return tuple(decode(part, function) for part in value["tuple"])
    if "dict" in value:
        return {decode(key, function): decode(part, function) for key, part in value["dict"]}
    if "generator" in value:
        generator = np.random.PCG64()
        generator.state = value["generator"]
        return np.random.Generator(generator)
    if "function" in value:
        return function(int(value["function"])) if function else Foreign()
    return type(str(value["other"])[:60] or "object", (Foreign,), {})()


def _numeric(name):
    if not isinstance(name, str) or not re.fullmatch(rf"[<>=|]?[{NUMERIC}][0-9]{{1,2}}", name):
        raise ValueError(f"{name!r:.60}: no numbers")
    return np.dtype(name)


def _text(data):
    return base64.b64encode(data).decode()


def write_back(old, new):
    """Make an argument what a function in another process has made of it, in place where that can be done."""
    if isinstance(old, np.ndarray) and isinstance(new, np.ndarray) and old.shape == new.shape:
        if old.dtype == new.dtype and not np.array_equal(old, new, equal_nan=old.dtype.kind in "fc"):
            old[...] = new
        return old
    if isinstance(old, list) and isinstance(new, list):
        kept = [write_back(*pair) for pair in zip(old, new)]
        old[:] = kept + new[len(kept) :]
        return old
    if isinstance(old, dict) and isinstance(new, dict):
        changed = {key: write_back(old[key], part) if key in old else part for key, part in new.items()}
        old.clear()
        old.update(changed)
        return old
    if isinstance(old, np.random.Generator) and isinstance(new, np.random.Generator):
        old.bit_generator.state = new.bit_generator.state
        return old
    if isinstance(old, tuple) and isinstance(new, tuple) and len(old) == len(new):
        return tuple(write_back(*pair) for pair in zip(old, new))
    return old if callable(old) else new


# Words


def said(error):
    """What an error says, in one line of its own or a few."""
    try:
        if isinstance(error, AssertionError) and str(error):
            return str(error)[:LONGEST]
        return "".join(traceback.format_exception_only(error)).strip()[:LONGEST]
    except BaseException:  # an answer may make errors that cannot be shown
        return type(error).__name__[:60]


# Messages


def send(socket, message, deadline=None):
    """Send one message, a dictionary; Late after the deadline, as in ``receive``, and Closed where nobody takes it."""
    data = json.dumps(message).encode()
    try:
        with _until(socket, deadline):
            socket.sendall(struct.pack(">Q", len(data)) + data)
    except TimeoutError:
        raise Late from None
    except OSError as error:
        raise Closed(str(error)) from None


@contextlib.contextmanager
def _until(socket, deadline):
    """What waits for the other process raises TimeoutError after the deadline."""
    left = None if deadline is None else deadline - time.monotonic()
    if left is not None and left <= 0:
        raise TimeoutError
    try:
        socket.settimeout(left)
        yield
    finally:
        if deadline is not None and socket.fileno() >= 0:
            socket.settimeout(None)


def receive(socket, deadline=None):
    """The next message; Late after the deadline, a time of ``time.monotonic``, and Closed where none can come."""
    size = struct.unpack(">Q", _bytes(socket, 8, deadline))[0]
    if size > LARGEST:
        raise TooLarge(f"a message of {size / 2**20:.0f} MB came: expected at most {LARGEST / 2**20:.0f} MB")
    try:
        message = json.loads(_bytes(socket, size, deadline))
    except (ValueError, RecursionError) as error:
        raise Closed(f"a message that nobody can read came ({type(error).__name__})") from None
    if not isinstance(message, dict):
        raise Closed("a message that nobody can read came")
    return message


def _bytes(socket, size, deadline):
    parts = []
    while size:
        try:
            with _until(socket, deadline):
                part = socket.recv(min(size, 2**20))
        except TimeoutError:
            raise Late from None
        except OSError as error:
            raise Closed(str(error)) from None
        if not part:
            raise Closed("the process has ended")
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
