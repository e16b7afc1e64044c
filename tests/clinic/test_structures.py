"""Parameters as any nest: out to a vector and back, names, what a gradient may return, and cures that work."""

import collections
import math
import re

import numpy as np
import pytest

from bpcore.clinic.structures import OnVectors, Structure, StructureError

Pair = collections.namedtuple("Pair", "W b")


def filled(*shape, dtype=float):
    return np.arange(1, 1 + math.prod(shape)).reshape(shape).astype(dtype) / 8


NESTS = {
    "vector": (filled(3), ["params"], "params[2]"),
    "matrix": (filled(2, 2), ["params"], "params[1,1]"),
    "dict": ({"W1": filled(3, 2), "b1": filled(2)}, ["W1", "b1"], "b1[1]"),
    "column": ({"b": filled(2, 1)}, ["b"], "b[1,0]"),
    "list of tuples": ([(filled(3, 2), filled(2)), (filled(2),)], ["[0][0]", "[0][1]", "[1][0]"], "[1][0][1]"),
    "list in dict": ({"W": [filled(2, 2), filled(2, 1)]}, ["W[0]", "W[1]"], "W[1][1,0]"),
    "dict in dict": ({"top": {"W": filled(2, 2), "b 1": filled(2)}}, ['top["W"]', 'top["b 1"]'], 'top["b 1"][1]'),
    "keys that are no names": ({"W 1": filled(2), 2: filled(1)}, ['["W 1"]', "[2]"], "[2][0]"),
    "slot 0 is None": ([None, filled(2), filled(1)], ["[1]", "[2]"], "[2][0]"),
    "named tuple": (Pair(filled(2, 2), filled(2)), ["W", "b"], "b[1]"),
    "numbers": ({"w": filled(2), "b": 0.5, "c": np.float32(2), "d": np.array(3.0)}, ["w", "b", "c", "d"], "d"),
    "empty array": ({"none": np.zeros((0, 3)), "w": filled(2)}, ["w"], "w[1]"),
    "mixed precision": ([filled(2, dtype=np.float32), filled(1, dtype=np.float16)], ["[0]", "[1]"], "[1][0]"),
}  # fmt: skip


def equal(a, b):
    """The same containers, the same types, shapes and entries."""
    if isinstance(a, dict):
        return type(a) is type(b) and list(a) == list(b) and all(equal(a[k], b[k]) for k in a)
    if isinstance(a, (list, tuple)):
        return type(a) is type(b) and len(a) == len(b) and all(map(equal, a, b))
    if isinstance(a, np.ndarray):
        return type(a) is type(b) and a.dtype == b.dtype and np.array_equal(a, b) and a.shape == b.shape
    return type(a) is type(b) and a == b


@pytest.mark.parametrize("nest, names, last", NESTS.values(), ids=NESTS)
def test_there_and_back_and_by_name(nest, names, last):
    structure = Structure(nest)
    vector = structure.vector(nest)
    assert vector.dtype == np.float64 and vector.shape == (structure.size,)
    assert equal(structure.nest(vector, own_dtypes=True), nest)
    assert [name for name, _, _ in structure.blocks] == names and structure.name_of(structure.size - 1) == last
    moved = structure.vector(structure.nest(vector + 1))
    assert np.array_equal(moved, vector + 1)


def test_a_dict_keeps_its_own_order_and_its_type():
    nest = collections.OrderedDict(b=filled(2), W=filled(2, 2), a=filled(1))
    structure = Structure(nest)
    assert [name for name, _, _ in structure.blocks] == ["b", "W", "a"]
    assert type(structure.nest(structure.vector(nest))) is collections.OrderedDict


@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")
def test_a_matrix_of_numpy_stays_one():
    """Its star multiplies matrices: an array in its place would compute something else."""
    nest = [np.matrix([[1.0, 2.0], [3.0, 4.0]])]
    assert type(Structure(nest).nest(np.ones(4))[0]) is np.matrix


