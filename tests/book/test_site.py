"""Looks at every page of the built site in a browser, as a reader without any other host would."""

import contextlib
import gzip
import io
import itertools
import pickle
import re
import zipfile
import zlib
from pathlib import Path

import old_addresses
import pytest
import vendored
import yaml
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from support import refused

ROOT = Path(__file__).resolve().parents[2]
EXPLORABLE = "[data-explorable]"
NOT_THE_ARTICLE = "{exclude: ['article']}"  # which has the same elements at every width
ONE_OF_A_KIND = (
    "book/index.html",
    "book/four_equations.html",
    "book/wild_slopes.html",
    "book/api/network.html",
    "search.html",
)
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


def pages_in_contents():
    """Every page that _toc.yml names, in its order."""

    def files(entry):
        if isinstance(entry, dict):
            for key, value in entry.items():
                yield from [value] if key in ("file", "root") else files(value)
        elif isinstance(entry, list):
            for item in entry:
                yield from files(item)

    return list(files(yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))))


GENERATED = ("index", "404", "book/404", "search")
LEADS_ON = ("book/activations", "book/classification")  # pages of the first edition that have become several
PAGES = [f"{name}.html" for name in (*pages_in_contents(), *GENERATED, *LEADS_ON)]
CHAPTERS = [f"{name}.html" for name in pages_in_contents() if (ROOT / f"{name}.ipynb").exists()]


LIMITS = {"chapter": 300_000, "text": 180_000}  # bytes as a server sends them, before a reader scrolls
# these list cases, or words of all pages, or have an explorable in the first window
HEAVIER = (*(page for page in PAGES if "/wild" in page), "search.html", "book/index.html", "book/playground.html")
MOST = {"requests": 40, "elements": 16_000, "shift": 0.05}
PACKED = (".woff2", ".png", ".jpg", ".gz")
SHIFT = """() => new Promise(done => {
    let total = 0;
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) total += entry.value;
    }).observe({type: "layout-shift", buffered: true});
    setTimeout(() => done(total), 100);
})"""


RESTING = "about:blank"


def waiting_tab(browser):
    """A tab that nobody looks at, or a new one, which costs more than a page in an old one.

    It keeps no file of the pages before, so that each is looked at as by somebody who comes from elsewhere.
    """
    for tab in browser.pages:
        if tab.url == RESTING:
            return tab
    tab = browser.new_page()
    protocol = browser.new_cdp_session(tab)
    protocol.send("Network.enable")
    protocol.send("Network.setCacheDisabled", {"cacheDisabled": True})
    return tab


WEIGHED = {}  # address → bytes; what pages share is asked for and packed once


def bytes_sent(request):
    """The bytes of a file as a server sends it, text packed by gzip."""
    if request.url not in WEIGHED:
        body = request.response().body()
        WEIGHED[request.url] = len(body) if request.url.endswith(PACKED) else len(gzip.compress(body))
    return WEIGHED[request.url]


class Visit:
    """A page opened in a browser that finds no other host, with everything that went wrong on the way."""

    def __init__(self, browser, address, page, weigh=False):
        self.faults, self.asked, self.answered = [], [], []
        self.address, self.page = address, waiting_tab(browser)
        self.page.set_viewport_size(WIDE)
        self.listeners = {
            "request": self._note,
            "console": lambda m: m.type == "error" and self.faults.append(f"console error: {m.text}"),
            "pageerror": lambda error: self.faults.append(f"uncaught: {error}"),
            "requestfailed": self._fail,
            "response": lambda r: r.status >= 400 and self.faults.append(f"{r.status} for {r.url}"),
            "requestfinished": lambda request: self.answered.append(request),
        }
        for event, listener in self.listeners.items():
            self.page.on(event, listener)
        self.page.goto(address + page, wait_until="load")
        if page == "index.html":  # the front door leads on at once
            self.page.wait_for_url("**/book/index.html")
        if weigh:
            self.weight = self._weigh()
        scroll_through(self.page)

    def _weigh(self):
        """What a first look costs: bytes, requests, elements, and how much moves."""
        self.page.wait_for_load_state("networkidle")
        shift, elements = self.page.evaluate(SHIFT), self.page.evaluate("document.querySelectorAll('*').length")
        sent = {request.url: bytes_sent(request) for request in self.answered}
        return {"bytes": sum(sent.values()), "requests": len(sent), "elements": elements, "shift": shift}

    def _note(self, request):
        self.asked.append(request.url)
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.faults.append(f"asked another host: {request.url}")

    def _fail(self, request):
        if refused(request):
            self.faults.append(f"request failed: {request.url} ({request.failure})")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for event, listener in self.listeners.items():
            self.page.remove_listener(event, listener)
        self.page.goto(RESTING)


