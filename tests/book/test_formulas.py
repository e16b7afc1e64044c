"""Formulas are set as TeX would set them, and what follows one in a sentence stays on its line."""

from types import SimpleNamespace

import math_font
import pytest
from fontTools.ttLib import TTFont
from static_math import keep_signs, polish


@pytest.mark.parametrize(
    "before, after, spaces",
    [
        ('<mo separator="true">,</mo>', '<mo separator="true">,</mo>', ("0", "0.1667em")),
        ("<mo>+</mo>", "<mo>+</mo>", ("0", "0")),
        ("<mi>a</mi>", "", ("0.1667em", "0")),
    ],
)
def test_dots_have_the_space_that_their_neighbours_leave(before, after, spaces):
    found = polish(f"<math><mrow>{before}<mo>\u2026</mo>{after}</mrow></math>")
    assert f'<mo lspace="{spaces[0]}" rspace="{spaces[1]}">\u2026</mo>' in found


def test_the_index_of_y_stands_as_high_as_that_of_a():
    """A browser hangs an index below the descender of its letter."""
    index = "<msub><mi>{}</mi><mi>k</mi></msub>"
    assert '<mpadded depth="0"><mi>y</mi></mpadded>' in polish(f"<math>{index.format('y')}</math>")
    assert "mpadded" not in polish(f"<math>{index.format('a')}</math>")


@pytest.mark.parametrize(
    "before, after, spaces",
    [
        ("<mfrac><mn>1</mn><mn>2</mn></mfrac>", "<mn>3</mn>", (True, True)),  # ½ ln 3
        ("<msub><mi>p</mi><mi>k</mi></msub>", "<mi>p</mi>", (True, True)),
        ('<mrow><mo form="prefix">(</mo><mi>p</mi><mo form="postfix">)</mo></mrow>', "<mi>p</mi>", (True, True)),
        ("<mo>=</mo>", "<mi>p</mi>", (False, True)),
        ("<mi>a</mi>", "<mo>=</mo>", (True, False)),
        ("<mi>/</mi>", "", (False, False)),
        ("<msub><mo>∑</mo><mi>i</mi></msub>", "<mi>p</mi>", (False, True)),
        ("", "", (False, False)),
    ],
)
@pytest.mark.parametrize("space", ["", '<mspace width="0.1667em"></mspace>'])
def test_a_function_has_a_thin_space_beside_its_factors_alone(before, after, spaces, space):
    """What renders the formulas leaves a space behind each name, and none between a fraction and a name."""
    behind = '<mspace width="0.1667em"></mspace>'
    name = f"<mrow>{space}<mi>ln</mi><mo>\u2061</mo>{behind}</mrow>"
    found = polish(f"<math><mrow>{before}{name}{after}</mrow></math>")
    left, right = found.split("<mi>ln</mi>")
    assert (left.count("mspace") > 0, right.count("mspace") > 0) == spaces
    assert left.count("<mspace") <= 1


def test_the_sign_of_a_root_stands_on_the_line_whatever_is_under_it():
    """Around a low letter a browser hangs the sign, which has a least size, below the line."""
    strut = '<mspace height="0.7em" depth="0.1em"></mspace>'
    assert f"<msqrt>{strut}<mi>ε</mi></msqrt>" in polish("<math><msqrt><mi>ε</mi></msqrt></math>")
    cubic = polish("<math><mroot><mi>ε</mi><mn>3</mn></mroot></math>")
    assert f"<mroot><mrow>{strut}<mi>ε</mi></mrow><mn>3</mn></mroot>" in cubic
    assert "mspace" not in polish("<math><msqrt><mn>2</mn><mi>n</mi></msqrt></math>")


@pytest.mark.parametrize("count", [1, 2, 3])
def test_all_primes_stand_on_the_line(count):
    """The font draws them raised; as an exponent they would be raised once more, and small."""
    prime = '<mo class="tml-prime">\u2032</mo>'
    exponent = prime if count == 1 else f"<mrow>{count * prime}</mrow>"
    found = polish(f"<math><msup><mi>C</mi>{exponent}</msup></math>")
    assert "msup" not in found and "tml-prime" not in found and found.count("\u2032") == count
    squared = f"<math><msup><mi>C</mi><mrow>{prime}<mn>2</mn></mrow></msup></math>"
    assert "msup" in polish(squared)


@pytest.mark.parametrize("sign, kept", [(".", True), ("),", True), (" is", False), ("-th", False)])
def test_a_sign_behind_a_formula_stays_on_its_line(sign, kept):
    formula = '<span class="math"><math><mi>a</mi></math></span>'
    context = {"body": f"<p>{formula} and {formula}{sign}</p>"}
    keep_signs(SimpleNamespace(), "page", "", context, None)
    assert (f'<span class="with-sign">{formula}{sign}</span>' in context["body"]) == kept
    assert context["body"].startswith(f"<p>{formula} and ")


@pytest.mark.parametrize("sign", ["", ")", ")."])
def test_a_bracket_before_a_formula_stays_on_its_line(sign):
    formula = '<span class="math"><math><mi>a</mi></math></span>'
    context = {"body": f"<p>or more ({formula}{sign} careful"}
    keep_signs(SimpleNamespace(), "page", "", context, None)
    assert context["body"] == f'<p>or more <span class="with-sign">({formula}{sign}</span> careful'


@pytest.mark.long
def test_the_font_of_the_pages_has_the_sign_of_a_root(tmp_path):
    """It stands in no formula's text; without it a browser shows what is below the root, and no root."""
    math_font.write("<math><msqrt><mi>n</mi></msqrt></math>", tmp_path / "math.woff2")
    font = TTFont(tmp_path / "math.woff2")
    root = font.getBestCmap()[ord("√")]
    taller = font["MATH"].table.MathVariants
    roots = taller.VertGlyphConstruction[taller.VertGlyphCoverage.glyphs.index(root)]
    names = [record.VariantGlyph for record in roots.MathGlyphVariantRecord]
    names += [part.glyph for part in roots.GlyphAssembly.PartRecords]
    assert len(roots.MathGlyphVariantRecord) > 2
    assert len({font["hmtx"][name][0] for name in names}) == 1, "no root leaves room for a wider one"
