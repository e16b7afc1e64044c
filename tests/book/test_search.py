"""The search: what it ranks first, what it shows, and that it needs neither a mouse nor a server."""

import json
import re
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import pytest
import vendored
import yaml
from book_search import formula
from test_site import PHONE, Visit, axe, pages_in_contents, too_wide, use_theme
from text import NOTEBOOKS, read, source

ROOT = Path(__file__).resolve().parents[2]
QUERIES = tomllib.loads((Path(__file__).parent / "search_queries.toml").read_text(encoding="utf-8"))
FIELD, DIALOG = "#pst-search-dialog input", "#pst-search-dialog"
ASK = """queries => {
    const search = bookRanking(bookSections);
    const brief = ({page, anchor, heading, kind, snippet, question}) =>
        ({page: bookSections.pages[page].url, anchor, heading, kind, snippet, question});
    return queries.map(query => search(query).map(answer => ({...brief(answer), more: answer.more.map(brief)})));
}"""


def asked(name):
    """The line of questions that a page's source holds."""
    path = ROOT / f"{name}.ipynb"
    if path.exists():
        return nbformat.read(path, 4).metadata.get("asked", "")
    text = (ROOT / f"{name}.md").read_text(encoding="utf-8")
    return yaml.safe_load(text.split("---")[1]).get("asked", "") if text.startswith("---") else ""


@pytest.mark.parametrize("name", pages_in_contents())
def test_each_page_says_what_people_ask(name):
    assert asked(name).endswith("?") and "\n" not in asked(name)


@pytest.mark.parametrize(
    "mathml, text",
    [
        ("<msup><mi>W</mi><mi>l</mi></msup>", "Wˡ"),
        ("<msubsup><mi>w</mi><mrow><mi>j</mi><mi>k</mi></mrow><mn>2</mn></msubsup>", "wⱼₖ²"),
        ("<msup><mi>f</mi><mo>′</mo></msup>", "f′"),
        ("<msub><mi>λ</mi><mtext>max</mtext></msub>", "λ_max"),
        ("<mrow><mi>δ</mi><mo>=</mo><mi>a</mi><mo>−</mo><mi>y</mi></mrow>", "δ = a − y"),
        ("<mfrac><mi>λ</mi><mrow><mn>2</mn><mi>m</mi><mi>n</mi></mrow></mfrac>", "λ/(2mn)"),
    ],
)
def test_a_formula_in_a_sentence_is_readable(mathml, text):
    assert formula(ElementTree.fromstring(mathml)).strip() == text


@pytest.fixture(scope="module")
def ask(address, browser):
    """The answers to queries, best first, from the page of results."""
    with Visit(browser, address, "search.html?q=bias") as visit:
        visit.page.locator(".search-list > li").first.wait_for()
        yield lambda *queries: visit.page.evaluate(ASK, list(queries))