# Two frames later, when what was changed has been drawn; a tab that nobody sees may be drawn late, or never.
DRAWN = """(() => Promise.race([
    new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))),
    new Promise(done => setTimeout(done, 1000)),
]))"""


def scroll_through(page):
    """Pass by everything once, as a reader does: explorables and tab stops are made when they come near the window."""
    page.evaluate(
        """async () => {
        const frame = DRAWN;
        // what lies within 1000 pixels of the window comes as well
        for (let y = 0; y < document.documentElement.scrollHeight; y += 2 * innerHeight) {
            scrollTo(0, y);
            await frame();
        }
        scrollTo(0, 0);
        await frame();
    }""".replace("DRAWN", DRAWN)
    )
    for place in range(page.locator(EXPLORABLE).count()):
        page.locator(EXPLORABLE).nth(place).and_(page.locator("[data-ready]")).wait_for(state="attached")


def unrendered(page):
    """Formulas, explorables and pictures that are still their own source, once all that is far away is laid out."""
    far = "[...document.querySelectorAll('div.cell, .wild-cases')]"
    page.wait_for_function(f"{far}.every(part => getComputedStyle(part).contentVisibility === 'visible')")
    found = page.evaluate("""() => {
        const bare = [...document.querySelectorAll(".math")].filter(m => !m.querySelector("math"));
        const wrong = [...document.querySelectorAll("merror")];
        const loaded = [...document.images].filter(i => i.complete && i.getAttribute("loading") != "lazy");
        const images = loaded.filter(i => !i.naturalWidth);
        return [...bare.map(m => "formula not rendered: " + m.textContent),
                ...wrong.map(m => "TeX error: " + m.textContent),
                ...images.map(i => "broken image: " + i.src.slice(0, 80))];
    }""")
    return found


def axe(page, where="document", **options):
    """What axe-core objects to, one line each."""
    result = page.evaluate(
        f"options => axe.run({where}, options)", {"resultTypes": ["violations"], "preload": False, **options}
    )
    return [
        f"axe {v['id']} ({v['impact']}): {node['target']} {node['html'][:120]}"
        for v in result["violations"]
        for node in v["nodes"]
    ]


def in_brief(page, run):
    """What ``run`` returns while formulas and coloured code are one element each, as large as before.

    They are most of a page's elements, and nothing in them has a role or a name. The doctor's rows stay: they wrap.
    """
    page.evaluate("""() => {
        const long = [...document.querySelectorAll("math, pre:not(:has(:not(span), .report-row))")];
        const sizes = long.map(({scrollWidth, scrollHeight}) => [scrollWidth, scrollHeight]);
        window.inBrief = long.map((element, place) => {
            const brief = element.cloneNode(false), [width, height] = sizes[place];
            brief.textContent = element.textContent;
            if (element.matches("math")) {
                brief.textContent = "x";
                brief.style.cssText += `display: inline-block; width: ${width}px; height: ${height}px`;
            }
            element.replaceWith(brief);
            return [brief, element];
        });
    }""")
    found = run()
    page.evaluate("inBrief.forEach(([brief, element]) => brief.replaceWith(element))")
    return found


COLOURED = ("color-contrast", "link-in-text-block")
LOOKED_AT = set()  # the kinds of text on the pages so far
STRUCTURE, COLOURS = {"rules": {rule: {"enabled": False} for rule in COLOURED}}, {"runOnly": list(COLOURED)}


