"""The prose of the book, for tests: what is left of Markdown when code, formulas and directives are taken out."""

import json
import re
from pathlib import Path

from markdown_blocks import blocks

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
    """Pairs (line number, text) of the lines of prose, each with its code, formulas and roles replaced by a letter."""
    before = ""
    for token, first in blocks(markdown):
        if token.type == "inline" and before not in ("heading_open", "th_open", "td_open"):
            for number, line in enumerate(words(token.children).split("\n"), first):
                if line.strip():
                    yield number, line
        before = token.type


def words(pieces):
    """The text of a paragraph, without the bold words with which one of its lines begins: a heading that runs on."""
    text, skipping = "", False
    for piece in pieces:
        if piece.type == "strong_open" and (not text or text.endswith("\n")):
            skipping = True
        elif piece.type == "strong_close":
            skipping = False
        elif piece.type in ("softbreak", "hardbreak"):
            text += "\n"
        elif not skipping and not piece.type.endswith(("_open", "_close")):
            text += piece.content if piece.type in ("text", "text_special") else "x"
    return text


def faults_of_style(markdown):
    """Words that the book does without, lines that hold more than one sentence, and fences that are none."""
    for line in markdown.splitlines():
        if re.match(r"```\{.*`", line):
            yield f"a fence of backticks may not have one in its first line: {line}"
    for number, line in prose(markdown):
        for word in BANNED.findall(line):
            yield f"line {number} says {word!r}: {line.strip()[:100]}"
        if TWO_SENTENCES.search(ABBREVIATIONS.sub("x", line)):
            yield f"line {number} holds two sentences: {line.strip()[:140]}"
