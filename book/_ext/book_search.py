"""Gives the site a search of its own: its sections, from the doctree, and the scripts that rank them in the page."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import vendored
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.search.en import english_stopwords, js_porter_stemmer

ROOT = Path(__file__).resolve().parents[2]
PARTS = ROOT / "book" / "_static" / "search"  # put into one file, which a page asks for when its search is used
LEAST = 3  # letters of a name in a program that can be searched for
COMMENT = re.compile(r"^\s*/\*\*.*?\*/\n|^//# sourceMappingURL[^\n]*", re.DOTALL | re.MULTILINE)
SOURCE_LINE = re.compile(r"(?<=[.?!:])\n|(?<=[.?!][”\")])\n")  # the sources have a sentence a line
SENTENCE = re.compile(r"(?<=[.?!:。?!])[”\"')]*\s+(?=[^a-z\s])|(?<=[。?!])")
RAISED = dict(zip("0123456789+−=()lijkmnTx", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ˡⁱʲᵏᵐⁿᵀˣ"))
LOWERED = dict(zip("0123456789+−=()lijkmnx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₗᵢⱼₖₘₙₓ"))
SPACED = set("=≠<>≤≥≈≪≫∈→←↦+−±·×⊙∘")
SILENT = (nodes.Invisible, nodes.raw, nodes.image, nodes.math_block, nodes.target, addnodes.toctree, addnodes.index)


def formula(element) -> str:
    """A short formula in one line of text, from its MathML."""
    inner = [formula(child) for child in element]
    if element.tag == "mfrac":
        return "/".join(part if len(part) < 3 else f"({part})" for part in inner)
    if element.tag == "msqrt":
        return f"√({''.join(inner)})"
    if element.tag in ("msup", "msub", "msubsup"):
        base, *scripts = map(str.strip, inner)
        tables = {"msup": ((RAISED, "^"),), "msub": ((LOWERED, "_"),), "msubsup": ((LOWERED, "_"), (RAISED, "^"))}
        for script, (table, sign) in zip(scripts, tables[element.tag]):
            small = "".join(table.get(letter, "?") for letter in script.replace(" ", ""))
            base += script if set(script) <= set("′∗*") else f"{sign}{script}" if "?" in small else small
        return base
    if element.tag == "mtd":
        return "".join(inner) + " "
    text = re.sub("[\u2061-\u2064\u200b]", "", element.text or "").strip() if element.tag != "mspace" else " "
    return f" {text} " if element.tag == "mo" and text in SPACED else text + "".join(inner)


class Page:
    """What one page holds for the search: sections, terms, statements, exercises and functions, each with its text."""

    def __init__(self, app, document):
        self.app, self.document, self.found = app, document, []

    def text(self, node) -> str:
        if isinstance(node, nodes.math):
            answer = self.app.static_math(node.astext(), False)
            root = ElementTree.fromstring(answer["mathml"]) if "mathml" in answer else None
            return re.sub(r"\s+", " ", formula(root)).strip() if root is not None else ""
        if isinstance(node, SILENT):
            return ""
        if isinstance(node, nodes.Text):
            return node.astext()
        return "".join(map(self.text, node.children))

    def line(self, node) -> str:
        return re.sub(r"\s+", " ", self.text(node)).strip()

    def entry(self, kind, node, heading, content):
        anchor = next(iter(node.get("ids") or node.parent.get("ids", ())), "")
        entry = {"kind": kind, "anchor": anchor, "heading": heading, "lines": [], "code": set()}
        self.found.append(entry)
        for child in content:
            self.walk(child, entry)

    def walk(self, node, entry):
        """Put what the node says into the entry, or into one of its own below it."""
        kind = type(node).__name__
        title = self.line(node.children[0]) if node.children and isinstance(node.children[0], nodes.title) else ""
        if isinstance(node, SILENT) or node.get("type") == "solution" or kind.startswith("solution"):
            return  # solutions are for later
        if isinstance(node, nodes.section) and title:
            self.entry("section", node, title, node.children[1:])
        elif node.get("type") == "exercise":
            self.entry("exercise", node, ": ".join(filter(None, ("Exercise", title.strip("()")))), node.children[1:])
        elif "countertype" in node and node.get("ids"):
            words = title.strip("()")
            self.entry("statement", node, words or node["countertype"].capitalize(), node.children[1:])
        elif isinstance(node, nodes.definition_list_item) and node.children[0].get("ids"):
            meaning = node.children[-1]
            native = " ".join(re.findall("[\u4e00-\u9fff]+", self.line(meaning)))
            self.entry("term", node.children[0], f"{self.line(node.children[0])} {native}".strip(), meaning.children)
        elif isinstance(node, addnodes.desc):
            signature = node.children[0]
            self.entry("function", signature, signature.get("fullname") or self.line(signature), node.children[1:])
        elif isinstance(node, nodes.literal_block):
            entry["code"].update(re.findall(rf"[A-Za-z_]\w{{{LEAST - 1},}}", node.astext()))
        elif node.get("nb_element") == "cell_code_output":
            for words in node.findall(nodes.caption):
                self.say(self.text(words), entry)
        elif isinstance(node, nodes.row):
            if not isinstance(node.parent, nodes.thead):
                cells = (re.sub(r"^·\s*|\s*·$", "", self.line(cell)) for cell in node.children)
                entry["lines"].append(" · ".join(filter(None, cells)))
        elif isinstance(node, (nodes.TextElement, nodes.citation)):
            self.say(self.text(node), entry)
        else:
            for child in node.children:
                self.walk(child, entry)

    def say(self, text, entry):
        if entry["kind"] == "term" and not re.search("[a-z]", text):
            return  # the Chinese word, which is in the heading
        for line in SOURCE_LINE.split(text):
            sentences = SENTENCE.split(re.sub(r"\s+", " ", line))
            entry["lines"] += [sentence.strip() for sentence in sentences if sentence.strip()]

    def data(self, doctree):
        about = self.app.env.metadata[self.document]
        number = self.app.env.toc_secnumbers.get(self.document, {}).get("", ())
        top = next(doctree.findall(nodes.section))
        self.walk(top, None)
        first, *others = self.found
        return {
            "url": self.app.builder.get_target_uri(self.document),
            "title": first["heading"],
            "number": ".".join(map(str, number)),
            "asked": about.get("asked", ""),
            "entries": [
                [
                    entry["kind"],
                    entry["anchor"],
                    entry["heading"],
                    "\n".join(entry["lines"]),
                    " ".join(sorted(entry["code"])),
                ]
                for entry in ({**first, "kind": "page", "anchor": "", "heading": ""}, *others)
            ],
        }


def replace_search(app: Sphinx) -> None:
    """Sphinx makes neither its index nor its page of results, which this extension replaces."""
    app.builder.search = app.builder.name != "html" and app.builder.search
    app.search_pages = {}


def take_page(app: Sphinx, doctree, document: str) -> None:
    if app.builder.name == "html" and "nosearch" not in app.env.metadata[document]:
        app.search_pages[document] = Page(app, document).data(doctree)


def add_page_of_results(app: Sphinx):
    if app.builder.name == "html":
        yield "search", {}, "search.html"


def drop_highlighter(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Sphinx's results led to a page with every word marked; these lead to the section."""
    scripts = context.get("script_files", [])
    scripts[:] = [script for script in scripts if "sphinx_highlight" not in str(getattr(script, "filename", script))]