def thin_out(page, part, known=()):
    """Leave of a part of the page two pieces of text of each kind, and of a formula one sign, to look at their colours.

    A kind is a chain of elements with their classes, from the root down to the words, an element's own style, and the
    page's style sheets: the colours hang on nothing else. A chapter has thousands of pieces of some hundred kinds, and
    what a look at the colours takes grows with the elements of the page. Of the kinds in ``known`` nothing is left;
    returns those that are there.
    """
    return page.evaluate(
        """([part, known]) => {
            // shown while one scrolls, so it is looked at too
            document.getElementById("pst-back-to-top").style.display = "block";
            const sheets = [...document.styleSheets].map(sheet => sheet.href || sheet.ownerNode.textContent).join();
            const root = document.querySelector(part), seen = new Map(), kept = new Set(), old = new Set(known);
            const keep = element => { for (let e = element; e; e = e.parentElement) kept.add(e); };
            keep(document.getElementById("pst-header"));  // which the theme measures
            for (const formula of root?.querySelectorAll("math") || []) formula.textContent = "x";
            for (const element of root?.querySelectorAll("*") || []) {
                const words = [...element.childNodes].some(e => e.nodeType === Node.TEXT_NODE && e.data.trim());
                if (!words && !element.matches("input, select, textarea, button")) continue;
                let kind = sheets + (element.getAttribute("style") || "");
                for (let e = element; e; e = e.parentElement) kind += `/${e.tagName}.${e.className}`;
                const times = seen.get(kind) || 0;
                seen.set(kind, times + 1);
                if (times < 2 && !old.has(kind)) keep(element);
            }
            for (const element of root?.querySelectorAll("*") || []) if (!kept.has(element)) element.remove();
            return [...seen.keys()];
        }""",
        [part, list(known)],
    )


def too_wide(page):
    """What makes a page scroll sideways on a phone, and formulas that scroll but that a keyboard does not reach."""
    return page.evaluate("""() => {
        const width = document.documentElement.scrollWidth;
        const formulas = [...document.querySelectorAll(".math-box")];
        const deaf = formulas.filter(e => e.scrollWidth > e.clientWidth && e.tabIndex < 0);
        const wide = width <= innerWidth ? [] : [...document.querySelectorAll(".bd-article *")].filter(e =>
            e.getBoundingClientRect().right > innerWidth + 1
            && !e.closest(".math-box, .wide-math, pre, .pst-scrollable-table-container")).slice(0, 3);
        return [...(width > innerWidth ? [`the page is ${width} wide`] : []),
                ...wide.map(e => "too wide: " + e.outerHTML.slice(0, 120)),
                ...[...document.querySelectorAll(".prev-next-area *")].filter(e =>
                    e.getBoundingClientRect().right > innerWidth + 1).map(e => "cut off: " + e.outerHTML.slice(0, 120)),
                ...deaf.map(e => "not reached by keyboard: " + e.textContent)];
    }""")


def alike(page):
    """Names that two buttons of one kind share."""
    return page.evaluate("""() => [".copybtn", ".toggle-button"].flatMap(kind => {
        const names = [...document.querySelectorAll(kind)].map(button => button.getAttribute("aria-label"));
        const twice = names.filter((name, place) => !name || names.indexOf(name) !== place);
        return twice.map(name => `two buttons ${kind}: ${name}`);
    })""")


def stuck(page):
    """Sliders that do not turn their pictures by keyboard, and pictures in them without alt text."""
    found = []
    areas = page.locator("[data-explorable=pages]")
    for place in range(areas.count()):
        area = areas.nth(place)
        slider, picture, voice = area.locator("input[type=range]"), area.locator("img"), area.get_by_role("status")
        before, name = picture.get_attribute("src"), slider.locator("xpath=..").text_content()
        at_end = slider.input_value() == slider.get_attribute("max")
        slider.press("ArrowLeft" if at_end else "ArrowRight")
        if picture.get_attribute("src") == before:
            found.append(f"slider {place} ({name}) does not move its picture")
        page.wait_for_timeout(500)  # the voice waits until the reader has let go
        if not picture.get_attribute("alt") or picture.get_attribute("alt") != voice.text_content():
            found.append(f"slider {place} ({name}) does not say what it shows")
    return found


def resize(page, size):
    """Give the window another size, and the page time to answer: it lets the keyboard reach what scrolls now."""
    page.set_viewport_size(size)
    scroll_through(page)
    # what is folded has no width of its own yet, and becomes a tab stop when it is opened
    settled = """() => [...document.querySelectorAll("pre")].every(e =>
        !e.checkVisibility({visibilityProperty: true}) || e.scrollWidth <= e.clientWidth || e.tabIndex >= 0)"""
    with contextlib.suppress(PlaywrightTimeout):  # axe says afterwards what is not reached
        page.wait_for_function(settled, timeout=2000)


def use_theme(page, theme):
    """Change the colours at once: an animation that the browser puts off has no end that one could wait for."""
    page.add_style_tag(content="*, ::before, ::after { transition: none !important; animation: none !important }")
    page.evaluate(
        """async theme => {
            document.documentElement.dataset.theme = theme;
            await DRAWN();
        }""".replace("DRAWN", DRAWN),
        theme,
    )


