"""Losses that programs have by a slip, one number a sample, and costs that are made of a whole batch at once."""

import itertools

import numpy as np


def _sum(f):
    """One number a sample from one number for each entry."""
    return lambda a, y: f(a, y).sum(1)


def _log(a):
    return np.log(a)


RARE_LOSSES = {  # text: one number a sample
    "−Σ (y log a + log(1 − a))": _sum(lambda a, y: -(y * _log(a) + _log(1 - a))),
    "−Σ (log a + (1 − y) log(1 − a))": _sum(lambda a, y: -(_log(a) + (1 - y) * _log(1 - a))),
    "−Σ (y log a + (1 − y) log a)": _sum(lambda a, y: -_log(a)),
    "−Σ (y log a + y log(1 − a))": _sum(lambda a, y: -(y * _log(a) + y * _log(1 - a))),
    "−Σ (y log a + (1 − y)(1 − log a))": _sum(lambda a, y: -(y * _log(a) + (1 - y) * (1 - _log(a)))),
    "−Σ ((1 − y) log a + y log(1 − a))": _sum(lambda a, y: -((1 - y) * _log(a) + y * _log(1 - a))),
    "−Σ (y log a + (1 − y)(1 − a))": _sum(lambda a, y: -(y * _log(a) + (1 - y) * (1 - a))),
    "−Σ (1 − y) log a": _sum(lambda a, y: -(1 - y) * _log(a)),
    "−Σ a log y": _sum(lambda a, y: -a * _log(y)),
    "Σ a log(a/y)": _sum(lambda a, y: a * _log(a / y)),
    "−Σ a log a": _sum(lambda a, y: -a * _log(a)),
    "−Σ y a": _sum(lambda a, y: -y * a),
    "−Σ (y a + (1 − y)(1 − a))": _sum(lambda a, y: -(y * a + (1 - y) * (1 - a))),
    "−log Σ y a": lambda a, y: -_log((y * a).sum(1)),
    "−log(1 − Σ y a)": lambda a, y: -_log(1 - (y * a).sum(1)),
    "−Σ log(1 − |y − a|)": _sum(lambda a, y: -_log(1 - abs(y - a))),
    "Σ (a − y log a)": _sum(lambda a, y: a - y * _log(a)),
    "Σ (log(1 + a) − log(1 + y))²": _sum(lambda a, y: (np.log1p(a) - np.log1p(y)) ** 2),
    "Σ (log a − log y)²": _sum(lambda a, y: (_log(a) - _log(y)) ** 2),
    "Σ |a − y| / |y|": _sum(lambda a, y: abs(a - y) / abs(y)),
    "Σ |a − y| / |a|": _sum(lambda a, y: abs(a - y) / abs(a)),
    "Σ (a − y) / y": _sum(lambda a, y: (a - y) / y),
    "Σ ((a − y)/y)²": _sum(lambda a, y: ((a - y) / y) ** 2),
    "Σ (a − y)² / a": _sum(lambda a, y: (a - y) ** 2 / a),
    "Σ (a − y)³": _sum(lambda a, y: (a - y) ** 3),
    "Σ |a − y|³": _sum(lambda a, y: abs(a - y) ** 3),
    "Σ √|a − y|": _sum(lambda a, y: np.sqrt(abs(a - y))),
    "Σ (a² − y²)": _sum(lambda a, y: a * a - y * y),
    "Σ (a² − y²)²": _sum(lambda a, y: (a * a - y * y) ** 2),
    "Σ (a² − y)²": _sum(lambda a, y: (a * a - y) ** 2),
    "Σ (a − y²)²": _sum(lambda a, y: (a - y * y) ** 2),
    "Σ (a y)²": _sum(lambda a, y: (a * y) ** 2),
    "Σ a²": _sum(lambda a, y: a * a),
    "(Σ (a − y))²": lambda a, y: (a - y).sum(1) ** 2,
    "|Σ (a − y)|": lambda a, y: abs((a - y).sum(1)),
    "(Σ a − Σ y)": lambda a, y: (a - y).sum(1),
    "the largest (a − y)² of the outputs": lambda a, y: ((a - y) ** 2).max(1),
    "Σ max(0, 1 + y a)": _sum(lambda a, y: np.maximum(0, 1 + y * a)),
    "Σ max(0, −y a)": _sum(lambda a, y: np.maximum(0, -y * a)),
    "Σ max(0, y − a)": _sum(lambda a, y: np.maximum(0, y - a)),
    "Σ max(0, a − y)": _sum(lambda a, y: np.maximum(0, a - y)),
    "Σ max(0, 1 − a)": _sum(lambda a, y: np.maximum(0, 1 - a)),
    "Σ log(1 + exp(y a))": _sum(lambda a, y: np.logaddexp(0, y * a)),
    "Σ log(1 + exp(−a))": _sum(lambda a, y: np.logaddexp(0, -a)),
    "Σⱼ max(0, aⱼ − a_y)": lambda a, y: (np.maximum(0, a - (y * a).sum(1, keepdims=True)) * (1 - y)).sum(1),
    "Σⱼ max(0, aⱼ − a_y + 1) with j = y as well": lambda a, y: np.maximum(0, a - (y * a).sum(1, keepdims=True) + 1).sum(
        1
    ),
    "Σⱼ max(0, a_y − aⱼ + 1)": lambda a, y: (np.maximum(0, (y * a).sum(1, keepdims=True) - a + 1) * (1 - y)).sum(1),
    "1 − Σ y a / (‖y‖ ‖a‖)": lambda a, y: 1 - (y * a).sum(1) / (np.linalg.norm(y, axis=1) * np.linalg.norm(a, axis=1)),
    "log Σ exp(a)": lambda a, y: np.logaddexp.reduce(a, axis=1),
    "Σ exp(a) − Σ y a": lambda a, y: np.exp(a).sum(1) - (y * a).sum(1),
    "log Σ exp(a) − Σ y a without the right class in the sum": lambda a, y: (
        _log((np.exp(a) * (1 - y)).sum(1)) - (y * a).sum(1)
    ),
}


