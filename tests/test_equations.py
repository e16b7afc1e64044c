"""Every labelled equation of the book is evaluated, both sides of it, and none is forgotten."""
import importlib
import json
import re
import zlib

import numpy as np
import pytest
from equations.registry import EQUATIONS, ROOT, Registry, check_sides, collect, compare, labels_in

for file in sorted((ROOT / "tests" / "equations").glob("*.py")):
    if file.stem not in ("__init__", "registry"):
        importlib.import_module(f"equations.{file.stem}")

SIZES = (3, 5, 4, 2), (2, 3, 5, 4), (5, 2, 3, 6), (4, 6, 2, 3)     # unequal throughout: square shapes hide a missing transpose


@pytest.mark.parametrize("sizes", SIZES, ids=lambda sizes: "-".join(map(str, sizes)))
@pytest.mark.parametrize("label", sorted(EQUATIONS))
def test_both_sides_agree(label, sizes):
    entry = EQUATIONS[label]
    rng = np.random.default_rng([zlib.crc32(label.encode()), *sizes])
    left, right, *bound = entry.sides(rng, sizes)
    check_sides(f"{label} (tests/equations/{entry.file})", left, right, entry.tolerance, *bound)


@pytest.mark.parametrize("label, name", [(label, name) for label in sorted(EQUATIONS) for name in EQUATIONS[label].mutants])
def test_a_wrong_symbol_turns_the_check_red(label, name):
    """At every size, by the check itself or by shapes that do not fit; a name or a type that went wrong does not count."""
    entry = EQUATIONS[label]
    wrong = entry.mutant(name)
    for sizes in SIZES:
        rng = np.random.default_rng([zlib.crc32(label.encode()), *sizes])
        with pytest.raises((AssertionError, ValueError, IndexError)):
            left, right, *bound = wrong(rng, sizes)
            check_sides(label, left, right, entry.tolerance, *bound)


@pytest.mark.parametrize("label", sorted(EQUATIONS))
def test_an_entry_draws_from_its_generator_alone(label):
    """The same draw gives the same numbers, so that a failure can be repeated."""
    sides = EQUATIONS[label].sides
    for first, again in zip(*(sides(np.random.default_rng(1), SIZES[0]) for _ in range(2))):
        assert np.array_equal(np.asarray(first, complex), np.asarray(again, complex)), f"{label}: the same draw gives other numbers"


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
    assert names(labels) == ["eq-one-line", "eq-lines", "eq-quoted", "eq-in-theorem", "eq-in-directive", "eq-in-yaml", "eq-last"]
    assert not complaints
    assert labels[0].place == "page.md:4"


@pytest.mark.parametrize("text, complaint", [
    (r"\begin{align} a \label{eq-x} \end{align}", r"page.md:1: \label"),
    ("$$ a $$ (energy)", "'energy' is not of the form"),
    ("$$ a $$ (eq-Energy)", "'eq-Energy' is not of the form"),
    ("$$ a $$ (eq_energy)", "'eq_energy' is not of the form"),
    ("```{math}\n:label: energy\n```", "page.md:2: the equation label 'energy'"),
    ("$$ a", "opened and not closed"),
])
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
    cells = [{"cell_type": "markdown", "source": ["$$\n", "a\n", "$$ (eq-cell)"]}, {"cell_type": "code", "source": "'$$ b $$ (eq-code)'"},
             {"cell_type": "markdown", "source": "text"}]
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
    assert len(missing) == 1 and "eq-cell" in missing[0] and "book/chapter.ipynb" in missing[0] and not orphans and not twice


def test_an_orphan_entry_is_named_with_its_file(planted):
    missing, orphans, twice = compare(collect(planted)[0], registered("eq-cell", "eq-page", "eq-part", "eq-gone"))
    assert len(orphans) == 1 and "eq-gone" in orphans[0] and "test_equations.py" in orphans[0] and not missing and not twice


def test_a_duplicate_label_is_named_with_both_pages(planted):
    (planted / "part" / "other.md").write_text("$$ b $$ (eq-page)", encoding="utf-8")
    missing, orphans, twice = compare(collect(planted)[0], registered("eq-cell", "eq-page", "eq-part"))
    assert len(twice) == 1 and "eq-page" in twice[0] and not missing and not orphans
    assert "book/page.md:1" in twice[0] and "book/part/other.md:1" in twice[0]


def test_a_second_registration_raises():
    registry = registered("eq-a")
    with pytest.raises(ValueError, match=r"eq-a is registered in test_equations\.py and already in test_equations\.py"):
        registry.equation("eq-a")(lambda rng, sizes: (1, 1))


@pytest.mark.parametrize("left, right, tolerance, complaint", [
    (np.ones((2, 3)), np.ones((3, 2)), 1e-12, r"left side has shape (2, 3), the right side (3, 2)"),
    (np.ones(3), np.ones((3, 1)), 1e-12, "shape"),
    ([], [], 1e-12, "empty"),
    ([1, np.nan], [1, np.nan], 1e-12, "NaN"),
    ([np.inf], [np.inf], 1e-12, "infinite"),
    ([0, 0], [0.0, 0.0], 1e-12, "zero everywhere"),
    ([1.0, 0], [1 + 2e-12, 0], 1e-12, "differ by 2.0e-12"),
    ([0.0], [1e-300], 1e-12, "differ"),
    ([1.0], [np.nextafter(1, 2)], 0, "exactly equal"),
])
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