def look_at(name, address, browser):
    """Everything that a reader of the page would stumble over, as an assertion."""
    with Visit(browser, address, name, weigh=True) as visit:
        page, faults = visit.page, visit.faults
        faults += unrendered(page)
        faults += stuck(page)
        faults += alike(page)
        page.add_script_tag(path=vendored.fetch("tests") / "axe.min.js")
        resize(page, PHONE)
        faults += [f"390: {fault}" for fault in too_wide(page)]
        faults += [f"390: {fault}" for fault in in_brief(page, lambda: axe(page, **STRUCTURE))]
        page.set_viewport_size(WIDE)
        thin_out(page, "article")
        faults += [f"1280: {fault}" for fault in axe(page, NOT_THE_ARTICLE, **STRUCTURE)]
        if name in ONE_OF_A_KIND:
            looks = itertools.product(("light", "dark"), (WIDE, PHONE))
        else:  # pages are alike around the article, and much in it
            LOOKED_AT.update(thin_out(page, "body", LOOKED_AT))
            looks = [("light", WIDE), ("dark", PHONE)]
        for theme, size in looks:
            use_theme(page, theme)
            page.set_viewport_size(size)
            faults += [f"{size['width']} {theme}: {fault}" for fault in axe(page, **COLOURS)]
        for file in ("mathjax", "embed-amd.js", "require.js", "fontawesome.js"):
            if any(file in url for url in visit.asked):
                faults.append(f"loads {file}")
        limit = LIMITS["chapter" if name in (*CHAPTERS, *HEAVIER) else "text"]
        faults += [f"{visit.weight['bytes']} bytes, more than {limit}"] * (visit.weight["bytes"] > limit)
        faults += [
            f"{kind}: {visit.weight[kind]}, more than {most}"
            for kind, most in MOST.items()
            if visit.weight[kind] > most
        ]
    assert not faults, "\n".join([name, *faults])


class TestChapters:
    """In a class of their own, as the other pages are, so that two processes share the work."""

    @pytest.mark.long
    @pytest.mark.parametrize("name", CHAPTERS)
    def test_page(self, name, address, browser):
        look_at(name, address, browser)


class TestOtherPages:
    @pytest.mark.long
    @pytest.mark.parametrize("name", [name for name in PAGES if name not in (*CHAPTERS, "index.html")])
    def test_page(self, name, address, browser):
        look_at(name, address, browser)

    def test_the_front_door_leads_to_the_start_of_the_book(self, address, browser):
        with Visit(browser, address, "index.html") as visit:  # which waits for it; the start itself is looked at above
            assert visit.page.locator("article h1").inner_text().startswith("Every Gradient Checked")
            assert not visit.faults, "\n".join(visit.faults)


@pytest.mark.long
def test_a_tab_that_is_never_drawn_keeps_nobody_waiting(browser):
    page = browser.new_page()
    page.evaluate("requestAnimationFrame = () => 0")
    page.set_default_timeout(5000)
    scroll_through(page)
    page.close()


def test_every_built_page_is_looked_at(site):
    built = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    assert {path for path in built if not path.startswith(("_static/", "lite/"))} == set(PAGES)


def test_links_lead_somewhere(site):
    """Every link within the site leads to a file that is there, and to a place in it that is there."""
    texts = {path: path.read_text(encoding="utf-8") for name in PAGES for path in [site / name]}
    places = {path: set(re.findall(r'\b(?:id|name)="([^"]+)"', text)) for path, text in texts.items()}
    wrong = set()
    for page, text in texts.items():
        for target in set(re.findall(r'href="([^"]*)"', text)):
            path, _, place = target.partition("#")
            path = path.partition("?")[0]
            if re.match(r"[a-z]+:|//", target):
                continue
            goal = (page if not path else site / path[1:] if path.startswith("/") else page.parent / path).resolve()
            if not goal.exists():
                wrong.add(f"{page.relative_to(site)}: {target}")
            elif place and goal in places and place not in places[goal]:
                wrong.add(f"{page.relative_to(site)}: {target} (no such place)")
    assert not wrong, "\n".join(sorted(wrong))


@pytest.mark.parametrize("name", [name for name in PAGES if name != "index.html"])
def test_no_id_stands_twice(name, site):
    page = re.sub(r"<script.*?</script>", "", (site / name).read_text(encoding="utf-8"), flags=re.DOTALL)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))


