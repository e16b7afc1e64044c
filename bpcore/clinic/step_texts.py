"""The steps of a recorded cost as text, in the names of its owner."""

import numpy as np

from .constants import Constants
from .recorded import value_of

SIGNS = {"add": "+", "subtract": "−", "multiply": "*", "divide": "/", "matmul": "@", "power": "**"}
BINDING = {"add": 1, "subtract": 1, "multiply": 2, "divide": 2, "matmul": 2, "power": 4}
COMPARED = {"greater": ">", "greater_equal": "≥", "less": "<", "less_equal": "≤", "equal": "=", "not_equal": "≠"}
LONGEST = 50
IN_ORDER = ("getitem", "reshape", "copy", "ravel")  # which takes entries as they follow each other
AS_IT_WAS = ("reshape", "broadcast_to", "squeeze", "ravel", "expand_dims", "copy", "with entries set")  # in a text
MOVED = (*IN_ORDER, "transpose")  # which only puts entries elsewhere


def places_in_theta(item, through=MOVED):
    """Which entries of theta an operand is, where it only moves them by these steps; None for anything else."""
    if not hasattr(item, "operands"):
        return None
    if item.index == 0:
        return np.arange(item.value.size)
    if len(item.sources) != 1 or item.name not in through:
        return None
    before = places_in_theta(item.sources[0], through)
    if before is None or item.name == "transpose" and before.ndim != 2:
        return None
    if item.name == "transpose":
        return before.T
    return before[item.operands[1]] if item.name == "getitem" else before.reshape(item.value.shape)


def _softmax(t):
    e = np.exp(t - t.max())
    return e / e.sum(axis=-1, keepdims=True)


NAMED = {
    "σ": lambda t: 1 / (1 + np.exp(-t)),
    "softmax": _softmax,
    "ReLU": lambda t: np.maximum(t, 0),
    "softplus": lambda t: np.log1p(np.exp(t)),
    "abs": np.abs,
}


