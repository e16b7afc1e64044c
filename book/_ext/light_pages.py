"""Makes the pages light: pictures come when they are near, icons are those that the site shows, no layout is forced.

It also keeps together on a line what is one thing: a large number, the sizes of a network, a derivative, an option of a
command.
"""

import re
from html import escape
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util import logging

FIGURE = re.compile(r"<figure\b.*?</figure>", re.DOTALL)
STORED_PICTURE = re.compile(r'<img (?P<before>[^>]*?)src="(?P<source>[^"]*_images/[^"]+\.png)"(?P<after>[^>]*)>')
NOTE_TO_THE_FORMATTER = re.compile(r'\s*<span class="c1"># fmt: skip</span>')
WIDTH = re.compile(r'\bwidth="(\d+)"')
WIDE = 600  # pixels from which on a phone makes a picture's letters too small; book.css then lets it move sideways
NUMBER = re.compile(r'class="caption-number">(.*?)\s*</span>')
ICON_RULE = re.compile(r'((?:\.fa-[a-z0-9-]+:before,?)+)\{content:"([^"]+)"\}')
ICON_NAME = re.compile(r"\bfa-[a-z0-9-]+")
# The theme asks every box for its width and writes after each answer, which lays the page out again and again;
# book.js does the same when a box comes near the window.
TAB_STOPS = "e.tabIndex=e.scrollWidth>e.clientWidth||e.scrollHeight>e.clientHeight?0:-1"

TAG = r"""<(?:"[^"]*"|'[^']*'|[^'">])*>"""
NOT_PROSE = re.compile(rf"(<(script|style|pre|code|math|svg|textarea)\b.*?</\2>|<!--.*?-->|{TAG})", re.DOTALL)
GROUPS = re.compile(  # 60 000, 5 %, λ = 0
    r"(?<![\w.,])(\d{1,3}(?: \d{3})+)(?![\d.,]*\d)|(?<=\d) (?=%)|(?<![\w.\[(])[^\W\d_] = (?=[−-]?\d)"
)
WHOLE = re.compile(  # 2-8-8-1, ∂C/∂θ, σ′(z), θ ←, -pars, 1/√(
    r"(?<![\w-])\d+(?:-\d+){2,}(?![\w-])|[−-]?∂\w{0,3}/∂\w{0,16}|\w{1,16}(?:\([−-]?[\d.]{1,6}\))?′\(\w{1,4}\)?|"
    r"\b\w{1,12} ←(?!\S)|(?<![^\s(“])-\w{1,24}|\d/√\(?"
)
OPTION = re.compile(r'<span class="pre">(?=--?[A-Za-z][^<\s]{0,31}</span>)')
LONG_CODE = re.compile(r'(?<=<span class="pre">)[^<\s]{16,}(?=</span>)')
BETWEEN_NAMES = re.compile(r"(?<=[\w)\]][(\[,])(?=[A-Za-z_]|&quot;|&#39;)")  # ACTIVATIONS["sigmoid"]

logger = logging.getLogger(__name__)


def png_size(path: Path) -> tuple[int, int]:
    """Width and height, from the first bytes of the file."""
    with path.open("rb") as file:
        head = file.read(24)
    return int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")


