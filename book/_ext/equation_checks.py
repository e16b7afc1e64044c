"""Runs the check of every labelled equation while the book is built, and shows in a table what came out."""

import hashlib
import importlib
import json
import platform
import re
import sys
from importlib.metadata import version
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.display import progress_message
from sphinx.util.docutils import SphinxDirective

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "tests" / "equations"
LIBRARIES = "numpy", "scipy", "scikit-learn", "sympy"
HEADINGS = "No.", "What is held against what", "Residual ≤ limit", "Mutants"
STORE = "equation_checks.json"  # in the folder of the doctrees
NOTE = "equation_checks"  # under which a page that lists the checks is noted in Sphinx's environment

logger = logging.getLogger(__name__)


def entry_files():
    """The files with entries and their helpers, by name."""
    return {path.stem: path for path in sorted(FOLDER.glob("*.py")) if path.stem != "__init__"}


def keys():
    """For each file a digest of all that its results depend on: its text, its imports, bpcore, and the libraries."""
    texts = {name: path.read_text(encoding="utf-8") for name, path in entry_files().items()}
    package = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "bpcore").rglob("*.py")))
    versions = [platform.python_version(), *(f"{library} {version(library)}" for library in LIBRARIES)]

    def needed(name, known):
        for other in re.findall(r"^from \.(\w+) import", texts[name], re.MULTILINE):
            if other in texts and other not in known:
                known = needed(other, known | {other})
        return known

    return {
        name: hashlib.sha256(
            "\n".join(
                [package, *versions, texts[name], *(texts[other] for other in sorted(needed(name, {"registry"})))]
            ).encode()
        ).hexdigest()
        for name in texts
    }


def registry():
    """The module with the registry, to which the files of entries add their own when they are imported."""
    for place in str(ROOT), str(ROOT / "tests"):
        if place not in sys.path:
            sys.path.insert(0, place)
    return importlib.import_module("equations.registry")


def outcome(entry, sizes):
    """What the check of one equation gives at all sizes: as a row of the table, and what is wrong with it."""
    row = {
        "compared": entry.compared,
        "exact": entry.tolerance == 0,
        "derived": False,
        "residual": None,
        "bound": None,
        "mutants": len(entry.mutants),
        "red": 0,
        "faults": [],
    }
    for size in sizes:
        try:
            residual, bound = entry.check(size)
        except Exception as error:
            row["faults"].append(f"{entry.label} fails at the sizes {size}: {type(error).__name__}: {error}")
            continue
        if row["residual"] is None or residual > row["residual"]:
            row.update(residual=float(residual), bound=float(bound), derived=bool(bound != entry.tolerance))
    for name in entry.mutants:
        try:
            unseen = entry.stays_green(name)
        except Exception as error:
            row["faults"].append(f"{entry.label}: the mutant {name!r} does not run: {type(error).__name__}: {error}")
            continue
        row["red"] += not unseen
        if unseen:
            row["faults"].append(f"{entry.label}: the mutant {name!r} stays green at the sizes {unseen[0]}")
    return row


def rows(store):
    """label → row for every entry, and which files cannot be read; unchanged rows come from the file ``store``."""
    now, kept, faults = keys(), json.loads(store.read_text(encoding="utf-8")) if store.exists() else {}, []
    kept = {name: file for name, file in kept.items() if file["key"] == now.get(name)}
    entries, sizes = registry().EQUATIONS, registry().SIZES
    for name in sorted(now.keys() - kept.keys()):
        try:
            importlib.import_module(f"equations.{name}")
        except Exception as error:
            faults.append(f"tests/equations/{name}.py cannot be imported: {type(error).__name__}: {error}")
            continue
        kept[name] = {
            "key": now[name],
            "rows": {label: outcome(entry, sizes) for label, entry in entries.items() if entry.file == f"{name}.py"},
        }
    store.write_text(json.dumps(kept), encoding="utf-8")
    return {label: row for file in kept.values() for label, row in file["rows"].items()}, faults


def pages_in_order(app):
    """The book's pages in the order of its contents."""
    site_map, order = app.config.external_site_map, []

    def walk(name):
        order.append(name)
        for child in site_map[name].child_files():
            walk(child)

    walk(site_map.root.docname)
    return order


def labels_by_page(app):
    """page → its labels, for the pages of the contents that have any."""
    found = {}
    for label in registry().collect(ROOT / "book")[0]:
        found.setdefault(re.split(r"\.(?:md|ipynb)\b", label.place)[0], []).append(label.name)
    return {page: list(dict.fromkeys(found[page])) for page in pages_in_order(app) if page in found}


def fingerprint(app):
    """A digest of everything that the page of the checks shows."""
    return hashlib.sha256(json.dumps([keys(), labels_by_page(app)]).encode()).hexdigest()


def title_of(page):
    """The first heading of a page or a notebook, read from its source, since other pages may not have been read yet."""
    path = next(ROOT / f"{page}{ending}" for ending in (".md", ".ipynb") if (ROOT / f"{page}{ending}").exists())
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        text = "\n\n".join(
            "".join(cell["source"]) for cell in json.loads(text)["cells"] if cell["cell_type"] == "markdown"
        )
    return re.search(r"^# (.+)$", text, re.MULTILINE)[1].strip()


