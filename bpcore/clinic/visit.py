"""diagnose: the doctor for any program as it is, whatever form its parameters have."""

import contextlib
import copy
import functools
import re
from dataclasses import replace

import numpy as np

from .. import arguments
from ..network import Network
from .cost_notes import CONSTANT, without_a_network
from .diagnosis import OTHERS
from .doctor import Diagnosis, blocks_of, diagnosis, examine
from .layout import find_layout
from .own_lines.costs import lines_of_cost
from .own_lines.gradients import lines_to_change
from .own_lines.misderived import misderived
from .own_lines.stands_for import values_to_mend
from .read_data import data_of
from .readings import chains, in_rows, possible_sizes
from .second_look import with_other_labels
from .slips import from_the_record
from .structures import OnVectors, Structure, StructureError, in_words
from .truth import are_slopes

PLAIN = {
    "float32",
    "kink",
    "not-repeatable",
    "accumulated",
    "momentum",
    "not-finite",
    "shape",
    "after-a-step",
}  # need no formula
GUESSED = 60  # a vector of at most so many numbers is taken for the weights of a network, if X and Y are given
BESIDE_A_FORMULA = 300_000  # what a search for lines may cost that only adds to an answer
ELSEWHERE = {"another-cost", "another-network"}  # where the gradient's lines may be right, and the cost's wrong
OF_EITHER = {"line", "formula", "derivative"}  # which say how the two differ, and not which of them is wrong
FOR_THE_COST = 250_000  # what a search for a line of the cost may cost where one of the gradient helps
RIGHT_THEN = "With what should stand there the gradient is the cost's derivative at three places."
DERIVED_SO = "Differentiated so, the cost has the gradient's slope, along four directions at three places."
STANDS_SO = "With that in the place of what the line computes the gradient is the cost's derivative at three places."
BELONGS_THEN = "With what would stand there the cost has this gradient, along a direction at three places."
SEARCHED = ("The best explanation", "The nearest explanation", "The next best explanation")  # and nothing found
ELSEWHERE_BY, BY_FAR = (0.1, 0.3), 1e-3  # how far off a right gradient is tried, and what counts as wrong there
RIGHT_HERE = "At the parameters that were given the gradient is right; this is what it is at others, a little off."
SURE_OF_A_LAYOUT = ("certain", "likely", "one of several")


