"""The pages of wrong gradients from the wild: every module of book/wild, what the doctor says, and the score."""

import functools
import re

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.display import progress_message
from sphinx.util.docutils import SphinxDirective
from wild_answers import FOLDER, STORED, VERDICTS, counts, paths, program, results
from wild_parts import modules, pages, part, sentence

READ = {"code": "", "discussion": "; according to the discussion", "reconstruction": "; reconstructed from the answers"}
EXPLAINED = ("named", "among several", "explained")
OF_THE_COST = {"another-cost", "another-network"}  # names that say that the cost is another
UNTOLD = "your something else; "  # in the place of what an update computes
WITHIN_A_NAME = r"(?<=\w)\.(?=\w)"  # a dot


def formula_lines(word, formula):
    """The Markdown lines of a formula below its name, on narrow lines, one for each of its parts."""
    parts = formula.split(r",\; ")
    if len(parts) > 1:
        formula = by_cases(parts) or r" \\ ".join(f"& {each}" for each in parts)
    return [word, "", "$$", formula, "$$", ""]


def by_cases(parts):
    """One formula that has another value under each condition; None where the parts are formulas of their own."""
    name = parts[0].partition(" = ")[0]
    values = (each.removeprefix(f"{name} = ") for each in parts)
    cases = [re.fullmatch(r"([^=]*?)(?:\\ | )\\text\{ ?(.*)", each) for each in values]
    if not all(cases) or any(r"\big" in each for each in parts):  # whose brackets are around both
        return None
    lines = r" \\ ".join(rf"{value} & \text{{{condition}" for value, condition in map(re.Match.groups, cases))
    return rf"{name} = \begin{{cases}} {lines} \end{{cases}}"


def ended(text):
    """A sentence with its capital and its full stop."""
    return text[0].upper() + text[1:] + "." * (not text.endswith("…"))


def plain(text):
    """A line of a program without Markdown: as code each of its words would be an element of the page."""
    bare = re.sub(r"`([^`]*)`", r"“\1”", curled(text))
    return re.sub(rf"([\\*_{{}}\[\]<>$@#|~]|{WITHIN_A_NAME})", r"\\\1", bare)


def curled(text):
    """Words with the apostrophes of print; code keeps its own, and so do names in square brackets."""
    return outside_code(r"(?<=\w)'(?!\])", "’", text)


def unlinked(text):
    """Words whose dotted names are no addresses: np.add.at would be one in Austria; nothing between backticks is."""
    return outside_code(WITHIN_A_NAME, r"\.", text)


def with_minus(text):
    """The formulas of a step with minus signs; code keeps its hyphens, and so do words and numbers such as 1e-08."""
    return outside_code(r"(?<![\w-])-(?=[\s\w(])", "−", text)


def outside_code(pattern, sign, text):
    """A text with a sign in the place of what a pattern finds, but as it is between backticks."""
    return re.sub(rf"`[^`]*`|{pattern}", lambda found: found[0] if found[0][0] == "`" else sign, text)


def case_lines(name, module, row):
    """The Markdown lines of one case."""
    date = f", [{module.DATE}]{{.unbroken}}" if module.DATE else ""
    said, formulas = row["answer"], {"written": module.FORMULA, "right": module.RIGHT}
    if module.KIND == "update":
        said = said | {"first": with_minus(said["first"])}
        said |= {part: [with_minus(text) for text in said[part]] for part in ("lines", "formulas")}
    if module.KIND == "right":
        formulas = {"written": module.FORMULA, "which is": module.RIGHT}
    where = said["where"] and f" {'in ' * (said['where'] != 'everywhere')}{said['where']}"
    first = unlinked(curled(f"“{said['first']}”{where}"))
    judged = VERDICTS[row["verdict"]].partition(" by the formula")[0]
    if module.KIND == "right":
        judged = "which is so" if row["verdict"] == "missed" else "**which is wrong**"
    return [
        f"(wild-{name})=",
        f"{sentence(module)}",
        f"[{curled(module.THREAD)}]({module.SOURCE}){date}{READ[module.READ]}; [code](wild/{name}.py).",
        "",
        "::::{container} wild-formulas",
        *(line for word, formula in formulas.items() for line in formula_lines(word, formula)),
        "::::",
        "",
        f"> {first}: {judged}.",
        *(f"> {ended(plain(text))}" for text in said["lines"] if not said["formulas"]),
        *(f"> {ended(unlinked(curled(text.removeprefix(UNTOLD))))}" for text in said["formulas"][:1]),
        "",
    ]