def test_old_anchors_have_a_place(site):
    """Each anchor in the table is gone from its old page, and its new place is there."""
    places = {
        path.stem: set(re.findall(r'\bid="([^"]+)"', path.read_text(encoding="utf-8")))
        for path in (site / "book").glob("*.html")
    }
    places |= {
        f"api/{path.stem}": set(re.findall(r'\bid="([^"]+)"', path.read_text(encoding="utf-8")))
        for path in (site / "book" / "api").glob("*.html")
    }
    wrong = []
    for page, anchors in old_addresses.moved().items():
        for anchor, place in anchors.items():
            target, _, there = place.partition("#")
            if anchor in places[page] or target not in places or (there and there not in places[target]):
                wrong.append(f"{page}#{anchor} -> {place}")
    assert wrong == []


@pytest.mark.long
@pytest.mark.parametrize(
    "old, new",
    [
        ("activations.html#thm-least-squares-floor", "straight_lines.html#thm-least-squares-floor"),
        ("activations.html#sec-activations-initialisation", "first_weights.html"),
        ("classification.html#sec-cls-calibration", "probabilities.html"),
        ("gradient_check.html#cell-article-a-check", "check_limits.html#cell-article-a-check"),
        (
            "wild.html#wild-encog-124-relu-with-sigmoid-slope",
            "wild_relu_slopes.html#wild-encog-124-relu-with-sigmoid-slope",
        ),
        ("wild.html#the-penalty", "wild_penalties.html"),
        ("wild_costs.html#anything-else", "wild_other_costs.html"),
        ("wild_signs_and_factors.html#a-mean-or-a-sum", "wild_means.html"),
        ("wild_derivatives.html#losses-and-models", "wild_losses.html#losses-and-models"),
        ("wild_steps.html#adam-and-adamw", "wild_adam.html"),
        ("wild_way_down.html#through-time-and-attention", "wild_other_layers.html#through-time-and-attention"),
        (
            "wild_signs_and_factors.html#wild-santytobio-not-divided-by-the-batch",
            "wild_means.html#wild-santytobio-not-divided-by-the-batch",
        ),
    ],
)
def test_an_old_address_leads_on(old, new, address, browser):
    with Visit(browser, address, f"book/{old}") as visit:
        visit.page.wait_for_url(f"**/{new}*")
        assert not visit.faults


def test_there_are_explorables(site):
    """That they move is part of looking at their page."""
    texts = [(site / name).read_text(encoding="utf-8") for name in PAGES]
    assert all(any(f'data-explorable="{kind}"' in text for text in texts) for kind in ("pages", "playground"))


def test_figures_are_dark_in_dark_mode(site, address, browser):
    name = next(f"{name}.html" for name in pages_in_contents() if "image/png" in _source(name))
    with Visit(browser, address, name) as visit:
        images = "[...document.querySelectorAll('.cell:not(.tag_as-drawn) .cell_output img')]"
        use_theme(visit.page, "dark")
        filters = visit.page.evaluate(f"{images}.map(i => getComputedStyle(i).filter)")
        assert filters and all("invert" in f for f in filters)
        use_theme(visit.page, "light")
        filters = visit.page.evaluate(f"{images}.map(i => getComputedStyle(i).filter)")
        assert all(f == "none" for f in filters)


def _source(name):
    path = ROOT / f"{name}.ipynb"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def test_an_anchor_in_a_folded_part_opens_it_and_arrives(address, browser):
    """From another page, by a link on the page, and where the browser itself opens nothing."""
    arrived = """() => {
        const {top} = document.getElementById("sec-isolation-words").getBoundingClientRect();
        return top >= 0 && top < innerHeight;
    }"""
    page = browser.new_page()
    page.goto(f"{address}book/teach.html#sec-isolation-words")
    page.wait_for_function(arrived)
    words = page.locator("details.fold", has=page.locator("#sec-isolation-words"))
    assert words.evaluate("e => e.open")
    page.goto(f"{address}book/teach.html")
    assert not words.evaluate("e => e.open")
    page.locator("a[href='#sec-isolation-words']").click()
    page.wait_for_function(arrived)
    assert words.evaluate("e => e.open")
    page.goto(RESTING)
    page.goto(f"{address}book/teach.html")
    page.evaluate("history.replaceState(null, '', '#sec-isolation-words'); dispatchEvent(new Event('hashchange'))")
    page.wait_for_function(arrived)
    assert words.evaluate("e => e.open")
    page.close()


