"""Writes each chapter again as a notebook that needs nothing of this book: for download, Colab and the browser."""

import ast
import base64
import io
import json
import mimetypes
import os
import posixpath
import re
import tomllib
import zipfile
from pathlib import Path
from urllib.parse import urljoin

import nbformat
from docutils import nodes
from sphinx.application import Sphinx

ROOT = Path(__file__).resolve().parents[2]
FOLDER = "notebooks"  # of the site
HIDDEN = {"remove-cell"}
FOLDED = {"hide-input", "remove-input"}
SETUP = """\
# The package of this book, where it is not installed, and the looks of its figures.
import base64, io, logging, sys, tempfile, zipfile
import matplotlib

try:
    import bpcore
    assert bpcore.__version__ == "{version}"
except (ImportError, AssertionError):
    for name in [name for name in sys.modules if name.partition(".")[0] == "bpcore"]:
        del sys.modules[name]  # of another version
    folder = tempfile.mkdtemp()
    zipfile.ZipFile(io.BytesIO(base64.b64decode("{package}"))).extractall(folder)
    sys.path.insert(0, folder)
matplotlib.rcParams.update({looks})
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # its note on its first figure is no result"""
DATA = """\
# What the benchmarks measured, as the text quotes it.
from pathlib import Path

Path("measurements").mkdir(exist_ok=True)
for name, text in {texts}.items():
    Path("measurements", name).write_text(text, encoding="utf-8")"""


