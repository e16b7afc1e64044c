"""The doctor in the page: its controls, its files, the programs to start from, and where its answers lead."""

import ast
import base64
import functools
import gzip
import hashlib
import io
import json
import re
import sys
import zipfile
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

import pyodide_files
import wild_parts
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from wild_answers import OTHER_ROOMS

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))
SOURCES, WILD = ROOT / "book" / "_doctor", ROOT / "book" / "wild"
OWN = ("worker.js", "doctor.zip")  # served by the site; the rest is Pyodide's
PYTHON = ("guess.py", "program.py", "runner.py")
HOST, RELEASE = urlsplit(pyodide_files.OFFICIAL).netloc, ", the official release of Pyodide"
PACKED = (".js", ".wasm")  # what a server compresses on the way
ABOUT = {"DATE", "FORMULA", "RIGHT", "READ", "GROUP", "LAYER", "NAMES", "SETTINGS", "repaired_update"}

# What one may start from: what it is called, and what is asked; of the public ones the thread is linked.
OWN_EXAMPLES = {
    "sigmoids": ("A network of sigmoids with one wrong line", "gradient"),
    "changed_parameters": ("A gradient that changes its parameters, as article C's does", "gradient"),
    "far_inputs": ("A right gradient, and the network does not learn", "training"),
}
WILD_EXAMPLES = {
    "datascience-25394-own-output-and-wrong-m": ("The wrong array, and the wrong m", "gradient"),
    "deepcourse-6-hidden-slope-missing": ("A slope that is computed and not used", "gradient"),
    "nn-from-scratch-13-sums-for-means": ("A sum for a mean", "gradient"),
    "pytorch-19699-both-broadcast": ("A cost that broadcasts", "gradient"),
    "data-science-from-scratch-31-moved-weights": ("Weights that move too early", "gradient"),
    "scikit-learn-14244-zero-where-output-is-zero": ("A right gradient, reported as wrong", "gradient"),
    "ml-from-scratch-35-adam-without-the-power": ("An Adam with a slip", "update"),
}


# What the page is made of.


def archive() -> bytes:
    """bpcore and what reads a pasted program, as a zip file: the same bytes for the same sources."""
    memory = io.BytesIO()
    files = {path.relative_to(ROOT).as_posix(): path for path in sorted((ROOT / "bpcore").rglob("*.py"))}
    files |= {name: SOURCES / name for name in PYTHON}
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, path in files.items():
            if not OTHER_ROOMS & set(name.split("/")[1:2]):
                packed.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return memory.getvalue()


def frame() -> str:
    """The document in which the program runs; its policy lets its own script run, and nothing be asked for."""
    script = (SOURCES / "frame.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; script-src 'sha256-{digest}' 'wasm-unsafe-eval'; worker-src blob:; connect-src 'none'"
    )
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Where the program runs</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"></head>'
        f"<body><script>{script}</script></body></html>\n"
    )


@functools.cache
def files() -> list[dict]:
    """Name, size and sha256 of every file that the first question fetches; ``wire`` is what travels of it."""
    numpy = pyodide_files.official_lock()["packages"]["numpy"]
    size = pyodide_files.stored_sizes()[numpy["file_name"]]
    rows = [{"name": numpy["file_name"], "size": size, "sha256": numpy["sha256"], "wire": size}]
    own = {"worker.js": (SOURCES / "worker.js").read_bytes(), "doctor.zip": archive()}
    for name in (*pyodide_files.CORE, *OWN):
        content = own[name] if name in own else pyodide_files.core(name).read_bytes()
        wire = len(gzip.compress(content, 6)) if name.endswith(PACKED) else len(content)
        row = {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest(), "wire": wire}
        rows.append({**row, "own": True} if name in own else row)
    return rows


def short_lock() -> str:
    """The list of Pyodide's packages, cut down to NumPy, which needs no other here."""
    lock = pyodide_files.official_lock()
    return json.dumps({**lock, "packages": {"numpy": {**lock["packages"]["numpy"], "depends": []}}})


def megabytes(rows) -> str:
    return f"{sum(row['wire'] for row in rows) / 1e6:.1f}"


def examples() -> dict[str, dict]:
    """Key → title, text, what to ask; of a public one also its thread, and its place on the page of the collection."""
    found = {}
    for name, (title, ask) in OWN_EXAMPLES.items():
        text = (SOURCES / "examples" / f"{name}.py").read_text(encoding="utf-8")
        found[name] = {"title": title, "text": text, "ask": ask}
    for name, (title, ask) in WILD_EXAMPLES.items():
        text, about = program_of(name)
        case = {
            "thread": about["THREAD"],
            "source": about["SOURCE"],
            "case": f"{wild_parts.page_of(name)}.html#wild-{name}",
        }
        found[name] = {"title": f"{title} ({about['THREAD']})", "text": text, "ask": ask, **case}
    return found