def lighten_pictures(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Stored pictures get their size and wait until they are near; those in figures lead to their full size."""
    body = context.get("body")
    if not body or app.builder.format != "html":
        return
    files = {Path(place).name: Path(app.srcdir, uri) for uri, (_, place) in app.env.images.items()}

    def sized(match):
        path = files.get(match["source"].rpartition("/")[2])
        if "loading=" in match[0] or path is None or not path.exists():
            return match[0]
        width, height = png_size(path)
        rest = re.sub(r'\s(?:width|height)="[^"]*"', "", f"{match['before']}{match['after']}").strip(" /")
        size = f'width="{width}" height="{height}" loading="lazy" decoding="async"'
        return f'<img src="{match["source"]}" {rest} {size}>'

    def enlargeable(match):
        number = NUMBER.search(match[0])
        name = escape(f"{number[1] if number else 'Picture'} in full size")

        def link(image):
            if "x-still" in image[0]:
                return image[0]
            width = WIDTH.search(image[0])
            kind = "full-size wide" if width and int(width[1]) > WIDE else "full-size"
            return f'<a class="{kind}" href="{image["source"]}" aria-label="{name}">{image[0]}</a>'

        return STORED_PICTURE.sub(link, match[0])

    context["body"] = FIGURE.sub(enlargeable, STORED_PICTURE.sub(sized, body))


def without_notes_to_tools(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Code is shown without what only the formatter reads."""
    if context.get("body"):
        context["body"] = NOTE_TO_THE_FORMATTER.sub("", context["body"])


def keep_together(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """No line ends within 60 000, λ = 0 or 2-8-8-1, or after the dashes of an option; what is copied stays as typed.

    Long code may be broken behind its brackets and commas, and so not elsewhere where that is enough.
    """
    if not context.get("body"):
        return
    pieces, place = [], 0
    for found in NOT_PROSE.finditer(context["body"]):
        pieces += [unbroken(context["body"][place : found.start()]), found[0]]
        place = found.end()
    pieces.append(unbroken(context["body"][place:]))
    body = OPTION.sub('<span class="pre unbroken">', "".join(pieces))
    context["body"] = LONG_CODE.sub(lambda code: BETWEEN_NAMES.sub("<wbr>", code[0]), body)


def unbroken(text: str) -> str:
    """A piece of prose with no-break spaces in its numbers, and what else is one thing in an element of its own."""
    text = GROUPS.sub(lambda found: found[0].replace(" ", "\u00a0"), text)
    return WHOLE.sub(r'<span class="unbroken">\g<0></span>', text)


def lighten_theme(app: Sphinx, exception) -> None:
    """Cut the theme's icon fonts, their style rules and one loop of its script down to what the pages use."""
    if exception or app.builder.name != "html":
        return
    out = Path(app.outdir)
    static = out / "_static"
    used = {name for page in out.rglob("*.html") for name in ICON_NAME.findall(page.read_text(encoding="utf-8"))}
    style = static / "styles" / "pydata-sphinx-theme.css"
    text = style.read_text(encoding="utf-8")

    def kept(match):
        return match[0] if used & set(ICON_NAME.findall(match[1])) else ""

    text = ICON_RULE.sub(kept, text)
    style.write_text(text, encoding="utf-8")
    escapes = {int(code, 16) for code in re.findall(r'"\\([ef][0-9a-f]{3})"', text)}
    cut_fonts(
        static / "vendor" / "fontawesome" / "webfonts", escapes | {ord(sign) for sign in text if ord(sign) > 0xDFFF}
    )
    script = static / "scripts" / "pydata-sphinx-theme.js"
    code = script.read_text(encoding="utf-8")
    if TAB_STOPS not in code and "void 0/*tab stops*/" not in code:
        logger.warning(
            "the theme's script has no loop for tab stops any more: look whether book.js still needs its own"
        )
    script.write_text(code.replace(TAB_STOPS, "void 0/*tab stops*/"), encoding="utf-8")


def light_without_scripts(app: Sphinx, exception) -> None:
    """Serve the light colours, which hang on ``data-theme``, where no script turns "auto" into light or dark."""
    if exception or app.builder.name != "html":
        return
    for page in Path(app.outdir).rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace('data-theme="auto">', 'data-theme="light">', 1), encoding="utf-8")


def cut_fonts(folder: Path, signs: set[int]) -> None:
    """Keep these signs in each font of a folder; a font that has none of them is asked for by no page."""
    from fontTools import configLogger, subset
    from fontTools.ttLib import TTFont

    configLogger(level="WARNING")
    options = subset.Options()
    options.flavor, options.layout_features = "woff2", []
    for path in folder.glob("*.woff2"):
        font = TTFont(path.with_suffix(".ttf"))
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=signs & font.getBestCmap().keys())
        cutter.subset(font)
        font.flavor = "woff2"
        font.save(path)


def setup(app: Sphinx) -> dict:
    app.connect("html-page-context", lighten_pictures, priority=800)
    app.connect("html-page-context", without_notes_to_tools)
    app.connect("html-page-context", keep_together, priority=850)
    app.connect("build-finished", lighten_theme)
    app.connect("build-finished", light_without_scripts, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
