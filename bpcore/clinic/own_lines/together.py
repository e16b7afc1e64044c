"""Changes that make right together what none of them makes right alone, told from what each does by itself."""

import itertools

import numpy as np

from ..keys import key_of

MOST_PRICE = 3.3  # of two
ALIKE = 0.3  # less, where one slip was made twice
MOST_ALIKE = 4  # changes, where one slip was made several times
MOST_OF_A_KIND = 60  # of which so many are taken
MOST_SUMS = 2_000  # for a block: where many changes do the same to it, there would be millions
CLOSE = 1e-8  # of what is compared; what is that close is run, and judged by the run
SCALES = (lambda values: values, lambda values: np.log(abs(values)))  # where terms add up, and where factors do


class EffectsOfEach:
    """What each of many changes does to the blocks of a result when it is made alone.

    A block becomes right with changes of two of its terms where their effects add up to what it lacks. So n changes are
    run, and not their n (n - 1) / 2 pairs: the partner of each is looked up in a sorted list of effects. For changes of
    two factors the same holds of logarithms. Of changes of one kind up to four are looked for.

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
        held = [(block, wrong) for block, wrong in zip(blocks, is_wrong) if len(block)]
        self.entries, self.is_wrong = len(before), np.array([wrong for _, wrong in held])
        self.missing = right - before
        self.order = np.concatenate([block for block, _ in held])
        self.starts = np.cumsum([0, *(len(block) for block, _ in held[:-1])])
        self.factors = np.random.default_rng(9).standard_normal((2, len(self.order)))
        with np.errstate(all="ignore"):
            self.as_it_is = self._seen(before)
            self.lacking = self._seen(right) - self.as_it_is
            self.size = self._seen(before, abs) + self._seen(right, abs)
        self.found = {}  # by effect, rounded: the effect, the price of the change, and the change

    def note(self, change, price, came):
        """Keep what came with a change; of several that do the same, the first of the least price."""
        if len(came) != self.entries:
            return
        with np.errstate(all="ignore"):
            effect = self._seen(came) - self.as_it_is
            key = key_of(effect / self.size, 9)
        if key not in self.found or price < self.found[key][1]:
            self.found[key] = effect, price, change

    def together(self, kind):
        """Changes that should make a block right and no other one wrong: pairs first, the most likely ones before.

        ``kind`` says of a change which others undo the same slip elsewhere.
        """
        effects, prices, changes = zip(*self.found.values()) if self.found else ((),) * 3
        effects = np.array(effects).reshape(len(changes), *self.size.shape)
        kinds, by_kind = [*map(kind, changes)], {}
        for number, its in enumerate(kinds):
            by_kind.setdefault(its, []).append(number)
        alike = [numbers[:MOST_OF_A_KIND] for numbers in by_kind.values()]
        for count, groups in (2, [range(len(changes))]), *((count, alike) for count in range(3, MOST_ALIKE + 1)):
            worth = {}
            for numbers in (each for each in groups if len(each) >= count):
                for some, fixed in self._adding_up(effects, np.array(numbers), count):
                    is_one_kind = len({kinds[number] for number in some}) == 1
                    price = sum(prices[number] for number in some[:2]) - ALIKE * is_one_kind
                    worth[some] = -fixed, price
            for some in sorted(worth, key=worth.get):
                if worth[some][1] <= MOST_PRICE:
                    yield [changes[number] for number in some]

    def _adding_up(self, effects, numbers, count):
        """So many of some numbers, in order, whose effects are what a block lacks, and how many blocks that mends."""
        for scale in range(len(SCALES)):
            size, lacking = self.size[scale], self.lacking[scale]
            for block in np.flatnonzero(self.is_wrong):
                own = effects[:, scale, block, 0]
                moves = numbers[abs(own[numbers]) > CLOSE * size[block, 0]]
                found = _with_sum(own, moves, count, lacking[block, 0], CLOSE * size[block, 0])
                for some in itertools.islice(found, MOST_SUMS):
                    sums = effects[list(some), scale].sum(axis=0)
                    fits = (abs(sums - lacking) <= CLOSE * size).all(axis=1)
                    stays = (abs(sums) <= CLOSE * size).all(axis=1)
                    if fits[block] and (stays | fits | self.is_wrong).all():
                        yield some, int(fits.sum())

    def _seen(self, result, size=lambda values: values):
        """By scale and block, two sums of its entries with random factors; with ``abs``, how large their terms are."""
        values = np.array([size(scale(result[self.order])) for scale in SCALES])
        terms = values[:, None] * size(self.factors)
        return np.add.reduceat(terms, self.starts, axis=2).swapaxes(1, 2)


def _with_sum(values, numbers, count, total, close):
    """So many of some numbers, in order, whose values have a sum, each set of them once.

    The sums of one half of them are looked up among those of the other half.
    """
    if len(numbers) < count:
        return
    halves = [np.array([*itertools.combinations(numbers, k)]) for k in (count // 2, count - count // 2)]
    sums, others = (values[half].sum(axis=1) for half in halves)
    order = np.argsort(others, kind="stable")  # of equal sums, in the same order on every processor
    others, half = others[order], halves[1][order]
    first, last = (np.searchsorted(others, total - sums + off) for off in (-close, close))
    found = set()
    for i in np.flatnonzero(last > first):
        for j in range(first[i], last[i]):
            some = tuple(sorted({*halves[0][i], *half[j]}))
            if len(some) == count and some not in found:
                found.add(some)
                yield some
