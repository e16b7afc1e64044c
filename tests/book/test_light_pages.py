"""What is one thing stays on one line, and nothing but prose is changed for that."""

from types import SimpleNamespace

import pytest
from light_pages import keep_together


def kept(body):
    context = {"body": body}
    keep_together(SimpleNamespace(), "page", "", context, None)
    return context["body"]


@pytest.mark.parametrize(
    "prose, whole",
    [
        ("of 60 000 images", "of 60\u00a0000 images"),
        ("1 200 000.", "1\u00a0200\u00a0000."),
        ("98 % of", "98\u00a0% of"),
        ("at λ = 0 only, m = −3", "at λ\u00a0=\u00a00 only, m\u00a0=\u00a0−3"),
        ("lam = 0 and p[a = 3]", "lam = 0 and p[a = 3]"),
        ("a 2-8-8-1 network", 'a <span class="unbroken">2-8-8-1</span> network'),
        ("in 2015-02 and 1-2", "in 2015-02 and 1-2"),
        ("be θ ← θ − step", 'be <span class="unbroken">θ ←</span> θ − step'),
        ("(a − y) ⊙ tanh′(z¹): well", '(a − y) ⊙ <span class="unbroken">tanh′(z¹)</span>: well'),
        (
            "relu(0.3)′(z¹), σ′(z − b)",
            '<span class="unbroken">relu(0.3)′(z¹)</span>, <span class="unbroken">σ′(z</span> − b)',
        ),
        (
            "dw = ∂C/∂w_in, −∂C/∂(a)",
            'dw = <span class="unbroken">∂C/∂w_in</span>, <span class="unbroken">−∂C/∂</span>(a)',
        ),
        ("“-pars * 2 - x” (-1)", '“<span class="unbroken">-pars</span> * 2 - x” (<span class="unbroken">-1</span>)'),
        ("+ 1/√(63 + e)", '+ <span class="unbroken">1/√(</span>63 + e)'),
        ("in 2026 100 of 1.5 000", "in 2026 100 of 1.5 000"),
        ("rows 3 4000", "rows 3 4000"),
    ],
)
def test_numbers_and_sizes_stay_on_their_line(prose, whole):
    assert kept(f"<p>{prose}</p>") == f"<p>{whole}</p>"


@pytest.mark.parametrize(
    "other",
    [
        "<pre>60 000 and <span>2-8-8-1</span></pre>",
        '<code class="x"><span class="pre">(2-8-8-1,</span> 60 000</code>',
        "<script>60 000</script>",
        "<math><mn>60 000</mn></math>",
        '<img alt="60 000 > 2-8-8-1">',
        '<a id="2-8-8-1" href="#2-8-8-1">',
        "<!-- 60 000 -->",
    ],
)
def test_what_is_no_prose_stays_as_it_is(other):
    assert kept(f"<p>{other}</p>") == f"<p>{other}</p>"


@pytest.mark.parametrize("code, whole", [("--one-in", True), ("--one-in=8", True), ("-m", True), ("a-b", False)])
def test_an_option_is_not_broken_after_its_dashes(code, whole):
    found = kept(f'<code><span class="pre">{code}</span></code>')
    assert found == f'<code><span class="pre{" unbroken" * whole}">{code}</span></code>'


@pytest.mark.parametrize(
    "code, shown",
    [
        ("ACTIVATIONS[&quot;sigmoid&quot;].f(z)", "ACTIVATIONS[<wbr>&quot;sigmoid&quot;].f(<wbr>z)"),
        ("a.host.somewhere.org", "a.host.somewhere.org"),
        ("check_gradient(", "check_gradient("),
        ("0.1234567890123456789", "0.1234567890123456789"),
        ("a_very_long_name_of_one_thing", "a_very_long_name_of_one_thing"),
    ],
)
def test_long_code_is_broken_behind_its_brackets(code, shown):
    assert kept(f'<code><span class="pre">{code}</span></code>') == f'<code><span class="pre">{shown}</span></code>'
