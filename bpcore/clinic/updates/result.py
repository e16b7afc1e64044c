"""What holding an optimiser's step against the book's rule found, and how it reads."""

import textwrap
from dataclasses import dataclass

from .table import SLIPS


@dataclass(frozen=True)
class UpdateCheck:
    """What holding an update against the book's rule found; its repr is the whole story.

    Attributes
    ----------
    right : bool
        Every entry of every step agrees with the book's rule.
    names : tuple of str
        The slips: keys of ``bpcore.clinic.updates.table.SLIPS[like]``, or one of "another-rule", "factor",
        "decay-in-step", "constant-in-step", "penalty-in-step", "formula", "measured", "line", "not-finite",
        "arguments-exchanged", "used-before", "unknown", or of
        ``bpcore.clinic.updates.clipping`` or ``decay``. Empty where right.
    like : str
        The rule that it was held against.
    where : str
        The arrays of theta whose update is wrong, or the entries where the rest of an array is right, or "everywhere".
    explanation : str
        In words.
    cure : str
        What to change.
    formulas : tuple of (str, str)
        The lines that differ: as they should be, in the form in which the program writes the rule, and as they are.
    evidence : tuple of str
        What was measured, and what was noticed besides.
    alternatives : tuple of tuple of str
        Other slips, or formulas, that predict the same steps.
    unseen : tuple of str
        Slips that make no difference with these settings, so that they could not be seen.
    lines : tuple of Line
        Of the program, where its source can be read: changed, they take the steps of the book's rule.
    sure : str
        "certain": it is right, or what is named predicts every step and nothing else does that is as simple.
        "one of several": ``alternatives`` predict them too. "unknown" where nothing explains them.
    """

    right: bool
    names: tuple
    like: str
    where: str
    explanation: str
    cure: str = ""
    formulas: tuple = ()
    evidence: tuple = ()
    alternatives: tuple = ()
    unseen: tuple = ()
    sure: str = "unknown"
    lines: tuple = ()

    def __repr__(self):
        title = f"Right: this is {self.like} as in the book" if self.right else self.explanation
        rows = [
            *(("or", " + ".join(name_in_words(self.like, n) for n in names)) for names in self.alternatives),
            ("where", "" if self.where == "everywhere" else self.where),
            *(row for line in self.lines for row in line.rows()),
            *(row for book, own in self.formulas for row in (("book", book), ("yours", own))),
            ("", self.explanation if self.right else ""),
            ("cure", self.cure),
            *(("evidence", text) for text in self.evidence),
            ("unseen", ", ".join(self.unseen)),
        ]
        return "\n".join(
            [title]
            + [
                textwrap.fill(text, 82, initial_indent=f"  {label:<10}", subsequent_indent=" " * 12)
                for label, text in rows
                if text
            ]
        )


def name_in_words(like, name):
    return SLIPS[like][name].title if name in SLIPS[like] else name
