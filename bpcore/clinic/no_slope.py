"""Why a cost has no slope, or another one than the complex step says, in sentences."""

import numpy as np

STEPS = np.linspace(0, 1, 21)
FINER = (1e-9, 1e-11, 1e-13)  # on the treads of a staircase of many small steps
STAIRCASE = (
    "The cost is a staircase: it stays as it is while the parameters move a little, and jumps when they move further, "
    "so that its slope is zero wherever it has one. Something in it is rounded, counted or compared, as by int(), "
    "round(), argmax or ==; the gradient is that of another cost."
)
CONSTANT = (
    "The cost is the same number at every place that was tried: it reads something else than the parameters that it is "
    "given, such as a variable of the module, or its terms cancel."
)
RANDOM = (
    "Two calls of cost at the same theta return two numbers, so it has no derivative: "
    "masks of dropout, a batch, or noise that is drawn anew?"
)
SINGLE = (
    "grad returned single precision, float32, which has seven digits: compute it in float64, from data in float64, "
    "to compare more."
)


def is_a_staircase(cost, theta):
    """Whether the cost has several values along a direction, and is flat at each of many places on it."""
    return any(_has_treads(lambda s, v=v: float(cost(theta + s * v))) for v in _directions(theta))


def _directions(theta):
    """Two directions, near and far: a cost that counts may jump nowhere near."""
    size, waves = np.maximum(abs(theta), 1), np.arange(1, theta.size + 1)
    return [reach * wave(waves) * size for reach in (1, 10) for wave in (np.cos, np.sin)]


@np.errstate(all="ignore")
def _has_treads(value):
    here = np.array([value(s) for s in STEPS])
    if len({*here}) < 2 or not np.isfinite(here).all():
        return False
    if all(value(s + 1e-7) == at for s, at in zip(STEPS, here)):
        return True
    # a slope that is as large as it is from place to place would be seen, and is not
    slope, rounding = np.median(abs(np.diff(here))) / STEPS[1], np.finfo(float).eps * abs(here).max()
    seen = [beside for beside in FINER if slope * beside > 64 * rounding]
    return any(sum(value(s + beside) == at for s, at in zip(STEPS, here)) > 0.7 * len(STEPS) for beside in seen)


def is_constant(cost, theta):
    """Whether the cost is the same to the last digit at several places, far from the parameters and near them."""
    rng, size = np.random.default_rng(13), np.maximum(abs(theta), 1)
    value = lambda spread: float(cost(theta + spread * size * rng.standard_normal(size.size)))
    with np.errstate(all="ignore"):
        here = [value(spread) for spread in (0.0, 0.001, 0.03, 0.3, 1.0)]
        return len({*here}) == 1 and bool(np.isfinite(here).all())


def without_imaginary_part(cost, point, value, cure):
    """What is said of a cost that returned a real number for complex parameters."""
    if not np.isfinite(value):
        return f"cost returned {value}: expected a finite number; take a theta at which it is one"
    try:
        if is_constant(cost, point.real):
            return f"cost returned {value}: expected a function of its argument. {CONSTANT}"
    except Exception:  # it need not be made for other parameters
        pass
    return f"cost returned a real number for complex parameters, without their imaginary part: {cure}"


def why(cost, theta, gradient, numerical, method, cure):
    """Sentences on a check that failed.

    Raises
    ------
    TypeError
        Where the cost has the gradient's slope, and its complex step has not.
    """
    said = (SINGLE,) if gradient.dtype.itemsize < 8 and gradient.dtype.kind == "f" else ()
    try:
        if gradient.any() and not numerical.any():
            if is_a_staircase(cost, theta):
                return (STAIRCASE,)
            if is_constant(cost, theta):
                return (CONSTANT,)
        drops = method == "complex" and _has_the_slope_of(cost, theta, gradient, numerical)
    except Exception:  # which need not be defined at other places
        return said
    if drops:
        found = "the cost moves as the gradient says, and its complex step does not"
        raise TypeError(f"cost drops a part of the imaginary part of its parameters ({found}): {cure}")
    return said


@np.errstate(all="ignore")
def _has_the_slope_of(cost, theta, gradient, numerical):
    """Whether along the difference of the two the cost moves with the gradient's slope, on both sides.

    At a kink the two sides differ, and nothing is said.
    """
    difference = gradient - numerical
    length = np.linalg.norm(difference)
    if not 0 < length < np.inf:
        return False
    along, here = difference / length, float(cost(theta.copy()))
    for h in (1e-6, 1e-4, 1e-2):
        slopes = [(float(cost(theta + s * along)) - here) / s for s in (h, -h)]
        if all(abs(slope - gradient @ along) < 0.1 * length for slope in slopes):
            return True
    return False