class EquationChecks(SphinxDirective):
    """``{equation-checks}``: a sentence with the sums, and for each chapter a table of its equations."""

    def run(self):
        with progress_message("checking the equations"):
            results, faults = rows(Path(self.env.app.doctreedir) / STORE)
        pages = labels_by_page(self.env.app)
        shown = {label: results.get(label) for labels in pages.values() for label in labels}
        for label, row in shown.items():
            faults += row["faults"] if row else [f"{label} has no entry in tests/equations"]
        for fault in faults:
            logger.warning(fault, type="equation", subtype="check", location=self.get_location())
        self.env.metadata[self.env.docname][NOTE] = "" if faults else fingerprint(self.env.app)
        return [
            self.summary([row for row in shown.values() if row]),
            *(self.section(page, labels, shown) for page, labels in pages.items()),
        ]

    def summary(self, checked):
        exact, derived = sum(row["exact"] for row in checked), sum(row["derived"] for row in checked)
        red, mutants = sum(row["red"] for row in checked), sum(row["mutants"] for row in checked)
        text = (
            f"{len(checked)} equations are listed: {exact} hold exactly, {derived} stay below a bound that rounding "
            f"explains, and {len(checked) - exact - derived} below a tolerance that was set. "
            f"Of {mutants} mutants, {red} turn their check red."
        )
        return nodes.paragraph("", text, classes=["equation-checks-summary"])

    def section(self, page, labels, shown):
        title = title_of(page)
        section = nodes.section(ids=[nodes.make_id(f"checks-{page.rpartition('/')[2]}")])
        section += nodes.title("", title)
        columns = [nodes.colspec(colwidth=1, stub=1), *(nodes.colspec(colwidth=1) for _ in HEADINGS[1:])]
        head = nodes.row("", *(nodes.entry("", nodes.paragraph("", heading)) for heading in HEADINGS))
        body = nodes.tbody("", *(self.row(label, shown[label]) for label in labels))
        section += nodes.table(
            "",
            nodes.tgroup("", *columns, nodes.thead("", head), body, cols=len(HEADINGS)),
            classes=["equation-checks", "colwidths-auto"],
        )
        return section

    def row(self, label, row):
        link = addnodes.pending_xref(
            "",
            nodes.inline("", label),
            refdoc=self.env.docname,
            refdomain="math",
            reftype="eq",
            reftarget=label,
            refexplicit=False,
            refwarn=True,
        )
        if row is None:
            compared, residual, mutants = "Not checked.", [], ""
        else:
            compared, residual, mutants = row["compared"], self.residual(row), f"{row['red']} of {row['mutants']}"
        cells = [link], [nodes.Text(compared)], residual, [nodes.Text(mutants)]
        return nodes.row(
            "", *(nodes.entry("", nodes.paragraph("", "", *cell)) for cell in cells), ids=[f"check-{label}"]
        )

    def residual(self, row):
        """The residual and its limit, each of them on one line."""
        if row["faults"] or row["exact"]:
            return [nodes.Text("fails" if row["faults"] else "exact")]
        residual, limit = (
            f"{row['residual']:.1e}" if row["residual"] else "0",
            f"≤\N{NO-BREAK SPACE}{row['bound']:.1e}{'*' * row['derived']}",
        )
        return [
            nodes.inline("", residual, classes=["equation-checks-number"]),
            nodes.Text(" "),
            nodes.inline("", limit, classes=["equation-checks-number"]),
        ]


def pages_of_checks(env):
    return [page for page, notes in env.metadata.items() if NOTE in notes]


def rebuild_after_changes(app: Sphinx, env, added, changed, removed):
    """The page of the checks is out of date when what it shows has changed, and as long as a check fails."""
    pages = [page for page in pages_of_checks(env) if page in env.found_docs]
    now = fingerprint(app) if pages else ""
    return [page for page in pages if env.metadata[page][NOTE] != now]


def mark(row):
    """The sign beside an equation and the words for it: how closely its two sides agree, and how many mutants."""
    if row is None or row["faults"]:
        return "✗", "not checked"
    mutants = f"{row['red']} of {row['mutants']} planted mistakes noticed"
    if row["exact"]:
        return "✓=", f"both sides are equal exactly; {mutants}"
    if row["derived"]:
        return "✓≤", f"both sides agree to a bound that rounding explains; {mutants}"
    return "✓≈", f"both sides agree to {row['bound']:.0e}; {mutants}"


def link_equations(app: Sphinx, doctree, docname: str) -> None:
    """Beside each labelled equation of the contents a mark that says how it is checked and leads there, in HTML."""
    page = next(iter(pages_of_checks(app.env)), None)
    if app.builder.format != "html" or page is None or docname not in pages_in_order(app):
        return
    store = Path(app.doctreedir) / STORE
    files = json.loads(store.read_text(encoding="utf-8")).values() if store.exists() else ()
    results = {label: row for file in files for label, row in file["rows"].items()}
    for node in list(doctree.findall(nodes.math_block)):
        label = node.get("label") or ""
        if label.startswith("eq-"):
            numbers = app.env.toc_fignumbers.get(docname, {}).get("displaymath", {}).get(node["ids"][0], ())
            address = f"{app.builder.get_relative_uri(docname, page)}#check-{label}"
            sign, words = mark(results.get(label))
            name = f"Check of equation ({'.'.join(map(str, numbers))}): {words}"
            link = f'<a class="equation-check" href="{address}" aria-label="{name}" title="{words}">{sign}</a>'
            place = node.parent.index(node)
            node.parent[place : place + 1] = [
                nodes.raw("", '<div class="checked-equation">', format="html"),
                node,
                nodes.raw("", f"{link}</div>", format="html"),
            ]


def setup(app: Sphinx) -> dict:
    app.add_directive("equation-checks", EquationChecks)
    app.connect("env-get-outdated", rebuild_after_changes)
    app.connect("doctree-resolved", link_equations)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