@pytest.mark.long
@pytest.mark.parametrize("name", ["doctor", "teach"])
def test_sentences_and_commands_wrap_on_a_phone(name, address, browser):
    """What the doctor says, and what a teacher types, is read without moving anything sideways."""
    with Visit(browser, address, f"book/{name}.html") as visit:
        resize(visit.page, PHONE)
        looked_at, cut = visit.page.evaluate("""() => {
            const kinds = "article :is(.cell_output pre, .highlight-sh pre, .pst-scrollable-table-container)";
            const boxes = [...document.querySelectorAll(kinds)].filter(box => box.checkVisibility());
            const cut = boxes.filter(box => box.scrollWidth > box.clientWidth);
            return [boxes.length, cut.map(box => box.textContent)];
        }""")
    assert looked_at > 9 and cut == []


@pytest.mark.long
def test_code_goes_on_further_in_on_a_phone_and_is_copied_as_it_is(address, browser):
    with Visit(browser, address, "book/chain_rule.html") as visit:
        page, cell = visit.page, "e => e.textContent"
        code = page.locator(".cell_input pre", has_text="def both_ways").first
        written = code.evaluate(cell)
        resize(page, PHONE)
        assert code.evaluate(cell) == written
        selected = """e => { getSelection().selectAllChildren(e); return getSelection().toString().trim(); }"""
        assert code.evaluate(selected) == written.strip(), "no line is doubled"
        within, cut = code.evaluate("""e => {
            const pre = [...document.querySelectorAll("article .cell_input pre")].filter(box => box.checkVisibility());
            const range = new Range();  // the second row of a line that wraps begins four letters after its first
            range.selectNodeContents([...e.children].find(line => line.textContent.includes("values = [w,")));
            const rows = [...range.getClientRects()].filter(row => row.width);
            const first = Math.min(...rows.map(row => row.top));
            const left = rows.filter(row => row.top > first + 9 && row.top < first + 30).map(row => row.left);
            const cut = pre.filter(box => box.scrollWidth > box.clientWidth);
            return [Math.min(...left) - e.getBoundingClientRect().left, cut.length];
        }""")
        letter = 7.2  # of 12 pixels
        assert cut == 0 and 8 * letter < within < 12 * letter
        wholes = page.locator(".code-whole").evaluate_all("all => all.map(each => each.getClientRects().length)")
    assert wholes and max(wholes) == 1, "no number and no name is broken at its hyphen"
    with Visit(browser, address, "book/own_network.html") as visit:
        resize(visit.page, PHONE)
        line = visit.page.locator(".code-line", has_text="errors.append(relative_error(grad_W").first
        rows = line.evaluate("e => [...e.children].slice(0, 2).map(part => part.getBoundingClientRect().top)")
    assert abs(rows[0] - rows[1]) < 3, "the first row is not the indent alone"


@pytest.mark.long
def test_tables_fit_a_phone(address, browser):
    for name in ("audit", "notation", "conventions", "vanishing_slopes", "loss_and_output", "theta_matrices", "wild"):
        with Visit(browser, address, f"book/{name}.html") as visit:
            resize(visit.page, PHONE)
            widths = visit.page.evaluate("""() => [...document.querySelectorAll(".pst-scrollable-table-container")]
                .filter(box => box.checkVisibility()).map(box => box.scrollWidth - box.clientWidth)""")
        assert widths and max(widths) == 0, name


@pytest.mark.long
@pytest.mark.parametrize(
    "name",
    "chain_rule gradient_check theta_matrices straight_lines vanishing_slopes sine probabilities common_bugs "
    "conventions".split(),
)
def test_formulas_fit_a_phone(name, address, browser):
    """Where two lines are enough, nobody has to move a formula sideways."""
    with Visit(browser, address, f"book/{name}.html") as visit:
        page = visit.page
        resize(page, PHONE)
        looked_at, cut = page.evaluate("""() => {
            document.querySelectorAll("details").forEach(part => { part.open = true; });
            const boxes = [...document.querySelectorAll(".math-box")].filter(box => box.clientWidth);
            return [boxes.length, boxes.filter(box => box.scrollWidth > box.clientWidth).map(box => box.textContent)];
        }""")
    assert looked_at > 2 and cut == []


@pytest.mark.long
def test_formulas_of_cases_and_code_in_their_answers_fit_a_phone(address, browser):
    """What lacks a little room is set smaller, and a long name in a quotation is broken."""
    with Visit(browser, address, "book/wild_slopes.html") as visit:
        resize(visit.page, PHONE)
        looked_at, quoted, cut, out = visit.page.evaluate("""() => {
            const boxes = [...document.querySelectorAll(".wild-formulas .math-box")];
            const quotations = [...document.querySelectorAll(".wild-cases blockquote")];
            const cut = element => element.scrollWidth > element.clientWidth;
            return [boxes.length, quotations.length, boxes.filter(cut).length, quotations.filter(cut).length];
        }""")
    assert looked_at > 99 and quoted > 50 and (cut, out) == (0, 0)