def diagnose(cost, grad, params, *, net=None, X=None, Y=None, lam=0.0, n=None, blocks=None,
             progress=False) -> Diagnosis:  # fmt: skip
    """Say what is wrong with a gradient, in which layer, and how sure that is.

    The gradient is compared with the numerical derivative of the cost. Where the two differ, and ``net``, ``X``, ``Y``
    are given, the doctor looks for the formula that the program computes, layer by layer from the output down, at the
    parameters and at a few others of its own: each operand, function, operator and factor of the backward pass may be
    exchanged for another. A formula counts when it predicts every entry to nine digits. Without ``net``, but with ``X``
    and ``Y``, the doctor looks for a network that has your cost; without these too, it reads them off the steps of your
    cost where it can (of a vector up to 60 numbers). Where there is no such network the gradient is compared with a
    factor, a sign, a multiple of the parameters, zeros and another order. What none of these explains is looked for
    among the steps of your cost, which is called with arrays that write down what is done to them: one step
    differentiated wrongly, in every round of a loop too, or several one after the other, or one that differs in the
    cost whose gradient was returned; and at last one whose derivative is a product of up to three arrays in scope, or a
    sum of two such products. An answer that rests on a number with many digits is asked for again with other labels:
    they are exchanged in ``Y`` for a moment, where your functions read that array.

    Where the lines of your ``grad`` can be read, small changes of them are tried one by one, and those that make the
    gradient right are shown; where none does, the lines of your ``cost`` are changed, and those are shown with which it
    would have this gradient. Where one line of either is enough, both are shown: numbers do not tell which is wrong.
    The function then runs up to some ten thousand times with one of its lines changed, without what it prints, and is
    as before afterwards. No other thread should call it meanwhile, and it should write no files. Where that does not
    help either, one expression of your ``cost`` after another is differentiated differently, and the one is shown with
    which the slopes are the gradient's: as one that the gradient treats as a constant. And where no expression does,
    the values of your ``grad`` are compared with the derivatives of your cost with respect to all that it computes: the
    line at which they first differ is shown.

    Above 2 000 parameters, where the cost follows no known formula, slopes along eight random directions are compared
    first; where they agree the entries are not compared one by one, and the result is "likely".

    Parameters
    ----------
    cost : callable
        Your own ``cost(params)``, one number. Each call gets fresh arrays.
        It is evaluated up to about 50 times for each parameter, and some hundred times more where nothing explains the
        gradient at once: take a small network and a few samples.
    grad : callable
        Your own ``grad(params)``, in the form of ``params``. Each call gets fresh arrays.
    params : ndarray, dict, list or tuple
        Where to look: a vector, or arrays in dicts, lists and tuples as your program keeps them. Not modified.
        Take biases that are not zero, and layers of unequal sizes.
    net : Network, optional
        The network that the two functions are meant to be. How your parameters stand for its weights and biases
        (rows or columns, (in, out) or (out, in), biases apart, in a column or missing) is found by comparing your cost
        with the network's at a few places; the evidence says which layout it is.
    X : array_like, shape (m, n_0), optional
        The data, one sample a row or a column; samples that are tables of their own are read as rows. Without ``net``,
        beside a vector of more than 60 numbers, they only tell the factors m and K.
    Y : array_like, shape (m, n_L), optional
    lam : float
        λ of the cost.
    n : float, optional
        What λ is divided by; None means m.
    blocks : dict, optional
        In the place of ``net``, for a vector: name → shape of each block, such as ``{"W1": (2, 4), "b1": (4,)}``.
    progress : bool
        Show each pass over the parameters that takes the cost's derivative, to the standard error stream, as ``sgd``
        does. Above 2 000 parameters such a pass is shown even without. What explains the gradient is looked for
        afterwards, and shows nothing: how many formulas that takes is not known before.

    Returns
    -------
    Diagnosis
        With no ``names`` where nothing wrong was found.

    Raises
    ------
    TypeError, ValueError
        For arguments of the wrong kind, shape or range, and for a cost that is not a finite number.
        Exceptions raised by ``cost`` and ``grad`` propagate.
    """

    progress, lam = arguments.flag("progress", progress), arguments.number("lam", lam, 0)
    X, Y = (
        A if A is None else in_rows(arguments.numeric(name, A, "real numbers, one sample a row"), net)
        for name, A in (("X", X), ("Y", Y))
    )

    given = {"X": X, "Y": Y, "lam": lam, "n": n}
    try:
        return _found(params, cost, grad, net, blocks, given, progress)
    finally:
        for function in cost, grad:  # what a program keeps of its last call is that of its own parameters then
            with contextlib.suppress(Exception):
                function(copy.deepcopy(params))


def _found(params, cost, grad, net, blocks, given, progress):
    """What is wrong with a gradient at these parameters, or else near them."""
    found = _at(params, cost, grad, net, blocks, given, progress)
    if not found.names and found.sure == "certain" and not found.other_cost:
        place = _wrong_at(*_on_a_vector(cost, grad, params))
        there = found if place is None else _at(place, cost, grad, net, blocks, given, progress)
        if there.names:
            return replace(there, evidence=(RIGHT_HERE, *there.evidence))
    return found