@pytest.mark.long
@pytest.mark.parametrize("origin", list(QUERIES))
def test_the_right_page_is_among_the_first_three(origin, ask):
    wanted = QUERIES[origin]
    wrong = []
    for (query, pages), answers in zip(wanted.items(), ask(*wanted)):
        first = [answer["page"].removeprefix("book/").removesuffix(".html") for answer in answers[:3]]
        if not set(first) & set(pages):
            wrong.append(f"{query}: {first} instead of {pages}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.long
def test_snippets_are_sentences(ask):
    """No markup, no label, no furniture of the page."""
    for answers in ask(*(query for queries in QUERIES.values() for query in queries)):
        for answer in answers[:3]:
            assert answer["snippet"] and not set("\\$`{}") & set(answer["snippet"]), answer
            assert "Contents" not in answer["snippet"] and "sec-" not in answer["snippet"], answer


@pytest.mark.long
@pytest.mark.parametrize(
    "one, other",
    [
        ("initialise", "initialize"),
        ("regularisation", "regularization"),
        ("behaviour", "behavior"),
        ("centre", "center"),
        ("labelled", "labeled"),
        ("analyse", "analyze"),
        ("mini-batch", "minibatch"),
        ("MLPClassifier", "mlp classifier"),
        ("δ", "delta"),
        ("cross-entropy", "cross entropy"),
        ("neural net", "neural network"),
        ("lr too high", "learning rate too high"),
        ("cost goes up", "the cost rises"),
    ],
)
def test_two_spellings_find_the_same_first(one, other, ask):
    first, second = ([answer["page"] for answer in answers[:1]] for answers in ask(one, other))
    assert first and first == second


@pytest.mark.long
def test_results_lead_to_sections_that_are_there(ask, site):
    """Terms, exercises, functions and statements among them."""
    kinds = set()
    queries = [query for queries in QUERIES.values() for query in queries]
    for answers in ask(*queries, "BP2 one layer back", "check_gradient", "exercise digit that vanished"):
        for answer in (entry for page in answers[:5] for entry in (page, *page["more"])):
            kinds.add(answer["kind"])
            page = (site / answer["page"]).read_text(encoding="utf-8")
            assert not answer["anchor"] or f'id="{answer["anchor"]}"' in page, answer
    assert kinds >= {"page", "section", "term", "function", "statement", "exercise"}


def test_titles_that_say_little_come_with_what_tells_them_apart(address, browser):
    """The part of the book and the page's own question; no two results look alike."""
    with Visit(browser, address, "search.html") as visit:
        field, shown = visit.page.locator("input[name=q]").last, visit.page.locator(".search-list > li")
        for query, places, question in (
            ("where to start", ["Run · chapter"], "May all weights start at zero?"),
            ("gradient check", ["Check · chapter", "Reference · The package bpcore"], None),
            ("lines between lines", ["Run · chapter"], "Why does my network give only a straight line?"),
        ):
            field.fill(query)
            first = shown.locator("> a", has_text=re.compile(f"^{query}$", re.IGNORECASE)).first
            first.wait_for()
            rows = shown.evaluate_all("rows => rows.map(row => [...row.children].slice(0, 3).map(e => e.textContent))")
            alike = [tuple(row[:2]) for row in rows]
            assert len(set(alike)) == len(alike)
            titled = [row for row in rows if row[0].lower() == query and " in " not in f" {row[1]}"]
            assert [row[1].rstrip("0123456789 ") for row in titled] == places
            assert question is None or titled[0][2] == question


def test_solutions_are_not_searched(site):
    script = (site / "_static" / "search.js").read_text(encoding="utf-8")
    line = next(line for line in script.splitlines() if line.startswith("var bookSections = "))
    pages = json.loads(line.removeprefix("var bookSections = ").rstrip(";"))["pages"]
    assert [page["url"] for page in pages][:2] == ["book/index.html", "book/one_minute.html"]
    plain = re.compile(r"^[A-Z][\w ,;:()-]{60,}\.$", re.MULTILINE)  # prose without formulas and markup
    solution = re.compile(r"^`{3,}\{solution-start\}.*?\{solution-end\}", re.MULTILINE | re.DOTALL)
    words = [
        "\n".join(source(cell) for cell in read(path)["cells"] if cell["cell_type"] == "markdown") for path in NOTEBOOKS
    ]
    folded = [line for text in words for box in solution.findall(text) for line in plain.findall(box)]
    others = [line for text in words for line in plain.findall(solution.sub("", text))]
    searched = json.dumps(pages, ensure_ascii=False)
    assert len(folded) > 40 and sum(line in searched for line in others) > 0.9 * len(others)
    assert [line for line in folded if line in searched] == []


def test_sphinx_makes_no_index_of_its_own(site):
    assert not [name for name in ("searchindex.js", "_static/searchtools.js") if (site / name).exists()]


def walk_to_a_section(page, look=None):
    """Open the dialog, type, walk to the second result and follow it, all by keyboard; ``look`` finds faults."""
    page.keyboard.press("Control+k")
    page.keyboard.type("dead relu")
    page.locator(f"{DIALOG} .search-list > li").first.wait_for()
    page.locator(f"{DIALOG} [role=status]").get_by_text("Enter shows more").wait_for()
    for theme in ("light", "dark") if look else ():
        use_theme(page, theme)
        assert look(page, f"'{DIALOG}'") == [], theme
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.textContent") == "Dead ReLUs, counted"
    page.keyboard.press("Enter")
    page.wait_for_url("**/book/vanishing_slopes.html#*")
    assert page.evaluate("document.querySelector(location.hash).querySelector('h2').textContent").startswith(
        "Dead ReLUs"
    )


@pytest.mark.long
def test_the_dialog_leads_to_a_section_by_keyboard(address, browser):
    with Visit(browser, address, "book/glossary.html") as visit:
        assert not [url for url in visit.asked if "search.js" in url], "the index comes when the search is used"
        visit.page.add_script_tag(path=vendored.fetch("tests") / "axe.min.js")
        walk_to_a_section(visit.page, axe)
        assert not visit.faults, "\n".join(visit.faults)


@pytest.mark.long
def test_the_search_works_from_a_disk(site, browser):
    page = browser.new_page()
    page.goto((site / "book" / "glossary.html").as_uri())
    walk_to_a_section(page)
    page.keyboard.press("Control+k")
    page.keyboard.type("链式法则")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    page.locator("#search-results + .search-answers a").first.click()
    page.wait_for_url("**/book/glossary.html#term-chain-rule")
    page.close()


@pytest.mark.long
def test_the_page_of_results_is_accessible(address, browser):
    with Visit(browser, address, "search.html?q=bias") as visit:
        page, faults = visit.page, visit.faults
        page.add_script_tag(path=vendored.fetch("tests") / "axe.min.js")
        page.locator(".search-list > li").first.wait_for()
        page.get_by_text("pages found, the best").wait_for()
        faults += axe(page)
        use_theme(page, "dark")
        page.set_viewport_size(PHONE)
        faults += axe(page, runOnly=["color-contrast", "target-size"]) + too_wide(page)
        page.keyboard.type("qqqqq")  # over the query in the field, which has the focus and is selected
        page.get_by_text("Nothing found for “qqqqq”").wait_for()
        assert page.locator(".search-list > li").count() == 0
        assert not faults, "\n".join(faults)


def test_a_search_that_did_not_arrive_says_so_and_can_be_tried_again(address, browser):
    with Visit(browser, address, "book/glossary.html") as visit:
        page = visit.page
        page.route("**/search.js", lambda route: route.abort())
        page.keyboard.press("Control+k")
        page.locator(FIELD).press_sequentially("b")  # into the field, which on a busy machine may have no focus yet
        page.locator(f"{DIALOG} [role=alert]").wait_for()
        page.wait_for_function("!document.getElementById('book-search')")  # no attempt is on its way any more
        page.unroute("**/search.js")
        page.locator(FIELD).press_sequentially("ias")
        page.locator(f"{DIALOG} .search-list > li").first.wait_for()
        assert page.locator(".search-lost").count() == 0