def places() -> dict[str, tuple[str, str]]:
    """Name of a finding → what the page is called that says more, and its address beside this page."""
    from bpcore.clinic.checkup import TITLES
    from bpcore.clinic.defects import DEFECTS
    from bpcore.clinic.doctor import OTHERS
    from bpcore.clinic.updates.table import SLIPS

    found = {}
    for slips in SLIPS.values():
        found |= dict.fromkeys(slips, ("The update", "not_learning.html#sec-not-learning-update"))
    for names, title, section in (
        (r"labels|target|rows|class|inputs|column", "The data", "data"),
        (r"units|output|deltas|theta|predictions|majority|accuracy", "The units", "units"),
        (r"step|cost|penalty", "The step: how long may it be?", "step"),
    ):
        for name in TITLES:
            if re.match(names, name) or re.search(r"units|output$", name) and section == "units":
                found.setdefault(name, (title, f"not_learning.html#sec-not-learning-{section}"))
    for name in OTHERS:
        found[name] = ("Fingerprints", "doctor.html#sec-doctor-fingerprints")
    found["kink"] = ("Where there is no derivative", "gradient_check.html#sec-kinks")
    for name in ("line", "derivative", "unknown"):
        found[name] = ("When no formula fits", "doctor.html#sec-doctor-shrugs")
    for name, defect in DEFECTS.items():
        place = f"cell-{name}" if defect.exhibit else f"defect-{name}"
        found[name] = (f"{defect.title}, in the museum", f"common_bugs.html#{place}")
    return found


def program_of(name) -> tuple[str, dict]:
    """A module of book/wild as a program to paste, with a start and data at its end, and what the module says of it."""
    text = (WILD / f"{name}.py").read_text(encoding="utf-8")
    drop, about = set(), {}
    for node in ast.parse(text).body:
        names = {target.id for target in getattr(node, "targets", []) if isinstance(target, ast.Name)}
        names |= {node.name} if isinstance(node, ast.FunctionDef) else set()
        if names & {"SOURCE", "THREAD", "KIND"}:
            about[names.pop()] = node.value.value
            drop |= set(range(node.lineno, node.end_lineno + 1))
        # the repaired gradient would be the answer; of an update it is what it trains with
        elif names & ABOUT or "repaired" in names and about["KIND"] != "update" or isinstance(node, ast.Expr):
            drop |= set(range(node.lineno, node.end_lineno + 1))
    kept = "\n".join(line for number, line in enumerate(text.splitlines(), 1) if number not in drop)
    start = "rng = np.random.default_rng(0)\nparams, (X, Y) = start(rng), data(rng)\n"
    start += "state = start_state()\n" if about["KIND"] == "update" else ""
    body = re.sub(r"\n{3,}", "\n\n\n", kept).strip()
    return f"# After {about['SOURCE']}\n{body}\n\n\n{start}", about


# How it comes onto the page.


class doctor(nodes.General, nodes.Element):
    """The controls; its text is what is read where no script runs."""


def note_what_is_packed(env) -> None:
    """The page holds digests of its files, and is written anew when one of these has changed."""
    for path in [*(ROOT / "bpcore").rglob("*.py"), *SOURCES.glob("*.*"), *(SOURCES / "examples").glob("*.py")]:
        env.note_dependency(str(path))


class Doctor(SphinxDirective):
    """``{doctor}``: a field for a program, a button, and the place of the answer."""

    has_content = True

    def run(self):
        note_what_is_packed(self.env)
        return [doctor(words=" ".join(self.content))]


class DoctorSize(SphinxDirective):
    """``{doctor-size}``: a sentence about what the first question fetches, in figures."""

    def run(self):
        note_what_is_packed(self.env)
        rows = files()
        raw = sum(row["size"] for row in rows) / 1e6
        text = (
            f"The first question fetches {megabytes(rows)} MB from `{HOST}`{RELEASE} "
            f"({raw:.1f} MB from a server that does not compress), and takes about ten seconds; "
            "before it, nothing is fetched."
        )
        box = nodes.container()
        self.state.nested_parse([text], self.content_offset, box)
        return box.children


def settle(site: Path, address: str) -> None:
    """Let a built site's doctor take Pyodide from a folder of the site itself, given as seen from the site's root."""
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        if 'id="doctor-facts"' not in text:
            continue
        for key, value, new in (("from", pyodide_files.OFFICIAL, address), ("host", HOST, "this site")):
            text = text.replace(f'"{key}": {json.dumps(value)}', f'"{key}": {json.dumps(new)}')
        text = re.sub(rf"<code[^>]*>(<[^>]*>)*{re.escape(HOST)}(<[^>]*>)*</code>{RELEASE}", "this site", text)
        page.write_text(text, encoding="utf-8")