def _at(params, cost, grad, net, blocks, given, progress):
    """What is wrong with a gradient at these parameters."""
    X, Y, lam, n = given.values()

    def ask():
        return _asked(cost, grad, params, net, blocks, given, progress)

    found = ask()
    if "unknown" in found.names and net is X is Y is blocks is None:
        found = _with_data_of_its_own(found, cost, grad, params, {"lam": lam, "n": n}, progress)
    asked_about = cost, grad, params, net, blocks
    every_line = functools.cache(lambda: lines_to_change(*_in_parts(*asked_about)))
    of_a_network = found
    if "unknown" in found.names or found.sure == "likely" and {*found.names} == {"penalty"}:
        found, ask = (
            _by_record(found, *asked_about, X, Y, lambda: bool(every_line())),
            lambda before=found: _by_record(before, *asked_about, X, Y),
        )
    is_of_steps = found is not of_a_network
    found = with_other_labels(found, ask, lambda: cost(copy.deepcopy(params)), Y)
    if CONSTANT in found.explanation:
        return replace(found, lines=lines_of_cost(*_in_parts(*asked_about)[:3]))
    if not found.where or {*found.names} & (PLAIN | ELSEWHERE):
        return found
    if "unknown" in found.names:
        if not every_line():
            for look in _of_another_cost, _of_another_derivative, _of_another_value:
                other = look(found, asked_about)
                if other.lines:
                    return other
            return found
        # one line of the cost is simpler than what makes the gradient right only together
        simpler = _of_another_cost(found, asked_about) if any(line.together for line in every_line()) else found
        is_simple = len(simpler.lines) == 1 and not simpler.lines[0].together
        return simpler if is_simple else _or_of_the_cost(_of_lines(found, every_line()), asked_about)
    if found.sure == "likely" and "formula" in found.names:  # which may be luck
        without = replace(found, names=("unknown",), formulas=())
        surer = _of_lines(without, every_line()) if every_line() else _of_another_value(without, asked_about)
        if surer.sure == "certain":
            return surer
    found = _beside(found, lines_to_change(*_in_parts(*asked_about), thorough=False))
    if is_of_steps and not found.lines:
        found = _beside(found, misderived(*_in_parts(*asked_about), thorough=False), DERIVED_SO)
    if not found.lines and _is_of_the_loss(found):
        found = _of_another_cost(found, asked_about)
    if not found.lines:
        lines = lines_to_change(*_in_parts(*asked_about), greatest=BESIDE_A_FORMULA)
        found = found if any(line.together for line in lines) else _beside(found, lines)
    return _or_of_the_cost(found, asked_about) if is_of_steps else found


def _asked(cost, grad, params, net, blocks, given, progress):
    """What the formulas of backpropagation, or patterns of the numbers, say of a gradient."""
    for name, function in ("cost", cost), ("grad", grad):
        expected = f"a function of the parameters alone, such as lambda p: {name}_of(p, X, Y)"
        if not callable(function):
            raise TypeError(f"{name} is of type {type(function).__name__}: expected {expected}")
        arguments.takes(name, function, expected)
    if isinstance(params, np.ndarray) and params.ndim == 1:
        asked_alone = any(each is None for each in (given["X"], given["Y"])) or blocks is not None
        guessed = net is None and not asked_alone and 1 < params.size <= GUESSED
        if asked_alone or not guessed and _is_laid_out(cost, params, net, given):
            return examine(cost, grad, params, net=net, blocks=blocks, progress=progress, **given)
    elif blocks is not None:
        raise TypeError("blocks comes with parameters that have blocks of their own: expected one of the two")
    structure = Structure(params, "theta" if isinstance(params, np.ndarray) else "params")
    try:
        return _visit(OnVectors(structure, cost, grad), structure, params, net, given, progress)
    except StructureError as error:
        return _of_another_shape(error, cost, grad, structure, params, net, given, progress)


def _on_a_vector(cost, grad, params):
    """The two functions of a vector, that vector, and how the parameters lie in it; None where they are a vector."""
    if isinstance(params, np.ndarray) and params.ndim == 1:
        return cost, grad, params.astype(float), None
    structure = Structure(params, "theta" if isinstance(params, np.ndarray) else "params")
    functions = OnVectors(structure, cost, grad, doubled=True)  # single precision would hide what is right
    return functions.cost, functions.grad, structure.vector(params), structure