@pytest.mark.long
def test_numbers_that_are_compared_fit_a_phone(address, browser):
    with Visit(browser, address, "book/chain_rule.html") as visit:
        resize(visit.page, PHONE)
        outputs = visit.page.locator(".cell_output pre", has_text=re.compile("[✓✗]"))
        wide = outputs.evaluate_all("all => all.map(each => each.scrollWidth - each.clientWidth)")
    assert len(wide) > 4 and max(wide) == 0


@pytest.mark.long
def test_a_formula_is_measured_again_at_another_width(address, browser):
    """What was set a little smaller for one width is set smaller still for the next."""
    with Visit(browser, address, "book/chain_rule.html") as visit:
        for width in (350, 330):
            resize(visit.page, {**PHONE, "width": width})
            smaller, cut = visit.page.evaluate("""() => {
                const boxes = [...document.querySelectorAll(".math-box")].filter(box => box.clientWidth);
                const wide = boxes.map(box => box.scrollWidth / box.clientWidth);
                const smaller = boxes.filter(box => box.style.getPropertyValue("--tight"));
                return [smaller.length, wide.filter(ratio => ratio > 1 && ratio < 1.17)];
            }""")
            assert smaller and cut == [], width


def test_a_formula_in_a_line_that_is_too_wide_can_be_moved(address, browser):
    with Visit(browser, address, "book/straight_lines.html") as visit:
        formula = visit.page.locator("p > span.math, p > .with-sign > span.math").first
        formula.evaluate("""e => { e.classList.add("under-test"); e.parentElement.style.width = "1rem"; }""")
        formula.scroll_into_view_if_needed()
        visit.page.wait_for_selector(".under-test.wide-math")
        moves = visit.page.evaluate("""() => {
            const formula = document.querySelector(".under-test");
            return [getComputedStyle(formula).overflowX, formula.tabIndex];
        }""")
    assert moves == ["auto", 0], "by the keyboard as well"


def test_no_card_of_chapters_is_half_empty(address, browser):
    with Visit(browser, address, "book/index.html") as visit:
        empty = visit.page.evaluate("""() => [...document.querySelectorAll(".chapters .sd-card-body")].map(card =>
            card.getBoundingClientRect().bottom - card.lastElementChild.getBoundingClientRect().bottom)""")
    assert len(empty) == 6 and max(empty) < 100


def test_a_proof_is_no_box_and_ends_with_its_sign(address, browser):
    with Visit(browser, address, "book/four_equations.html") as visit:
        shown = visit.page.evaluate("""() => [...document.querySelectorAll("div.proof:not(:has(> .admonition-title))")]
            .map(e => [getComputedStyle(e, "::after").content, getComputedStyle(e).boxShadow])""")
    assert len(shown) >= 3 and {*map(tuple, shown)} == {('"\u220e"', "none")}


def test_no_page_shows_what_only_a_formatter_reads(site):
    sources = [path.stem for path in (ROOT / "book").glob("*.ipynb") if "# fmt: skip" in path.read_text("utf-8")]
    assert sources and not [n for n in sources if "fmt: skip" in (site / f"book/{n}.html").read_text("utf-8")]


def test_the_articles_stand_in_the_order_of_their_letters(site):
    page = (site / "book" / "bibliography.html").read_text(encoding="utf-8")
    places = [page.index(f"“article {letter}”") for letter in "ABCDE"]
    assert places == sorted(places)


@pytest.mark.long
def test_the_museum_opens_with_its_table_and_folds_its_answers(address, browser):
    with Visit(browser, address, "book/common_bugs.html") as visit:
        page = visit.page
        assert page.locator("#what-do-you-see table").is_visible()
        assert page.locator("#cell-stale-weights pre").first.text_content().startswith("def updated_too_soon")
        assert page.locator(".cell_input", has_text="show(").count() == 1  # its definition, which is folded
        for cell in ("stale-weights", "catalogue-of-defects"):
            part = page.locator(f"#cell-{cell} details.fold")
            assert not part.evaluate("e => e.open")
            part.locator("summary").click()
            assert part.locator("pre, li").last.is_visible()
        page.goto(RESTING)
        page.goto(f"{address}book/common_bugs.html#defect-sign")  # as the doctor's answers lead here
        page.wait_for_function("""() => {
            const {top} = document.getElementById("defect-sign").getBoundingClientRect();
            return top > 0 && top < innerHeight;
        }""")
        assert page.locator("li", has=page.locator("#defect-sign")).is_visible()


