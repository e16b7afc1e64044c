"""The neighbours of a network's cost: one thing in its formula is another, found by holding each against a cost."""

import numpy as np

from ..activations import ACTIVATIONS, Activation
from .cost_held import VALUES, Neighbour, primed
from .cost_solved import WITH_TARGETS, Solved
from .costs import OTHER_OUTPUTS, OWN_TEXT
from .familiar import FAMILIES
from .fillings.exchanges import sup
from .preparations import other_targets, prepared
from .rare_costs import BATCH_COSTS

BIASES = {"are subtracted": -1.0, "are added twice": 2.0, "are left out": 0.0, "are halved": 0.5}
SCALED = (  # as inputs may be too
    *("y minus its mean", "y divided", "y from 0 to 1", "log y", "log(1 + y)", "2y − 1", "(y + 1)/2"),
)


class Neighbours(Solved):
    """All neighbours of one network's cost; the arguments are those of ``SampledCost``."""

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
                self.other_layers,
                self.other_outputs,
                self.of_the_batch,
            ):
                if found := self._fitting(list(some())):
                    return found
            for solved in (
                self.multiples,
                self.penalties,
                self.shifted_targets,
                self.weights_of_kinds,
                self.sums,
                self.weights_of_samples,
                self.free_targets,
            ):
                if found := solved():
                    return found
        return None

    # One thing is another.

    def other_losses(self):
        """Another loss of the same output, or of z."""
        for name, v in ((f"a{sup(self.net.L)}", self.a), ("z", self.z)):
            if name == "z" and self.output.name == "identity":
                continue
            inside = f"a = z: the {self.output.name} is left out" if name == "z" else ""
            for text, value in VALUES.items():
                yield Neighbour(self._mean(value, v), text, f"the loss is {text}", inside)

    def other_targets(self):
        """Other targets in the network's own loss, and in others."""
        every = other_targets(self.Y) + ([("the inputs", self.X)] if self.X.shape == self.Y.shape else [])
        for words, Y in every:
            yield Neighbour(
                self._own(self.a, Y=Y), primed(self.own_text), f"the targets are {words}", f"y′ = {words}",
                self._with(targets=Y),
            )  # fmt: skip
        for text, value in WITH_TARGETS.items():
            for words, Y in every:
                yield Neighbour(
                    self._mean(value, self.a, Y), primed(text), f"the targets are {words}", f"y′ = {words}",
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
                    self._own(a, Y=Y), primed(self.own_text), f"{said}, the targets are {more}",
                    f"{inside}, y′ = {more}", self._with(targets=Y), X=X,
                )  # fmt: skip

    def other_activations(self):
        """Another activation in one hidden layer or in all, none, or its own: taken twice, or of −z."""
        L = self.net.L
        layers = [(l,) for l in range(1, L)] + ([tuple(range(1, L))] if L > 2 else [])
        usual = [f for f in ACTIVATIONS.values() if f.df] + [ACTIVATIONS["softmax"]]
        families = [family.with_constants(*start) for family in FAMILIES for start in family.starts]
        for chosen in layers:
            records = usual if len(chosen) == L - 1 else usual + families  # in all layers the layout solves for them
            of_its_own = [[way(self.hidden[l - 1]) for l in chosen] for way in (_twice, _of_the_negative, _turned_over)]
            others = [[f] * len(chosen) for f in records]
            for made in [*others, *of_its_own]:
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

    def other_layers(self):
        """A layer whose biases or weights stand elsewhere or count otherwise, or to which its input is added."""
        for l in range(1, self.net.L + 1):
            n_in, n_out = self.net.sizes[l - 1 : l + 1]
            ways = {f"the biases of layer {l} {words}": (1.0, c) for words, c in BIASES.items()}
            made = {said: lambda l, a, W, b, w=w, c=c: (w * a @ W + c * b, 0.0) for said, (w, c) in ways.items()}
            if l < self.net.L:
                said = f"the biases of layer {l} are added after its activation"
                made[said] = lambda l, a, W, b: (a @ W, b)
            if n_in == n_out > 1:
                made[f"the weights of layer {l} are transposed"] = lambda l, a, W, b: (
                    a @ W.transpose(0, 2, 1) + b,
                    0.0,
                )
                made[f"the input of layer {l} is added to what comes out"] = lambda l, a, W, b: (a @ W + b, a)
            for said, layer in made.items():
                z = self._by_layers(l, layer)
                a = self._activated(self.output, z.reshape(-1, self.K))
                yield Neighbour(self._own(a), self.own_text, said, f"where {said}")

    def _by_layers(self, other, layer):
        """z^L, (places, m, K), where one layer is another: ``layer`` gives its z, and what is added to f(z)."""
        a, at = self.X, 0
        for l, (n_in, n_out) in enumerate(zip(self.net.sizes, self.net.sizes[1:]), start=1):
            Theta = self.thetas[:, at : at + n_out * (n_in + 1)].reshape(-1, n_out, n_in + 1)
            at += n_out * (n_in + 1)
            W, b = Theta[:, :, 1:].transpose(0, 2, 1), Theta[:, None, :, 0]
            z, more = layer(l, a, W, b) if l == other else (a @ W + b, 0.0)
            a = self.hidden[l - 1].f(z.reshape(-1, n_out)).reshape(z.shape) + more if l < self.net.L else z + more
        return a

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


def _made_of(f, name, value, slope):
    """An activation that is made of another; its slope is not known where that one takes whole rows."""
    if f.df is None:
        return Activation(name, value, vjp=lambda z, a, g: np.full_like(g, np.nan))
    return Activation(name, value, slope, kink=f.kink)


def _twice(f):
    slope = lambda z, a: f.df(f.f(z), f.f(f.f(z))) * f.df(z, f.f(z))
    return _made_of(f, f"{f.name} of {f.name}", lambda z, out=None: f.f(f.f(z)), slope)


def _of_the_negative(f):
    return _made_of(f, f"{f.name} of −z", lambda z, out=None: f.f(-z), lambda z, a: -1.0 * f.df(-z, f.f(-z)))


def _turned_over(f):
    return _made_of(f, f"minus the {f.name} of −z", lambda z, out=None: -f.f(-z), lambda z, a: f.df(-z, f.f(-z)))