def _wrong_at(cost, grad, theta, structure):
    """Parameters at which a gradient, right at theta, is not the cost's slope along a direction; None if none is found.

    So it is with a gradient that reads a variable of the module, which is the theta that it is asked about.
    """
    rng, size = np.random.default_rng(14), np.maximum(abs(theta), 0.5)
    for spread in ELSEWHERE_BY:
        place = theta + spread * size * rng.standard_normal(theta.size)
        try:
            with np.errstate(all="ignore"):
                is_right = are_slopes(cost, np.asarray(grad(place.copy()), float), place, 2, BY_FAR)
        except Exception:  # the program need not be made for other parameters
            continue
        if is_right is False:
            return place if structure is None else structure.nest(place, own_dtypes=True)
    return None


def _with_data_of_its_own(found, cost, grad, params, given, progress):
    """The same diagnosis, or that of a network whose inputs and targets stand in the cost itself."""
    of_vector, _, theta, _ = _on_a_vector(cost, grad, params)
    for X, Y in data_of(of_vector, theta):
        try:
            again = _asked(cost, grad, params, None, None, {"X": X, "Y": Y, **given}, progress)
        except (TypeError, ValueError):  # they were no inputs and targets
            continue
        if again.formulas and "unknown" not in again.names:
            said = f"X {X.shape} and Y {Y.shape} were read off the steps of your cost."
            return replace(again, evidence=(said, *again.evidence))
    return found


def _by_record(found, cost, grad, params, net, blocks, X, Y, told_elsewhere=lambda: False):
    """The same diagnosis, or one of a cost's own steps: which of them, differentiated wrongly, gives this gradient."""
    cost, grad, theta, parts = _in_parts(cost, grad, params, net, blocks)
    data = [(name, array) for name, array in (("X", X), ("Y", Y)) if array is not None]
    samples = len(np.atleast_1d(data[-1][1])) if data else 1
    read = from_the_record(cost, grad, theta, parts, data, samples, told_elsewhere)
    if read is None:
        return found
    wrong, formulas, simple, name, told = read
    said = "This predicts every entry to nine digits at several places; it was read off the steps of your cost itself."
    before = tuple(name for name in found.names if name != "unknown" and name in PLAIN)
    return diagnosis(
        (*before, name),
        found.where if len(wrong) > 1 else wrong[0],
        "certain" if simple else "likely",
        evidence=(*told, said, *(text for text in found.evidence if text.startswith("The cost's derivative"))),
        formulas=formulas,
    )


def _in_parts(cost, grad, params, net, blocks):
    """The two functions of a vector, that vector, and pairs: the name of a block, and its places in the vector."""
    cost, grad, theta, structure = _on_a_vector(cost, grad, params)
    if structure is not None:
        return cost, grad, theta, [(leaf.name, leaf.places) for leaf in structure.leaves if leaf.size]
    fits = net is None or params.size == net.n_params  # a vector of another layout has no blocks of its own
    return cost, grad, theta, blocks_of(params.size, net if fits else None, blocks)


def _beside(found, lines, said=RIGHT_THEN):
    """The same diagnosis, with lines of the program beside its formulas."""
    return replace(found, lines=lines, evidence=(said, *found.evidence)) if lines else found


def _of_lines(found, lines, instead="line", said=RIGHT_THEN):
    """The diagnosis where lines of the program explain the gradient, and a name stands ``instead`` of "unknown"."""
    return diagnosis(
        tuple(instead if name == "unknown" else name for name in found.names),
        found.where,
        "certain",
        evidence=(said, *(text for text in found.evidence if not text.startswith(SEARCHED))),
        formulas=tuple(formula for formula in found.formulas if formula.computed),
        lines=lines,
    )


def _is_of_the_loss(found):
    """Whether all that is wrong is the slope with which the walk begins, so that the cost may be the wrong one."""
    return (
        found.names == ("formula",)
        and bool(found.formulas)
        and all("∂ℓ" in str(formula.right) for formula in found.formulas)
    )


