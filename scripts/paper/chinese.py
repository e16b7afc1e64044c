"""Cuts from Noto Sans SC the Chinese characters that the book quotes, since a machine that prints may have none."""

import hashlib
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book" / "_ext"))

import vendored  # noqa: E402

PACKAGE = "@fontsource/noto-sans-sc"
WANTED = {
    "paper": (
        (f"{PACKAGE}/files/noto-sans-sc-chinese-simplified-400-normal.woff2", "whole.woff2"),
        (f"{PACKAGE}/LICENSE", "licence.txt"),
    )
}
CHINESE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")


def characters():
    """Every Chinese character and sign in the sources of the book's pages."""
    found = set()
    for path in sorted((ROOT / "book").rglob("*")):
        if path.suffix == ".ipynb":
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            texts = [
                "".join(cell["source"]) + json.dumps(cell.get("outputs", []), ensure_ascii=False) for cell in cells
            ]
            found.update(CHINESE.findall("".join(texts)))
        elif path.suffix in (".md", ".toml", ".bib"):
            found.update(CHINESE.findall(path.read_text(encoding="utf-8")))
    return found


def font():
    """The file of the cut font, which is made where it is missing; npm's lock file beside this one pins its source."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    folder, signs = vendored.fetch("paper", Path(__file__).parent, WANTED), characters()
    cut = folder / f"cut-{hashlib.sha256(''.join(sorted(signs)).encode()).hexdigest()[:12]}.woff2"
    if not cut.exists():
        options = subset.Options()
        options.flavor, options.hinting, options.layout_features = "woff2", False, []
        whole, cutter = TTFont(folder / "whole.woff2"), subset.Subsetter(options)
        cutter.populate(unicodes={ord(sign) for sign in signs})
        cutter.subset(whole)
        whole.flavor = "woff2"
        whole.save(cut)
    return cut