def package() -> str:
    """bpcore as a zip file in base64, the same bytes for the same sources."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted((ROOT / "bpcore").rglob("*")):
            if path.suffix in (".py", ".js", ".css"):
                info = zipfile.ZipInfo(path.relative_to(ROOT).as_posix(), (2020, 1, 1, 0, 0, 0))
                archive.writestr(info, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return base64.b64encode(memory.getvalue()).decode()


def looks() -> dict:
    """The settings of book/matplotlibrc."""
    rows = (row.split("#")[0] for row in (ROOT / "book" / "matplotlibrc").read_text(encoding="utf-8").splitlines())
    pairs = (row.split(":", 1) for row in rows if ":" in row)
    return {name.strip(): value.strip() for name, value in pairs}


class Plain:
    """The Markdown and the cells of one chapter, from its resolved doctree: numbers and links are the site's own."""

    def __init__(self, app, document, explorables=False):
        self.app, self.document, self.level, self.explorables = app, document, 0, explorables
        self.source = nbformat.read(app.env.doc2path(document), 4)
        self.cells, self.markdown = [], []
        self.reached = 0  # the place of the next cell of the source

    # Words

    def inline(self, node):
        return "".join(self.span(child) for child in node.children)

    def span(self, node):
        if isinstance(node, nodes.Text):
            return re.sub(r"([\\*_`$<\[\]])", r"\\\1", node.astext()).replace("\n", " ")
        if isinstance(node, nodes.math):
            return f"${node.astext().strip()}$"
        if isinstance(node, nodes.literal):
            return f"`{node.astext()}`"
        if isinstance(node, nodes.strong):
            return f"**{self.inline(node)}**"
        if isinstance(node, (nodes.emphasis, nodes.title_reference)):
            return f"*{self.inline(node)}*"
        if isinstance(node, nodes.superscript):
            return f"<sup>{self.inline(node)}</sup>"
        if "bibtex-citation" in node.get("classes", ()):
            return self.citation(node)
        if isinstance(node, nodes.reference):
            return self.reference(node)
        if isinstance(node, nodes.footnote_reference):
            return f"[{node.astext()}]"
        if isinstance(node, nodes.image):
            return self.image(node)
        if isinstance(node, (nodes.raw, nodes.target, nodes.Invisible)) or type(node).__name__ == "index":
            return ""
        if isinstance(node, (nodes.inline, nodes.generated, nodes.term, nodes.abbreviation)):
            return self.inline(node)
        if type(node).__name__ in ("number_reference", "download_reference"):
            return self.reference(node)
        raise NotImplementedError(f"{self.document}: {type(node).__name__}: {node.astext()[:60]!r}")

    def reference(self, node):
        """A link where its address is whole; the words alone where it is not."""
        words, address = self.inline(node), node.get("refuri", "")
        if "://" in address or address.startswith("mailto:"):
            return f"[{words}]({address})"
        site = os.environ.get("SITE_URL", "")
        if not site or not address or address.startswith("#"):
            return words
        page = posixpath.normpath(posixpath.join(posixpath.dirname(self.document), address))
        return f"[{words}]({urljoin(site.rstrip('/') + '/', page)})"

    def citation(self, node):
        """By names and year, since a notebook has no bibliography that would explain a label."""
        works = self.app.env.get_domain("cite")
        entries = {work.formatted_entry.label: works.bibdata.data.entries[work.key] for work in works.citations}
        named = not node.astext().startswith("[")  # the sentence has the names already
        words = []
        for child in node.children:
            entry = entries.get(child.astext()) if isinstance(child, nodes.reference) else None
            if entry:
                child = child.deepcopy()
                child.children = [nodes.Text(named and entry.fields.get("year") or names(entry))]
            words.append(self.span(child))
        return "".join(words)

    def image(self, node):
        path = Path(self.app.srcdir, node["uri"])
        kind, data = mimetypes.guess_type(path.name)[0], base64.b64encode(path.read_bytes()).decode()
        return f"![{node.get('alt', '')}](data:{kind};base64,{data})"

    # Blocks

    def blocks(self, children):
        return "\n\n".join(text for text in map(self.block, children) if text.strip())

    def block(self, node):
        kind = type(node).__name__
        if "countertype" in node or node.get("type") in ("exercise", "solution"):
            return self.box(node)
        if isinstance(node, nodes.paragraph):
            return self.inline(node)
        if isinstance(node, nodes.math_block):
            return self.formula(node)
        if isinstance(node, nodes.literal_block):
            language = node.get("language", "")
            language = "" if language in ("default", "none", "text") else language
            return f"```{language}\n{node.astext()}\n```"
        if isinstance(node, nodes.bullet_list):
            return "\n".join(self.item("- ", child) for child in node.children)
        if isinstance(node, nodes.enumerated_list):
            first = node.get("start", 1)
            return "\n".join(self.item(f"{number}. ", child) for number, child in enumerate(node.children, first))
        if isinstance(node, nodes.definition_list_item):
            return f"**{self.inline(node.children[0]).strip()}**: {self.blocks(node.children[1:])}"
        if isinstance(node, nodes.block_quote):
            return quoted(self.blocks(node.children))
        if isinstance(node, nodes.table):
            return self.table(node)
        if isinstance(node, nodes.figure):
            return self.figure(node)
        if isinstance(node, nodes.footnote):
            return f"[{node.children[0].astext()}] {self.blocks(node.children[1:])}"
        if isinstance(node, nodes.transition):
            return "---"
        if isinstance(node, nodes.Admonition):
            return self.admonition(node)
        if isinstance(node, nodes.raw):
            return ""
        if kind in ("proof_node", "glossary") or isinstance(
            node, (nodes.section, nodes.container, nodes.compound, nodes.topic, nodes.definition, nodes.definition_list)
        ):
            return self.blocks(node.children)
        return self.span(node)

    def item(self, mark, node):
        return mark + self.blocks(node.children).replace("\n", "\n" + " " * len(mark))

    def number(self, node, kind):
        found = self.app.env.toc_fignumbers.get(self.document, {}).get(kind, {}).get((node.get("ids") or [""])[0])
        return ".".join(map(str, found)) if found else ""

    def box(self, node):
        """A theorem or its like, an exercise, or a solution, with the site's number."""
        children, title = list(node.children), ""
        if isinstance(children[0], nodes.title):
            title = re.sub(r"\s+", " ", self.inline(children.pop(0))).strip()
        kind = node.get("realtype") or node["type"]
        if kind != "solution":
            number = self.number(node, node.get("countertype", kind))
            title = f"{kind.capitalize()} {number} {title}"
            title = re.sub(r"^(Exercise [\d.]+) Exercise( [\d.]*)?\s*$", r"\1", title).strip()
        body = self.blocks(children)
        if "dropdown" in node["classes"]:
            return folded(title, body)
        return quoted(f"**{title}.**\n\n{body}")

    def admonition(self, node):
        children = list(node.children)
        if isinstance(children[0], nodes.title):
            return quoted(f"**{self.inline(children[0])}**\n\n{self.blocks(children[1:])}")
        return quoted(self.blocks(children))

    def formula(self, node):
        """On one line, since a notebook takes a > at the beginning of a line for a quotation."""
        tex = node.astext().strip()
        if r"\\" in tex and r"\begin" not in tex:
            tex = rf"\begin{{aligned}}{tex}\end{{aligned}}"
        if node["number"]:
            tex += rf" \tag{{{self.number(node, 'displaymath') or node['number']}}}"
        return f"$${' '.join(tex.split())}$$"

    def figure(self, node):
        caption = lambda child: self.caption("figure", node, child)
        parts = [caption(child) if isinstance(child, nodes.caption) else self.block(child) for child in node.children]
        return "\n\n".join(parts)

    def caption(self, kind, node, words):
        number = self.number(node, kind)
        prefix = f"{self.app.config.numfig_format[kind] % number}: " if number else ""
        return f"*{prefix}{self.inline(words)}*"

    def table(self, node):
        rows = [
            [self.blocks(entry.children).replace("\n", " ").replace("|", r"\|") for entry in row.children]
            for row in node.findall(nodes.row)
        ]
        if node.next_node(nodes.thead) is None:
            rows.insert(0, [""] * len(rows[0]))
        rows.insert(1, ["---"] * len(rows[0]))
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)

    # Cells

    def flush(self):
        text = "\n\n".join(part for part in self.markdown if part.strip())
        self.markdown = []
        if text:
            self.cells.append(nbformat.v4.new_markdown_cell(text))

    def walk(self, node):
        for child in node.children:
            if is_solution(child):
                self.solution(child)
            elif is_cell(child):
                self.cell(child)
            elif isinstance(child, nodes.section):
                self.level += 1
                self.walk(child)
                self.level -= 1
            elif isinstance(child, nodes.title):
                self.flush()
                self.markdown.append("#" * max(self.level, 1) + " " + self.inline(child))
            elif isinstance(child, nodes.Element) and next(child.findall(is_cell), None) is not None:
                self.walk(child)
            else:
                self.markdown.append(self.block(child))

    def cell(self, node):
        self.flush()
        for place in range(self.reached, node["cell_index"]):
            self.left_out(place)
        self.reached = node["cell_index"] + 1
        cell = nbformat.from_dict(self.source.cells[node["cell_index"]])
        cell.metadata = folded_source(cell.metadata)
        if not self.explorables:
            cell.outputs = [plain_output(output) for output in cell.outputs]
        self.cells.append(cell)
        for figure in node.findall(nodes.figure):
            for words in figure.findall(nodes.caption):
                self.markdown.append(self.caption("figure", figure, words))

    def left_out(self, place):
        """What later cells need of a code cell that the page leaves out, and that the doctree does not have."""
        cell, later = self.source.cells[place], self.source.cells[place + 1 :]
        if cell.cell_type == "code" and HIDDEN & set(cell.metadata.get("tags", [])):
            source = needed_of(cell.source, [other.source for other in later if other.cell_type == "code"])
            if source:
                metadata = {"jupyter": {"source_hidden": True}, "tags": ["remove-cell"]}
                self.cells.append(nbformat.v4.new_code_cell(source, metadata=metadata))

    def solution(self, node):
        """Its words between tags that fold them, its cells with source and outputs hidden until they are asked for."""
        children = [child.deepcopy() for child in node.children]
        title = re.sub(r"\s+", " ", self.inline(children.pop(0))).strip()
        self.flush()
        first = len(self.cells)
        self.walk(nodes.container("", *children))
        self.flush()
        if self.cells[first].cell_type == "code":  # it has no words: say whose cells these are
            self.cells.insert(first, nbformat.v4.new_markdown_cell("In the next cell, which is folded."))
        for cell in self.cells[first:]:
            if cell.cell_type == "markdown":
                cell.source = folded(title, cell.source)
            else:
                cell.metadata["jupyter"] = {"source_hidden": True, "outputs_hidden": True}

    def notebook(self, doctree):
        self.walk(doctree)
        self.flush()
        text = "\n".join(cell.source for cell in self.source.cells if cell.cell_type == "code")
        first = [SETUP.format(version=version(), package=package(), looks=looks())]
        used = sorted(set(re.findall(r"measurements/(\w+\.json)", text)))
        if used:
            folder = ROOT / "book" / "measurements"
            packed = {name: json.dumps(json.loads((folder / name).read_bytes()), ensure_ascii=False) for name in used}
            first.append(DATA.format(texts=packed))
        setup = [nbformat.v4.new_code_cell(source, metadata={"jupyter": {"source_hidden": True}}) for source in first]
        cells = [*self.cells[:1], *setup, *self.cells[1:]]
        for place, cell in enumerate(cells):
            cell["id"] = f"cell-{place}"
        made = nbformat.v4.new_notebook(cells=cells, metadata=self.source.metadata)
        nbformat.validate(made)
        return made