class Wild(SphinxDirective):
    """A directive that parses Markdown lines made from the answers."""

    def parsed(self, lines):
        for path in [*paths().values(), *program(), STORED]:
            self.env.note_dependency(str(path))
        box = nodes.container(classes=["wild-cases"])
        self.state.nested_parse(StringList(lines, str(FOLDER)), self.content_offset, box)
        for node in box.findall(lambda node: isinstance(node, (nodes.block_quote, nodes.reference))):
            node["support_smartquotes"] = False  # code and names of threads: their quotes and dashes are as typed
        return box


class WildCases(Wild):
    """```{wild-cases} slope relu```: every case of one part of a kind of mistake."""

    required_arguments = 2

    def run(self):
        rows = answers()
        shown = [name for name, module in modules().items() if part(module) == tuple(self.arguments)]
        return [self.parsed([line for name in shown for line in case_lines(name, modules()[name], rows[name])])]


class WildScore(Wild):
    """``{wild-score}``: how many answers are right, in a table and a sentence."""

    def run(self):
        rows = answers()
        return self.parsed([*score_lines(counts(rows)), costs_line(rows)]).children


class WildPages(Wild):
    """``{wild-pages}``: a row for each page of cases."""

    def run(self):
        return self.parsed(list(page_lines(answers()))).children


def score_lines(found):
    """The Markdown lines of the score."""
    wrong, right = found["gradient"], found["right"]
    total = sum(wrong.values())
    explained = sum(wrong[key] for key in EXPLAINED)
    rest = total - explained - wrong["place"]
    rows = [f"“{VERDICTS[key]}”" for key in ("another name", "misplaced", "missed", "silent") if wrong[key]]
    others = f"The table has the other {rest} under {' and '.join(rows)}. " if rest else ""
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
        f"{others}"
        f"Of {sum(right.values())} right gradients that people took for wrong ones, it calls "
        f"{sum(right.values()) - right['missed']} wrong."
    )


def costs_line(rows):
    """The Markdown line on wrong costs where the answer is what their gradient, which may be right, should be."""
    good = [row for name, row in rows.items() if modules()[name].KIND == "cost" and row["verdict"] in EXPLAINED]
    return (
        f"Of the {len(good)} wrong costs that it names or explains, it shows {sum(map(blames_the_gradient, good))} "
        "from the other side: what the gradient would have to be for this cost. "
        "Nothing says there which of the two is meant."
    )


def blames_the_gradient(row):
    """Whether an answer shows what should stand in the gradient, and says nothing of the cost."""
    said = row["answer"]
    shown = (said["lines"] if not said["formulas"] else said["formulas"])[:1]
    names = {*said["names"]}.union(*said["alternatives"])
    return not OF_THE_COST & names and bool(said["names"]) and any("should be" in text for text in shown)


def page_lines(rows):
    """The Markdown lines of the table of pages: how many cases each holds, and of how many the answer is right."""
    found = {page: [0, 0] for page in pages().values()}
    for name, row in rows.items():
        module = modules()[name]
        good = ("missed",) if module.KIND == "right" else EXPLAINED
        counted = found[pages()[part(module)]]
        counted[0] += 1
        counted[1] += row["verdict"] in good
    yield "| what the page holds | cases | right answers |"
    yield "|---|---|---|"
    for page, (cases, right) in found.items():
        yield f"| {{doc}}`{page}` | {cases} | {right} |"


@functools.cache
def answers():
    """Module → answer and verdict, asked for once in a build, which has many parts that show them."""
    with progress_message("asking the doctor about wrong gradients"):
        return results()


def setup(app: Sphinx) -> dict:
    app.add_directive("wild-cases", WildCases)
    app.add_directive("wild-score", WildScore)
    app.add_directive("wild-pages", WildPages)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
