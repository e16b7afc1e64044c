"""What a checkup found, and how it reads."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

TITLES = {
    "labels-not-one-hot": "Y holds class labels, but the network has an output for each class",
    "labels-from-one": "The labels count from 1",
    "labels-not-counted": "The labels do not count 0, 1, 2, …",
    "labels-out-of-range": "There are more labels than outputs",
    "labels-in-one-column": "One output for several classes",
    "labels-signed": "Labels -1 and 1 for an output from 0 to 1",
    "target-shape": "Y is a row of numbers, and the network's output is a column",
    "target-columns": "Y has another number of columns than the network has outputs",
    "rows-not-distributions": "Rows of Y are no probabilities that sum to 1",
    "rows-far": "A few rows lie far from all others",
    "rows-all-zero": "Some rows of Y are all zero",
    "class-absent": "A class never occurs",
    "target-out-of-reach": "Targets that the output cannot reach",
    "targets-constant": "All targets are equal",
    "targets-large": "Large targets for a linear output",
    "rows-all-equal": "All rows of X are equal",
    "rows-conflict": "Equal rows of X have different targets",
    "inputs-large": "Inputs of large scale",
    "inputs-off-centre": "Inputs far from zero, compared with how much they vary",
    "inputs-small": "Inputs of small scale",
    "column-constant": "A column of X is constant",
    "theta-not-finite": "The parameters are no numbers any more",
    "theta-not-updated": "The parameters are not updated",
    "symmetric-units": "Units that are copies of each other",
    "dead-units": "Units that are zero for every sample",
    "saturated-units": "Saturated units",
    "saturated-output": "Outputs that are wrong and saturated",
    "deltas-vanish": "The deltas vanish on the way back",
    "deltas-explode": "The deltas explode on the way back",
    "penalty-large": "The penalty outweighs the data",
    "step-too-large": "The learning rate is too large",
    "step-too-small": "The learning rate is far too small",
    "cost-not-finite": "The cost is no number any more",
    "cost-rises": "The cost rises",
    "cost-above-trial": "A trial with the same rate gets lower than the training",
    "cost-oscillates": "The cost swings up and down",
    "cost-stalls": "The cost stands still",
    "cost-still-falls": "The cost still falls at the end: train longer",
    "predictions-constant": "The network answers the same to everything",
    "majority-only": "Every sample is put in the same class",
    "accuracy-computed": "The accuracy is computed in another way",
}


@dataclass(frozen=True)
class Finding:
    """One thing that keeps a network from learning.

    Attributes
    ----------
    name : str
        A key of ``bpcore.clinic.checkup.TITLES``.
    where : str
        Which columns, rows, layers or epochs.
    evidence : str
        What was measured, with numbers.
    cure : str
        What to change.
    severity : int
        3: it cannot learn like this. 2: it learns slowly, or not all of it. 1: worth a look.
    """

    name: str
    where: str
    evidence: str
    cure: str
    severity: int

    @property
    def title(self):
        """The finding in a few words."""
        return TITLES[self.name]

    def __repr__(self):
        rows = [("where", self.where), ("evidence", self.evidence), ("cure", self.cure)]
        return "\n".join([f"{self.title} ({self.name})", *(_row(label, text) for label, text in rows if text)])


@dataclass(frozen=True, repr=False)
class Checkup(Sequence):
    """The findings, worst first: a sequence of ``Finding``; its repr is the whole story.

    Attributes
    ----------
    findings : tuple of Finding
    looked : tuple of str
        What was looked at, with what was measured.
    skipped : tuple of str
        What was not looked at, and what it would need.
    """

    findings: tuple
    looked: tuple
    skipped: tuple

    def __getitem__(self, index):
        return self.findings[index]

    def __len__(self):
        return len(self.findings)

    @property
    def names(self):
        """The names of the findings, worst first."""
        return tuple(finding.name for finding in self.findings)

    def __repr__(self):
        count = {0: "Nothing found", 1: "1 finding"}.get(len(self), f"{len(self)} findings, worst first")
        lines = [count, *(f"{k}. {finding!r}" for k, finding in enumerate(self, start=1))]
        lines += [_row("looked at", text) for text in self.looked] + [_row("not", text) for text in self.skipped]
        return "\n".join(lines)


def _row(label, text):
    return textwrap.fill(text, 82, initial_indent=f"  {label:<11}", subsequent_indent=" " * 13)
