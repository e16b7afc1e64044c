"""One and two steps of each solver by hand."""

import numpy as np
import pytest

from bpcore.estimators.optimisers import Adam, GradientDescent


def walk(optimiser, slopes):
    theta = np.array([1.0])
    for slope in slopes:
        optimiser.step(theta, np.array([float(slope)]))
    return theta[0]


@pytest.mark.parametrize("nesterov, expected", [(False, 1 - 0.1 * 2 - (0.5 * 0.1 * 2 + 0.1 * 4)), (True, None)])
def test_two_steps_with_momentum(nesterov, expected):
    if nesterov:  # v = -0.2, step 0.5·v - 0.2; v = -0.1 - 0.4, step 0.5·v - 0.4
        expected = 1 + (-0.1 - 0.2) + (-0.25 - 0.4)
    descent = GradientDescent(np.zeros(1), 0.1, "constant", 0.5, 0.5, nesterov)
    assert walk(descent, [2, 4]) == pytest.approx(expected, rel=1e-15)


def test_schedules():
    falling = GradientDescent(np.zeros(1), 0.1, "invscaling", 0.5, 0.9, True)
    falling.epoch_ends(99)
    assert falling.learning_rate == pytest.approx(0.01) and falling.stall() is None
    adaptive = GradientDescent(np.zeros(1), 1e-5, "adaptive", 0.5, 0.9, True)
    assert [adaptive.stall(), adaptive.stall()] == pytest.approx([2e-6, 4e-7]) and adaptive.stall() is None


def test_adam_s_first_step_has_the_length_of_the_rate():
    adam = Adam(np.zeros(1), 0.1, 0.9, 0.999, 1e-30)
    assert walk(adam, [7.0]) == pytest.approx(0.9, rel=1e-14)
    mean, square = 0.9 * 0.1 * 7 + 0.1 * 3, 0.999 * 0.001 * 49 + 0.001 * 9
    second = 0.1 * (1 - 0.999**2) ** 0.5 / (1 - 0.9**2) * mean / square**0.5
    adam = Adam(np.zeros(1), 0.1, 0.9, 0.999, 1e-30)
    assert walk(adam, [7.0, 3.0]) == pytest.approx(0.9 - second, rel=1e-14)
