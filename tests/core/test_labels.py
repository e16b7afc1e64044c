"""One-hot rows by hand, and the types of labels that they are made from."""

import numpy as np
import pytest

from bpcore import one_hot


def test_one_hot_by_hand():
    assert one_hot([2, 0, 1, 2], 3).tolist() == [[0, 0, 1], [1, 0, 0], [0, 1, 0], [0, 0, 1]]


def test_a_class_without_a_sample_keeps_its_column():
    assert one_hot([0, 0], 4).shape == (2, 4) and one_hot([0], 1).tolist() == [[1]]


@pytest.mark.parametrize("dtype", [np.int8, np.uint8, np.int64, np.uint64, ">i4"])
def test_labels_of_any_type_of_whole_numbers(dtype):
    Y = one_hot(np.array([3, 0, 2], dtype), 4)
    assert Y.dtype == np.float64 and Y.argmax(axis=1).tolist() == [3, 0, 2] and Y.sum() == 3


@pytest.mark.parametrize("bad", [4, -1, 127, -128])
def test_the_first_label_outside_is_named(bad):
    with pytest.raises(ValueError, match=rf"labels\[2\] is {bad}, but n_classes=4: expected labels from 0 to 3"):
        one_hot(np.array([0, 1, bad, 9], np.int8), 4)
