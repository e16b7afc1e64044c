"""Each activation: its derivative, its values at the ends, its complex form, and what a record promises."""

import copy
import math
import pickle

import numpy as np
import pytest
from support import complex_step, relative

from bpcore import ACTIVATIONS, Activation, leaky_relu


@pytest.mark.parametrize("record", ACTIVATIONS.values(), ids=lambda record: record.name)
def test_pull_is_the_derivative_of_f(record):
    rng = np.random.default_rng(0)
    z, g = rng.standard_normal((3, 4)), rng.standard_normal((3, 4))
    witness = complex_step(lambda z: (record.f(z.reshape(3, 4)) * g).sum(), z.ravel())
    pulled = g.copy()
    record.pull(z, record.f(z), pulled)
    assert relative(pulled.ravel(), witness) <= 1e-15


@pytest.mark.parametrize("record", ACTIVATIONS.values(), ids=lambda record: record.name)
def test_f_writes_into_out_and_spares_z(record):
    z = np.random.default_rng(0).standard_normal((3, 4))
    z.setflags(write=False)
    out = np.empty((3, 4))
    a = record.f(z)
    assert record.f(z, out=out) is out and np.array_equal(out, a) and not np.shares_memory(a, z)


def test_leaky_relu_by_hand():
    record = leaky_relu(0.25)
    z = np.array([[-4.0, 0.0, 2.0]])
    assert record.f(z).tolist() == [[-1, 0, 2]] and record.df(z, None).tolist() == [[0.25, 0.25, 1]]
    assert record.name == "leaky_relu(0.25)" and leaky_relu().name == "leaky_relu" and record.kink


def test_a_leaky_slope_begins_below_zero():
    record = leaky_relu(0.25)
    z = np.array([[-2.0, -0.5, 0.0, 0.5, 1.0, 3.0]])
    assert record.f(z).tolist() == [[-0.5, -0.125, 0.0, 0.5, 1.0, 3.0]]
    assert record.df(z, None).tolist() == [[0.25, 0.25, 0.25, 1.0, 1.0, 1.0]]
    assert record.df(z.astype(np.float32), None).dtype == np.float32
    room = np.zeros_like(z)
    assert record.f(z, out=room) is room and room[0, -1] == 3


def test_slope_at_the_kink_is_that_of_the_left():
    z = np.array([[0.0, -0.0]])
    assert ACTIVATIONS["relu"].df(z, z).tolist() == [[0, 0]] and ACTIVATIONS["leaky_relu"].df(z, z).tolist() == [
        [0.01, 0.01]
    ]


def test_activations_at_the_ends():
    z = np.array([[-1e308, -800.0, 0.0, 800.0, 1e308]])
    with np.errstate(all="raise", under="ignore"):
        assert ACTIVATIONS["sigmoid"].f(z).tolist() == [[0, 0, 0.5, 1, 1]]
        assert ACTIVATIONS["tanh"].f(z).tolist() == [[-1, -1, 0, 1, 1]]
        assert ACTIVATIONS["relu"].f(z).tolist() == [[0, 0, 0, 800, 1e308]]
        assert ACTIVATIONS["softmax"].f(np.array([[1e308, -1e308 / 2, 0.0], [-1000, -1000, -1000]])).tolist() == [
            [1, 0, 0],
            [1 / 3, 1 / 3, 1 / 3],
        ]


def test_a_small_sigmoid_has_all_its_digits():
    """Relative to itself, down to the smallest normal number."""
    z = np.linspace(-708, 0, 97)[:, None]
    exact = np.array([math.exp(x) / (1 + math.exp(x)) for x in z.ravel()])
    assert relative(ACTIVATIONS["sigmoid"].f(z).ravel() / exact, np.ones(97)) <= 4e-16


def test_at_the_kink_an_imaginary_step_meets_the_left_side():
    assert ACTIVATIONS["relu"].f(np.array([[1e-30j, 2 + 1j, -2 + 1j]])).tolist() == [[0, 2 + 1j, 0]]


def test_an_activation_of_a_whole_row_gets_all_that_it_asks_for():
    record = Activation("sum", lambda z, out=None: z, vjp=lambda z, a, g: z + 2 * a + 4 * g)
    g = np.array([[1.0, 2.0]])
    record.pull(np.array([[8.0, 16.0]]), np.array([[32.0, 64.0]]), g)
    assert g.tolist() == [[8 + 64 + 4, 16 + 128 + 8]]


@pytest.mark.parametrize("record", ACTIVATIONS.values(), ids=ACTIVATIONS)
def test_a_registered_record_is_pickled_and_copied_by_name(record):
    assert pickle.loads(pickle.dumps(record)) is record is copy.deepcopy(record) is copy.copy(record)


def test_an_unregistered_record_is_pickled_with_its_functions():
    record = leaky_relu(0.3)
    again = pickle.loads(pickle.dumps(record))
    z = np.array([[-2.0, 0.0, 3.0]])
    assert again.name == record.name == "leaky_relu(0.3)" and again.f(z).tolist() == record.f(z).tolist()
    assert again.df(z, None).tolist() == [[0.3, 0.3, 1.0]] and again.kink
    own = Activation("own", lambda z, out=None: z, lambda z, a: z)
    with pytest.raises((pickle.PicklingError, AttributeError)):
        pickle.dumps(own)


def minus_sine(z, a):
    return -np.sin(z)


def test_an_impostor_is_not_pickled_as_the_registered_record():
    impostor = Activation("tanh", np.cos, minus_sine)
    assert pickle.loads(pickle.dumps(impostor)).f is np.cos


def test_the_same_slope_gives_the_same_record():
    assert leaky_relu() is leaky_relu(0.01) is leaky_relu(slope=np.float64(0.01)) is ACTIVATIONS["leaky_relu"]
    assert leaky_relu(0.3) is leaky_relu(0.3) is not leaky_relu(0.2)
