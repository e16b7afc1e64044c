"""Puts JupyterLite beside the pages, with the chapters' plain notebooks in it, and a button on each chapter."""

import hashlib
import json
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
import pyodide_files
import vendored
from browser_packages import packages_of
from plain_notebooks import Plain
from sphinx.application import Sphinx

FOLDER = "lite"  # of the site
SOURCES = Path(__file__).resolve().parents[1] / "_lite"
WEIGHT = SOURCES / "weight.json"  # what a first visit loads of JupyterLite itself; a test measures it
PAGE_FILES = ("run.html", "run.css", "run.js", "python-files.js", "service-worker.js")
COMM = "comm==0.2.3"
COMM_SHA256 = "c615d91d75f7f04f095b30d1c1711babd43bdc6419c1be9886a85f2f4e489417"
KERNEL_EXTENSION = "@jupyterlite/pyodide-kernel-extension"
STORAGE = "Every Gradient Checked"  # of edited chapters, in the reader's browser


# The interface: JupyterLite without chapters and without Python, the same for every build


def interface_recipe() -> dict:
    """What JupyterLite's builder is told."""
    labextensions = Path(sysconfig.get_path("data"), "share", "jupyter", "labextensions")
    return {
        "LiteBuildConfig": {
            "apps": ["notebooks", "tree"],
            "no_sourcemaps": True,
            "no_unused_shared_packages": True,
            "ignore_sys_prefix": ["federated_extensions"],
            "federated_extensions": [str(labextensions / KERNEL_EXTENSION), str(SOURCES / "explorables")],
        },
        "PipliteAddon": {"piplite_urls": ["comm"]},
    }


def interface_digest() -> str:
    """Changes with whatever the interface is made of."""
    parts = [version("jupyterlite-core"), version("jupyterlite-pyodide-kernel"), COMM, json.dumps(interface_recipe())]
    parts += [path.read_text(encoding="utf-8") for path in sorted((SOURCES / "explorables").rglob("*.js*"))]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def interface() -> Path:
    """The folder of the interface, built by JupyterLite's own builder if it is not in ``_build/vendor`` yet."""
    folder = vendored.CACHE / f"jupyterlite-{interface_digest()}"
    if not folder.is_dir():
        vendored.CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=vendored.CACHE, prefix=".building-") as scratch:
            built = _build_interface(Path(scratch))
            try:
                built.rename(folder)
            except OSError:  # another build has been faster
                if not folder.is_dir():
                    raise
    return folder


def _build_interface(scratch: Path) -> Path:
    (scratch / "comm").mkdir()
    pyodide_files.from_pypi(COMM, COMM_SHA256, scratch / "comm")
    (scratch / "jupyter_lite_config.json").write_text(json.dumps(interface_recipe()), encoding="utf-8")
    command = [sys.executable, "-m", "jupyterlite_core", "build", "--output-dir", "out"]
    done = subprocess.run(
        command, cwd=scratch, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    )
    out = scratch / "out"
    needed = [out / "notebooks" / "index.html", out / "extensions" / KERNEL_EXTENSION, out / "pypi" / "all.json"]
    if done.returncode or not all(path.exists() for path in needed):  # it says 0 for a site that lacks them, too
        raise RuntimeError(f"JupyterLite could not be built:\n{done.stdout[-2000:]}")
    (out / "service-worker.js").rename(out / "jupyterlite-service-worker.js")  # ours calls it
    return out


# The chapters


