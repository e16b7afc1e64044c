"""Copies the chapters, as the site offers them, into a folder for the reader, and opens it in JupyterLab."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILT = ROOT / "_build" / "html" / "notebooks"
DESK = ROOT / "lab"  # the reader's own: nothing here is built again over what was changed
SETTINGS = Path(__file__).resolve().parent / "lab"


def chapters():
    """The notebooks in the order of the contents, as pairs (the chapter's number, name)."""
    import yaml

    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    numbered = [page["file"] for part in toc["parts"] if part.get("numbered") for page in part["chapters"]]
    pages = [(number, Path(file).name) for number, file in enumerate(numbered, 1)]
    return [(number, name) for number, name in pages if (ROOT / "book" / f"{name}.ipynb").exists()]


def lay_out(built=BUILT, desk=DESK):
    """Copy what is not there yet or was not changed there; return the paths and the names of what was kept."""
    from nbformat import read
    from nbformat.sign import NotebookNotary

    desk.mkdir(exist_ok=True)
    record = desk / ".copied.json"
    copied = json.loads(record.read_text(encoding="utf-8")) if record.exists() else {}
    paths, kept, notary = [], [], NotebookNotary()
    for number, name in chapters():
        path = desk / f"{number:02}_{name}.ipynb"
        new, digest = (built / f"{name}.ipynb").read_bytes(), lambda content: hashlib.sha256(content).hexdigest()
        if path.exists() and digest(path.read_bytes()) not in (copied.get(path.name), digest(new)):
            kept.append(path.name)
        else:
            path.write_bytes(new)
            copied[path.name] = digest(new)
            notary.sign(read(path, 4))  # ours, so JupyterLab may show all of it
        paths.append(path)
    record.write_text(json.dumps(copied, indent=1), encoding="utf-8")
    return paths, kept


def environment():
    """The process environment in which JupyterLab finds the book's kernel and settings before all others."""
    places = {name: os.environ.get(name) for name in ("JUPYTER_PATH", "JUPYTER_CONFIG_PATH")}
    ours = {name: os.pathsep.join(filter(None, (str(SETTINGS), place))) for name, place in places.items()}
    return {**os.environ, **ours}


def main():
    if not BUILT.is_dir():
        sys.exit(f"There are no notebooks in {BUILT}: build the site first (make book).")
    paths, kept = lay_out()
    print(f"The chapters are in {DESK}, yours to change.")
    if kept:
        print(f"You changed {', '.join(kept)}: kept as they are; delete one to have it as it was.")
    command = [sys.executable, "-m", "jupyterlab", str(paths[0]), *sys.argv[1:]]
    sys.exit(subprocess.run(command, env=environment()).returncode)


if __name__ == "__main__":
    main()
