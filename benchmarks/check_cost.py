"""Times numerical gradients against backpropagation: what one parameter or one direction costs.

Run with `python benchmarks/check_cost.py`; it writes book/measurements/check_cost.json, which the chapter "What
it costs" reads.

How: one BLAS thread; process CPU time; for each network the ways are run in turn (A B C D, A B C D, …), each often
enough to last a few hundredths of a second; a ratio to the gradient by backpropagation is formed within each round,
and the median and the quartiles of these ratios are kept. Every way must first give the gradient that backpropagation
gives.
"""

import sys

from timing import in_turn, quartiles, store  # before NumPy: it sets the threads

import numpy as np

from bpcore import METHODS, Network, numerical_gradient, relative_error

ROUNDS, SHORTEST = 9, 0.03
WORKLOADS = (((3, 5, 3), 5), ((2, 4, 4, 1), 400), ((64, 25, 10), 20), ((64, 25, 10), 200), ((32, 32, 32, 32, 10), 200))


def ways_to_differentiate(sizes, m, rng):
    """The gradient by backpropagation, by two numerical methods, and along one random direction, with its target."""
    net = Network(sizes)
    theta, X, Y = net.init(0), rng.standard_normal((m, sizes[0])), rng.integers(0, 2, (m, sizes[-1])).astype(float)
    direction = rng.standard_normal(theta.size)
    h = METHODS["central"].step / np.sqrt(theta.size)  # the length of the whole step stays about h

    def cost(theta):
        return net.cost(theta, X, Y)

    gradient = net.grad(theta, X, Y)
    ways = {
        "gradient": lambda: net.grad(theta, X, Y),
        "cost": lambda: cost(theta),
        "central": lambda: numerical_gradient(cost, theta, "central"),
        "complex": lambda: numerical_gradient(cost, theta, "complex"),
        "central_direction": lambda: (cost(theta + h * direction) - cost(theta - h * direction)) / (2 * h),
        "complex_direction": lambda: cost(theta + 1e-30j * direction).imag / 1e-30,
    }
    expected = {
        "gradient": gradient,
        "cost": cost(theta),
        "central": gradient,
        "complex": gradient,
        "central_direction": direction @ gradient,
        "complex_direction": direction @ gradient,
    }
    return ways, expected, theta.size


def measure(sizes, m, rng):
    ways, expected, P = ways_to_differentiate(sizes, m, rng)
    for name, way in ways.items():
        error = relative_error(np.atleast_1d(way()), np.atleast_1d(expected[name]))
        if error > 1e-6:
            raise AssertionError(f"{name} on {sizes} is off by {error:.1e}")
    rounds = in_turn(ways, ROUNDS, SHORTEST)
    over_gradient = {name: [r[name] / r["gradient"] for r in rounds] for name in ways}
    return {
        "sizes": list(sizes),
        "m": m,
        "parameters": P,
        "rounds": ROUNDS,
        "gradient_seconds": quartiles([r["gradient"] for r in rounds]),
        "cost": quartiles(over_gradient["cost"]),
        "central_per_parameter": quartiles(np.array(over_gradient["central"]) / P),
        "complex_per_parameter": quartiles(np.array(over_gradient["complex"]) / P),
        "central_direction": quartiles(over_gradient["central_direction"]),
        "complex_direction": quartiles(over_gradient["complex_direction"]),
    }


def main():
    rng, rows = np.random.default_rng(0), []
    for sizes, m in WORKLOADS:
        rows.append(measure(sizes, m, rng))
        print(
            f"{sizes}, {m} samples: {rows[-1]['central_per_parameter']['median']:.2f} backpropagations a parameter",
            file=sys.stderr,
        )
    store(
        "check_cost",
        "CPU time in units of one gradient by backpropagation (net.grad): one evaluation of the cost; a numerical "
        "gradient divided by the number of parameters; a derivative along one direction; "
        "median and quartiles of the ratios of interleaved rounds",
        rows=rows,
    )


if __name__ == "__main__":
    main()
