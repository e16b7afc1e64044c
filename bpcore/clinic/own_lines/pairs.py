"""Two changes that make right together what neither makes right alone, told from what each does by itself."""

import numpy as np

MOST_PRICE = 3.3  # of both
ALIKE = 0.3  # less, where one slip was made twice
CLOSE = 1e-8  # of what is compared; what is that close is run, and judged by the run
SCALES = (lambda values: values, lambda values: np.log(abs(values)))  # where two terms add up, and where two factors do


class Apart:
    """What each of many changes does to the blocks of a result when it is made alone.

    A block becomes right with changes of two of its terms where their effects add up to what it lacks. So n changes are
    run, and not their n (n - 1) / 2 pairs: the partner of each is looked up in a sorted list of effects. For changes of
    two factors the same holds of logarithms.

    Parameters
    ----------
    before, right : ndarray
        The result as it is, and as it should be.
    blocks : list of ndarray
        Places in it.
    is_wrong : ndarray of bool
        Of each block.
    """

    def __init__(self, before, right, blocks, is_wrong):
        self.entries, self.blocks, self.is_wrong = len(before), blocks, is_wrong
        rng = np.random.default_rng(9)
        self.directions = [rng.standard_normal((2, len(block))) for block in blocks]
        with np.errstate(all="ignore"):
            self.as_it_is = self._seen(before)
            self.lacking = self._seen(right) - self.as_it_is
            self.size = self._seen(before, abs) + self._seen(right, abs)
        self.found = {}  # by effect, rounded: the effect, and the price, the kind and the change itself

    def note(self, change, price, kind, came):
        """Keep what came with a change; of several that do the same, the first of the least price."""
        if len(came) != self.entries:
            return
        with np.errstate(all="ignore"):
            effect = self._seen(came) - self.as_it_is
            key = (effect / self.size).round(9).tobytes()
        if key not in self.found or price < self.found[key][1]:
            self.found[key] = effect, price, kind, change

    def pairs(self):
        """Pairs of changes that should make a block right and no other one wrong, the most likely ones first."""
        found = list(self.found.values())
        effects = np.array([effect for effect, *_ in found]).reshape(len(found), *self.size.shape)
        matches = {}
        for k in range(len(SCALES)):
            for block in np.flatnonzero(self.is_wrong):
                for i, j in self._matches(effects[:, k, block, 0], self.lacking[k, block, 0], self.size[k, block, 0]):
                    both = effects[i, k] + effects[j, k]
                    fits = (abs(both - self.lacking[k]) <= CLOSE * self.size[k]).all(axis=1)
                    stays = (abs(both) <= CLOSE * self.size[k]).all(axis=1)
                    if fits[block] and (stays | fits | self.is_wrong).all():
                        price = found[i][1] + found[j][1] - ALIKE * (found[i][2] == found[j][2])
                        matches[min(i, j), max(i, j)] = -int(fits.sum()), price
        for i, j in sorted(matches, key=matches.get):
            if matches[i, j][1] <= MOST_PRICE:
                yield found[i][3], found[j][3]

    def _seen(self, result, size=lambda values: values):
        """By scale and block, two sums of its entries with random factors; with ``abs``, how large their terms are."""
        return np.array(
            [
                [size(rows) @ size(scale(result[block])) for rows, block in zip(self.directions, self.blocks)]
                for scale in SCALES
            ]
        )

    @staticmethod
    def _matches(effects, lacking, size):
        """The numbers of two effects of which neither is nothing and whose sum is what is lacking."""
        numbers = np.flatnonzero(abs(effects) > CLOSE * size)
        numbers = numbers[np.argsort(effects[numbers])]
        ordered = effects[numbers]
        first = np.searchsorted(ordered, lacking - ordered - CLOSE * size)
        last = np.searchsorted(ordered, lacking - ordered + CLOSE * size)
        for i in np.flatnonzero(last > first):
            for j in range(max(first[i], i + 1), last[i]):
                yield numbers[i], numbers[j]
