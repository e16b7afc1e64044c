"""The prose of the book, for tests: what is left of Markdown when code, formulas and directives are taken out."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "book").glob("*.ipynb"))
PAGES = sorted([*(ROOT / "book").rglob("*.md"), *ROOT.glob("*.md")])

BANNED = re.compile(r"\b(simply|obviously|just|of course|easy|trivial)\b", re.IGNORECASE)
ABBREVIATIONS = re.compile(r"\b(?:e\.g|i\.e|cf|vs|etc|resp|Fig|Eq|Sec|Ch|pp|Dr|Prof|St|No|al|[A-Z])\.")
TWO_SENTENCES = re.compile(r"[^\W_\d][\w)\]}’'\"*”]*[.!?][)\]’'\"*”]*\s+[\"'“(*]*[A-Z]")


def read(path):
    return json.loads(Path(path).read_text(encoding="utf-8"))


def source(cell):
    return "".join(cell["source"])


def prose(markdown):
    """Pairs (line number, text) of the lines of prose, each with its code and formulas replaced by a letter."""
    fence, formula, front = None, False, markdown.startswith("---\n")
    for number, line in enumerate(markdown.splitlines(), 1):
        if front:
            front = number == 1 or line != "---"
            continue
        mark = re.match(r"\s*(`{3,}|~{3,}|:{3,})(.*)", line)
        if mark and (fence is None or line.strip().startswith(fence)):
            verbatim = (
                mark[2]
                and not mark[2].startswith("{")
                or re.match(r"\{(math|code|code-block|eval-rst|bibliography)\b", mark[2])
            )
            fence = None if fence else mark[1] if verbatim and mark[1][0] != ":" else None
            continue
        if fence:
            continue
        if line.strip().startswith("$$"):
            if not (line.strip().endswith("$$") and len(line.strip()) > 2) and not re.search(r"\$\$.*\$\$", line):
                formula = not formula
            continue
        if formula:
            formula = "$$" not in line
            continue
        if re.match(r"\s*(:[\w-]+:|\||%|#|\[.*\]:|<)", line):
            continue
        line = re.sub(r"^\s*(?:[-*]|\d+\.)?\s*\*\*[^*]+\*\*", "", line)  # a heading that runs on into its paragraph
        line = re.sub(r"(`+).+?\1", "x", line)
        line = re.sub(r"\$[^$]+\$", "x", line)
        line = re.sub(r"\]\([^)]*\)", "]", line)
        if line.strip():
            yield number, line


def faults_of_style(markdown):
    """Words that the book does without, and lines that hold more than one sentence."""
    for number, line in prose(markdown):
        for word in BANNED.findall(line):
            yield f"line {number} says {word!r}: {line.strip()[:100]}"
        if TWO_SENTENCES.search(ABBREVIATIONS.sub("x", line)):
            yield f"line {number} holds two sentences: {line.strip()[:140]}"