def write_chapter(app: Sphinx, doctree, document: str) -> None:
    """The plain notebook of a chapter among JupyterLite's files, its explorables alive before Python is there."""
    if app.builder.name != "html" or not app.env.doc2path(document).endswith(".ipynb"):
        return
    name = document.rpartition("/")[2]
    notebook = Plain(app, document, explorables=True).notebook(doctree)
    packages, modules = packages_of(notebook)
    setup = next(cell for cell in notebook.cells if cell.cell_type == "code")
    setup.source += f"\n\n{(SOURCES / 'short_output.py').read_text(encoding='utf-8').rstrip()}"
    if modules:
        setup.source += f"\nimport {', '.join(modules)}  # Pyodide loads what a cell names, not what bpcore imports"
    written = lambda: nbformat.writes(notebook, split_lines=False)  # JupyterLite puts commas between lines of a list
    edition = hashlib.sha256(written().encode()).hexdigest()[:12]
    notebook.metadata["edition"] = edition  # by which a copy in a reader's browser is known to be an older one
    numbers = app.env.toc_secnumbers.get(document, {}).get("", ())
    record = {
        "title": " ".join([*(f"{number}." for number in numbers), app.env.titles[document].astext()]),
        "page": app.builder.get_target_uri(document),
        "edition": edition,
        "packages": packages,
    }
    folder = Path(app.outdir) / FOLDER
    for path, text in (
        (folder / "files" / f"{name}.ipynb", written()),
        (folder / "chapters" / f"{name}.json", json.dumps(record)),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def offer_run(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """A button at the top of each chapter; the page to which it leads says what it costs before it loads anything."""
    if doctree is None or not app.env.doc2path(pagename).endswith(".ipynb") or "header_buttons" not in context:
        return
    context["header_buttons"].insert(
        0,
        {
            "type": "link",
            "url": f"{'../' * pagename.count('/')}{FOLDER}/run.html#{pagename.rpartition('/')[2]}",
            "text": "Run",
            "icon": "fas fa-play",
            "tooltip": "Run this chapter in the browser",
            "label": "run-button",
        },
    )


# The whole


def listing(folder: Path) -> dict:
    """What JupyterLite asks of a server about the folder of the notebooks."""
    when = "2020-01-01T00:00:00Z"  # the same for each build
    common = {"created": when, "last_modified": when, "content": None, "mimetype": None, "writable": True}
    files = [
        {
            **common,
            "name": path.name,
            "path": path.name,
            "type": "notebook",
            "format": None,
            "size": path.stat().st_size,
        }
        for path in sorted(folder.glob("*.ipynb"))
    ]
    whole = {**common, "name": "", "path": "", "type": "directory", "format": "json", "size": None}
    return {**whole, "content": files}


def settle(lite: Path, address: str, sizes: dict[str, int]) -> None:
    """Write where Python comes from: an address, or a folder below ``lite``; and the sizes of all its files."""
    lock = pyodide_files.official_lock()["packages"]
    core = {name: pyodide_files.digest(pyodide_files.core(name)) for name in pyodide_files.CORE}
    records = (lite / "chapters").glob("*.json")
    chapters = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in records}
    wanted = sorted({name for chapter in chapters.values() for name in chapter["packages"]})
    files = {**core, **{lock[name]["file_name"]: lock[name]["sha256"] for name in wanted}}
    for chapter in chapters.values():
        chapter["files"] = [*core, *(lock[name]["file_name"] for name in chapter.pop("packages"))]
    edition = {
        "python": {
            "version": pyodide_files.VERSION,
            "address": address,
            "host": urlsplit(address).netloc,
            "files": {name: [sizes[name], sha256] for name, sha256 in files.items()},
        },
        "interface": interface_digest(),
        "interface_size": json.loads(WEIGHT.read_text(encoding="utf-8"))["bytes"],
        "jupyterlite": version("jupyterlite-core"),
        "storage": STORAGE,
        "chapters": dict(sorted(chapters.items(), key=lambda item: number(item[1]["title"]))),
    }
    text = json.dumps(edition, ensure_ascii=False, indent=1)
    (lite / "edition.js").write_text(f"self.EDITION = {text};\n", encoding="utf-8")
    settings = lite / "jupyter-lite.json"
    whole = json.loads(settings.read_text(encoding="utf-8"))
    config = whole["jupyter-config-data"]
    config |= {"appName": "Every Gradient Checked", "appUrl": "./tree", "contentsStorageName": STORAGE}
    config |= {"settingsStorageName": STORAGE, "exposeAppInBrowser": "true"}
    config["disabledExtensions"] = ["@jupyter-notebook/notebook-extension:checkpoints"]  # there are none here
    kernel = config.setdefault("litePluginSettings", {}).setdefault(f"{KERNEL_EXTENSION}:kernel", {})
    kernel |= {
        "pyodideUrl": f"{address}pyodide.js",
        "disablePyPIFallback": True,
        "loadPyodideOptions": {"lockFileURL": f"{'' if '//' in address else address}{pyodide_files.LOCK}"},
    }
    settings.write_text(json.dumps(whole, indent=1), encoding="utf-8")


def number(title: str) -> tuple:
    first = title.partition(".")[0]
    return (int(first), "") if first.isdigit() else (10**6, title)


def write_lite(app: Sphinx, exception) -> None:
    if exception or app.builder.name != "html":
        return
    lite = Path(app.outdir) / FOLDER
    mark = lite / "interface.txt"
    if not mark.exists() or mark.read_text(encoding="utf-8") != interface_digest():
        shutil.copytree(interface(), lite, dirs_exist_ok=True)
        mark.write_text(interface_digest(), encoding="utf-8")
    for name in PAGE_FILES:
        shutil.copyfile(SOURCES / name, lite / name)
    lock = json.dumps(pyodide_files.official_lock())
    (lite / pyodide_files.LOCK).write_text(lock, encoding="utf-8")
    contents = lite / "api" / "contents" / "all.json"
    contents.parent.mkdir(parents=True, exist_ok=True)
    contents.write_text(json.dumps(listing(lite / "files")), encoding="utf-8")
    settle(lite, pyodide_files.OFFICIAL, pyodide_files.stored_sizes())


def setup(app: Sphinx) -> dict:
    app.connect("doctree-resolved", write_chapter, priority=910)
    app.connect("html-page-context", offer_run, priority=960)
    app.connect("build-finished", write_lite)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
