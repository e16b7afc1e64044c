"""Lays out what programs print: the doctor's labels and sentences in two columns, and no row ends at a hyphen."""

import re

from sphinx.application import Sphinx

OUTPUT = re.compile(r"(<pre><span></span>)([^<]+)(</pre>)")
LABEL = r"or|where|line|yours|right|the cost|gradient|book|layer \d+|formula|why|cure|evidence|unseen"
ROW = re.compile(rf"(?=.{{12,13}}(?<= )\S)(  (?:{LABEL}) +)(\S.*)")
TAG_OR_WHOLE = re.compile(r"<[^>]*>|(?<![\w.-])-?[\w.]+-[\w.-]{1,22}(?![\w.-])")  # 1e-15, slope-of-a
GOES_ON = re.compile(r" {12,13}(?=\S)")


def report(text: str) -> str:
    """The text in elements, a row each; lines that were only wrapped are joined. Other text comes back as it is."""
    rows = []
    for line in text.rstrip("\n").split("\n"):
        row = ROW.fullmatch(line)
        if row:
            rows.append([row[1], row[2]])
        elif GOES_ON.match(line) and rows and rows[-1][0]:
            between = "" if re.search(r"\w-$", rows[-1][1]) else " "
            rows[-1][1] += between + line.strip()
        else:
            rows.append(["", line])
    if sum(bool(label) for label, _ in rows) < 2:
        return text
    return "".join(
        f'<span class="report-row"><span class="report-label">{label}</span>{said}\n</span>'
        if label
        else f'<span class="report-title">{said}\n</span>'
        for label, said in rows
    )


def unbroken(text: str) -> str:
    """The text, or its elements, with each number or name that holds a hyphen in an element of its own."""
    return TAG_OR_WHOLE.sub(
        lambda found: found[0] if found[0][0] == "<" else f'<span class="code-whole">{found[0]}</span>', text
    )


def lay_out(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    if context.get("body") and app.builder.format == "html":
        context["body"] = OUTPUT.sub(lambda match: match[1] + unbroken(report(match[2])) + match[3], context["body"])


def setup(app: Sphinx) -> dict:
    app.connect("html-page-context", lay_out)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
