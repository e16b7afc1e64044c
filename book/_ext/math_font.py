"""Cuts from STIX Two Math the signs that the book's formulas use: some 25 kB of 400."""

import html
import re
import unicodedata
from pathlib import Path

import vendored

PLAIN = "()[]{}|‖^~¯→.,=+-−×⋅0123456789 abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
ROOT = "√"  # a browser draws it before the content of <msqrt>, where no text has it
LATIN_ITALIC = {*range(0x1D434, 0x1D468), 0x210E}  # h stands apart: it is Planck's constant
GREEK_ITALIC = range(0x1D6E2, 0x1D71C)
FEATURES = ["ssty", "dtls", "flac", "kern", "mark", "mkmk", "ccmp"]  # what a browser sets formulas with
SUPERSCRIPT_DROP = 400  # of 1000; with the font's 230 Chromium sets f′ and (W)ᵀ too high
NAMES = 1, 3, 4, 6, 16  # a font that was changed may not keep its name, says its licence


def signs(mathml: str) -> set[int]:
    """The code points that a browser needs for these formulas; it sets single letters in italics."""
    text = {ord(sign) for sign in html.unescape(re.sub("<[^>]*>", "", mathml)) + PLAIN + ROOT}
    greek = {sign for sign in GREEK_ITALIC if ord(unicodedata.normalize("NFKC", chr(sign))) in text}
    return text | LATIN_ITALIC | greek


def narrow_roots(font) -> None:
    """Give the taller roots the width of the low one: Chromium keeps room for the widest, whichever it draws."""
    from fontTools.pens.transformPen import TransformPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    table, low = font["MATH"].table.MathVariants, font.getBestCmap()[ord(ROOT)]
    taller = table.VertGlyphConstruction[table.VertGlyphCoverage.glyphs.index(low)]
    names = {record.VariantGlyph for record in taller.MathGlyphVariantRecord}
    names |= {part.glyph for part in taller.GlyphAssembly.PartRecords}
    width, drawn, glyphs = font["hmtx"][low][0], font["glyf"], font.getGlyphSet()
    for name in sorted(names - {low}):
        share, pen = width / font["hmtx"][name][0], TTGlyphPen(None)
        glyphs[name].draw(TransformPen(pen, (share, 0, 0, 1, 0, 0)))
        drawn[name] = pen.glyph()
        drawn[name].recalcBounds(drawn)
        font["hmtx"][name] = width, drawn[name].xMin


def write(mathml: str, target: Path) -> None:
    """Write the font for these formulas as woff2."""
    from fontTools import configLogger, subset
    from fontTools.ttLib import TTFont

    configLogger(level="WARNING")
    options = subset.Options()
    options.flavor, options.hinting, options.layout_features = "woff2", False, FEATURES
    font = TTFont(vendored.fetch("build") / "math.woff2")
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=signs(mathml))
    cutter.subset(font)
    font["MATH"].table.MathConstants.SuperscriptBaselineDropMax.Value = SUPERSCRIPT_DROP
    narrow_roots(font)
    for record in list(font["name"].names):
        if record.nameID in NAMES:
            name = "BookMath" if record.nameID == 6 else "Book Math"
            font["name"].setName(name, record.nameID, record.platformID, record.platEncID, record.langID)
    font.flavor = "woff2"
    target.parent.mkdir(parents=True, exist_ok=True)
    font.save(target)