def test_a_complex_vector_makes_complex_leaves_of_all_kinds():
    nest = {"W": filled(2, dtype=np.float32), "b": 0.5}
    made = Structure(nest).nest(np.array([1j, 2, 3j]))
    assert made["W"].dtype == np.complex128 and made["b"] == 3j


def test_the_structure_does_not_keep_the_arrays():
    nest = {"W": filled(2)}
    structure = Structure(nest)
    nest["W"][0] = 99
    first, second = structure.nest(np.ones(2)), structure.nest(np.ones(2))
    assert first["W"][0] == 1 and not np.shares_memory(first["W"], second["W"])


def test_the_dtype_is_the_coarsest():
    assert Structure([filled(1), filled(1, dtype=np.float32)]).dtype == np.float32
    assert Structure([filled(1), 0.5]).dtype == np.float64


# What is refused, and the cure.


def leaves_of(nest):
    if isinstance(nest, (list, tuple)):
        return [leaf for part in nest for leaf in leaves_of(part)]
    return list(nest.values()) if isinstance(nest, dict) else [nest]


@pytest.mark.parametrize(
    "params, place",
    [
        ({"W1": np.ones((2, 2), int)}, 'params["W1"]'),
        ({"W1": filled(2), "n": 3}, 'params["n"]'),
        ([filled(2), np.array([1, 2])], "params[1]"),
        ([(filled(2), np.array([1, 2]))], "params[0][1]"),
        ((filled(2), (np.int64(3), filled(1))), "params[1][0]"),
        (Pair(filled(2), np.array([1])), "params[1]"),
        ([[1, 2.0]], "params[0][0]"),
        (np.array([1, 2]), "params"),
        (np.array([True, False]), "params"),
    ],
)
def test_whole_numbers_are_refused_with_a_line_that_mends_them(params, place):
    with pytest.raises(TypeError) as error:
        Structure(params)
    assert str(error.value).startswith(place + " ")
    line = str(error.value).split("; ")[-1].removesuffix(" converts")
    scope = {"params": params}
    exec(line, scope)
    assert type(scope["params"]) is type(params)
    assert Structure(scope["params"]).size == sum(np.size(leaf) for leaf in leaves_of(params))


def test_what_is_no_parameter_is_kept_outside_by_the_lines_of_the_message():
    params = {"W": filled(2), "act": "relu"}
    cost = lambda p: (p["W"] ** 2).sum() * (p["act"] == "relu")
    with pytest.raises(TypeError, match=r'params\["act"\] is of type str') as error:
        Structure(params)
    scope = {"params": params, "cost": cost}
    message = str(error.value)
    handed = eval(message[message.index("hand over ") + 10 : message.index(", with the functions")], scope)
    function = eval(message[message.index("lambda p: cost") :].split(" and ")[0], scope)
    assert OnVectors(Structure(handed), function).cost(np.array([1.0, 2.0])) == 5


class Net:
    def __init__(self):
        self.W, self.b, self.name = filled(2, 2), filled(2), "net"


def test_an_object_with_arrays_is_refused_with_the_dict_of_them():
    params = Net()
    with pytest.raises(TypeError, match="params is of type Net") as error:
        Structure(params)
    message = str(error.value)
    assert Structure(eval(message[message.index("{") : message.index("}") + 1])).size == 6


class Tensor:
    def __array__(self, dtype=None, copy=None):
        return np.ones(2, dtype)


def test_what_makes_an_array_is_refused_with_the_line_that_makes_it():
    params = {"W": Tensor()}
    with pytest.raises(TypeError, match="of type Tensor") as error:
        Structure(params)
    params["W"] = eval(str(error.value).split("; ")[1].removesuffix(" makes an array"))
    assert Structure(params).size == 2


