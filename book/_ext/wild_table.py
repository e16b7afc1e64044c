"""The page of wrong gradients from the wild: shows every module of book/wild and what the doctor says about it."""

import re

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.display import progress_message
from sphinx.util.docutils import SphinxDirective
from wild_answers import FOLDER, STORED, VERDICTS, counts, load, paths, program, results

READ = {
    "code": "",
    "discussion": "; written after the discussion",
    "reconstruction": "; reconstructed from the answers",
}


def group(module):
    """The section that it stands in: the kind of mistake, or what it is where no gradient is wrong."""
    return module.GROUP if module.KIND == "gradient" else module.KIND


def sentence(module):
    return module.__doc__.strip()


def lines_of_formula(word, formula):
    """A formula on narrow lines, one for each of its parts; Sphinx aligns them at the &."""
    for part in formula.split(r",\; "):
        yield rf"\text{{{word}}} \quad & {part}" if word else f"& {part}"
        word = ""


def plain(text):
    """A line of a program without Markdown: as code each of its words would be an element of the page."""
    return re.sub(r"([\\*_{}\[\]<>$@#|~])", r"\\\1", re.sub(r"`([^`]*)`", r"“\1”", text))


def case_lines(name, module, row):
    """The Markdown lines of one case."""
    date = f", {module.DATE}" if module.DATE else ""
    said, formulas = row["answer"], {"written": module.FORMULA, "right": module.RIGHT}
    if module.KIND == "right":
        formulas = {"written": module.FORMULA, "which is": module.RIGHT}
    rows = [row for word, formula in formulas.items() for row in lines_of_formula(word, formula)]
    where = said["where"] and f" {'in ' * (said['where'] != 'everywhere')}{said['where']}"
    judged = VERDICTS[row["verdict"]].partition(" by the formula")[0]
    if module.KIND == "right":
        judged = "which is so" if row["verdict"] == "missed" else "**which is wrong**"
    return [
        f"(wild-{name})=",
        f"{sentence(module)}",
        f"[{module.THREAD}]({module.SOURCE}){date}{READ[module.READ]}; [code](wild/{name}.py).",
        "",
        "$$",
        r" \\ ".join(rows),
        "$$",
        "",
        f"> “{said['first']}”{where}: {judged}.",
        *(f"> {plain(text[0].upper() + text[1:])}." for text in said["lines"] if not said["formulas"]),
        *(f"> {text[0].upper() + text[1:]}." for text in said["formulas"][:1]),
        "",
    ]


class WildCases(SphinxDirective):
    """```{wild-cases} slope```: every case of one kind of mistake."""

    required_arguments = 1

    def run(self):
        note_dependencies(self.env)
        rows, lines = shown(self.env), []
        for name, row in rows.items():
            module = load(paths()[name])
            if group(module) == self.arguments[0]:
                lines += case_lines(name, module, row)
        box = nodes.container(classes=["wild-cases"])
        self.state.nested_parse(StringList(lines, str(FOLDER)), self.content_offset, box)
        return [box]


class WildScore(SphinxDirective):
    """``{wild-score}``: how many answers are right, in a table and a sentence."""

    def run(self):
        note_dependencies(self.env)
        lines = list(score_lines(counts(shown(self.env))))
        box = nodes.container(classes=["wild-score"])
        self.state.nested_parse(StringList(lines, str(FOLDER)), self.content_offset, box)
        return box.children


def score_lines(found):
    """The Markdown lines of the score."""
    wrong, right = found["gradient"], found["right"]
    total = sum(wrong.values())
    explained = wrong["named"] + wrong["among several"] + wrong["explained"]
    yield "| the answer | wrong gradients | wrong costs | wrong updates |"
    yield "|---|---|---|---|"
    for key, words in VERDICTS.items():
        numbers = [found[kind][key] for kind in ("gradient", "cost", "update")]
        if any(numbers):
            yield f"| {words} | {' | '.join(map(str, numbers))} |"
    yield f"| all | {' | '.join(str(sum(found[kind].values())) for kind in ('gradient', 'cost', 'update'))} |"
    yield ""
    yield (
        f"Of {total} wrong gradients the doctor names or explains {explained} rightly. "
        f"Of {wrong['place']} more it says that they are wrong and in which layers the mistake is, but not what it is. "
        f"Of the other {total - explained - wrong['place']} it says too little, or something else, or nothing. "
        f"Of {sum(right.values())} right gradients that people took for wrong ones, it calls "
        f"{sum(right.values()) - right['missed']} wrong."
    )


def shown(env):
    with progress_message("asking the doctor about wrong gradients"):
        return results()


def note_dependencies(env):
    for path in [*paths().values(), *program(), STORED]:
        env.note_dependency(str(path))


def setup(app: Sphinx) -> dict:
    app.add_directive("wild-cases", WildCases)
    app.add_directive("wild-score", WildScore)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
