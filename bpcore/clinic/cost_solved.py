"""Costs that are a network's own but for numbers that are solved for: factors, penalties, weights, targets."""

import itertools
from dataclasses import replace

import numpy as np

from ..activations import Activation
from .cost_fits import residual_of, round_numbers
from .cost_held import VALUES, Neighbour, SampledCost, primed
from .costs import EXACT, cost_text, fitted
from .familiar import refined
from .fillings.exchanges import sup
from .least_squares import closest_sum
from .likeness import plain, weights_in_words
from .preparations import prepared, targets_in_words

SPARE = 6  # values of the cost that are left over when all unknown numbers are solved for
MOST = 120  # unknown numbers
LARGE = 200_000  # samples times parameters, from which on no multiples are looked for: each guess takes milliseconds
WITH_TARGETS = {  # losses whose targets are often others
    text: VALUES[text]
    for text in (
        "½ Σ (a − y)²", "−Σ (y log a + (1 − y) log(1 − a))", "−Σ y log a", "Σ |a − y|", "Σ max(0, 1 − y a)",
        "Σ max(0, 1 − y a)²", "Σ log(1 + exp(−y a))", "Σ exp(−y a)", "Σⱼ max(0, aⱼ − a_y + 1)", "−Σ y a",
        "Σ log cosh(a − y)",
    )
}  # fmt: skip
ADDED = (  # losses of which two may be added
    "Σ max(0, y − a)",
    "Σ max(0, a − y)",
    *WITH_TARGETS,
    "−Σ a log a",
    "Σ a",
    "Σ a²",
    "−Σ (1 − y) log(1 − a)",
    "Σ (a − y)³",
)


class Solved(SampledCost):
    """Costs with unknown numbers, held against somebody's cost."""

    def multiples(self):
        """The output of a multiple of z, hidden outputs times a number, inputs times a number plus another."""
        if self.m * self.net.n_params > LARGE:
            return None
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
                lambda c, d: (
                    f"the inputs are {_short(c)} x" + (f" {'−' if d < 0 else '+'} {_short(abs(d))}" if d else "")
                ),
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
                    said = words(*round_numbers(numbers, residual))
                    return self._formula(Neighbour(mean, self.own_text, said, f"where {said}"), *parts[:3])
        return None

    def sums(self):
        """Two losses that are added, with numbers before them that are solved for."""
        found = self._places(6)
        if found is None:
            return None
        thetas, c = found
        a, beside = self._forward(thetas=thetas)[1], [v for v in self._squares(thetas)[:1] if v.any()]
        means = {text: self._mean(VALUES[text], a) for text in ADDED}
        traces = [self.net.forward(theta, self.X) for theta in thetas]
        for l in range(1, self.net.L):
            means[f"Σ (a{sup(l)})²"] = np.array([(t.a[l] ** 2).sum(1).mean() for t in traces])
            means[f"Σ |a{sup(l)}|"] = np.array([abs(t.a[l]).sum(1).mean() for t in traces])
        for pair in itertools.combinations(means, 2):
            for more in ([], beside):
                numbers = self._solved(np.column_stack([*(means[text] for text in pair), *more]), c, 2)
                if numbers is None or min(abs(numbers[:2])) < 1e-6 * max(abs(numbers[:2])):
                    continue
                scales = [plain(float(v), 1e-6) for v in numbers[:2]]
                words = " + ".join(cost_text(text, v, 0.0, 0.0, self.m) for text, v in zip(pair, scales))
                words = words.replace("+ −", "− ")
                n = Neighbour(c, words, f"the loss is {words}", whole=True)
                decay = float(numbers[2]) if more else 0.0
                return self._formula(n, 1.0, decay)
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
        numbers, left, rank = closest_sum(A, c, 1e-10)
        if rank < A.shape[1] or len(c) < A.shape[1] + SPARE - 1 or abs(left).max() > 10 * EXACT * c.std():
            return None
        loss = columns[:, :of_loss] @ numbers[:of_loss]  # a penalty alone says nothing about the network
        return numbers if loss.std() > 1e-4 * c.std() else None

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
            for text in (f"({letter}{sup(l)})²" if f is _square else f"|{letter}{sup(l)}|",)
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

    def weights_of_kinds(self):
        """The network's own loss, where outputs or labels count more or less than others."""
        labels = np.unique(self.Y)
        kinds = np.unique(self.Y, axis=0, return_inverse=True)[1].ravel()
        one = np.ones((self.m, self.K), int)
        groups = [np.arange(self.K) * one]
        groups += [np.searchsorted(labels, self.Y)] if len(labels) < min(6, self.Y.size) else []
        groups += [kinds[:, None] * one] if kinds.max() < min(8, self.m - 1) else []
        groups += [np.searchsorted(labels, self.Y) * self.K + np.arange(self.K)] if 1 < len(labels) < 4 else []
        return self._of_weights(groups)

    def weights_of_samples(self):
        """The network's own loss, where samples, or their outputs, count more or less than others."""
        each = np.arange(self.m * self.K).reshape(self.m, self.K)
        return self._of_weights([each // self.K, each])

    def _of_weights(self, groups):
        """The network's own loss or one of a few, with a weight for each group of entries."""
        texts = ["½ Σ (a − y)²", "−Σ (y log a + (1 − y) log(1 − a))", "Σ |a − y|"]
        values = {self.own_text: self.net.loss.value, **{text: VALUES[text] for text in texts}}
        for which in groups:
            count = which.max() + 1
            if not 1 < count <= MOST or (found := self._places(count + 3)) is None:
                continue
            thetas, c = found
            a = self._forward(thetas=thetas)[1]
            for text, value in values.items():
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
                w = factors[which] * (self.K if text.startswith("(1/K)") else 1)
                words = weights_in_words(w, self.Y)
                decay = float(numbers[-2]) if more else 0.0
                n = Neighbour(
                    columns[:, 0], _weighted(text), f"the loss is {_weighted(text)}, w = {words}", f"w = {words}",
                    self._with(text, weights=w),
                )  # fmt: skip
                return self._formula(n, 1.0, decay)
        return None

    def shifted_targets(self):
        """The network's own loss, with targets c y + d, where c and d are solved for."""
        both = np.stack([self.Y.ravel(), np.ones(self.Y.size)])
        if not np.ptp(self.Y):
            return None
        inputs = prepared(self.X) if self.m * self.net.n_params < LARGE else []
        ways = (self._of_targets(both, *pair) for pair in (("", None), *inputs))
        return next(filter(None, ways), None)

    def free_targets(self):
        """The network's own loss, with targets of which each is solved for."""
        return self._of_targets(np.eye(self.Y.size))

    def _of_targets(self, made, inputs="", X=None):
        """The network's own loss with targets that are sums of the rows of ``made``, and perhaps other inputs."""
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
        of_y, beside = linear(self._forward(X, thetas=thetas)[1].reshape(len(thetas), -1))
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
        said, inside = f"the targets are {words}", f"y′ = {words}"
        if inputs:
            said, inside = f"the inputs are {inputs}, {said}", f"where the inputs are {inputs}, {inside}"
        n = Neighbour(c, primed(self.own_text), said, inside, self._with(targets=targets), X=X)
        return self._formula(n, scale, float(numbers[-2]) if more else 0.0)


def _square(v):
    return (v * v).sum()


def _modulus(v):
    return abs(v).sum()


def _short(number):
    return f"{plain(float(number), 1e-6):.6g}".replace("-", "−")


def _weighted(text):
    """A loss with the weights w of its entries."""
    return text.replace("Σ ", "Σ w ", 1) if "Σ " in text else f"w {text}"