def names(entry):
    """Who wrote a work of the bibliography, and when; its title where nobody is named."""
    written = [re.sub("[{}]", "", " ".join(person.last_names)) for person in entry.persons.get("author", ())]
    if not written:
        return entry.fields["title"]
    others = len(written) > 2 or written[-1] == "others"
    who = f"{written[0]} et al." if others else " and ".join(written)
    return f"{who} {entry.fields.get('year', '')}".strip()


def needed_of(source, later):
    """A cell that the page leaves out, without its glue: nothing, if it then defines no name that is used later."""
    statements = [node for node in ast.parse(source).body if "glue" not in names_in(node, ast.Load, ast.Store)]
    defined = set().union(*(names_in(node, ast.Store) for node in statements))
    used = set().union(*(names_in(ast.parse(text), ast.Load) for text in later))
    return "\n".join(ast.get_source_segment(source, node) for node in statements) if defined & used else ""


def names_in(tree, *contexts):
    """The names that a program reads (``ast.Load``), or that it defines (``ast.Store``), imported ones among them."""
    walked = list(ast.walk(tree))
    names = {node.id for node in walked if isinstance(node, ast.Name) and isinstance(node.ctx, contexts)}
    if ast.Store in contexts:
        names |= {(node.asname or node.name).partition(".")[0] for node in walked if isinstance(node, ast.alias)}
        names |= {node.name for node in walked if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    return names


def is_cell(node):
    return isinstance(node, nodes.container) and node.get("nb_element") == "cell_code"


def is_solution(node):
    return isinstance(node, nodes.Element) and (
        node.get("type") == "solution" or type(node).__name__.startswith("solution")
    )


def quoted(text):
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def folded(title, text):
    return f"<details>\n<summary><b>{title}</b></summary>\n\n{text}\n\n</details>"


def folded_source(metadata):
    """Code that the page folds or leaves out is folded here; what MyST alone understands goes."""
    kept = {"jupyter": {"source_hidden": True}} if FOLDED & set(metadata.get("tags", [])) else {}
    return nbformat.from_dict(kept)


def plain_output(output):
    """Without the book's own kind of output, for which other tools have the picture and the words beside it."""
    if "data" in output:
        output = nbformat.from_dict(output)
        output.data = {kind: value for kind, value in output.data.items() if "every-gradient-checked" not in kind}
        output.metadata = {}
    return output


def version():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


def note_what_is_packed(app: Sphinx, doctree) -> None:
    """A notebook is written anew when a part of the package, a measurement or the style that it holds has changed."""
    if app.env.doc2path(app.env.docname).endswith(".ipynb"):
        book = ROOT / "book"
        packed = [*(ROOT / "bpcore").rglob("*.*"), *(book / "measurements").glob("*.json"), ROOT / "pyproject.toml"]
        for path in [*packed, book / "matplotlibrc", book / "_lite" / "short_output.py"]:
            if path.suffix != ".pyc":
                app.env.note_dependency(str(path))


def write_plain(app: Sphinx, doctree, document: str) -> None:
    if app.builder.name != "html" or not app.env.doc2path(document).endswith(".ipynb"):
        return
    target = Path(app.outdir) / FOLDER / f"{document.rpartition('/')[2]}.ipynb"
    target.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(Plain(app, document).notebook(doctree), target)


def offer_download(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """The page's download button gives the plain notebook."""
    if doctree is None or not app.env.doc2path(pagename).endswith(".ipynb"):
        return
    up = "../" * pagename.count("/")
    plain = f"{up}{FOLDER}/{pagename.rpartition('/')[2]}.ipynb"
    for button in context.get("header_buttons", []):
        for entry in button.get("buttons", [button]):
            if "_sources" in str(entry.get("url", "")) and str(entry["url"]).endswith(".ipynb"):
                entry["url"] = plain


def setup(app: Sphinx) -> dict:
    app.connect("doctree-read", note_what_is_packed)
    app.connect("doctree-resolved", write_plain, priority=900)
    app.connect("html-page-context", offer_download, priority=950)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