def options(pairs):
    return "".join(f'<option value="{escape(key)}">{escape(title)}</option>' for key, title in pairs)


def visit(self, node):
    from bpcore import ACTIVATIONS, LOSSES

    rows, programs = files(), examples()
    facts = {
        "files": [{key: row[key] for key in ("name", "size", "sha256", "own") if key in row} for row in rows],
        "from": pyodide_files.OFFICIAL,
        "host": HOST,
        "wire": megabytes(rows),
        "lock": short_lock(),
        "examples": {key: {**each, "title": None} for key, each in programs.items()},
        "places": places(),
    }
    ours = [(key, each["title"]) for key, each in programs.items() if key in OWN_EXAMPLES]
    wild = [(key, each["title"]) for key, each in programs.items() if key in WILD_EXAMPLES]
    activations, losses = [(name, name) for name in ACTIVATIONS], [(name, name) for name in LOSSES]
    kinds = (("gradient", "the gradient"), ("training", "the training run"), ("update", "the update"))
    radios = "".join(
        f'<label class="x-choice"><input type="radio" name="doctor-kind" value="{key}"'
        f"{' checked' * (key == 'gradient')}>"
        f"<span>{title}</span></label>"
        for key, title in kinds
    )

    def choice(key, label, pairs):
        return (
            f'<label class="x-choice"><span class="x-name">{label}</span>'
            f'<select class="x-select" id="doctor-{key}">{options(pairs)}</select></label>'
        )

    text = json.dumps(facts, ensure_ascii=False).replace("</", "<\\/")
    self.body.append(
        f"<noscript><style>#doctor {{ display: none; }}</style><p>{escape(node['words'])}</p></noscript>\n"
        '<div id="doctor" class="doctor">'
        f'<script type="application/json" id="doctor-facts">{text}</script>'
        '<label class="x-choice x-long"><span class="x-name">Start from</span>'
        '<select class="x-select" id="doctor-example">'
        f'<option value="">your own program</option><optgroup label="Made for this page">{options(ours)}</optgroup>'
        f'<optgroup label="Public, from the wild">{options(wild)}</optgroup></select></label>'
        '<p id="doctor-source" class="doctor-source" hidden></p>'
        '<label class="doctor-label" for="doctor-program">The program</label>'
        '<textarea id="doctor-program" spellcheck="false" autocapitalize="off" autocomplete="off" autocorrect="off" '
        'wrap="off" rows="20"></textarea>'
        f'<fieldset class="x-group doctor-kinds"><legend>Examine</legend>{radios}</fieldset>'
        '<details class="doctor-network"><summary>Choose the network yourself</summary>'
        '<label class="x-choice"><span class="x-name">units of each layer</span>'
        '<input class="x-field" id="doctor-sizes" type="text" placeholder="3, 5, 1" autocomplete="off"></label>'
        f"{choice('hidden', 'hidden layers', activations[1:])}{choice('output', 'output', activations)}"
        f"{choice('loss', 'loss', losses)}"
        "<p>While the units are left empty, the doctor finds the network itself.</p></details>"
        '<div class="x-row"><button type="button" class="x-button" id="doctor-ask">Ask the doctor</button>'
        '<button type="button" class="x-button" id="doctor-stop" disabled>Stop</button>'
        '<button type="button" class="x-button" id="doctor-again" hidden>Try again</button></div>'
        '<p id="doctor-status" class="doctor-status" role="status"></p>'
        '<progress id="doctor-progress" max="1" value="0" aria-label="Loaded of Python" hidden></progress>'
        '<section id="doctor-answer" class="doctor-answer" aria-label="The doctor\u2019s answer" aria-live="polite">'
        "</section>"
        "</div>\n"
    )
    raise nodes.SkipNode


def skip(self, node):
    raise nodes.SkipNode


def write_files(app: Sphinx, exception) -> None:
    if exception or app.builder.format != "html":
        return
    folder = Path(app.outdir) / "_static" / "doctor"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("doctor.js", "doctor.css", "worker.js"):
        (folder / name).write_bytes((SOURCES / name).read_bytes())
    (folder / "frame.html").write_text(frame(), encoding="utf-8", newline="\n")
    (folder / "doctor.zip").write_bytes(archive())


def add_files(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    if doctree is not None and next(iter(doctree.findall(doctor)), None) is not None:
        app.add_js_file("doctor/doctor.js", defer="defer")
        app.add_css_file("explorables/explorables.css")
        app.add_css_file("doctor/doctor.css")


def setup(app: Sphinx) -> dict:
    app.add_node(doctor, html=(visit, None), latex=(skip, None), text=(skip, None))
    app.add_directive("doctor", Doctor)
    app.add_directive("doctor-size", DoctorSize)
    app.connect("html-page-context", add_files)
    app.connect("build-finished", write_files)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