def write_search(app: Sphinx, exception) -> None:
    """One script for all that the search needs, since a page from file:// can load scripts and nothing else."""
    if exception or app.builder.name != "html":
        return
    store = Path(app.doctreedir) / "book_search.json"  # pages that this build did not write again
    known = json.loads(store.read_text(encoding="utf-8")) if store.exists() else {}
    pages = {name: page for name, page in {**known, **app.search_pages}.items() if name in app.env.found_docs}
    store.write_text(json.dumps(pages), encoding="utf-8")
    order = [name for name in contents(app) if name in pages]
    rooms = places(app)
    data = {
        "pages": [{**pages[name], "place": rooms.get(name, "")} for name in order],
        "stopWords": sorted(english_stopwords),
    }
    read = lambda path: path.read_text(encoding="utf-8")
    parts = [
        COMMENT.sub("", read(vendored.fetch("build") / "minisearch.js")),
        js_porter_stemmer,
        read(PARTS / "ranking.js"),
        f"var bookSections = {json.dumps(data, ensure_ascii=False)};",
        f"var bookSearchStyle = {json.dumps(read(PARTS / 'results.css'))};",
        read(PARTS / "results.js"),
    ]
    out = Path(app.outdir) / "_static"
    (out / "search.js").write_text("\n".join(parts), encoding="utf-8")
    for path in (
        *(out / "search").glob("*"),
        out.parent / "searchindex.js",
        out / "searchtools.js",
        out / "language_data.js",
    ):
        path.unlink(missing_ok=True)


def places(app: Sphinx) -> dict[str, str]:
    """Page → the part of the book that it is in, and the page above it where there is one."""
    found = {}
    for tree in app.env.get_doctree(app.config.root_doc).findall(addnodes.toctree):
        for name in tree["includefiles"]:
            found[name] = part = tree.get("caption") or ""
            title = app.env.titles[name].astext()
            found |= dict.fromkeys(app.env.toctree_includes.get(name, ()), f"{part} · {title}")
    return found


def contents(app: Sphinx):
    """The pages in the order of the contents."""
    todo, seen = [app.config.root_doc], {}
    while todo:
        name = todo.pop(0)
        if name not in seen:
            seen[name] = True
            todo = [*app.env.toctree_includes.get(name, ()), *todo]
    return [*seen, *sorted(app.env.found_docs - seen.keys())]


def setup(app: Sphinx) -> dict:
    app.connect("builder-inited", replace_search)
    app.connect("doctree-resolved", take_page, priority=900)
    app.connect("html-collect-pages", add_page_of_results)
    app.connect("html-page-context", drop_highlighter, priority=900)
    app.connect("build-finished", write_search)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": False}
