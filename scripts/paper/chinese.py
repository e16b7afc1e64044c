"""Cuts from Noto Sans SC the Chinese characters that the book quotes, since a machine that prints may have none."""

import argparse
import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FONT = Path(__file__).parent / "chinese.woff2"
CHINESE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")
NAMES = 1, 3, 4, 6, 16


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


def main():
    from fontTools import subset
    from fontTools.ttLib import TTFont

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "font", type=Path, help="chinese-simplified-400-normal.woff2 of the npm package @fontsource/noto-sans-sc"
    )
    font = TTFont(parser.parse_args().font)
    options = subset.Options()
    options.flavor, options.hinting, options.layout_features = "woff2", False, []
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes={ord(sign) for sign in characters()})
    cutter.subset(font)
    for record in list(font["name"].names):
        if record.nameID in NAMES:
            name = "BookChinese" if record.nameID == 6 else "Book Chinese"
            font["name"].setName(name, record.nameID, record.platformID, record.platEncID, record.langID)
    font.flavor = "woff2"
    font.save(FONT)
    print(f"{FONT.name}: {len(font.getBestCmap())} of {len(characters())} characters, {FONT.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
