"""Updates of one's own: the book's rules are right in every form, and each slip and pair of slips is named."""

import itertools

import numpy as np
import pytest

from bpcore import Network, adam, sgd
from bpcore.clinic.updates.check import check_update
from bpcore.clinic.updates.rules import FORMS, RATES, RULES, rule_path
from bpcore.clinic.updates.steps import STEPS, gradients_for
from bpcore.clinic.updates.table import SLIPS
from bpcore.estimators.optimisers import GradientDescent

START = np.linspace(-1.0, 1.3, 6)
SETTINGS = dict(mu=0.9, beta1=0.9, beta2=0.999, eps=1e-8, wd=0.02)
LRS = dict(RATES, momentum=0.03, nesterov=0.03)  # with lr = 0.1 = 1 - μ two slips of momentum would be one
CANCEL = ({"gradients-summed", "from-the-start"}, {"momentum-on-both", "velocity-not-weighted"})  # pairs of slips
ONLY_ARRAYS = ("shared", "by arrays", "by arrays late")


def asked(update, like, **given):
    decay = 0.02 if like == "adamw" else None
    return check_update(update, like, lr=LRS[like], beta2=0.999, weight_decay=decay, **given)


def replayed(like, changes, arrays=False):
    """An update that takes the steps of the rule with these lines changed, whatever it is given."""
    path = iter(rule_path(like, START, gradients_for(6), dict(SETTINGS, lr=LRS[like]), changes, 3 if arrays else None))
    return (lambda theta, g: np.split(next(path), 2)) if arrays else lambda theta, g: next(path)


def with_form(form, changes):
    return (*((line, choice) for line, choice in form if line not in dict(changes)), *changes)


class Adam:
    """Adam as in Algorithm 1 of Kingma and Ba, with places for slips."""

    def __init__(self, lr=0.001, correction=lambda t: (1 - 0.9**t, 1 - 0.999**t)):
        self.lr, self.correction, self.m, self.v, self.t = lr, correction, 0.0, 0.0, 0

    def step(self, theta, g):
        self.t += 1
        self.m = 0.9 * self.m + 0.1 * g
        self.v = 0.999 * self.v + 0.001 * g * g
        c1, c2 = self.correction(self.t)
        return theta - self.lr * (self.m / c1) / (np.sqrt(self.v / c2) + 1e-8)


# The rules are those of training.


@pytest.mark.parametrize("like", ["sgd", "momentum", "adam"])
def test_the_rules_are_those_that_training_uses(like):
    """The parameters after each epoch of a training run, with the gradients that it met, to rounding."""
    net, rng = Network((3, 4, 2), "tanh"), np.random.default_rng(0)
    X, Y, theta = rng.standard_normal((9, 3)), rng.random((9, 2)), net.init(0)
    path, lr = [theta], 0.3 if like != "adam" else 0.01
    keep = lambda epoch, theta, cost: path.append(theta)
    if like == "adam":
        adam(net, theta, X, Y, lr=lr, epochs=8, callback=keep)
    else:
        sgd(net, theta, X, Y, lr=lr, epochs=8, momentum=0.9 if like == "momentum" else 0.0, callback=keep)
    gradients = [net.grad(place, X, Y) for place in path[:-1]]
    book = rule_path(like, theta, gradients, dict(SETTINGS, lr=lr))
    assert abs(book - np.array(path[1:])).max() < 1e-14


def test_nesterov_is_that_of_the_estimators():
    theta, gradients = START.copy(), gradients_for(6)
    solver, path = GradientDescent(theta, 0.03, "constant", 0.5, 0.9, True), []
    for g in gradients:
        solver.step(theta, g.copy())
        path.append(theta.copy())
    assert abs(rule_path("nesterov", START, gradients, dict(SETTINGS, lr=0.03)) - path).max() < 1e-14


# Right updates, in the forms that programs have.


def in_place(theta, g):
    theta -= 0.1 * g


def velocity_in_a_closure(second_form=False):
    v = 0.0

    def step(theta, g):
        nonlocal v
        v = 0.9 * v + (g if second_form else 0.1 * g)
        return theta - (0.1 * v if second_form else v)

    return step


