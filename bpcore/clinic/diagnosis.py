"""What the doctor says: names, titles and cures, and a diagnosis that prints as the whole story."""

import textwrap
from dataclasses import dataclass

from .defects import DEFECTS

OTHERS = {  # findings that are no defect of the table: title and cure
    "factor": (
        "The gradient is a multiple of the cost's",
        "Look for a factor that stands in one of the two and not in the other.",
    ),
    "penalty": (
        "The gradient differs by a multiple of the parameters",
        "Compare the penalty in the cost with its derivative: λ, n, the ½, and which blocks.",
    ),
    "no-gradient": (
        "Some parameters get no gradient",
        "Look for parameters that the backward pass does not reach: each needs its own derivative.",
    ),
    "order": (
        "The right numbers in the wrong places",
        "Unroll the gradient in the order in which theta is read: the same blocks, row by row or column by column.",
    ),
    "another-cost": (
        "The gradient is that of another cost",
        "Decide which of the two is meant, and make the other agree.",
    ),
    "not-repeatable": (
        "The same call gives another answer",
        "Draw random numbers and pick batches outside the two functions, and keep nothing from one call to the next.",
    ),
    "kink": (
        "No derivative to compare with: a kink, or a rough cost",
        "Move theta a little, by a hundredth or so, and ask again.",
    ),
    "shape": ("The gradient has another form than the parameters", "Return one vector, laid out as theta."),
    "not-finite": (
        "The gradient has entries that are no numbers",
        "Look for the logarithm of zero, a division by zero, or the exponential of a large number.",
    ),
    "formula": ("One formula stands for another", "Compare the two formulas, and write the right one."),
    "derivative": (
        "A step of the cost has another derivative in the gradient",
        "Write the derivative of that step into the gradient; if the cost is the wrong one, mend the step.",
    ),
    "line": ("A line computes something else", "Write what should stand there, and ask again."),
    "another-network": (
        "The cost is that of another network",
        "Decide which of the two is meant: the network that you named, or the one that the program computes.",
    ),
    "clipped": (
        "The gradient is clipped or rescaled",
        "Check the gradient before it is clipped or normalised, and do that in the update.",
    ),
    "one-by-one": (
        "The weights move from sample to sample",
        "Add up the gradients of all samples at one theta, or check one sample at a time.",
    ),
    "ahead": (
        "The gradient is that at other parameters",
        "Compute cost and gradient at the same parameters, and move them afterwards.",
    ),
    "after-a-step": (
        "What is returned are the parameters after a step",
        "Return the gradient alone, and make the step outside: theta -= lr * grad(theta).",
    ),
    "momentum": (
        "What is returned is a running sum of gradients",
        "Return the gradient alone, and keep the velocity in the update.",
    ),
    "dropout": (
        "The cost drops units",
        "Check the gradient without dropout, or with masks that are drawn once and used by cost and gradient alike.",
    ),
    "dropout-mask": (
        "The mask of dropout is not that of the cost",
        "Multiply the delta of that layer by the mask, and its factor, that multiplied the units on the way forward.",
    ),
    "recurrent": (
        "The cost is that of a recurrent network",
        "Check one time step first, and then add up over the steps, from the last to the first.",
    ),
    "batch-norm": (
        "The cost normalises a layer",
        "Check the layers apart: a Network normalises none, neither over the batch nor over its units.",
    ),
    "unknown": (
        "Wrong, and no formula explains it",
        "Compute by hand, for one sample, the wrong part that is computed first, and compare.",
    ),
}


@dataclass(frozen=True)
class Diagnosis:
    """What the doctor found; its repr is the whole story.

    Attributes
    ----------
    names : tuple of str
        What is wrong, all of it at once: keys of ``bpcore.clinic.defects.DEFECTS`` or ``bpcore.clinic.doctor.OTHERS``.
        Empty where nothing wrong was found; ("unknown",) for a wrong gradient that nothing explains.
    where : str
        The layers or blocks.
    sure : str
        "certain": one explanation predicts every entry, and the next best is far off;
        "one of several": the ``alternatives`` predict the same; "likely": little to go by; "unknown".
    explanation : str
        What it looks like.
    cure : str
        What to change.
    evidence : tuple of str
        What was measured, a sentence each.
    alternatives : tuple of tuple of str
        Other names under which the gradient would be the same.
    formulas : tuple of bpcore.clinic.grammar.Formula
        Where a formula was found: what the program computes in a layer, beside what it should; from the output down.
        Of a right gradient whose cost is another: the cost, beside that of the network.
    lines : tuple
        The lines of the program that make the gradient right once they are changed, where such were found, or those of
        the cost with which it would have this gradient, or of which it has another derivative; each is a
        :class:`~bpcore.clinic.own_lines.search.Line`.
    other_cost : bool
        Whether gradient and cost agree, and the cost is not that of the network that was given.
    """

    names: tuple
    where: str
    sure: str
    explanation: str
    cure: str
    evidence: tuple = ()
    alternatives: tuple = ()
    formulas: tuple = ()
    other_cost: bool = False
    lines: tuple = ()

    def __repr__(self):
        nothing = "Nothing wrong found" + "; the cost is not that of the network" * self.other_cost
        rows = [
            *(("or", titles(names)) for names in self.alternatives),
            ("where", self.where),
            *(row for line in self.lines for row in line.rows()),
            *(
                (f"layer {formula.layer}" if formula.layer else "formula", str(formula) + ".")
                for formula in self.formulas
            ),
            ("why", self.explanation),
            ("cure", self.cure),
            *(("evidence", text) for text in self.evidence),
        ]
        return "\n".join(
            [f"{titles(self.names) or nothing} ({self.sure})"]
            + [
                textwrap.fill(text, 82, initial_indent=f"  {label:<10}", subsequent_indent=" " * 12)
                for label, text in rows
                if text
            ]
        )


def _entry(name):
    return (DEFECTS[name].title, DEFECTS[name].cure) if name in DEFECTS else OTHERS[name]


def titles(names):
    return " + ".join(dict.fromkeys(_entry(name)[0] for name in names))


def diagnosis(names, where, sure, *texts, evidence=(), alternatives=(), formulas=(), other_cost=False, lines=()):
    return Diagnosis(
        names,
        where,
        sure,
        " ".join(filter(None, texts)),
        " ".join(dict.fromkeys(_entry(name)[1] for name in names)),
        tuple(evidence),
        alternatives,
        formulas,
        other_cost,
        lines,
    )
