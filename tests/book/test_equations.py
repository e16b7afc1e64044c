"""Every labelled equation of the book is evaluated, both sides of it, and none is forgotten."""

import importlib
import json
import re
from fractions import Fraction

import numpy as np
import pytest
import sympy as sp
from equations import registry
from equations.registry import EQUATIONS, ROOT, SIZES, Registry, check_sides, collect, compare, labels_in
from equations.rounding import U, gamma, product, relative

for file in sorted((ROOT / "tests" / "equations").glob("*.py")):
    if file.stem != "__init__":
        importlib.import_module(f"equations.{file.stem}")


@pytest.mark.parametrize("sizes", SIZES, ids=lambda sizes: "-".join(map(str, sizes)))
@pytest.mark.parametrize("label", sorted(EQUATIONS))
def test_both_sides_agree(label, sizes):
    EQUATIONS[label].check(sizes)


@pytest.mark.parametrize(
    "label, name", [(label, name) for label in sorted(EQUATIONS) for name in EQUATIONS[label].mutants]
)
def test_a_wrong_symbol_turns_the_check_red(label, name):
    """At every size, by the check itself or by shapes that do not fit; a wrong name or type does not count."""
    assert EQUATIONS[label].stays_green(name) == []


@pytest.mark.parametrize("label", sorted(EQUATIONS))
def test_an_entry_says_what_it_compares_and_how_it_could_be_wrong(label):
    """One sentence on the first line of its docstring, and two mutants or more, no two of them alike."""
    entry = EQUATIONS[label]
    assert entry.sides.__doc__, f"{label}: {entry.file} needs a docstring that says what is held against what"
    assert re.fullmatch(r"\S.{20,}\.", entry.compared), (
        f"{label}: {entry.compared!r} is no sentence of its own on one line"
    )
    assert len(entry.mutants) >= 2, f"{label}: record at least two ways to get it wrong in {entry.file}"
    assert len(set(entry.mutants.values())) == len(entry.mutants), f"{label}: a mutant is recorded twice"
    for name, (old, new, *_) in entry.mutants.items():
        assert old != new, f"{label}: the mutant {name!r} is the formula itself"


@pytest.mark.parametrize("label", sorted(EQUATIONS))
def test_an_entry_draws_from_its_generator_alone(label):
    """The same draw gives the same numbers, so that a failure can be repeated."""
    sides = EQUATIONS[label].sides
    for first, again in zip(*(sides(np.random.default_rng(1), SIZES[0]) for _ in range(2))):
        assert np.array_equal(np.asarray(first, complex), np.asarray(again, complex)), (
            f"{label}: the same draw gives other numbers"
        )


@pytest.fixture(scope="module")
def book():
    return collect(ROOT / "book")


def test_the_book_labels_its_equations_in_the_known_way(book):
    assert not book[1], "\n".join(book[1])


@pytest.mark.parametrize("defect", ["missing entry", "orphan entry", "duplicate label"])
def test_book_and_registry_fit(book, defect):
    messages = compare(book[0], EQUATIONS)[["missing entry", "orphan entry", "duplicate label"].index(defect)]
    assert not messages, "\n".join(messages)


# The collector, on planted pages.

PAGE = r"""
# A page

$$ a = b $$ (eq-one-line)

$$
c = d
$$ (eq-lines)

> $$
> e = f
> $$ (eq-quoted)

````{prf:theorem} Its name
:label: thm-x
$$
g = h
$$ (eq-in-theorem)

```{math}
:label: eq-in-directive
i = j
```
````

:::{math}
---
label: eq-in-yaml
---
k = l
:::

$$ (m + n) $$

Text with `$$ o $$ (eq-in-inline-code)` and {eq}`eq-one-line` and a price of \$\$ 3 (eq-price).

% $$ p $$ (eq-in-comment)

```python
label = "$$ q $$ (eq-in-code)"
```

```{code-cell}
:label: eq-not-math
print("$$ r $$ (eq-in-cell)")
```

~~~
```{math}
:label: eq-shown-as-text
```
~~~

$$ s = t $$    (eq-last)
"""


def names(labels):
    return [label.name for label in labels]