def velocity_handed_over(theta, g, v):
    v = 0.9 * v - 0.1 * g
    return theta + v, v


def cache_handed_over(theta, g, cache):
    cache["v"] = 0.9 * cache.get("v", 0) + 0.1 * g
    theta -= cache["v"]


def adam_handed_over(theta, g, m, v, t, lr):
    t += 1
    m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
    return theta - lr * np.sqrt(1 - 0.999**t) / (1 - 0.9**t) * m / (np.sqrt(v) + 1e-8), m, v, t


def dictionary(params, grads):
    for name in params:
        params[name] -= 0.1 * grads[name]
    return params


BLOCKS = {"W1": np.ones((2, 3)), "b1": np.zeros(3)}


@pytest.mark.parametrize(
    "update, given",
    [
        (lambda theta, g: theta - 0.1 * g, {}),
        (in_place, {}),
        (lambda theta, g, lr: theta - lr * g, dict(lr=0.02)),
        (lambda w, dw, learning_rate=5.0: w - learning_rate * dw, dict(lr=0.02)),
        (dictionary, dict(theta=BLOCKS)),
        (lambda params, grads: [(W - 0.1 * dW, b - 0.1 * db) for (W, b), (dW, db) in zip(params, grads)],
         dict(theta=[(np.ones((2, 3)), np.zeros(3)), (np.ones((3, 1)), np.zeros(1))])),
        (lambda theta, g: theta - 0.1 * g, dict(each=True)),
        (in_place, dict(each=True, theta=BLOCKS)),
        (lambda theta, g: (theta - np.float32(0.1) * g).astype(np.float32), {}),
        (velocity_in_a_closure(), dict(like="momentum")),
        (velocity_in_a_closure(second_form=True), dict(like="momentum")),
        (velocity_handed_over, dict(like="momentum", state=(0.0,))),
        (velocity_handed_over, dict(like="momentum", state=0.0, each=True)),
        (cache_handed_over, dict(like="momentum", state={})),
        (Adam().step, dict(like="adam")),
        (Adam(0.02).step, dict(like="adam", lr=0.02)),
        (adam_handed_over, dict(like="adam", state=(0.0, 0.0, 0))),
    ],
)  # fmt: skip
def test_right_updates_are_right_in_every_form(update, given):
    found = check_update(update, **given)
    assert found.right and found.names == () and repr(found).startswith("Right"), repr(found)


def adam_in_single(theta, g, m, v, t):
    one = np.float32
    g, t = g.astype(one), t + 1
    m, v = one(0.9) * m + one(0.1) * g, one(0.999) * v + one(0.001) * g * g
    return theta - one(0.001) * (m / one(1 - 0.9**t)) / (np.sqrt(v / one(1 - 0.999**t)) + one(1e-8)), m, v, t


def test_numbers_of_single_precision_are_right():
    start = np.ones(6, np.float32)
    descent = lambda sign: lambda theta, g: theta + sign * np.float32(0.1) * g
    for found in (
        check_update(descent(-1), lr=0.1),
        check_update(descent(-1), lr=0.1, theta=start),
        check_update(adam_in_single, "adam", state=(np.float32(0), np.float32(0), 0), theta=start),
    ):
        assert found.right and any(word in repr(found) for word in ("single precision", "float32")), repr(found)
    assert check_update(descent(1), lr=0.1, theta=start).names == ("sign",)
    assert not check_update(lambda theta, g: theta, lr=1e-60, theta=np.zeros(3)).right


def test_both_places_of_adams_eps_are_right_and_told_apart():
    corrected, beside = check_update(Adam().step, "adam"), check_update(adam_handed_over, "adam", state=(0.0, 0.0, 0))
    assert corrected.right and "Algorithm 1" in corrected.explanation
    assert beside.right and "scikit-learn" in beside.explanation and "Algorithm 1" not in beside.explanation


# Slips.