def test_unknown_address_shows_the_404_page(address, browser):
    with Visit(browser, address, "no/such/page.html") as visit:
        page = visit.page
        assert "does not exist" in page.locator("article h1").inner_text()
        answers = [fault for fault in visit.faults if re.fullmatch("404 for .*/no/such/page.html", fault)]
        assert len(answers) == 1, "the address should be answered with the status 404, and with the page"
        faults = [fault for fault in visit.faults if fault not in answers and "status of 404" not in fault]
        assert not faults, "\n".join(faults)
        page.get_by_role("link", name="the start of the book").click()
        page.wait_for_url("**/book/index.html")


def test_scripts_are_named_by_a_page_and_understood_by_older_browsers(site):
    """A browser that does not know look-behind refuses the whole file, and the search with it."""
    texts = [(site / name).read_text(encoding="utf-8") for name in PAGES]
    ours = [path.name for path in (ROOT / "book" / "_static").glob("*.js")]
    assert ours and [name for name in ours if not any(f"_static/{name}" in text for text in texts)] == []
    written = [path for folder in (".", "explorables", "doctor") for path in (site / "_static" / folder).glob("*.js")]
    assert {"search.js", "playground.js", "doctor.js"} <= {path.name for path in written}
    too_new = re.compile(r"\(\?<[=!]|\.(?:toReversed|toSorted|toSpliced)\(")
    assert [path.name for path in written if too_new.search(path.read_text(encoding="utf-8"))] == []


def test_no_page_names_another_host_in_what_it_loads(site):
    """Also without a browser: nothing that a page loads by itself is named by a foreign address."""
    loads = re.compile(
        r'<(?:script|img|iframe|source|audio|video)\b[^>]*\bsrc="(?:https?:)?//|<link\b[^>]*\bhref="(?:https?:)?//|@import\s+["(]*(?:https?:)?//'
    )
    found = [
        f"{name}: {hit.group(0)}" for name in PAGES for hit in loads.finditer((site / name).read_text(encoding="utf-8"))
    ]
    assert not found, "\n".join(found)


# What is private

CANARY = b"private-answer-"


def contents(folder):
    """Every file below a folder with its name, and what is packed in it: archives, gzip, and lines of objects.inv."""

    def unpacked(name, content):
        yield name, content
        if zipfile.is_zipfile(io.BytesIO(content)):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                for member in archive.namelist():
                    yield from unpacked(f"{name}/{member}", archive.read(member))
        elif content.startswith(b"\x1f\x8b"):
            with contextlib.suppress(OSError, EOFError, zlib.error):
                yield from unpacked(f"{name}, unpacked", gzip.decompress(content))
        elif content.startswith(b"# Sphinx inventory"):
            yield f"{name}, unpacked", zlib.decompress(content.split(b"\n", 4)[4])

    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield from unpacked(path.relative_to(folder).as_posix(), path.read_bytes())


def test_no_solution_and_no_hidden_test_is_in_the_build(site):
    """Not in the pages, the copies of their sources, the search's text, the downloads, the doctrees."""
    files = dict(contents(site.parent))
    parts = {name.split("/")[0] for name in files} | {"/".join(name.split("/")[:2]) for name in files}
    assert {
        "html/_static",
        "html/_sources",
        "html/_downloads",
        "html/objects.inv, unpacked",
        "jupyter_execute",
        ".doctrees",
    } <= parts
    assert "html/_static/search.js" in files
    assert {name.rsplit("/")[-1] for name in files if name.startswith("html/_downloads/")} >= {
        "chain_rule.ipynb",
        "theta.ipynb",
        "digits.ipynb",
    }
    assert [name for name, content in files.items() if CANARY in content] == []


@pytest.mark.parametrize(
    "place",
    [
        "html/_sources/book/teach.md.txt",
        "jupyter_execute/theta.ipynb",
        ".doctrees/environment.pickle",
        "html/_downloads/0/all.zip",
        "html/a.gz",
    ],
)
def test_a_private_part_would_be_found(place, tmp_path):
    source = (ROOT / "assignments" / "source" / "theta" / "theta.ipynb").read_bytes()
    path = tmp_path / place
    path.parent.mkdir(parents=True)
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("theta.ipynb", source)
    else:
        path.write_bytes({".gz": gzip.compress, ".pickle": pickle.dumps}.get(path.suffix, bytes)(source))
    assert any(CANARY in content for _, content in contents(tmp_path))