def _entropies(eps_text):
    """Cross-entropies whose logarithms are kept from zero with this number."""
    e = float(eps_text)
    kept = lambda a: np.clip(a, e, 1 - e)
    yield (
        f"−Σ (y log a′ + (1 − y) log(1 − a′)), a′ = a cut to {eps_text} … 1 − {eps_text}",
        _sum(lambda a, y: -(y * _log(kept(a)) + (1 - y) * _log(1 - kept(a)))),
    )
    yield f"−Σ y log a′, a′ = a cut to {eps_text} … 1 − {eps_text}", _sum(lambda a, y: -y * _log(kept(a)))
    yield f"−Σ y log max(a, {eps_text})", _sum(lambda a, y: -y * _log(np.maximum(a, e)))
    yield f"−Σ y log(a + {eps_text})", _sum(lambda a, y: -y * _log(a + e))
    yield (
        f"−Σ (y log(a + {eps_text}) + (1 − y) log(1 − a + {eps_text}))",
        _sum(lambda a, y: -(y * _log(a + e) + (1 - y) * _log(1 - a + e))),
    )
    yield (
        f"−Σ (y log(a + {eps_text}) + (1 − y) log(1 − a − {eps_text}))",
        _sum(lambda a, y: -(y * _log(a + e) + (1 - y) * _log(1 - a - e))),
    )


for _eps in ("0.2", "0.1", "0.05", "0.02", "0.01", "0.005", "0.001", "0.0001", "1e-5", "1e-6"):
    RARE_LOSSES.update(_entropies(_eps))
RARE_LOSSES["−Σ y log(1 + a)"] = _sum(lambda a, y: -y * np.log1p(a))

for _g in (0.5, 1, 2, 3, 4, 5):
    _pow = {1: "", 2: "²", 3: "³", 4: "⁴", 5: "⁵"}.get(_g, f"^{_g}")
    RARE_LOSSES[f"−Σ y (1 − a){_pow} log a"] = _sum(lambda a, y, g=_g: -y * (1 - a) ** g * _log(a))
    RARE_LOSSES[f"−Σ y a{_pow} log a"] = _sum(lambda a, y, g=_g: -y * a**g * _log(a))
    for _first, _second, _f in (
        (f"(1 − a){_pow}", f"a{_pow}", lambda a, g: ((1 - a) ** g, a**g)),
        (f"a{_pow}", f"(1 − a){_pow}", lambda a, g: (a**g, (1 - a) ** g)),
        (f"(1 − a){_pow}", f"(1 − a){_pow}", lambda a, g: ((1 - a) ** g,) * 2),
        (f"a{_pow}", f"a{_pow}", lambda a, g: (a**g,) * 2),
    ):
        RARE_LOSSES[f"−Σ (y {_first} log a + (1 − y) {_second} log(1 − a))"] = _sum(
            lambda a, y, g=_g, f=_f: -(y * f(a, g)[0] * _log(a) + (1 - y) * f(a, g)[1] * _log(1 - a))
        )

