"""The neighbours of a network's cost: one thing in its formula is another, found by holding each against a cost."""

from dataclasses import dataclass, replace

import numpy as np

from ..activations import ACTIVATIONS, Activation
from ..losses import Loss
from ..network import Network
from .cost_fits import Outputs, misfits_of, residual_of
from .costs import EXACT, OTHER_LOSSES, OTHER_OUTPUTS, OWN_TEXT, CostFormula, cost_text, fitted
from .familiar import FAMILIES, refined
from .likeness import plain, weights_in_words
from .preparations import other_targets, prepared, targets_in_words
from .rare_costs import BATCH_COSTS, RARE_LOSSES

LOOSE = 1e-6  # of a first look at many costs at once
SPARE = 6  # values of the cost that are left over when all unknown numbers are solved for
MOST = 120  # unknown numbers
VALUES = {text: value for text, (value, _) in OTHER_LOSSES.items()} | RARE_LOSSES
WITH_TARGETS = {  # losses whose targets are often others
    text: VALUES[text]
    for text in (
        "½ Σ (a − y)²", "−Σ (y log a + (1 − y) log(1 − a))", "−Σ y log a", "Σ |a − y|", "Σ max(0, 1 − y a)",
        "Σ max(0, 1 − y a)²", "Σ log(1 + exp(−y a))", "Σ exp(−y a)", "Σⱼ max(0, aⱼ − a_y + 1)", "−Σ y a",
        "Σ log cosh(a − y)",
    )
}  # fmt: skip
SCALED = (
    "y minus its mean",
    "y divided",
    "y from 0 to 1",
    "log y",
    "log(1 + y)",
    "2y − 1",
    "(y + 1)/2",
)  # as inputs may be
PENALTY_TEXTS = {"Σ|W|": "Σ |W|", "‖W‖": "‖W‖ of all layers", "Σ‖Wˡ‖": "‖W‖ of each layer"}  # for scope.PENALTIES


@dataclass(frozen=True)
class Neighbour:
    """A cost that may be the owner's: its mean at each place, how its formula reads, and what makes a network of it."""

    mean: np.ndarray
    loss: str  # the loss as text
    words: str  # what is another
    inside: str = ""  # how what the loss is made of reads
    parts: tuple = ()  # hidden activations, output and Loss of a Network, where one has this cost
    X: np.ndarray | None = None  # the inputs, where they are others
    forward: bool = False  # whether the network itself is another, and not its loss or data
    whole: bool = False  # whether the text is that of the whole cost, with nothing to sum before it


