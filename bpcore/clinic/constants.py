"""What the constant arrays of a program are, seen from its data: a column of X, labels of one kind, less a mean."""

import numpy as np

KINDS = 6  # values of labels for which masks are made
WIDE = 12  # columns that are cut out of data


def derived(name, array):
    """Pairs of a text and an array that a program may have made of its data beforehand."""
    v = np.asarray(array, float)
    if not v.size:  # a program may have no inputs but its parameters
        return
    yield name, v
    yield f"(1 − {name})", 1 - v
    yield f"(2 {name} − 1)", 2 * v - 1
    yield f"({name} − mean({name}))", v - v.mean()
    yield f"[{name} > 0]", (v > 0) * 1.0
    yield f"sign({name})", np.sign(v)
    yield f"|{name}|", abs(v)
    yield f"{name} ** 2", v * v
    kinds = np.unique(v)
    if len(kinds) <= KINDS:
        for kind in kinds:
            yield f"[{name} = {kind:g}]".replace("= -", "= −"), (v == kind) * 1.0
    if v.ndim == 2:
        yield f"{name}.T", v.T
        yield f"({name} − mean({name}, axis=0))", v - v.mean(axis=0)
        for axis in (0, 1):
            yield f"sum({name}, axis={axis})", v.sum(axis=axis)
            yield f"mean({name}, axis={axis})", v.mean(axis=axis)
        yield f"[{name} | 1]", np.column_stack([v, np.ones(len(v))])
        yield f"[1 | {name}]", np.column_stack([np.ones(len(v)), v])
        for first in range(min(v.shape[1], WIDE)):
            for end in range(first + 1, min(v.shape[1], WIDE) + 1):
                if end - first < v.shape[1]:
                    yield f"{name}[:, {first}]" if end == first + 1 else f"{name}[:, {first}:{end}]", v[:, first:end]
        for i in range(min(len(v), 5 * WIDE)):
            yield f"{name}[{i}]", v[i]
        for k in range(min(v.shape[1], WIDE)):
            yield f"({name}[:, {k}] − mean({name}[:, {k}]))", v[:, k] - v[:, k].mean()
        yield f"onehot(argmax({name}))", np.eye(v.shape[1])[v.argmax(axis=1)]
    elif v.ndim == 1 and len(kinds) <= 2 * KINDS and (kinds == np.arange(len(kinds))).all():
        yield f"onehot({name})", np.eye(len(kinds))[v.astype(int)]


class Constants:
    """Names of constant arrays; those that the data do not explain are c1, c2, and so on, in order."""

    def __init__(self, data):
        self.known = [pair for name, array in data for pair in derived(name, array)]
        self.unnamed, self.named = [], {}

    def name(self, array):
        """The text of one array."""
        key = np.shape(array), np.asarray(array).tobytes()
        if key not in self.named:
            self.named[key] = self._found(np.asarray(array, float))
        return self.named[key]

    def _found(self, v):
        if np.isfinite(v).all() and v.size and np.ptp(v) == 0:
            return f"{v.flat[0]:.6g}".replace("-", "−")
        for text, known in self.known:
            if known.squeeze().shape != v.squeeze().shape or not known.any():
                continue
            known = known.reshape(v.shape)
            times = float((v * known).sum() / (known * known).sum())
            if times and np.allclose(v, times * known, rtol=1e-12, atol=1e-13 * abs(v).max()):
                if abs(abs(times) - 1) < 1e-12:
                    return text if times > 0 else f"−{text}"
                return f"{times:.6g} {text}".replace("-", "−")
        self.unnamed.append(v)
        return f"c{len(self.unnamed)}"

    def told(self, texts):
        """Sentences that say what the unnamed arrays in these texts are."""
        for number, array in enumerate(self.unnamed, start=1):
            if any(f"c{number}" in text for text in texts):
                first = ", ".join(f"{v:.4g}" for v in array.ravel()[:4]).replace("-", "−")
                shape = str(array.shape).replace(",)", ")")
                yield f"c{number} is a constant array of your cost, of shape {shape}: {first}" + ", …" * (
                    array.size > 4
                )