@pytest.mark.parametrize(
    "params, error, said",
    [
        ({}, ValueError, "no number"),
        ([np.zeros(0)], ValueError, "no number"),
        (None, TypeError, "params is of type NoneType"),
        ("theta", TypeError, "params is of type str"),
        ({1.0, 2.0}, TypeError, "params is of type set"),
        (len, TypeError, "params is of type builtin_function"),
        ([filled(2) + 1j], TypeError, r"params\[0\] holds complex128.*params\[0\].real"),
        ([np.array([None])], TypeError, r"params\[0\] holds object"),
        ([np.ma.array([1.0, 2.0], mask=[0, 1])], TypeError, "masked"),
        ({"W1": np.array([[1.0, np.nan]])}, ValueError, r"W1\[0,1\] is nan"),
        ({"a": {"b": math.inf}}, ValueError, r'a\["b"\] is inf'),
    ],
)
def test_refused(params, error, said):
    with pytest.raises(error, match=said):
        Structure(params)


def test_a_nest_that_contains_itself_is_refused():
    nest = [filled(2)]
    nest.append(nest)
    with pytest.raises(ValueError, match=r"params\[1\] contains itself"):
        Structure(nest)


def test_the_same_array_twice_is_no_circle():
    W = filled(2)
    assert Structure([W, W]).size == 4


def test_a_vector_of_another_nest_is_refused():
    structure = Structure({"W": filled(2)})
    for other in ({"W": filled(3)}, {"V": filled(2)}, [filled(2)]):
        with pytest.raises(ValueError, match="expected"):
            structure.vector(other)


def test_an_index_out_of_range_has_no_name():
    with pytest.raises(ValueError, match="index=2"):
        Structure([filled(2)]).name_of(2)


# What a gradient returns.

DICT = {"W1": filled(3, 2), "b1": filled(2, 1)}


@pytest.mark.parametrize(
    "params, returned, remark",
    [
        (DICT, {"b1": filled(2, 1), "W1": filled(3, 2)}, None),
        (DICT, {"dW1": filled(3, 2), "db1": filled(2, 1), "dZ1": 7}, "dW1 for W1"),
        (DICT, (filled(3, 2), filled(2, 1)), "in the order W1, b1"),
        (DICT, {"W1": filled(3, 2), "b1": filled(2)}, r"b1 - lr \* gradient would have shape \(2, 2\)"),
        ([filled(2)], (filled(2),), None),
        ((filled(2), filled(2)), filled(2, 2) * 0 + filled(2), None),
        ([filled(2)], [[0.125, 0.25]], None),
        ([None, filled(2)], [None, filled(2)], None),
        ([None, filled(2)], ["anything", filled(2)], None),
        (Pair(filled(2), 0.5), Pair(filled(2), np.array([0.5])), r"shape \(1,\)"),
        (filled(2), [0.125, 0.25], None),
        ({"W": 0.5}, {"W": np.float64(0.5)}, None),
    ],
)
def test_understood(params, returned, remark):
    structure = Structure(params)
    gradient, remarks = structure.gradient(returned)
    assert np.array_equal(gradient, structure.vector(params))
    assert len(remarks) == (remark is not None) and (not remark or re.search(remark, remarks[0]))


def test_the_cure_of_a_flat_bias_gradient_works():
    structure = Structure(DICT)
    returned = {"W1": filled(3, 2), "b1": filled(2)}
    _, (remark,) = structure.gradient(returned)
    returned["b1"] = eval("returned['b1']" + remark[remark.index(".reshape") : remark.index(" gives")])
    assert structure.gradient(returned)[1] == ()


