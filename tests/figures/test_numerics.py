"""The JavaScript network computes what bpcore computes: costs, deltas, gradients, training, and every planted bug."""

import json

import node
import numpy as np
import pytest

from bpcore import ACTIVATIONS, LOSSES, Network, adam, sgd
from bpcore.clinic.backward import STEPS, every_layer, hidden_layers, output_layer, program_with, sloped_layers
from bpcore.clinic.defects.table import DEFECTS
from bpcore.figures.explorables import FOLDER

# Defects of gradients that the page does not offer: what they need is not there, or differs from call to call.
NOT_OFFERED = {"accumulated", "argument-changed", "float32", "dot-not-elementwise"}
PROGRAM = """
import * as n from "./numerics.js";
import {BUGS, planted} from "./bugs.js";
const one = ({spec, theta, X, Y, lam, lr, bug, layers, train}) => {
  const net = n.network(spec), at = Float64Array.from(theta), x = n.fromRows(X), y = n.fromRows(Y);
  if (train) {
    const rule = train.rule === "adam" ? n.adamRule(net.count) : n.momentumRule(net.count, train.momentum);
    for (let k = 0; k < train.steps; k++) rule(at, n.backward(net, at, x, y, {lam}).gradient, lr);
    return {theta: [...at]};
  }
  const bugs = bug ? [planted(bug, net, layers)] : [];
  const {gradient, delta} = n.backward(net, at, x, y, {lam, lr, bugs});
  return {cost: n.cost(net, at, x, y, lam), gradient: [...gradient], delta: delta.slice(1).map(n.toRows),
          numerical: [...n.numericalGradient(net, at, x, y, lam)]};
};
if (given === "bugs") reply(Object.fromEntries(Object.entries(BUGS).map(([k, b]) => [k, [b.title, b.step]])));
else reply(given.map(one));
"""


HERE = "http://explorables.test/"


@pytest.fixture(scope="module")
def in_chromium(request):
    """The answers that the same modules give in a page."""
    page = request.getfixturevalue("browser").new_page()

    def send(route):
        name = route.request.url.removeprefix(HERE)
        kind = "text/javascript" if name else "text/html"
        route.fulfill(body=(FOLDER / name).read_text(encoding="utf-8") if name else "", content_type=kind)

    page.route(f"{HERE}**", send)

    def answer(cases):
        page.goto(HERE)
        page.evaluate("text => { window.given = JSON.parse(text); }", json.dumps(cases))
        page.evaluate("() => { window.reply = it => { window.it = JSON.stringify(it); }; }")
        page.add_script_tag(content=PROGRAM, type="module")
        page.wait_for_function("window.it")
        return json.loads(page.evaluate("window.it"))

    yield answer
    page.close()


@pytest.fixture(params=["Node", "Chromium"])
def ask(request, tmp_path):
    """The answers of the modules for some cases, given by Node or in a page."""
    if request.param == "Chromium":
        return request.getfixturevalue("in_chromium")
    return lambda cases: node.answer(PROGRAM, tmp_path, cases)


@pytest.fixture
def ask_node(tmp_path):
    """The same by Node alone."""
    return lambda cases: node.answer(PROGRAM, tmp_path, cases)


def draw(rng, hidden, output, loss, sizes):
    net = Network(sizes, hidden, output, loss)
    m = int(rng.integers(1, 6))
    theta, X = rng.standard_normal(net.n_params), rng.standard_normal((m, sizes[0]))
    Y = net.loss.sample(rng, m, sizes[-1])
    spec = {"sizes": list(sizes), "hidden": hidden, "output": output, "loss": loss}
    case = {"spec": spec, "theta": theta.tolist(), "X": X.tolist(), "Y": Y.tolist(), "lam": float(rng.choice([0, 0.7]))}
    return net, theta, X, Y, case


def pairs():
    for loss in LOSSES.values():
        for output in [loss.link] if loss.link else ACTIVATIONS:
            yield loss.name, output


def networks(least, seed):
    """One for each pair of activations and each loss, or `least` if these are fewer."""
    rng = np.random.default_rng(seed)
    every = [(hidden, output, loss) for loss, output in pairs() for hidden in ACTIVATIONS]
    for place in range(max(least, len(every))):
        hidden, output, loss = every[place % len(every)]
        sizes = tuple(int(n) for n in rng.integers(2, 6, rng.integers(2, 5)))
        yield draw(rng, hidden, output, loss, sizes)


def relative(mine, theirs):
    mine, theirs = np.ravel(mine), np.ravel(theirs)
    return np.linalg.norm(mine - theirs) / max(np.linalg.norm(theirs), 1e-300)


@pytest.mark.long
def test_cost_deltas_and_gradient_of_a_hundred_networks(ask):
    """To 1e-12: both sum the same few dozen products in another order."""
    drawn = list(networks(100, seed=1))
    assert len({(case["spec"]["hidden"], case["spec"]["loss"]) for *_, case in drawn}) == len(ACTIVATIONS) * len(LOSSES)
    for (net, theta, X, Y, case), answer in zip(drawn, ask([case for *_, case in drawn]), strict=True):
        trace, name = net.backward(theta, net.forward(theta, X), Y), f"{net}"
        assert relative(answer["cost"], net.cost(theta, X, Y, case["lam"])) < 1e-12, name
        assert relative(answer["gradient"], net.grad(theta, X, Y, case["lam"])) < 1e-12, name
        for delta, right in zip(answer["delta"], trace.delta[1:], strict=True):
            assert relative(delta, right) < 1e-12 or np.allclose(delta, right, rtol=0, atol=1e-15), name