def _of_another_cost(found, asked_about):
    """The diagnosis where lines of the cost, and none of the gradient, make the two agree; else the same."""
    cost, grad, theta, _ = _in_parts(*asked_about)
    lines = lines_of_cost(cost, grad, theta)
    return _of_lines(found, lines, "another-cost", BELONGS_THEN) if lines else found


def _or_of_the_cost(found, asked_about):
    """The diagnosis with a line of the cost as well, if one alone makes the two agree: either may be the wrong one."""
    if not {*found.names} <= OF_EITHER or found.sure != "certain":
        return found
    cost, grad, theta, _ = _in_parts(*asked_about)
    lines = lines_of_cost(cost, grad, theta, greatest=FOR_THE_COST)
    if len(lines) != 1 or lines[0].together:
        return found
    return replace(
        found,
        sure="one of several",
        alternatives=(("another-cost",),),
        cure=" ".join((found.cure, OTHERS["another-cost"][1])),
        lines=(*found.lines, *lines),
        evidence=(*found.evidence, BELONGS_THEN),
    )


def _of_another_derivative(found, asked_about):
    """The diagnosis where the gradient has another derivative of a step of the cost; else the same."""
    lines = misderived(*_in_parts(*asked_about))
    return _of_lines(found, lines, "derivative", DERIVED_SO) if lines else found


def _of_another_value(found, asked_about):
    """The diagnosis where a line of the gradient computes another value than the one it stands for; else the same.

    A line whose own parts are in doubt is the place, and no explanation.
    """
    lines = values_to_mend(*_in_parts(*asked_about))
    if any(line.doubts for line in lines):
        return _beside(found, lines, STANDS_SO)
    return _of_lines(found, lines, said=STANDS_SO) if lines else found


def _is_laid_out(cost, theta, net, given):
    """Whether the cost of the vector is the network's own, so that no layout has to be looked for."""
    if not isinstance(net, Network) or theta.dtype.kind != "f":
        return True  # and examine says what is wrong with it
    if theta.shape != (net.n_params,):
        return theta.size not in possible_sizes(net.sizes)
    try:
        own = net.cost(theta.astype(float), given["X"], given["Y"], given["lam"], given["n"])
        return bool(abs(np.asarray(cost(theta.copy()), float).ravel()[0] - own) <= 1e-9 * max(abs(own), 1e-12))
    except (TypeError, ValueError, IndexError):
        return False


def _visit(functions, structure, params, net, given, progress):
    """Examine a nest, or a vector of another layout: tied to the network if that succeeds, and else by itself."""
    start, asked_about_a_network = structure.vector(params), net is not None
    look = functools.partial(examine, progress=progress)
    layout, shapes = None, {name: shape for name, _, shape in structure.blocks}

    @functools.cache
    def alone():
        """What can be said without a network."""
        return look(functions.cost, _in_dtype(functions.grad, structure), start, blocks=shapes, **given)

    def worth():
        """Whether there is a mistake to explain."""
        return bool({*alone().names} - PLAIN)

    of_its_own = functools.partial(_of_its_own_network, functions, structure, start, given, worth)
    if net is not None:
        arguments.instance("net", net, Network, "a Network, or None")
        if given["X"] is None or given["Y"] is None:
            raise TypeError("net comes without X and Y: expected diagnose(cost, grad, params, net=net, X=X, Y=Y)")
        # the owner's cost may take targets that the network's refuses
        layout = of_its_own(f"Y is nothing that loss={net.loss.name!r} accepts") if _refuses(net, given["Y"]) else None
        if layout is None:
            layout = find_layout(functions.cost, structure, start, net, *given.values(), measure=worth)
        else:
            net, asked_about_a_network = layout.net, False
    elif given["X"] is not None and given["Y"] is not None:
        layout = of_its_own("No network was given")
        net = layout.net if layout else None
    if layout is not None and layout.sure in SURE_OF_A_LAYOUT:
        cost, grad = layout.on_theta(functions)
        tied = {**given, "formula": layout.formula, "X": layout.X, "Y": layout.Y, "shared": layout.shared}
        tied["likely"] = layout.as_formula(net, given["lam"] / (given["n"] or len(layout.X)))
        grad, theta = _in_dtype(grad, structure), layout.to_theta(start)
        found = look(cost, grad, theta, net=net, **tied)
        if (
            "unknown" in found.names and layout.formula is None and repr(layout.net) != repr(net)
        ):  # the gradient may be of what the cost is of
            other = look(cost, grad, theta, net=layout.net, **tied)
            if "unknown" not in other.names:
                same = [f.name for f in layout.net.activations[1:]] == [f.name for f in net.activations[1:]]
                found = other if same else replace(other, names=("another-network", *other.names))
        if not found.names and not np.isin(np.arange(start.size), layout.source).all() and worth():
            # what is wrong is the gradient of parameters that the network has no place for
            return replace(alone(), evidence=(layout.description, *layout.evidence, *alone().evidence))
        if not asked_about_a_network:  # which nobody has called net
            found = without_a_network(found)
        return _in_owner_s_words(found, layout, functions)
    if layout is not None and isinstance(params, np.ndarray) and params.shape == (net.n_params,):
        return look(functions.cost, functions.grad, start, net=net, **given)
    found = alone()
    said = () if layout is None else (layout.description, *layout.evidence)
    agree = asked_about_a_network and not found.names
    return replace(found, evidence=(*said, *functions.remarks, *found.evidence), other_cost=agree)


