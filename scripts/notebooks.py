"""Executes notebooks in place and stores their outputs so that two runs of one notebook give the same file."""

import argparse
import copy
import json
import os
import re
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BOOK = ROOT / "book"
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home|Users|root|tmp|work|private|var/folders)/[\w.-]+|\b[A-Za-z]:\\+Users\\+")


def prepare_kernels() -> None:
    """Kernels started from here find bpcore, and compute with one thread each.

    One, since the order in which several threads add numbers up shows in the last digits, and since the book's
    matrices are too small for two: a chapter takes half the time.
    """
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
        os.environ[name] = "1"


def execute(path: Path) -> dict:
    """Run the notebook in its own folder with a new kernel, warnings shown, and return it with its outputs."""
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook, kernel_name="python3", timeout=600, resources={"metadata": {"path": str(path.parent)}}
    )
    client.extra_arguments = ["--log-level=ERROR"]  # the kernel's remarks on itself
    client.execute()
    return json.loads(nbformat.writes(notebook))


def normalise(notebook: dict) -> dict:
    """The same notebook without what differs from run to run: times, versions, and widgets of the moment."""
    notebook = copy.deepcopy(notebook)
    notebook["metadata"] = {
        **{
            key: value
            for key, value in notebook.get("metadata", {}).items()
            if key not in ("widgets", "kernelspec", "language_info")
        },
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for cell in notebook["cells"]:
        for key in ("execution", "ExecuteTime", "collapsed"):
            cell.get("metadata", {}).pop(key, None)
        if "outputs" in cell:
            cell["outputs"] = _one_stream(cell["outputs"])
        for output in cell.get("outputs", ()):
            output.get("data", {}).pop(WIDGET_VIEW, None)  # its ids are random, and a page needs no kernel
    return notebook


def _one_stream(outputs: list[dict]) -> list[dict]:
    """What a cell prints arrives in pieces, cut wherever the clock cuts them: neighbouring pieces become one."""
    joined = []
    for output in outputs:
        if output["output_type"] == "stream":
            before = joined[-1] if joined and joined[-1].get("name") == output["name"] else None
            text = "".join(before["text"] if before else []) + "".join(output["text"])
            output = {**output, "text": text.splitlines(keepends=True)}
            if before:
                joined.pop()
        joined.append(output)
    return joined


def write(notebook: dict) -> str:
    """The file's text: keys sorted, one space of indentation, one newline at the end."""
    return json.dumps(notebook, sort_keys=True, indent=1, ensure_ascii=False) + "\n"


def faults(notebook: dict) -> list[str]:
    """What a stored notebook must not hold: errors, warnings, and paths of one machine."""
    found = []
    for place, cell in enumerate(notebook["cells"]):
        for output in cell.get("outputs", ()):
            if output["output_type"] == "error":
                found.append(f"cell {place} raised {output['ename']}: {output['evalue']}")
            if output.get("name") == "stderr":
                found.append(f"cell {place} wrote to stderr: {''.join(output['text']).strip()}")
        hit = MACHINE_PATH.search(json.dumps(_without_images(cell), ensure_ascii=False))
        if hit:
            found.append(f"cell {place} names a path of one machine: {hit.group(0)}")
    return found


def _without_images(cell: dict) -> dict:
    cell = copy.deepcopy(cell)
    for output in cell.get("outputs", ()):
        for mime in [m for m in output.get("data", {}) if m.startswith("image/")]:
            del output["data"][mime]
        output.pop("metadata", None)  # an explorable keeps its pictures there
    return cell


def renew(path: Path) -> tuple[bool, str]:
    """Execute a chapter and store it if it has no faults; whether that went well, and a line that says so."""
    start = time.perf_counter()
    try:
        notebook = normalise(execute(path))
    except Exception as error:  # nbclient's errors carry the cell and its traceback
        return False, f"{path.stem}: FAILED\n{error}"
    found = faults(notebook)
    if found:
        return False, f"{path.stem}: FAILED, not stored\n  " + "\n  ".join(found)
    text = write(notebook)
    state = "unchanged" if path.read_text(encoding="utf-8") == text else "stored"
    if state == "stored":
        path.write_text(text, encoding="utf-8", newline="\n")
    return True, f"{path.stem}: {state} ({time.perf_counter() - start:.1f} s)"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("chapters", nargs="*", help="names such as chain_rule; all chapters if none is given")
    chapters = parser.parse_args().chapters
    known = {path.stem: path for path in sorted(BOOK.glob("*.ipynb"))}
    for chapter in chapters:
        if chapter not in known:
            sys.exit(f"There is no chapter {chapter!r}: the chapters are {', '.join(known)}.")
    prepare_kernels()
    largest_first = sorted((known[chapter] for chapter in chapters or known), key=lambda path: -path.stat().st_size)
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as workers:
        done = []
        for well, line in workers.map(renew, largest_first):
            print(line, file=sys.stdout if well else sys.stderr, flush=True)
            done.append(well)
    sys.exit(not all(done))


if __name__ == "__main__":
    main()