@pytest.mark.parametrize(
    "params, returned, place, said",
    [
        (DICT, {"W1": filled(3, 2)}, 'params["b1"]', "without 'b1'"),
        (DICT, {"W1": filled(2, 3), "b1": filled(2, 1)}, 'params["W1"]', "(2, 3) is (3, 2) transposed"),
        (DICT, {"W1": filled(3, 2), "b1": filled(3, 1)}, 'params["b1"]', "b1 has shape (2, 1)"),
        (DICT, None, "params", "grad returned None"),
        (DICT, filled(8), "params", "shape (8,)"),
        (DICT, {"W1": "W", "b1": filled(2, 1)}, 'params["W1"]', "real numbers"),
        (DICT, {"W1": filled(3, 2) + 1j, "b1": filled(2, 1)}, 'params["W1"]', "complex128"),
        ([filled(2), filled(3)], [filled(2)], "params", "a list of 1"),
        ([(filled(2),)], [filled(2), filled(2)], "params", "a list of 2"),
        ([filled(2)], {"W": filled(2)}, "params", "a dict with the keys 'W'"),
        ([filled(2)], [[[1], [2, 3]]], "params[0]", "real numbers"),
        (filled(4), filled(4, 1), "params", "shape (4, 1)"),
        (filled(4), filled(3), "params", "shape (3,)"),
        ([filled(4)], [filled(2, 2)], "params[0]", "shape (2, 2)"),
    ],
)
def test_another_structure_is_said_with_its_place(params, returned, place, said):
    with pytest.raises(StructureError) as error:
        Structure(params).gradient(returned)
    assert error.value.place == place and said in str(error.value)
    assert error.value.transposed == ("transposed" in said)


def test_a_transposed_matrix_is_taken_where_that_is_asked_for():
    structure, returned = Structure(DICT), {"W1": filled(3, 2).T, "b1": filled(2, 1)}
    with pytest.raises(StructureError) as error:
        structure.gradient(returned)
    assert error.value.transposed
    gradient, (remark,) = structure.gradient(returned, transposed=True)
    assert np.array_equal(gradient, structure.vector(DICT)) and "transposed" in remark
    with pytest.raises(StructureError) as error:
        structure.gradient({"W1": filled(2, 2), "b1": filled(2, 1)}, transposed=True)
    assert not error.value.transposed
    functions = OnVectors(structure, None, lambda p: {"W1": p["W1"].T, "b1": p["b1"]}, transposed=True)
    assert np.array_equal(functions.grad(np.arange(8.0)), np.arange(8.0)) and functions.remarks


def test_a_gradient_keeps_its_precision():
    structure = Structure({"W": filled(2), "b": filled(1)})
    single = {"W": filled(2, dtype=np.float32), "b": filled(1, dtype=np.float32)}
    assert structure.gradient(single)[0].dtype == np.float32
    assert structure.gradient({**single, "b": filled(1)})[0].dtype == np.float64


def test_a_gradient_is_no_view_of_what_was_returned():
    kept = [filled(2)]
    gradient, _ = Structure(kept).gradient(kept)
    kept[0][0] = 99
    assert gradient[0] != 99


# The owner's functions on vectors.


def test_cost_gets_double_precision_and_grad_the_owners():
    seen = {}
    single = {"W": filled(2, dtype=np.float32), "b": 0.5}
    functions = OnVectors(
        Structure(single),
        lambda p: seen.setdefault("cost", p["W"].dtype) and p["W"].sum(),
        lambda p: seen.setdefault("grad", p["W"].dtype) and p,
    )
    functions.cost(np.ones(3)), functions.grad(np.ones(3))
    assert seen == {"cost": np.float64, "grad": np.float32}
    assert functions.cost(np.array([1j, 0, 0])) == 1j


@pytest.mark.parametrize(
    "spoil, left",
    [
        (lambda p: p["W"].fill(0), [0, 0, 0.5]),
        (lambda p: p.update(W=p["W"] * 2), [0.25, 0.5, 0.5]),
        (lambda p: p.update(b=1.0), [0.125, 0.25, 1]),
        (lambda p: p.pop("b"), [0.125, 0.25, np.nan]),
        (lambda p: p.update(W=np.zeros(3)), [np.nan, np.nan, 0.5]),
        (lambda p: p["W"].__iadd__(1), [1.125, 1.25, 0.5]),
        (lambda p: None, [0.125, 0.25, 0.5]),
    ],
)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("who", ["cost", "grad"])
def test_a_change_of_the_parameters_is_made_to_the_vector_too(spoil, left, dtype, who):
    nest = {"W": filled(2, dtype=dtype), "b": 0.5}
    function = lambda p: (spoil(p), 1.0 if who == "cost" else {"W": np.ones(2), "b": 1.0})[1]
    functions = OnVectors(Structure(nest), function, function)
    vector = Structure(nest).vector(nest)
    getattr(functions, who)(vector)
    assert np.array_equal(vector, left, equal_nan=True)


