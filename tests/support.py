"""What several test files share: networks with their data, a complex-step derivative, programs, missing files."""

import importlib.util

import numpy as np

from bpcore import ACTIVATIONS, LOSSES, Network


def allowed(output, loss):
    """Whether ``Network`` accepts this output with this loss."""
    try:
        Network((2, 2), output=output, loss=loss)
    except ValueError:
        return False
    return True


OUTPUTS_AND_LOSSES = [(output, loss) for output in ACTIVATIONS for loss in LOSSES if allowed(output, loss)]


def targets(loss, rng, m, K):
    """Targets that the loss accepts: each row between two that its record draws, unless the loss accepts only such."""
    one, other, share = loss.sample(rng, m, K), loss.sample(rng, m, K), rng.random((m, 1))
    between = share * one + (1 - share) * other
    return one if loss.targets and loss.targets(between).any() else between


def draw(net, m, seed=0):
    """Parameters without a zero among them, and m samples."""
    rng = np.random.default_rng(seed)
    theta = rng.standard_normal(net.n_params)
    return theta, rng.standard_normal((m, net.sizes[0])), targets(net.loss, rng, m, net.sizes[-1])


def complex_step(cost, theta, step=1e-20):
    """Im cost(theta + i·step·e_k) / step, one k after the other."""
    gradient = np.zeros(theta.size)
    for k in range(theta.size):
        moved = np.array(theta, dtype=complex)
        moved[k] += 1j * step
        gradient[k] = cost(moved).imag / step
    return gradient


def relative(a, b):
    """‖a - b‖ / ‖b‖, and infinity where b is zero and a is not."""
    difference, size = np.linalg.norm(np.asarray(a) - b), np.linalg.norm(b)
    return 0.0 if difference == 0 else np.inf if size == 0 else difference / size


def refused(request):
    """Whether a request of a browser failed otherwise than by its page being left: what was given up, nobody refused.

    A browser asks for the icon of a page when it likes, also as the page is left, and a page that leads on at once
    leaves its requests unanswered.
    """
    return request.failure != "net::ERR_ABORTED"


def program(folder, source, name="program"):
    """A module made of a source, whose lines can be read."""
    path = folder / f"{name}.py"
    path.write_text(source, encoding="utf-8")
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
