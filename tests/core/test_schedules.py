"""Learning-rate schedules by hand."""

from bpcore import schedules


def test_polynomial_decay_by_hand():
    assert [schedules.polynomial_decay(2)(epoch, 4) for epoch in range(4)] == [1, 0.5625, 0.25, 0.0625]
    assert schedules.polynomial_decay()(15, 16) == 0.5