class Texts:
    """Texts of the steps of one record; ``blocks`` and ``data`` name what they begin with.

    A function has a name if it is that at the places of the ``others`` too, which have the same steps.
    """

    def __init__(self, record, blocks, data, others=()):
        self.others = others
        self.record, self.blocks = record, {tuple(places.ravel()): name for name, places in blocks}
        self.shapes = {name: places.shape for name, places in blocks}
        self.data, data = [], [(name, np.asarray(array, float)) for name, array in data]
        for name, array in data:
            self.data += [(name, array), (f"{name}.T", array.T), (name, array.reshape(-1, 1)), (name, array.ravel())]
        self.known, self.constant_names = {}, Constants(data)

    def at(self, index):
        """The text of the step with an index."""
        return self.of(self.record.steps[index])

    def at_beside(self, index, item):
        """The text of the step with an index where that of another one, which may read alike, is named too."""
        text = self.at(index)
        return f"another {text}" if text == self.of(item) else text

    def of(self, item):
        """The text of a step or of a constant, in so much depth as is short enough."""
        texts = [self._of(item, depth)[0] for depth in range(2, 9)]
        return next((text for text in reversed(texts) if len(text) <= LONGEST), texts[0])

    def as_operand(self, item):
        """The text of a step or of a constant, with brackets where it is a sum."""
        text = self.of(item)
        return f"({text})" if self._of(item, 2)[1] < 2 and len(text) > 1 else text

    def closed(self, item):
        """The text of a step, with brackets unless it is a name or a call."""
        text = self.of(item)
        return text if self._of(item, 2)[1] == 9 else f"({text})"

    def _of(self, item, depth):
        """The text, and how strongly its operation binds; "…" where the depth is used up."""
        if not hasattr(item, "operands"):
            return self._constant(item, depth), 9
        if (item.index, depth) not in self.known:
            self.known[item.index, depth] = self._made(item, depth)
        return self.known[item.index, depth]

    def _constant(self, item, depth=1):
        if isinstance(item, (list, tuple)):
            return "[" + ", ".join(self._of(each, depth - 1)[0] for each in item) + "]"
        if isinstance(item, slice):
            parts = (item.start, item.stop, *([] if item.step is None else [item.step]))
            return ":".join("" if part is None else str(part).replace("-", "−") for part in parts)
        if np.ndim(item) == 0:
            number = f"{item:.6g}" if isinstance(item, (float, np.floating)) else str(item)
            return number.replace("-", "−")
        if getattr(item, "made", None):
            return self._condition(item, depth)
        return self.constant_names.name(item)

    def _condition(self, mask, depth):
        ufunc, operands = mask.made
        sign = COMPARED.get(ufunc.__name__)
        if sign is None or depth < 1:
            return "[…]"
        return f"[{self._of(operands[0], depth - 1)[0]} {sign} {self._of(operands[1], depth - 1)[0]}]"

    def _made(self, step, depth):
        name, operands = step.name, step.operands
        if name == "theta":
            return "theta", 9
        if name in ("getitem", "reshape", "copy", "ravel") and (block := self._block(step)):
            return block, 9
        if depth < 1:
            return "…", 9
        if (known := self._known_function(step)) is not None:
            letter, source = known
            return f"{letter}({self._of(source, depth - 1)[0]})", 9
        if name in SIGNS:
            binding = BINDING[name]
            if name == "multiply" and operands[0] is operands[1]:
                return self._in_brackets(operands[0], 5, depth - 1) + " ** 2", 4
            left, right = (self._in_brackets(o, binding + k, depth - 1) for k, o in enumerate(operands))
            return f"{left} {SIGNS[name]} {right}", binding
        if name == "negative":
            return "−" + self._in_brackets(operands[0], 4, depth - 1), 3
        if name == "transpose":
            return self._in_brackets(operands[0], 9, depth) + ".T", 9
        if name == "getitem":
            key = operands[1]
            key = key if isinstance(key, tuple) else (key,)
            inside = ", ".join("…" if np.ndim(k) else self._constant(k) for k in key)
            return f"{self._to_choose_from(operands[0], depth)}[{inside}]", 9
        if name in AS_IT_WAS:
            return self._of(operands[0], depth)
        if name in ("sum", "max", "min"):
            axis = step.options.get("axis")
            return f"{name}({self._of(operands[0], depth - 1)[0]}" + ("" if axis is None else f", axis={axis}") + ")", 9
        if name == "where":
            operands = (step.options["condition"], *operands)
        piece = f"[{step.options['piece']}]" if step.options and "piece" in step.options else ""
        return f"{name}({', '.join(self._of(o, depth - 1)[0] for o in operands)}){piece}", 9

    def _to_choose_from(self, item, depth):
        """The text of an array of which entries are taken, in the shape that these are counted in."""
        text, shape = self._in_brackets(item, 9, depth), np.shape(value_of(item))
        if self._shape_shown(item) == shape:
            return text
        inside = self._of(item, depth)[0]
        return f"ravel({inside})" if len(shape) == 1 else f"reshape({inside}, {shape})"

    def _shape_shown(self, item):
        """The shape of what the text of an item is: that of a block, or of the array before another shape was given."""
        if not hasattr(item, "operands"):
            return np.shape(item)
        if item.name in ("getitem", *AS_IT_WAS) and (block := self._block(item)):
            return self.shapes[block]
        return self._shape_shown(item.operands[0]) if item.name in AS_IT_WAS else item.value.shape

    def _known_function(self, step):
        """A letter and what it is taken of, where some steps together are a function that has a name."""
        for source in self._before(step, 6):
            other = source.value.shape == step.value.shape and not np.allclose(source.value, step.value, rtol=1e-12)
            if other and step.value.size > 1:
                for letter, made in NAMED.items():
                    pairs = (
                        (r.steps[step.index].value, r.steps[source.index].value) for r in (self.record, *self.others)
                    )
                    alike = (np.allclose(value, made(of), rtol=1e-12, atol=0) for value, of in pairs)
                    if not letter.startswith(step.name) and all(alike):
                        return letter, source
        return None

    def _before(self, step, count):
        """The steps that it is made of, in some steps back, the farthest first."""
        found, waiting = {}, [(step, 0)]
        while waiting:
            at, depth = waiting.pop()
            for source in at.sources if depth < count else ():
                if found.get(source.index, (None, count))[1] > depth + 1:
                    found[source.index] = source, depth + 1
                    waiting.append((source, depth + 1))
        return [found[k][0] for k in sorted(found)]

    def _in_brackets(self, item, binding, depth):
        text, own = self._of(item, depth)
        return f"({text})" if own < binding else text

    def _block(self, step):
        """The name of the block that a step cuts out of theta."""
        numbers = places_in_theta(step, through=IN_ORDER)
        return None if numbers is None else self.blocks.get(tuple(numbers.ravel()))

    def told(self, texts):
        """Sentences about constant arrays that stand in these texts."""
        return tuple(self.constant_names.told(texts))

    def layers_of_blocks(self):
        """Name of a block → its layer: how many products with blocks there are up to the first step that uses it.

        Empty where there are not two such products one after the other.
        """
        depth, layers, block_of = {0: 0}, {}, {}
        for step in self.record.steps[1:]:
            if len(step.sources) == 1 and step.name in MOVED and (step.sources[0].index in {0, *block_of}):
                block_of[step.index] = self._block(step) or block_of.get(step.sources[0].index)
            blocks = [block for source in step.sources if (block := block_of.get(source.index))]
            below = max((depth[source.index] for source in step.sources), default=0)
            depth[step.index] = below + (step.name == "matmul" and bool(blocks))
            for block in blocks if step.index not in block_of else ():
                layers.setdefault(block, depth[step.index])
        return layers if max(depth.values()) > 1 and min(layers.values(), default=0) > 0 else {}

    def other(self, step, source):
        """The text of the other operand of a step with two; None where both are the same."""
        others = [operand for operand in step.operands if operand is not source]
        return self.of(others[0]) if len(others) == 1 else None

    def constants(self, shape, named=()):
        """Arrays that broadcast to a shape, pairs of text and array: ``named`` ones, or else those in the record."""
        if not named:
            operands = [operand for step in self.record.steps for operand in step.operands]
            arrays = [o for o in operands if isinstance(o, np.ndarray) and o.dtype.kind in "fiub" and o.size > 1]
            named = list({id(o): (self._constant(o), o.astype(float)) for o in arrays}.values())
        found = []
        for name, array in named:
            try:
                fits = np.broadcast_shapes(array.shape, shape) == shape and array.size > 1
            except ValueError:
                fits = False
            if fits:
                found.append((name, array))
        return found