_NEAR = (("½ e²", lambda e, c: 0.5 * e * e), ("e²", lambda e, c: e * e), ("½ e²/{c}", lambda e, c: 0.5 * e * e / c))
_FAR = (
    ("{c} |e|", lambda e, c: c * abs(e)),
    ("|e|", lambda e, c: abs(e)),
    ("|e| − ½", lambda e, c: abs(e) - 0.5),
    ("{c} (|e| − {c}/2)", lambda e, c: c * (abs(e) - c / 2)),
    ("{c} (|e| − ½)", lambda e, c: c * (abs(e) - 0.5)),
    ("{c} |e| − ½ {c}", lambda e, c: c * abs(e) - c / 2),
    ("|e| − {c}/2", lambda e, c: abs(e) - c / 2),
    ("2 {c} |e| − {c}²", lambda e, c: 2 * c * abs(e) - c * c),
    ("½ {c}²", lambda e, c: 0.5 * c * c + 0 * e),
    ("{c} (e − {c}/2)", lambda e, c: c * (e - c / 2)),
)
for _c in (0.1, 0.5, 1.0, 1.345, 1.5, 2.0):
    for (_n, _near), (_f, _far) in itertools.product(_NEAR, _FAR):
        for _sign, _inside in (("<", lambda e, c: abs(e) < c), (">", lambda e, c: abs(e) > c)):
            _text = f"Σ ({_n} where |e| {_sign} {{c}}, {_f} elsewhere), e = a − y".format(c=f"{_c:g}")
            RARE_LOSSES[_text] = _sum(
                lambda a, y, c=_c, near=_near, far=_far, inside=_inside: np.where(
                    inside(a - y, c), near(a - y, c), far(a - y, c)
                )
            )
for _c in ("0.05", "0.1", "0.2", "0.25", "0.3", "0.5", "1", "2", "5", "10"):
    _n = float(_c)
    RARE_LOSSES[f"Σ max(0, |a − y| − {_c})"] = _sum(lambda a, y, c=_n: np.maximum(0, abs(a - y) - c))
    RARE_LOSSES[f"Σ max(0, |a − y| − {_c})²"] = _sum(lambda a, y, c=_n: np.maximum(0, abs(a - y) - c) ** 2)
    RARE_LOSSES[f"Σ (|a − y| where |a − y| > {_c})"] = _sum(lambda a, y, c=_n: abs(a - y) * (abs(a - y) > c))
    RARE_LOSSES[f"Σ max(0, {_c} − y a)"] = _sum(lambda a, y, c=_n: np.maximum(0, c - y * a))
    RARE_LOSSES[f"Σⱼ max(0, aⱼ − a_y + {_c})"] = lambda a, y, c=_n: (
        np.maximum(0, a - (y * a).sum(1, keepdims=True) + c) * (1 - y)
    ).sum(1)


# Costs of a whole batch: text, and one number for each place; a is (places, m, K), y is (m, K).


MOST_PAIRED = 300  # samples of which every pair is looked at


def _apart(a, y):
    return (a - y) ** 2


def _every_pair(a, y, value):
    """The mean of a loss over every output with every sample's target, for single outputs."""
    if a.shape[2] > 1 or a.shape[1] > MOST_PAIRED:
        return np.full(len(a), np.nan)
    pairs = np.broadcast_arrays(a.reshape(len(a), -1, 1), y.reshape(1, 1, -1))
    return value(*(v.reshape(-1, 1) for v in pairs)).reshape(len(a), -1).mean(1)


