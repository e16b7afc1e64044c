"""Lays out what the doctor prints as labels and sentences, so that it wraps on a phone and keeps its two columns."""

import re

from sphinx.application import Sphinx

OUTPUT = re.compile(r"(<pre><span></span>)([^<]+)(</pre>)")
LABEL = r"where|line|yours|right|book|layer \d+|formula|why|cure|evidence|unseen"
ROW = re.compile(rf"(?=.{{12,13}}(?<= )\S)(  (?:{LABEL}) +)(\S.*)")
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


def lay_out(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    if context.get("body") and app.builder.format == "html":
        context["body"] = OUTPUT.sub(lambda match: match[1] + report(match[2]) + match[3], context["body"])


def setup(app: Sphinx) -> dict:
    app.connect("html-page-context", lay_out)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
