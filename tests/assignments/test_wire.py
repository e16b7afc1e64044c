"""Numbers, words and arrays pass between two processes as they are, and nothing else does."""

import json

import numpy as np
import pytest
from marking import wire

ARRAY = np.arange(6.0).reshape(2, 3)
VALUES = [
    None, True, 3, 2.5, float("inf"), "σ", 1 + 2j, [None, (1, [2])], {"q": (1, "both")}, ARRAY, ARRAY.T, ARRAY > 2,
    np.float32(0.1), np.zeros((0, 3)), np.array([1, None], dtype=object), ARRAY.astype(complex),
]  # fmt: skip


def passed(value):
    return wire.decode(json.loads(json.dumps(wire.encode(value))))


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_values_pass_as_they_are(value):
    came = passed(value)
    assert type(came) is type(value)
    np.testing.assert_equal(came, value)
    assert not isinstance(value, np.ndarray) or came.dtype == value.dtype


class Equal(float):
    __eq__ = __lt__ = __le__ = __gt__ = lambda self, other: True
    __hash__ = float.__hash__


@pytest.mark.parametrize(
    "value",
    [Equal(0), np.zeros(2).view(np.matrix), {1, 2}, object(), Equal, iter([1])],
    ids=lambda value: type(value).__name__,
)
def test_what_has_methods_of_its_own_loses_them(value):
    assert type(passed(value)) in (float, np.ndarray) or isinstance(passed(value), wire.Foreign)


@pytest.mark.parametrize(
    "message",
    [
        {"array": "AAAA", "type": "|O", "shape": [1]}, {"array": "AAAA", "type": "<f8", "shape": [1]}, {"list": 3},
        {"array": "AAAA", "type": "(,)f8", "shape": [1]}, {"number": "AAAA", "type": ["<f8"]},
        {"objects": [1], "shape": [7]}, {"dict": [[{"list": []}, 1]]}, {"generator": {}}, {"array": 1}, {}, [1],
    ],
    ids=repr,
)  # fmt: skip
def test_what_encode_has_not_written_is_refused(message):
    with pytest.raises(ValueError):
        wire.decode(message)


def test_changes_of_arguments_come_back_in_place():
    block = np.ones((2, 2))
    given = [[None, block], {"a": 1}, np.random.default_rng(1)]
    changed = passed(given)
    changed[0][1][0, 0] = 7
    changed[2].random()
    wire.write_back(given, changed)
    assert block[0, 0] == 7 and given[2].random() == changed[2].random()


class Mute(Exception):
    def __str__(self):
        raise ValueError


@pytest.mark.parametrize(
    "error, told",
    [
        (AssertionError("a is 1: expected 2"), "a is 1: expected 2"),
        (AssertionError(), "AssertionError"),
        (KeyError("w"), "KeyError: 'w'"),
        (Mute(), "Mute: <exception str() failed>"),
        (AssertionError("x" * 10**5), "x" * wire.LONGEST),
    ],
    ids=["assertion", "no-words", "another", "mute", "long"],
)
def test_what_an_error_says(error, told):
    assert wire.said(error).endswith(told) and len(wire.said(error)) <= wire.LONGEST