class Neighbours:
    """All neighbours of one network's cost at some places.

    Parameters
    ----------
    net : Network
    thetas, c : ndarray
        Places (count, P), and the owner's cost there.
    further : callable
        ``further(count)`` gives so many more places and the costs there, or fewer.
    X, Y : ndarray
        One sample a row.
    decay : float
        λ/n as the owner has said it.
    """

    def __init__(self, net, thetas, c, further, X, Y, decay):
        self.net, self.thetas, self.c, self.further, self.X, self.Y, self.decay = net, thetas, c, further, X, Y, decay
        self.hidden, self.output = net.activations[1:-1], net.activations[-1]
        self.m, self.K, self.more = len(X), net.sizes[-1], None
        self.squares = self._squares(thetas)
        self.own_text = OWN_TEXT.get(net.loss.name, net.loss.name)
        self.z, self.a = self._forward()

    def found(self):
        """The CostFormula of the first neighbour that has the owner's cost, the usual ones first; None where none has.

        Nothing is found by luck: the cost is predicted to nine digits at more places than there are unknown numbers.
        """
        with np.errstate(all="ignore"):
            for some in (
                self.other_losses,
                self.other_targets,
                self.other_inputs,
                self.other_activations,
                self.other_outputs,
                self.of_the_batch,
            ):
                if found := self._fitting(list(some())):
                    return found
            for solved in (self.multiples, self.penalties, self.shifted_targets, self.weights, self.free_targets):
                if found := solved():
                    return found
        return None

    # What a cost is made of.

    def _squares(self, thetas):
        places = self.net.params(np.arange(float(self.net.n_params)))
        biases = np.concatenate(places.b[1:]).astype(int)
        of_b = 0.5 * (thetas[:, biases] ** 2).sum(1)
        return 0.5 * (thetas**2).sum(1) - of_b, of_b

    def _forward(self, X=None, hidden=None, thetas=None):
        """z^L and a^L, a sample of a place a row."""
        thetas = self.thetas if thetas is None else thetas
        z = Outputs(self.net.sizes, self.hidden if hidden is None else hidden, thetas, self.X if X is None else X).z
        return z, self._activated(self.output, z)

    def _activated(self, output, z):
        if getattr(output, "name", "").endswith("over the samples"):
            return output.f(z.reshape(-1, self.m, self.K)).reshape(z.shape)
        return output.f(z.copy())

    def _mean(self, value, a, Y=None):
        Y = self.Y if Y is None else Y
        return value(a, np.tile(Y, (len(a) // self.m, 1))).reshape(-1, self.m).mean(1)

    def _own(self, a, z=None, Y=None):
        """The network's own loss, the plain formula."""
        return self._mean(self.net.loss.value, a, Y)

    # Which of many fits.

    def _fitting(self, neighbours):
        if not neighbours:
            return None
        near = misfits_of(self.c, [n.mean for n in neighbours], self.squares) < LOOSE
        for k in np.flatnonzero(near):
            misfit, numbers = fitted(self.c, neighbours[k].mean, self.squares)
            if misfit < EXACT:
                return self._formula(neighbours[k], *numbers[:3])
        return None

    def _formula(self, n, scale, decay=0.0, decay_b=0.0, penalty=None):
        """The CostFormula of a neighbour that fits."""
        scale = 1.0 if abs(scale - 1) < 1e-8 else plain(float(scale))
        decay = self.decay if abs(decay - self.decay) < 1e-7 * abs(self.decay) else plain(float(decay))
        words, net = (n.words,), None
        if n.parts:
            hidden, output, loss = n.parts
            net = Network(self.net.sizes, list(hidden), output, loss)
        if decay != self.decay or decay_b:
            words += (f"its penalty is {decay / 2:.4g} Σ W² + {decay_b / 2:.4g} Σ b²",)
        text = (f"{scale:.6g} {n.loss}" if n.whole and scale != 1 else n.loss) if n.whole else None
        text = text or cost_text(n.loss, scale, decay, decay_b, self.m)
        return CostFormula(
            net,
            scale,
            decay,
            decay_b,
            text + (f", {n.inside}" if n.inside else ""),
            cost_text(self.own_text, 1.0, self.decay, 0.0, self.m),
            words,
            penalty=penalty or {},
            X=n.X,
            forward=n.forward,
        )

    # One thing is another.

    def other_losses(self):
        """Another loss of the same output, or of z."""
        for name, v in ((f"a{_power(self.net.L)}", self.a), ("z", self.z)):
            if name == "z" and self.output.name == "identity":
                continue
            inside = f"a = z: the {self.output.name} is left out" if name == "z" else ""
            for text, value in VALUES.items():
                yield Neighbour(self._mean(value, v), text, f"the loss is {text}", inside)

    def other_targets(self):
        """Other targets in the network's own loss, and in others."""
        every = other_targets(self.Y)
        for words, Y in every:
            yield Neighbour(
                self._own(self.a, Y=Y), _primed(self.own_text), f"the targets are {words}", f"y′ = {words}",
                self._with(targets=Y),
            )  # fmt: skip
        for text, value in WITH_TARGETS.items():
            for words, Y in every:
                yield Neighbour(
                    self._mean(value, self.a, Y), _primed(text), f"the targets are {words}", f"y′ = {words}",
                    self._with(text, Y),
                )  # fmt: skip

    def other_inputs(self):
        """Inputs that are prepared, and targets in the same way."""
        targets = {words: Y for words, Y in other_targets(self.Y) if words.startswith(SCALED)}
        for words, X in prepared(self.X):
            _, a = self._forward(X)
            said = f"the inputs are {words}"
            inside = f"where {said}"
            yield Neighbour(self._own(a), self.own_text, said, inside, self._with(), X=X)
            for more, Y in targets.items():
                yield Neighbour(
                    self._own(a, Y=Y), _primed(self.own_text), f"{said}, the targets are {more}",
                    f"{inside}, y′ = {more}", self._with(targets=Y), X=X,
                )  # fmt: skip

    def other_activations(self):
        """Another activation in one hidden layer or in all, none, or one that is taken twice."""
        L = self.net.L
        layers = [(l,) for l in range(1, L)] + ([tuple(range(1, L))] if L > 2 else [])
        usual = [f for f in ACTIVATIONS.values() if f.df] + [ACTIVATIONS["softmax"]]
        families = [family.with_constants(*start) for family in FAMILIES for start in family.starts]
        for chosen in layers:
            records = usual if len(chosen) == L - 1 else usual + families  # in all layers the layout solves for them
            twice = [_twice(self.hidden[l - 1]) for l in chosen]
            others = [[f] * len(chosen) for f in records]
            for made in [*others, twice]:
                hidden = list(self.hidden)
                for l, f in zip(chosen, made):
                    hidden[l - 1] = f
                where = f"layer{'s' * (len(chosen) > 1)} {', '.join(map(str, chosen))}"
                none = made[0].name == "identity"
                said = f"no activation in {where}" if none else f"the activation in {where} is {made[0].name}"
                _, a = self._forward(hidden=hidden)
                parts = (hidden, self.output, self.net.loss)
                yield Neighbour(
                    self._own(a), self.own_text, said, f"{'with' if none else 'where'} {said}", parts, forward=True
                )

    def other_outputs(self):
        """An output that is another, of the whole batch too."""
        outputs = [(_twice(self.output).f, f"the output goes through the {self.output.name} twice")]
        outputs += [(f, words) for f, words, _ in OTHER_OUTPUTS[1:] if self.K > 1 or "softmax" not in words]
        outputs += [(f.f, f"the output is {f.name}") for f in ACTIVATIONS.values() if f is not self.output]
        for f, words in outputs:
            a = f(self.z.reshape(-1, self.m, self.K)).reshape(self.z.shape) if "batch" in words else f(self.z.copy())
            yield Neighbour(self._own(a), self.own_text, words, words, forward=True)
            for text in (*OWN_TEXT.values(), "log Σ exp(a) − Σ y a"):
                if text != self.own_text:
                    yield Neighbour(
                        self._mean(VALUES.get(text, self.net.loss.value), a), text, f"{words}, the loss is {text}",
                        words, forward=True,
                    )  # fmt: skip

    def of_the_batch(self):
        """Costs that are no mean over the samples."""
        for name, v in (("a", self.a), ("z", self.z)):
            a = v.reshape(-1, self.m, self.K)
            inside = "a = z" if name == "z" else ""
            for text, value in BATCH_COSTS.items():
                yield Neighbour(value(a, self.Y), text, f"the loss is {text}", inside, whole=True)

    # One thing is another, and numbers in it are solved for.

    def multiples(self):
        """The output of a multiple of z, hidden outputs times a number, inputs times a number plus another."""
        ways = [
            (
                lambda c: self._activated(self.output, c * self.z),
                ((0.5,), (2.0,), (0.1,), (-1.0,)),
                lambda c: f"the output is {self.output.name}({_short(c)} z)",
            )
        ]
        if self.hidden:
            scaled = lambda f, c: Activation(f.name, lambda z, out=None: c * f.f(z), lambda z, a: c * f.df(z, f.f(z)))
            ways.append(
                (
                    lambda c: self._forward(hidden=[scaled(f, c) if f.df else f for f in self.hidden])[1],
                    ((0.5,), (2.0,)),
                    lambda c: f"the hidden outputs are multiplied by {_short(c)}",
                )
            )
        ways.append(
            (
                lambda c, d=0.0: self._forward(c * self.X + d)[1],
                ((0.5, 0.0), (2.0, 0.0), (0.02, 0.0), (1.0, 0.5), (-1.0, 0.5)),
                lambda c, d: f"the inputs are {_short(c)} x {'−' if d < 0 else '+'} {_short(abs(d))}",
            )
        )
        for made, starts, words in ways:
            for start in starts:
                residual = lambda *v, made=made: residual_of(self.c, self._own(made(*v)), self.squares)
                if not np.isfinite(residual(*start)).all():
                    continue
                numbers, _ = refined(None, start, residual)
                mean = self._own(made(*numbers))
                misfit, parts = fitted(self.c, mean, self.squares)
                if misfit < EXACT and any(abs(v) > 1e-6 for v in numbers):
                    said = words(*numbers)
                    forward = not said.startswith("the inputs")
                    n = Neighbour(mean, self.own_text, said, f"where {said}", forward=forward)
                    return self._formula(n, *parts[:3])
        return None

    def _places(self, unknown):
        """Thetas and costs at enough places for so many unknown numbers; None where there are too few."""
        needed = unknown + SPARE
        if self.more is None or len(self.more[1]) + len(self.c) < needed:
            self.more = self.further(max(needed - len(self.c), 20))
        thetas = np.concatenate([self.thetas, self.more[0]])
        c = np.concatenate([self.c, self.more[1]])
        usual = abs(c) <= 1e4 * np.median(abs(c))
        return (thetas[usual], c[usual]) if usual.sum() >= needed else None

    def _solved(self, columns, c, of_loss=1):
        """The factors of the columns, and of a constant, that make the cost; None where they do not."""
        A = np.column_stack([*columns.T, np.ones(len(c))])
        lengths = np.linalg.norm(A, axis=0)
        if not np.isfinite(A).all() or (lengths == 0).any() or len(c) < A.shape[1] + SPARE - 1:
            return None
        x, _, rank, _ = np.linalg.lstsq(A / lengths, c, rcond=1e-10)
        if rank < A.shape[1] or abs(A / lengths @ x - c).max() > 10 * EXACT * c.std():
            return None
        loss = columns[:, :of_loss] @ (x / lengths)[:of_loss]  # a penalty alone says nothing about the network
        return x / lengths if loss.std() > 1e-4 * c.std() else None

    def penalties(self):
        """The network's own loss, with another penalty than the squares of all weights."""
        kinds = {
            "Σ W²": lambda p: sum((W * W).sum() for W in p.W[1:]),
            "Σ b²": lambda p: sum((b * b).sum() for b in p.b[1:]),
            "Σ |W|": lambda p: sum(abs(W).sum() for W in p.W[1:]),
            "Σ |b|": lambda p: sum(abs(b).sum() for b in p.b[1:]),
            "‖W‖": lambda p: np.sqrt(sum((W * W).sum() for W in p.W[1:])),
            "Σ ‖W‖ of each layer": lambda p: sum(np.linalg.norm(W) for W in p.W[1:]),
            "‖θ‖": lambda p: np.sqrt(sum((v * v).sum() for v in (*p.W[1:], *p.b[1:]))),
            "Σ ‖b‖ of each layer": lambda p: sum(np.linalg.norm(b) for b in p.b[1:]),
            "Σ W": lambda p: sum(W.sum() for W in p.W[1:]),
            "Σ b": lambda p: sum(b.sum() for b in p.b[1:]),
            "(Σ W)²": lambda p: sum(W.sum() for W in p.W[1:]) ** 2,
            "(Σ W²)²": lambda p: sum((W * W).sum() for W in p.W[1:]) ** 2,
            "Σ W⁴": lambda p: sum((W**4).sum() for W in p.W[1:]),
            "Σ |W|³": lambda p: sum((abs(W) ** 3).sum() for W in p.W[1:]),
            "Σ √|W|": lambda p: sum(np.sqrt(abs(W)).sum() for W in p.W[1:]),
            "the mean of W² of each layer": lambda p: sum((W * W).mean() for W in p.W[1:]),
            "the mean of |W| of each layer": lambda p: sum(abs(W).mean() for W in p.W[1:]),
            "max |W|": lambda p: max(abs(W).max() for W in p.W[1:]),
            "the largest singular value of each W": lambda p: sum(np.linalg.norm(W, 2) for W in p.W[1:]),
            "Σ (W Wᵀ)": lambda p: sum((W @ W.T).sum() for W in p.W[1:]),
            "Σ (Wᵀ W)": lambda p: sum((W.T @ W).sum() for W in p.W[1:]),
        }
        each = lambda letter, f: {
            f"Σ {text}": lambda p, l=l: f(getattr(p, letter)[l])
            for l in range(1, self.net.L + 1)
            for text in (f"({letter}{_power(l)})²" if f is _square else f"|{letter}{_power(l)}|",)
        }
        kinds |= each("W", _square) | each("b", _square) | each("W", _modulus) | each("b", _modulus)
        found = self._places(8)
        if found is None:
            return None
        thetas, c = found
        own = self._own(self._forward(thetas=thetas)[1])
        params = [self.net.params(v) for v in thetas]
        values = {text: np.array([f(p) for p in params]) for text, f in kinds.items()}
        layers = [*each("W", _square)], [*each("b", _square)]
        sets = [(text,) for text in kinds] + [("Σ W²", text) for text in kinds if text != "Σ W²"]
        sets += [("Σ |W|", "Σ |b|"), ("Σ W", "Σ b"), ("Σ ‖W‖ of each layer", "Σ ‖b‖ of each layer")]
        sets += [tuple(layers[0]), (*layers[0], *layers[1])] if self.net.L > 1 else []
        for names in sets:
            numbers = self._solved(np.column_stack([own, *(values[name] for name in names)]), c)
            if numbers is None:
                continue
            factors = {name: plain(v, 1e-6) for name, v in zip(names, numbers[1:]) if abs(v) > 1e-9}
            said = " + ".join(f"{v:.6g} {name}" for name, v in factors.items()).replace("+ -", "− ") or "nothing"
            keys = {"Σ W²": "Σ W²/2", "Σ ‖W‖ of each layer": "‖W‖ of each layer", "‖W‖": "‖W‖ of all layers"}
            penalty = {keys.get(name, name): v for name, v in factors.items()}
            known = {*penalty} <= {"Σ W²/2", "Σ |W|", "‖W‖ of each layer", "‖W‖ of all layers"}
            decay = 2 * penalty.pop("Σ W²/2", 0.0) if known else 0.0
            n = Neighbour(own, self.own_text, f"its penalty is {said}", parts=self._with() if known else ())
            formula = self._formula(n, numbers[0], decay, 0.0, penalty if known else None)
            beside = cost_text(self.own_text, formula.scale, 0.0, 0.0, self.m)
            return replace(formula, words=(n.words,), text=f"{beside} + {said}")
        return None

    def weights(self):
        """The network's own loss, where outputs, labels or samples count more or less than others."""
        if self.m * self.K < 2:
            return None
        values = [self.net.loss.value] + [
            OTHER_LOSSES[text][0] for text in ("½ Σ (a − y)²", "−Σ (y log a + (1 − y) log(1 − a))", "Σ |a − y|")
        ]
        texts = [self.own_text, "½ Σ (a − y)²", "−Σ (y log a + (1 − y) log(1 − a))", "Σ |a − y|"]
        labels = np.unique(self.Y)
        kinds = np.unique(self.Y, axis=0, return_inverse=True)[1].ravel()
        one = np.ones((self.m, self.K), int)
        groups = [np.arange(self.K) * one]
        groups += [np.searchsorted(labels, self.Y)] if len(labels) < min(6, self.Y.size) else []
        groups += [kinds[:, None] * one] if kinds.max() < min(8, self.m - 1) else []
        groups += [np.searchsorted(labels, self.Y) * self.K + np.arange(self.K)] if 1 < len(labels) < 4 else []
        groups += [np.arange(self.m)[:, None] * one, np.arange(self.m * self.K).reshape(self.m, self.K)]
        for which in groups:
            count = which.max() + 1
            if not 1 < count <= MOST or (found := self._places(count + 3)) is None:
                continue
            thetas, c = found
            a = self._forward(thetas=thetas)[1]
            for value, text in dict(zip(values, texts)).items():
                y = np.tile(self.Y, (len(thetas), 1))
                entries = value(a.reshape(-1, 1), y.reshape(-1, 1)).reshape(len(thetas), -1)
                columns = np.stack([entries[:, which.ravel() == k].sum(1) / self.m for k in range(count)], 1)
                asleep = ~(columns != 0).any(0)
                beside = [v for v in self._squares(thetas) if v.any()]
                for more in ([], beside[:1]):
                    numbers = self._solved(np.column_stack([columns[:, ~asleep], *more]), c, (~asleep).sum())
                    if numbers is not None:
                        break
                if numbers is None:
                    continue
                factors = np.ones(count)
                factors[~asleep] = numbers[: (~asleep).sum()]
                if np.ptp(factors[~asleep]) < 1e-7 * abs(factors).max():
                    continue
                w = factors[which]
                said = f"its slope has weights: {weights_in_words(w, self.Y)}"
                words = weights_in_words(w, self.Y)
                decay = float(numbers[-2]) if more else 0.0
                n = Neighbour(
                    columns[:, 0], _weighted(text), f"the loss is {_weighted(text)}, w = {words}", f"w = {words}",
                    self._with(text, weights=w, name=said),
                )  # fmt: skip
                return self._formula(n, 1.0, decay)
        return None

    def shifted_targets(self):
        """The network's own loss, with targets c y + d, where c and d are solved for."""
        both = np.stack([self.Y.ravel(), np.ones(self.Y.size)])
        return self._of_targets(both) if np.ptp(self.Y) else None

    def free_targets(self):
        """The network's own loss, with targets of which each is solved for."""
        return self._of_targets(np.eye(self.Y.size))

    def _of_targets(self, made):
        """The network's own loss with targets that are sums of the rows of ``made``."""
        linear = {  # what each target multiplies, and what stands beside it
            "half_squared": lambda a: (a, 0.5 * a * a),
            "mse": lambda a: (a, 0.5 * a * a),
            "binary_cross_entropy": lambda a: (np.log(a) - np.log(1 - a), -np.log(1 - a)),
            "cross_entropy": lambda a: (np.log(a), None),
        }.get(self.net.loss.name)
        count = len(made)
        if linear is None or count + 3 > MOST or (found := self._places(count + 4)) is None:
            return None
        thetas, c = found
        of_y, beside = linear(self._forward(thetas=thetas)[1].reshape(len(thetas), -1))
        columns = [of_y @ made.T / self.m] + ([beside.sum(1)[:, None] / self.m] if beside is not None else [])
        penalty = [v[:, None] for v in self._squares(thetas)[:1] if v.any()]
        for more in ([], penalty):
            numbers = self._solved(np.hstack([*columns, *more]), c, count)
            if numbers is not None:
                break
        if numbers is None:
            return None
        scale = float(numbers[count]) if beside is not None else 1.0
        targets = (-numbers[:count] @ made / scale).reshape(self.Y.shape)
        scale /= {"mse": 2 / self.K}.get(self.net.loss.name, 1.0)
        words = targets_in_words(targets, self.Y)
        n = Neighbour(
            c, _primed(self.own_text), f"the targets are {words}", f"y′ = {words}", self._with(targets=targets)
        )  # fmt: skip
        return self._formula(n, scale, float(numbers[-2]) if more else 0.0)

    # As a Network.

    def _with(self, text=None, targets=None, weights=None, name=None):
        """Hidden activations, output and loss of a Network with this loss, targets and weights; () where there is none.

        The loss has a slope alone, and for all samples in their order.
        """
        if text in (None, self.own_text) and targets is None and weights is None:
            return self.hidden, self.output, self.net.loss
        if text in (None, self.own_text):
            slope = self.net.loss.slope
        elif text in OTHER_LOSSES:
            slope = OTHER_LOSSES[text][1]
        else:
            return ()

        def of(a, y):
            if targets is not None and len(a) != len(targets) or weights is not None and len(a) != len(weights):
                return np.full(a.shape, np.nan)
            return slope(a, y if targets is None else targets) * (1 if weights is None else weights)

        return self.hidden, self.output, Loss(name or "another", lambda a, y: np.zeros(len(a)), of)


def _twice(f):
    """An activation that is taken twice."""
    if f.df is None:
        return Activation(
            f"{f.name} twice", lambda z, out=None: f.f(f.f(z)), vjp=lambda z, a, g: np.full_like(g, np.nan)
        )
    slope = lambda z, a: f.df(f.f(z), f.f(f.f(z))) * f.df(z, f.f(z))
    return Activation(f"{f.name} of {f.name}", lambda z, out=None: f.f(f.f(z)), slope, kink=f.kink)


def _square(v):
    return (v * v).sum()


def _modulus(v):
    return abs(v).sum()


def _power(l):
    return str(l).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))


def _short(number):
    return f"{plain(float(number), 1e-6):.6g}".replace("-", "−")


def _primed(text):
    return text.replace("y", "y′")


def _weighted(text):
    """A loss with the weights w of its entries."""
    return text.replace("Σ ", "Σ w ", 1) if "Σ " in text else f"w {text}"
