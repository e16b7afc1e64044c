"""Numbers before columns that make a target at all places: of a few columns, and of all pairs of two lists at once."""

import functools

import numpy as np

EQUATIONS = 24  # that pairs of a head and a slope are held against, before they are checked in full


def closest_sum(A, t, rcond=None):
    """The numbers whose sum of the columns of A comes closest to t, that sum less t, and the rank of the columns.

    Each column is brought to length one first, so that a small one counts as much as a large one.
    """
    if not np.isfinite(A).all():
        return np.full(A.shape[1], np.nan), np.full(len(A), np.nan), 0
    lengths = np.linalg.norm(A, axis=0)
    lengths[lengths == 0] = 1
    numbers, _, rank, _ = np.linalg.lstsq(A / lengths, t, rcond=rcond)
    return numbers / lengths, A / lengths @ numbers - t, rank


def exact_sum(A, t, tolerance):
    """The numbers that make t of the columns of A, or None where these are not determined or do not."""
    numbers, left, rank = closest_sum(A, t, 1e-9)
    return numbers if rank == A.shape[1] and np.linalg.norm(left) <= tolerance * np.linalg.norm(t) else None


def solve(columns, target, floor):
    """Numbers that make ``target`` of the columns at all places, the worst misfit of a place, and equations to spare.

    Each place weighs the same; a misfit counts relative to the target, and what is below the floor is rounding.
    """
    size = np.linalg.norm(target.reshape(len(target), -1), axis=1)
    weight = 1 / np.maximum(np.maximum(size, 1e3 * floor), 1e-300)
    A = np.stack([(c.reshape(len(target), -1) * weight[:, None]).ravel() for c in columns], 1)
    t = (target.reshape(len(target), -1) * weight[:, None]).ravel()
    if not np.isfinite(A).all():
        return np.zeros(len(columns)), np.inf, 0
    numbers = closest_sum(A, t, 1e-12)[0]
    left = np.linalg.norm((t - A @ numbers).reshape(len(target), -1), axis=1)
    spare = np.count_nonzero(abs(t) > 1e-12 * abs(t).max(initial=0)) - len(columns)
    return numbers, float((left - floor * weight).max()), spare


def scan(heads, slopes, q, t, w, tolerance, cheap):
    """Pairs (i, k) for which t = s (heads_i ⊙ slopes_k) q + β w fits; and how far off the nearest cheap other is.

    heads (I, places, n, m), slopes (K, places, n, m), q (places, 1 or n, m, V), t and w (places, n, V).
    Of many units a few sums are compared, each of a group of units with random weights: what fits is checked in full.
    """
    places, n, m = heads.shape[1:]
    cheap = cheap.ravel()
    size = np.linalg.norm(t.reshape(places, -1), axis=1)
    weight = (1 / np.where(size > 0, size, size.max(initial=0) or 1))[:, None, None]
    groups, signs = _groups(n, -(-EQUATIONS // (places * t.shape[2])))
    t, w = (np.stack([(signs[g, None] * (v * weight)[:, g]).sum(1) for g in groups], 1) for v in (t, w))
    q = np.broadcast_to(q, (places, n, *q.shape[2:])) * weight[..., None] * signs[:, None, None]
    F = np.empty((*t.shape, len(heads), len(slopes)))
    for p in range(places):
        for k, g in enumerate(groups):
            right = slopes[:, p, g].reshape(len(slopes), -1).T
            for v in range(t.shape[2]):
                F[p, k, v] = (heads[:, p, g] * q[p, g, :, v]).reshape(len(heads), -1) @ right
    F, t, hits, nearest = F.reshape(t.size, -1), t.ravel(), set(), (np.inf, 0)
    squares, along = np.einsum("ij,ij->j", F, F), t @ F
    for u in (None, w.ravel() / np.linalg.norm(w)) if w.any() else (None,):
        yy, yt, ss = squares, along, t @ t
        if u is not None:  # without what lies along the parameters
            uF, ut = u @ F, u @ t
            yy, yt, ss = yy - uF * uF, yt - ut * uF, ss - ut * ut
        with np.errstate(all="ignore"):
            left = (ss - yt * yt / yy) / (t @ t)
        if ss > 1e-20 * (t @ t):
            fits = left < max(1e-11, 10 * tolerance * tolerance)
            hits |= set(np.flatnonzero(fits))
            left = np.where(fits | ~cheap | ~np.isfinite(left), np.inf, left)
            best = int(np.round(left, 9).argmin())  # of those that differ by rounding the first, on any machine
            nearest = min(nearest, (float(left[best]), best))
    return [divmod(int(i), len(slopes)) for i in hits], (np.sqrt(nearest[0]), divmod(nearest[1], len(slopes)))


@functools.cache
def _groups(n, most):
    """The units in at most so many groups, and a random weight for each where there are more units than groups."""
    count = min(n, most)
    weights = np.random.default_rng(n).uniform(0.5, 1.5, n) if count < n else np.ones(n)
    return [slice(part[0], part[-1] + 1) for part in np.array_split(np.arange(n), count)], weights


def unit_by_unit(value, s):
    """What dW reads, as (places, 1 or n_l, n_{l-1}, samples)."""
    return value[:, None] if value.ndim == 3 else value