BATCH_COSTS = {
    "√(Σᵢ Σ (a − y)² / m)": lambda a, y: np.sqrt(_apart(a, y).sum(2).mean(1)),
    "Σⱼ √(Σᵢ (aⱼ − yⱼ)² / m)": lambda a, y: np.sqrt(_apart(a, y).mean(1)).sum(1),
    "√(Σᵢ Σ |a − y| / m)": lambda a, y: np.sqrt(abs(a - y).sum(2).mean(1)),
    "(Σᵢ Σ (a − y)² / m)²": lambda a, y: _apart(a, y).sum(2).mean(1) ** 2,
    "log Σᵢ Σ (a − y)²": lambda a, y: np.log(_apart(a, y).sum((1, 2))),
    "(Σᵢ Σ (a − y) / m)²": lambda a, y: (a - y).sum(2).mean(1) ** 2,
    "|Σᵢ Σ (a − y) / m|": lambda a, y: abs((a - y).sum(2).mean(1)),
    "Σⱼ (Σᵢ (aⱼ − yⱼ) / m)²": lambda a, y: ((a - y).mean(1) ** 2).sum(1),
    "Σⱼ |Σᵢ (aⱼ − yⱼ) / m|": lambda a, y: abs((a - y).mean(1)).sum(1),
    "(Σᵢ Σ |a − y| / m)²": lambda a, y: abs(a - y).sum(2).mean(1) ** 2,
    "the variance of a − y": lambda a, y: (a - y).var((1, 2)),
    "the standard deviation of a − y": lambda a, y: (a - y).std((1, 2)),
    "the largest (a − y)² of all": lambda a, y: _apart(a, y).max((1, 2)),
    "the largest |a − y| of all": lambda a, y: abs(a - y).max((1, 2)),
    "maxᵢ Σ (a − y)²": lambda a, y: _apart(a, y).sum(2).max(1),
    "the median of (a − y)²": lambda a, y: np.median(_apart(a, y), axis=(1, 2)),
    "−log(Σᵢ Σ y a / m)": lambda a, y: -np.log((y * a).sum(2).mean(1)),
    "−Σ y log ā, ā the mean of a over the samples": lambda a, y: -(y.mean(0) * np.log(a.mean(1))).sum(1),
    "−Σ a y / √(Σ a² Σ y²) over the whole batch": lambda a, y: (
        -(a * y).sum((1, 2)) / np.sqrt((a * a).sum((1, 2)) * (y * y).sum())
    ),
    "1 − 2 Σ y a / (Σ y + Σ a) over the whole batch": lambda a, y: -2 * (y * a).sum((1, 2)) / (y.sum() + a.sum((1, 2))),
    "1 − 2 (Σ y a + 1) / (Σ y + Σ a + 1) over the whole batch": lambda a, y: (
        -2 * ((y * a).sum((1, 2)) + 1) / (y.sum() + a.sum((1, 2)) + 1)
    ),
    "1 − Σ y a / (Σ y + Σ a) over the whole batch": lambda a, y: -(y * a).sum((1, 2)) / (y.sum() + a.sum((1, 2))),
    "1 − 2 Σ y a / (Σ y² + Σ a²) over the whole batch": lambda a, y: (
        -2 * (y * a).sum((1, 2)) / ((y * y).sum() + (a * a).sum((1, 2)))
    ),
    "1 − Σ y a / Σ (y + a − y a) over the whole batch": lambda a, y: -(y * a).sum((1, 2)) / (y + a - y * a).sum((1, 2)),
    "1 − R², and R² = 1 − Σ (a − y)² / Σ (a − ȳ)²": lambda a, y: (
        _apart(a, y).sum((1, 2)) / ((a - y.mean(0)) ** 2).sum((1, 2))
    ),
    "meanᵢⱼ (aᵢ − yⱼ)²": lambda a, y: _every_pair(a, y, lambda a, y: ((a - y) ** 2).sum(1)),
    "meanᵢⱼ |aᵢ − yⱼ|": lambda a, y: _every_pair(a, y, lambda a, y: abs(a - y).sum(1)),
    "−meanᵢⱼ (yⱼ log aᵢ + (1 − yⱼ) log(1 − aᵢ))": lambda a, y: _every_pair(
        a, y, lambda a, y: -(y * np.log(a) + (1 - y) * np.log(1 - a)).sum(1)
    ),
    "meanᵢⱼ max(0, 1 − yⱼ aᵢ)": lambda a, y: _every_pair(a, y, lambda a, y: np.maximum(0, 1 - y * a).sum(1)),
}