@pytest.mark.long
@pytest.mark.parametrize("like, name", [(like, name) for like in RULES for name in SLIPS[like]])
def test_each_slip_is_named(like, name):
    """In each form of the rule; the formula of the slip stands beside the book's."""
    changes = SLIPS[like][name].changes
    arrays = any(choice in ONLY_ARRAYS for _, choice in changes)
    for form in FORMS[like]:
        given = dict(theta=np.split(START, 2)) if arrays else {}
        found = asked(replayed(like, with_form(form, changes), arrays), like, **given)
        assert not found.right and found.names == (name,) and found.alternatives == (), repr(found)
        assert (
            found.formulas and all(book != own for book, own in found.formulas) and found.cure == SLIPS[like][name].cure
        )
        assert "step" in found.evidence[0] and "should be" in found.evidence[0]


@pytest.mark.long
@pytest.mark.parametrize("like", RULES)
def test_pairs_of_slips_are_named(like):
    """Some thirty of all pairs; where another slip or pair takes the same steps, that one may be named."""
    possible = [
        pair
        for pair in itertools.combinations([name for name in SLIPS[like] if "decay-in" not in name], 2)
        if len({line for name in pair for line, _ in SLIPS[like][name].changes})
        == sum(len(SLIPS[like][name].changes) for name in pair)
        and not any(choice in ONLY_ARRAYS for name in pair for _, choice in SLIPS[like][name].changes)
    ]
    chosen, named = possible[:: len(possible) // 30 + 1], 0
    for pair in chosen:
        changes = tuple(change for name in pair for change in SLIPS[like][name].changes)
        found = asked(replayed(like, changes), like)
        if set(pair) in CANCEL:
            assert found.right
            named += 1
            continue
        assert not found.right
        if found.names == pair or pair in found.alternatives:
            named += 1
        else:  # what is named instead predicts every step as well
            if found.names in (("another-rule",), ("factor",), ("decay-in-step",)):
                continue
            own = tuple(change for name in found.names for change in SLIPS[like][name].changes)
            paths = [
                rule_path(like, START, gradients_for(6), dict(SETTINGS, lr=LRS[like]), with_form(form, lines))
                for form, lines in [((), changes), *((form, own) for form in FORMS[like])]
            ]
            assert any(np.allclose(paths[0], path, rtol=1e-7, atol=1e-15, equal_nan=True) for path in paths[1:]), pair
    assert named >= 0.7 * len(chosen)


@pytest.mark.parametrize(
    "update, like, name",
    [
        (Adam(correction=lambda t: (1 - 0.9, 1 - 0.999)).step, "adam", "correction-without-power"),
        (Adam(correction=lambda t: (1 - 0.9 ** (t - 1), 1 - 0.999 ** (t - 1))).step, "adam", "step-count-from-zero"),
        (Adam(correction=lambda t: (1, 1)).step, "adam", "no-bias-correction"),
        (lambda theta, g: Adam().step(theta, g), "adam", "state-new-each-step"),
        (lambda theta, g: theta - 0.1 * g, "momentum", "velocity-not-kept"),
        (velocity_in_a_closure(), "sgd", "another-rule"),
        (lambda theta, g: 0.1 * g, "sgd", "step-returned"),
        (lambda theta, g: None, "sgd", "nothing-changed"),
        (lambda theta, g: theta - 0.3 * g, "sgd", "factor"),
        (lambda theta, g: theta - 0.1 * g - 0.1 * 0.0123 * theta, "sgd", "decay-in-step"),
        (lambda theta, g: theta - 0.1 * g - 0.0041, "sgd", "constant-in-step"),
        (lambda theta, g: theta - 0.1 * g - 0.0041 * np.sign(theta), "sgd", "penalty-in-step"),
    ],
)
def test_slips_written_as_programs_are_named(update, like, name):
    assert check_update(update, like).names == (name,)


@pytest.mark.parametrize("like", ["sgd", "momentum", "rmsprop"])
def test_no_number_agrees_with_no_number(like):
    """Every formula that makes NaN takes the steps of an update that is NaN."""
    for update in (lambda theta, g: theta * np.nan, lambda theta, g: theta - np.inf * g):
        found = check_update(update, like)
        assert found.names == ("not-finite",) and found.formulas == () and found.sure == "unknown"
        assert found.explanation == "Step 1 returns NaN or infinity at every entry"
    assert check_update(lambda theta, g: theta * np.nan, "adam").sure == "one of several"


def test_entries_of_which_a_root_is_taken_are_told_by_their_sign():
    found = check_update(lambda theta, g: theta - 0.1 * np.sqrt(g) ** 2)
    assert found.names == ("not-finite",) and "3 entries" in found.explanation and "root" in found.cure
    assert check_update(lambda theta, g: theta - 0.1 * np.sqrt(g)).names == ("formula",)


def test_another_rate_comes_before_the_square_of_one_that_was_not_told():
    found = check_update(lambda theta, g: theta - 0.01 * g)
    assert found.names == ("factor",) and found.alternatives == (("rate-squared",),) and "lr=0.01" in found.cure
    for update, given in ((lambda theta, g: theta - 0.01 * g, dict(lr=0.1)), (lambda w, g, lr: w - lr * lr * g, {})):
        assert check_update(update, **given).names == ("rate-squared",)


def test_a_mean_of_gradients_comes_before_the_square_of_a_rate_that_was_not_told():
    v = 0.0

    def step(theta, g):
        nonlocal v
        v = 0.9 * v + 0.1 * g
        return theta - 0.1 * v

    found = check_update(step, "momentum")
    assert found.names == ("dampened",) and found.alternatives == (("rate-squared",),)
    assert found.formulas[0][1] == "v ← μ v + (1 - μ) rate·g"


@pytest.mark.parametrize("like", ["sgd", "momentum", "adam"])
def test_arguments_in_the_other_order_are_told(like):
    step = {"sgd": lambda w, g: w - 0.1 * g, "momentum": velocity_in_a_closure(), "adam": Adam().step}[like]
    found = check_update(lambda gradient, theta: step(theta, gradient), like)
    assert found.names == ("arguments-exchanged",) and "update(theta, gradient)" in found.cure


def test_a_gradient_that_is_changed_instead_of_theta_may_be_an_exchange():
    found = check_update(lambda gradient, theta: in_place(theta, gradient))
    assert found.names == ("nothing-changed",) and "update(theta, gradient)" in found.cure
    assert "update(theta, gradient)" not in check_update(lambda theta, g: None).cure


@pytest.mark.parametrize("count", [1, 40])
def test_an_object_that_has_run_before_is_told(count):
    optimiser, rng = Adam(), np.random.default_rng(0)
    for _ in range(count):
        optimiser.step(START, rng.standard_normal(6))
    found = check_update(optimiser.step, "adam")
    assert found.names == ("used-before",) and f"{count} step" in found.explanation and "fresh" in found.cure


@pytest.mark.long
@pytest.mark.parametrize("like", ["momentum", "nesterov", "rmsprop", "adagrad", "adamw"])
def test_a_memory_that_begins_with_other_numbers_is_told(like):
    gradients = [np.random.default_rng(0).standard_normal(6), *gradients_for(6)]
    path = rule_path(like, START, gradients, dict(SETTINGS, lr=LRS[like]), (), None)
    start, rest = path[0], iter(path[1:])
    assert asked(lambda theta, g: next(rest), like, theta=start).names == ("used-before",)


def test_another_count_alone_is_no_memory():
    optimiser = Adam()
    optimiser.t = 30
    assert check_update(optimiser.step, "adam").names == ("measured",)


class OneArray:
    """Adam in place, whose m and v are one array, or two names of one list."""

    def __init__(self, in_a_list):
        self.m = self.v = [0.0] if in_a_list else np.zeros(6)
        self.places, self.t = (0,) if in_a_list else (slice(None),), 0

    def step(self, theta, g):
        self.t += 1
        for k in self.places:
            self.m[k] = 0.9 * self.m[k] + 0.1 * g
            self.v[k] = 0.999 * self.v[k] + 0.001 * g * g
            c1, c2 = 1 - 0.9**self.t, 1 - 0.999**self.t
            return theta - 0.001 * (self.m[k] / c1) / (np.sqrt(self.v[k] / c2) + 1e-8)


@pytest.mark.parametrize("in_a_list", [False, True])
def test_one_array_for_both_means_is_told_and_no_line_beside_it(in_a_list):
    found = check_update(OneArray(in_a_list).step, "adam")
    assert found.explanation == "m and v are the same array" and "copy" in found.cure and not found.lines


def test_defaults_that_are_filled_in_otherwise_are_told():
    found = check_update(lambda theta, g, lr=5.0, eps=1e-8: theta - lr * g, lr=0.1)
    assert found.right and "lr = 0.1 (its default is 5)" in found.evidence[1] and "eps =" not in found.evidence[1]
    assert len(check_update(lambda theta, g, lr=0.1: theta - lr * g, lr=0.1).evidence) == 1


def test_numbers_and_keys_are_the_owners():
    """A Python float cannot be changed in place; a dict's keys may come in another order."""

    def in_place_of_each(P, G):
        for p, g in zip(P, G):
            p -= 0.1 * g

    found = check_update(in_place_of_each, theta=[0.5, np.ones(2)])
    assert found.names == ("nothing-changed",) and found.where == "theta[0]"
    turned = lambda p, g: {"b1": p["b1"] - 0.1 * g["b1"], "W1": p["W1"] - 0.1 * g["W1"]}
    assert check_update(turned, theta=BLOCKS).right


def test_momentum_on_the_gradient():
    v = 0.0

    def step(theta, g):
        nonlocal v
        v = v + 0.9 * g
        return theta - 0.03 * v

    found = check_update(step, "momentum", lr=0.03)
    assert found.names == ("momentum-on-gradient",) and "μ" in found.formulas[0][1]


def test_one_optimiser_for_all_arrays():
    """It keeps one m and one v, and counts its calls: called for each array in turn, it mixes them up."""
    assert check_update(Adam().step, "adam", each=True).names == ("state-and-count-shared",)
    assert check_update(velocity_in_a_closure(), "momentum", lr=0.1, each=True).names == ("state-shared",)


def test_a_slip_in_some_arrays_is_named_with_the_arrays():
    found = check_update(lambda p, g: {"W1": p["W1"] - 0.1 * g["W1"], "b1": p["b1"]}, theta=BLOCKS)
    assert found.names == ("nothing-changed",) and found.where == "theta['b1']"


@pytest.mark.long
def test_nearly_right_is_wrong_and_unknown_is_said():
    """A β₂ that is off by one in the fifth digit, and noise, agree with nothing to nine digits."""
    state = dict(m=0.0, v=0.0, t=0)

    def step(theta, g):
        state["t"] += 1
        state["m"] = 0.9 * state["m"] + 0.1 * g
        state["v"] = 0.99901 * state["v"] + 0.00099 * g * g
        return theta - 0.001 * state["m"] / (1 - 0.9 ** state["t"]) / (
            np.sqrt(state["v"] / (1 - 0.99901 ** state["t"])) + 1e-8
        )

    assert check_update(step, "adam").names == ("unknown",)
    noise = iter(np.random.default_rng(0).standard_normal((6, 6)))
    for like in ("sgd", "momentum", "adam"):
        found = check_update(lambda theta, g: theta + np.random.default_rng(1).standard_normal(6), like)
        assert found.names == ("unknown",) and "step 1" in found.evidence[0]
    assert check_update(lambda theta, g: next(noise)).names == ("unknown",)


def test_what_cannot_be_seen_is_said():
    """With lr = 1 a missing lr makes no difference; without momentum most slips of momentum make none."""
    found = check_update(lambda theta, g: theta - g, lr=1)
    assert found.right and {"rate-missing", "rate-squared"} <= set(found.unseen)
    found = check_update(lambda theta, g: theta - 0.1 * g, "momentum", momentum=0.0)
    assert found.right and {"nesterov", "dampened", "velocity-not-kept"} <= set(found.unseen)
    assert check_update(velocity_in_a_closure(), "momentum").unseen == ()


def test_what_else_an_update_does_is_noticed():
    def both(theta, g):
        g *= 0.1
        theta -= g
        return theta.copy()

    found = check_update(both)
    assert found.right and "gradient" in found.evidence[1] and "in place" in found.evidence[2]


@pytest.mark.parametrize(
    "update, given, error, word",
    [
        (3, {}, TypeError, "update"),
        (None, {}, TypeError, r"update=None \(NoneType\): expected a function"),
        (Adam, {}, TypeError, "class Adam"),
        (lambda theta, g: theta - 0.1 * g + 1j, {}, TypeError, "complex numbers"),
        (lambda theta, g: "a", {}, TypeError, "returned 'a'"),
        (lambda theta: theta, {}, TypeError, "gradient"),
        (lambda theta, g, h: theta - 0.1 * g + h["v"], {}, TypeError, "h.*state"),
        (lambda theta, g, h, v: theta, {}, TypeError, "h, v.*state"),
        (lambda theta, g: theta[:2], {}, ValueError, "shape"),
        (lambda theta, g: theta[:, None] - g, {}, ValueError, "shape"),
        (lambda P, g: list(P.values()), dict(theta=BLOCKS), ValueError, "a list of 2"),
        (lambda theta, g: [1.0, [2.0, 3.0]], {}, ValueError, "several shapes"),
        (lambda P, g: {"W1": P["W1"]}, dict(theta=BLOCKS), ValueError, "keys 'W1'"),
        (in_place, dict(like="rmspropp"), ValueError, "like"),
        (in_place, dict(lr=0), ValueError, "lr"),
        (in_place, dict(momentum=1), ValueError, "momentum"),
        (in_place, dict(weight_decay=-1), ValueError, "weight_decay"),
        (in_place, dict(theta=np.array([1, 2])), TypeError, "floating-point numbers"),
        (in_place, dict(theta=[]), ValueError, "no number"),
        (in_place, dict(each="yes"), TypeError, "each"),
    ],
)
def test_what_cannot_be_checked_is_refused(update, given, error, word):
    with pytest.raises(error, match=word):
        check_update(update, **given)


def test_what_begins_as_none_need_not_be_given():
    """As where an optimiser makes what it remembers in its first step."""

    def kept(theta, g, v):
        v = 0.9 * (0 if v is None else v) + 0.1 * g
        return theta - v, v

    assert check_update(kept, like="momentum", lr=0.1, momentum=0.9).names == ()
    assert check_update(kept, like="momentum", lr=0.1, momentum=0.9, state=0.0).names == ()
    assert check_update(kept, like="momentum", lr=0.2, momentum=0.9).names != ()


def test_one_parameter_is_no_plural():
    assert "1 parameter," in check_update(lambda theta, g: theta - 0.1 * g, theta=1.0).evidence[0]


def test_errors_of_the_update_propagate():
    with pytest.raises(KeyError):
        check_update(lambda theta, g: {}["v"])


def test_the_gradients_show_every_part_of_a_rule():
    """Both signs, several magnitudes, and some so small that ε counts."""
    g = gradients_for(6)
    assert g.shape == (STEPS, 6) and (g > 0).any() and (g < 0).any()
    assert abs(g).max() > 1 and (abs(g[:, 2::3]) < 1e-6).all() and RATES.keys() == RULES.keys()


@pytest.mark.parametrize("setting", ["lr", "momentum", "beta1", "beta2", "eps", "weight_decay"])
def test_a_setting_out_of_range_is_refused_by_its_name(setting):
    for value in (-1, "much"):
        with pytest.raises((TypeError, ValueError), match=setting):
            check_update(lambda theta, g: theta, **{setting: value})


def test_formulas_that_differ_in_where_epsilon_stands_are_one():
    """The root is multiplied by: its step is so short that nobody sees whether ε stands in it."""
    v = np.zeros(6)

    def step(theta, g):
        v[:] += g**2
        return theta - 0.1 * g * np.sqrt(v + 1e-20)

    said = check_update(step, "adagrad", lr=0.1, eps=1e-20)
    assert said.names == ("formula",) and said.sure == "certain" and not said.alternatives