def test_collector_finds_each_way_of_writing_and_nothing_else():
    labels, complaints = labels_in(PAGE, "page.md")
    assert names(labels) == [
        "eq-one-line",
        "eq-lines",
        "eq-quoted",
        "eq-in-theorem",
        "eq-in-directive",
        "eq-in-yaml",
        "eq-last",
    ]
    assert not complaints
    assert labels[0].place == "page.md:4"


@pytest.mark.parametrize(
    "text, complaint",
    [
        (r"\begin{align} a \label{eq-x} \end{align}", r"page.md:1: \label"),
        ("$$ a $$ (energy)", "'energy' is not of the form"),
        ("$$ a $$ (eq-Energy)", "'eq-Energy' is not of the form"),
        ("$$ a $$ (eq_energy)", "'eq_energy' is not of the form"),
        ("```{math}\n:label: energy\n```", "page.md:2: the equation label 'energy'"),
        ("$$ a", "opened and not closed"),
    ],
)
def test_collector_complains_about_other_forms(text, complaint):
    labels, complaints = labels_in(text, "page.md")
    assert not labels and len(complaints) == 1 and complaint in complaints[0]


@pytest.fixture
def planted(tmp_path):
    """A book with a page, a page in a folder, a notebook, and files to be passed over."""
    book = tmp_path / "book"
    for folder in "part", ".ipynb_checkpoints", "_build":
        (book / folder).mkdir(parents=True)
        (book / folder / "page.md").write_text(f"$$ a $$ (eq-{folder.strip('._').replace('_', '-')})", encoding="utf-8")
    (book / "page.md").write_text("$$ θ $$ (eq-page)\n", encoding="utf-8")
    cells = [
        {"cell_type": "markdown", "source": ["$$\n", "a\n", "$$ (eq-cell)"]},
        {"cell_type": "code", "source": "'$$ b $$ (eq-code)'"},
        {"cell_type": "markdown", "source": "text"},
    ]
    (book / "chapter.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    (book / "data.json").write_text("$$ a $$ (eq-data)", encoding="utf-8")
    return book


def registered(*labels):
    registry = Registry()
    for label in labels:
        registry.equation(label)(lambda rng, sizes: (1, 1))
    return registry


def test_collector_reads_pages_and_markdown_cells(planted):
    labels, complaints = collect(planted)
    assert sorted(names(labels)) == ["eq-cell", "eq-page", "eq-part"] and not complaints
    assert {label.name: label.place for label in labels}["eq-cell"] == "book/chapter.ipynb cell 0:3"
    assert compare(labels, registered("eq-cell", "eq-page", "eq-part")) == ([], [], [])


def test_a_missing_entry_is_named_with_its_page(planted):
    missing, orphans, twice = compare(collect(planted)[0], registered("eq-page", "eq-part"))
    assert (
        len(missing) == 1
        and "eq-cell" in missing[0]
        and "book/chapter.ipynb" in missing[0]
        and not orphans
        and not twice
    )


def test_an_orphan_entry_is_named_with_its_file(planted):
    missing, orphans, twice = compare(collect(planted)[0], registered("eq-cell", "eq-page", "eq-part", "eq-gone"))
    assert (
        len(orphans) == 1
        and "eq-gone" in orphans[0]
        and "test_equations.py" in orphans[0]
        and not missing
        and not twice
    )


def test_a_duplicate_label_is_named_with_both_pages(planted):
    (planted / "part" / "other.md").write_text("$$ b $$ (eq-page)", encoding="utf-8")
    missing, orphans, twice = compare(collect(planted)[0], registered("eq-cell", "eq-page", "eq-part"))
    assert len(twice) == 1 and "eq-page" in twice[0] and not missing and not orphans
    assert "book/page.md:1" in twice[0] and "book/part/other.md:1" in twice[0]


def test_a_second_registration_raises():
    registry = registered("eq-a")
    with pytest.raises(ValueError, match=r"eq-a is registered in test_equations\.py and already in test_equations\.py"):
        registry.equation("eq-a")(lambda rng, sizes: (1, 1))


@pytest.mark.parametrize(
    "left, right, tolerance, complaint",
    [
        (np.ones((2, 3)), np.ones((3, 2)), 1e-12, r"left side has shape (2, 3), the right side (3, 2)"),
        (np.ones(3), np.ones((3, 1)), 1e-12, "shape"),
        ([], [], 1e-12, "empty"),
        ([1, np.nan], [1, np.nan], 1e-12, "NaN"),
        ([np.inf], [np.inf], 1e-12, "infinite"),
        ([0, 0], [0.0, 0.0], 1e-12, "zero everywhere"),
        ([1.0, 0], [1 + 2e-12, 0], 1e-12, "differ by 2.0e-12"),
        ([0.0], [1e-300], 1e-12, "differ"),
        ([1.0], [np.nextafter(1, 2)], 0, "exactly equal"),
    ],
)
def test_a_check_that_checks_nothing_or_differs_fails(left, right, tolerance, complaint):
    with pytest.raises(AssertionError, match=re.escape(complaint)):
        check_sides("eq-x", left, right, tolerance)


def test_a_side_compared_with_itself_fails():
    side = np.ones(3)
    with pytest.raises(AssertionError, match="same array"):
        check_sides("eq-x", side, side[:], 1e-12)


def test_equal_sides_pass():
    check_sides("eq-x", [1.0, 0], [1 + 5e-13, 0], 1e-12)
    check_sides("eq-x", 3, 3.0, 0)
    check_sides("eq-x", 3, Fraction(3), 0)


# Exact numbers are subtracted before they are rounded to doubles.


@pytest.mark.parametrize(
    "exact", [Fraction, lambda text: sp.Rational(*map(int, text.split("/")))], ids=["Fraction", "SymPy"]
)
def test_exact_sides_that_differ_below_the_last_digit_fail(exact):
    near = exact("1000000000000000000001/1000000000000000000000")
    assert float(near) == 1.0
    check_sides("eq-x", [near], [near], 0)
    with pytest.raises(AssertionError, match="exactly equal"):
        check_sides("eq-x", [near], [exact("1/1")], 0)


# The bound from rounding.


def test_a_difference_below_the_bound_passes_and_is_returned():
    assert check_sides("eq-x", [1.0, 0], [1 + 2**-40, 0], 1e-11, 2**-40) == pytest.approx(2**-40)


@pytest.mark.parametrize(
    "bound, complaint",
    [
        (1e-13, "differ by 9.1e-13 of their norm, above the bound from rounding, 1.0e-13"),
        (0.0, "above the bound from rounding"),
        (2e-12, "the bound from rounding, 2.0e-12, is above the tolerance of 1.0e-12"),
        (np.nan, "is above the tolerance"),
    ],
)
def test_a_difference_above_the_bound_and_a_bound_above_the_tolerance_fail(bound, complaint):
    with pytest.raises(AssertionError, match=re.escape(complaint)):
        check_sides("eq-x", [1.0], [1 + 2**-40], 1e-12, bound)


def test_gamma_adds_up_as_the_lemma_says():
    assert gamma(0) == 0 and U < gamma(1) < 1.000001 * U
    for j, k in ((1, 1), (3, 40), (1000, 7)):
        assert gamma(j) + gamma(k) + gamma(j) * gamma(k) <= gamma(j + k)


@pytest.mark.parametrize("shapes", [((1, 200), (200, 1)), ((3, 5), (5, 40), (40, 2)), ((2, 30), (30,))])
def test_the_bound_of_a_product_holds_and_is_no_wild_guess(shapes):
    """Against the product of the same doubles in fractions, and within a factor that the bound's pessimism explains."""
    rng = np.random.default_rng(0)
    factors = [rng.standard_normal(shape) for shape in shapes]
    computed, exact, bound = factors[0], np.vectorize(Fraction)(factors[0]), product(*factors)
    for factor in factors[1:]:
        computed, exact = computed @ factor, exact @ np.vectorize(Fraction)(factor)
    error = abs(np.vectorize(Fraction)(computed) - exact).astype(float)
    assert bound.shape == error.shape and (error <= bound).all() and error.max() > bound.min() / 1e4
    assert relative(bound, computed, computed) == pytest.approx(np.linalg.norm(bound) / np.linalg.norm(computed))


def test_more_roundings_make_the_bound_larger():
    A, x = np.ones((2, 3)), np.ones(3)
    assert np.array_equal(product(A, x), gamma(3) * np.array([3.0, 3.0])) and np.array_equal(
        product(A, x, more=4), gamma(7) * np.array([3.0, 3.0])
    )


def test_enough_entries_state_a_bound_and_none_a_vacuous_one():
    bounded = [entry for entry in EQUATIONS.values() if entry.tolerance and entry.check(SIZES[0])[1] != entry.tolerance]
    assert len(bounded) >= 20
    assert all(entry.check(SIZES[0])[1] < 1e-13 for entry in bounded)


# What a mutant is, on planted entries.


def doubled(x):
    return 2 * x


def planted_entry(sides, **mutants):
    registry.text_of.cache_clear()
    return registry.Equation("eq-planted", sides, 1e-12, mutants, "test_equations.py")


def line(rng, sizes):
    """Twice a number."""
    x = rng.standard_normal(sizes[0])
    return doubled(x), x + x


def test_a_mutant_is_the_entry_with_one_piece_replaced():
    entry = planted_entry(line, sign=("x + x", "x - x"), twice=("x + x", "x + x + x"))
    assert entry.stays_green("sign") == [] and entry.stays_green("twice") == []
    left, right = entry.mutant("twice")(np.random.default_rng(0), (3,))
    assert np.allclose(3 * left, 2 * right)
    assert entry.compared == "Twice a number." and entry.check(SIZES[0])[0] == 0  # the entry itself is left alone


def test_a_mutant_that_is_right_is_reported_with_its_sizes():
    entry = planted_entry(line, order=("return doubled(x), x + x", "return x + x, doubled(x)"))
    assert entry.stays_green("order") == list(SIZES)


def test_a_mutant_that_some_size_does_not_see_is_reported_with_it():
    entry = planted_entry(line, size=("x + x", "x + x + (len(x) == 3)"))
    assert entry.stays_green("size") == [sizes for sizes in SIZES if sizes[0] != 3]


@pytest.mark.parametrize("piece", ["x", "not there", "Twice a number"])
def test_an_ambiguous_or_missing_piece_is_refused(piece):
    """The docstring is text of the entry too, but changing it changes no formula."""
    entry = planted_entry(line, wrong=(piece, "y"))
    if piece == "Twice a number":
        assert entry.stays_green("wrong") == list(SIZES)
    else:
        with pytest.raises(LookupError, match="eq-planted, mutant 'wrong'.*quote a piece that stands there once"):
            entry.mutant("wrong")


@pytest.mark.parametrize("new", ["x + x", "(x + x)", "x  +  x", "x + 1 * x"])
def test_a_mutant_that_is_the_same_formula_stays_green(new):
    """So that none can be recorded: no other comparison of texts is needed."""
    assert planted_entry(line, same=("x + x", new)).stays_green("same") == list(SIZES)


def test_a_mutant_of_a_helper_reaches_the_entry():
    entry = EQUATIONS["eq-forward-difference"]
    wrong = entry.mutant("sign")
    left, right, _ = wrong(np.random.default_rng(1), SIZES[0])
    assert left == pytest.approx(-right)
    left, right, _ = entry.sides(np.random.default_rng(1), SIZES[0])
    assert left == pytest.approx(right)


def test_running_a_file_again_registers_nothing():
    before = dict(EQUATIONS)
    EQUATIONS["eq-forward-difference"].mutant("sign")
    assert dict(EQUATIONS) == before


@pytest.mark.parametrize(
    "new, error", [("unknown + x", NameError), ("'x' + x", TypeError), ("x.real.imaginary", AttributeError)]
)
def test_an_accident_does_not_count_as_red(new, error):
    with pytest.raises(error):
        planted_entry(line, accident=("x + x", new)).stays_green("accident")


def test_a_mutant_of_another_shape_is_red():
    assert (
        planted_entry(line, shape=("x + x", "(x + x)[:, None]"), index=("x + x", "x + x[99]")).stays_green("shape")
        == []
    )
    assert planted_entry(line, index=("x + x", "x + x[99]")).stays_green("index") == []