def test_the_meter_s_differences_are_those_of_the_cost(ask_node):
    """Central differences of smooth networks are right to about h² = 1e-10, and to 1e-16/h = 1e-11 of the cost."""
    rng = np.random.default_rng(2)
    drawn = [draw(rng, "tanh", "sigmoid", "binary_cross_entropy", (3, 4, 2)) for _ in range(5)]
    for (net, theta, X, Y, case), answer in zip(drawn, ask_node([case for *_, case in drawn]), strict=True):
        assert relative(answer["numerical"], net.grad(theta, X, Y, case["lam"])) < 1e-8


@pytest.mark.long
@pytest.mark.parametrize("rule", ["sgd", "momentum", "adam"])
def test_two_hundred_steps(rule, ask):
    """To 1e-10: what rounding differs by in a step, the next ones carry on."""
    rng = np.random.default_rng(3)
    net, theta, X, Y, case = draw(rng, "tanh", "sigmoid", "binary_cross_entropy", (2, 5, 4, 1))
    lr, momentum = (0.01, 0.0) if rule == "adam" else (0.3, 0.9 if rule == "momentum" else 0.0)
    (answer,) = ask([case | {"lr": lr, "train": {"steps": 200, "rule": rule, "momentum": momentum}}])
    options = {"lr": lr, "epochs": 200, "batch_size": len(X), "shuffle": False, "lam": case["lam"]}
    fit = adam(net, theta, X, Y, **options) if rule == "adam" else sgd(net, theta, X, Y, momentum=momentum, **options)
    assert relative(answer["theta"], fit.theta) < 1e-10
    assert relative(fit.theta, theta) > 0.1


def test_the_drawer_holds_every_gradient_defect_with_its_title(ask_node):
    offered = {name: bug for name, bug in ask_node("bugs").items() if ":" not in name}
    known = {name: [d.title, d.step] for name, d in DEFECTS.items() if d.gradient and name not in NOT_OFFERED}
    assert offered == known


PLACES = [
    ((3, 4, 4, 2), "sigmoid", "sigmoid", "binary_cross_entropy"),
    ((3, 4, 4, 2), "tanh", "identity", "mse"),
    ((3, 3, 2), "relu", "sigmoid", "half_squared"),
    ((2, 4, 4, 3), "leaky_relu", "softmax", "cross_entropy"),
    ((2, 4, 3), "sigmoid", "softmax", "half_squared"),
]


@pytest.mark.long
def test_every_bug_is_the_table_s_defect(ask):
    rng, cases, rights, seen = np.random.default_rng(4), [], [], set()
    for sizes, hidden, output, loss in PLACES:
        for name in sorted(set(DEFECTS) - NOT_OFFERED):
            if not DEFECTS[name].gradient:
                continue
            net, theta, X, Y, case = draw(rng, hidden, output, loss, sizes)
            case |= {"lam": 0.7, "lr": 0.5, "bug": name}
            try:
                right = DEFECTS[name].broken(net, theta, X, Y, lam=0.7, lr=0.5)
            except ValueError:  # this network has no layer where the mistake can be made
                continue
            cases.append(case)
            rights.append((name, net, right))
            seen.add(name)
    for (name, net, right), answer in zip(rights, ask(cases), strict=True):
        assert relative(answer["gradient"], right) < 1e-12, (name, net)
    assert seen == {name for name, defect in DEFECTS.items() if defect.gradient} - NOT_OFFERED


EXCHANGES = {
    "sign": np.negative,
    "doubled": lambda x: 2 * x,
    "halved": lambda x: x / 2,
    "squared": np.square,
    "unsigned": np.abs,
    "signs": np.sign,
    "missing": lambda x: 0 * x,
    "ones": lambda x: 0 * x + 1,
}
LAYERS = {"output_delta": output_layer, "from_above": hidden_layers, "through": sloped_layers}


@pytest.mark.long
def test_any_step_with_any_exchange(ask_node):
    """The same step of the clinic's backward pass, with the same exchange of what it computes."""
    rng, cases, rights = np.random.default_rng(5), [], []
    offered = [name for name in ask_node("bugs") if ":" in name]
    assert len(offered) == len(EXCHANGES) * (len(STEPS) - 1), "all steps but the one that prepares"
    for sizes, hidden, output, loss in PLACES[:3]:
        for name in offered:
            step, exchange = name.split(":")
            net, theta, X, Y, case = draw(rng, hidden, output, loss, sizes)
            wrong = lambda s, l, *given: EXCHANGES[exchange](STEPS[step](s, l, *given))
            program = program_with(name, step, wrong, LAYERS.get(step, every_layer), "a layer")
            rights.append((name, net, program(net, theta, X, Y, lam=0.7)))
            cases.append(case | {"lam": 0.7, "lr": 0.5, "bug": name})
    for (name, net, right), answer in zip(rights, ask_node(cases), strict=True):
        assert np.allclose(answer["gradient"], right, rtol=1e-11, atol=1e-14), (name, net)