def test_a_change_of_one_leaf_among_others_of_another_precision_is_seen():
    nest = {"W": filled(2), "V": filled(2, dtype=np.float32)}
    functions = OnVectors(Structure(nest), None, lambda p: (p["V"].fill(0), {"W": np.ones(2), "V": np.ones(2)})[1])
    vector = Structure(nest).vector(nest)
    functions.grad(vector)
    assert np.array_equal(vector, [0.125, 0.25, 0, 0])


def test_keys_that_a_function_adds_are_said():
    functions = OnVectors(Structure({"W": filled(2)}), lambda p: p.update(A1=3) or 1.0)
    vector = np.ones(2)
    functions.cost(vector), functions.cost(vector)
    assert len(functions.remarks) == 1 and "'A1'" in functions.remarks[0] and np.array_equal(vector, [1, 1])


def test_what_is_understood_is_said_once():
    functions = OnVectors(Structure(DICT), None, lambda p: {"dW1": p["W1"], "db1": p["b1"]})
    functions.grad(np.ones(8)), functions.grad(np.ones(8))
    assert len(functions.remarks) == 1


def test_what_a_function_raises_comes_through_with_a_note():
    def cost(p):
        return p["W2"]

    with pytest.raises(KeyError, match="W2") as error:
        OnVectors(Structure(DICT), cost).cost(np.ones(8))
    assert "raised by cost(params), which was given W1 (3, 2), b1 (2, 1)" in error.value.__notes__[0]


def test_the_arrays_of_another_nest_are_found_or_what_is_missing_is_said():
    form = Structure({"W": [np.zeros((2, 3)), 1.5], "b": np.zeros(3), "none": None})
    nest = {"b": np.arange(3), "W": (np.ones((4, 1), np.float32), 2), "none": None}
    first, second, third = form.arrays_in(nest)
    assert first is nest["W"][0] and second == 2 and third is nest["b"]
    again = form.filled([first, second, third])
    assert again["W"][0] is first and isinstance(again["W"], list) and again["none"] is None
    for other, place in [
        ({"W": nest["W"], "b": 0, "more": 1}, "params has|params is"),
        ({"W": [1], "b": 0, "none": None}, r'params\["W"\]'),
        ([nest["W"], 0, None], "params"),
        ({"W": None, "b": 0, "none": None}, r'params\["W"\]'),
    ]:
        with pytest.raises(StructureError, match=place):
            form.arrays_in(other)


def test_a_cost_before_the_gradient_is_told():
    both = Structure({"W": np.zeros((2, 3)), "b": np.zeros(3)})
    with pytest.raises(StructureError, match="returned a number and a dict .*the gradient alone"):
        both.gradient((0.5, {"W": np.zeros((2, 3)), "b": np.zeros(3)}))
    pair = Structure((0.5, np.zeros(3)))
    assert np.array_equal(pair.gradient((1.0, np.arange(3.0)))[0], [1, 0, 1, 2]), "a number may be a parameter"


def test_an_answer_that_contains_itself_is_no_array():
    """NumPy would look for an end of it until the memory is full."""
    circle = [0.0, 1.0]
    circle[0] = circle
    structure = Structure({"a": np.ones(2)})
    with pytest.raises(StructureError, match="of several shapes"):
        structure.arrays_in({"a": circle})
    with pytest.raises(StructureError, match="expected real numbers of that shape"):
        structure.gradient({"a": circle})
    np.testing.assert_array_equal(structure.gradient({"a": [[2.0, 3.0]]})[0], [2, 3])