def _refuses(net, Y):
    """Whether the network's loss takes neither the rows of Y nor its columns for targets."""
    Y = np.asarray(Y)
    read = [each for each in (Y, Y.T) if Y.ndim == 2 and each.shape[1] == net.sizes[-1] and Y.dtype.kind in "biuf"]
    return bool(net.loss.targets and read) and all(net.loss.targets(each).any() for each in read)


def _of_its_own_network(functions, structure, start, given, worth, why):
    """The layout of a network that has this cost, of those whose sizes the shapes allow; None where none has it."""
    for sizes in chains(structure, given["X"], given["Y"]):
        try:
            guess = Network(sizes, loss="half_squared")
            found = find_layout(functions.cost, structure, start, guess, *given.values(), guessed=True, measure=worth)
            if found.formula is not None:
                return found
            if found.sure in SURE_OF_A_LAYOUT:
                found = find_layout(functions.cost, structure, start, found.net, *given.values(), measure=worth)
                said = f"{why}: your cost is that of {found.net}."
                return replace(found, evidence=(said, *found.evidence))
        except (TypeError, ValueError):  # the data do not fit, or are not numbers
            continue
    return None


def _in_dtype(grad, structure):
    """The gradient with the precision of the owner's arrays, which decides how exact it can be."""
    return lambda vector: grad(vector).astype(structure.dtype)


def _in_owner_s_words(found, layout, functions):
    """The diagnosis with the owner's names of blocks, and what was understood of the layout as evidence."""

    def own(text):
        return re.sub(r"\b[bW]\[\d+\]", lambda name: layout.names.get(name[0], name[0]), text)

    guessed = found.sure == "certain" and layout.sure != "certain"
    said = (layout.description, *layout.evidence, *functions.remarks)
    return replace(
        found,
        where=own(found.where),
        sure="likely" if guessed else found.sure,
        explanation=own(found.explanation),
        evidence=(*said, *map(own, found.evidence)),
    )


def _of_another_shape(error, cost, grad, structure, params, net, given, progress):
    """What can be said of a gradient whose arrays do not fit: that, or that they are right once they are transposed."""
    if error.transposed:
        turned = OnVectors(structure, cost, grad, transposed=True)
        found = _visit(turned, structure, params, net, given, progress)
        if not found.names:
            text = f"{error}. Transposed, it is the gradient of the cost."
            return diagnosis(("transposed-block",), error.place, "certain", text, evidence=found.evidence)
    cure = f"Return {in_words(structure.skeleton)}, each array in the shape that it has in {structure.argument}."
    return replace(diagnosis(("shape",), error.place, "certain", f"{error}."), cure=cure)
