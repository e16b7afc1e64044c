"""Each explorable on its page: by mouse, by keyboard and by touch, with what it says aloud."""

import re

import pytest
from support import refused

from bpcore.clinic.defects import DEFECTS

PHONE = {"width": 390, "height": 844}
# page → the explorables on it, beside the sliders over pictures
PLACES = {
    "index": ["which_network"],
    "chain_rule": ["unit", "stepper"],
    "four_equations": ["linked", "shapes"],
    "gradient_check": ["ucurve", "kink"],
    "theta_matrices": ["lambda"],
    "vanishing_slopes": ["signal"],
    "xor": ["xor_map"],
    "playground": ["playground", "doctor_map"],
}
WHERE = {name: page for page, names in PLACES.items() for name in names}


# The voice speaks 400 milliseconds after the reader has let go: here after 20, and one can ask whether it has spoken.
NO_WAITING = """{
    const waiting = new Set(), start = window.setTimeout, stop = window.clearTimeout;
    window.setTimeout = (work, delay, ...given) => {
        if (delay !== 400) return start(work, delay, ...given);
        const timer = start(() => { waiting.delete(timer); work(); }, 20);
        waiting.add(timer);
        return timer;
    };
    window.clearTimeout = timer => { waiting.delete(timer); stop(timer); };
    window.hasSpoken = () => waiting.size === 0;
}"""


@pytest.fixture(scope="module")
def tab(browser):
    """One tab for all, since a new one costs a second."""
    page = browser.new_page()
    page.add_init_script(NO_WAITING)
    yield page
    page.close()


@pytest.fixture
def explorable(address, tab):
    """Opens the page of an explorable and returns its page and its element, once it is there; faults end the test."""
    faults = []
    uncaught = lambda error: faults.append(f"uncaught: {error}")
    failed = lambda request: refused(request) and faults.append(f"request failed: {request.url} ({request.failure})")
    tab.on("pageerror", uncaught)
    tab.on("requestfailed", failed)

    def open_one(name, size=None, hash=""):
        tab.goto("about:blank")  # a change behind the # alone would load nothing
        tab.set_viewport_size(size or {"width": 1280, "height": 900})
        tab.goto(f"{address}book/{WHERE[name]}.html{hash}", wait_until="load")
        element = tab.locator(f"[data-explorable={name}]")
        element.scroll_into_view_if_needed()
        tab.locator(f"[data-explorable={name}][data-ready]").wait_for(state="attached")
        return tab, element

    yield open_one
    tab.goto("about:blank")
    tab.remove_listener("pageerror", uncaught)
    tab.remove_listener("requestfailed", failed)
    assert not faults, "\n".join(faults)


def heard(page, element):
    """What the live region says, once the reader has let go."""
    page.wait_for_function("hasSpoken()")
    return element.locator("[role=status]").inner_text()


def button(element, name):
    return element.get_by_role("button", name=name, exact=True)


@pytest.mark.long
@pytest.mark.parametrize("name", WHERE)
def test_fits_a_phone_and_every_control_has_a_name(name, explorable):
    page, element = explorable(name, PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    controls = element.locator("button:visible, input:visible, select:visible, summary:visible")
    assert controls.count()
    for place in range(controls.count()):
        control = controls.nth(place)
        said = control.evaluate(
            "e => e.getAttribute('aria-label') || e.closest('label')?.textContent || e.textContent || ''"
        )
        assert said.strip(), control.evaluate("e => e.outerHTML")
    small = element.locator(".x-button:visible, .x-slider input:visible")
    heights = [small.nth(place).bounding_box()["height"] for place in range(small.count())]
    assert heights and all(height >= 43 for height in heights), "a finger needs 44 pixels"


BETS = [name for name in WHERE if name != "playground"]
NOT_LOST = "document.activeElement.closest('.explorable') !== null"


@pytest.mark.parametrize("name", BETS)
def test_who_answers_by_keyboard_keeps_the_focus_and_hears_the_question(name, explorable):
    page, element = explorable(name)
    group = element.get_by_role("group", name="Your bet" if name != "doctor_map" else "Which mistake?", exact=True)
    if name not in ("which_network", "doctor_map"):  # whose questions stand on their pages, and in the name
        asked = group.get_attribute("aria-describedby")
        assert len(page.locator(f"[id='{asked}']").inner_text()) > 15
    group.get_by_role("button").first.press("Enter")
    assert page.evaluate(NOT_LOST), "the focus"
    if name not in ("which_network", "doctor_map", "unit", "xor_map"):
        answers = group.get_by_role("button").all_inner_texts()
        assert sum("✓" in text for text in answers) == 1
        group.get_by_role("button").last.press("Enter")
        assert group.get_by_role("button").all_inner_texts() == answers, "a bet is made once"


PIXELS = """e => {
    const {data} = e.getContext("2d").getImageData(0, 0, e.width, e.height);
    return data.reduce((sum, value, place) => (sum * 31 + value + place) % 1000003, 7);
}"""


@pytest.mark.parametrize("name, first", [("ucurve", "near 10⁻⁵"), ("lambda", "at λ = 0")])
def test_a_picture_takes_the_colours_of_the_page_and_nothing_else_is_done_again(name, first, explorable):
    page, element = explorable(name)
    button(element, first).click()
    canvas, words = element.locator("canvas"), element.locator(".x-words").filter(has_text="rror").first
    before = canvas.evaluate(PIXELS)
    if name == "lambda":  # what trains writes its words anew
        words.evaluate("e => { window.kept = e.firstChild; }")
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.wait_for_function(
        f"before => ({PIXELS})(document.querySelector('[data-explorable={name}] canvas')) !== before", arg=before
    )
    if name == "lambda":
        assert words.evaluate("e => e.firstChild === window.kept")


def test_where_the_reader_s_own_colours_stand_for_all_others_the_same_is_told(explorable, tab):
    ground = "e => getComputedStyle(e).backgroundColor"
    tab.emulate_media(forced_colors="active")
    try:
        page, element = explorable("linked")
        assert page.evaluate("matchMedia('(forced-colors: active)').matches")
        part = element.get_by_role("button", name=re.compile("the weights above")).first
        unlit = part.evaluate(ground)
        part.focus()
        assert part.evaluate(ground) != unlit
        _, element = explorable("signal")
        button(element, "it survives").click()
        bar, cell = element.locator(".x-histogram span").first, element.locator(".x-histogram").first
        assert bar.evaluate(ground) not in (cell.evaluate(ground), page.locator("body").evaluate(ground))
    finally:
        tab.emulate_media(forced_colors="none")


def test_which_network_by_keyboard(explorable):
    page, element = explorable("which_network")
    assert element.locator("table").count() == 0, "nothing is shown before the bet"
    slider = element.get_by_role("slider")
    slider.press("Home")
    assert slider.get_attribute("aria-valuetext") == "0" and "Epoch 0. Network A: cost" in heard(page, element)
    button(element, "A has the bug").press("Enter")
    cells = element.locator("td").all_inner_texts()
    assert len(cells) == 6 and sum("✗" in cell for cell in cells) and all("✓" in cell for cell in cells[0::2])
    assert heard(page, element).startswith("No: network B has the bug.")
    again = button(element, "Another pair")
    assert again.evaluate("e => e === document.activeElement")
    slider.press("End")
    assert re.search(r"Epoch 400\..*Layer 1, \S+ ✓, .* ✗ wrong", heard(page, element)), "the check of this epoch"
    again.press("Enter")
    assert element.locator("table").count() == 0 and heard(page, element).startswith("A new pair.")


def test_unit_bet_and_promise(explorable):
    page, element = explorable("unit")
    assert element.get_by_text("Backward").is_hidden()
    button(element, "fall").click()
    assert heard(page, element).startswith("Your bet was right: the derivative with respect to w is −0.0793.")
    assert page.evaluate("document.activeElement.textContent").startswith("Your bet was right."), "the focus is kept"
    assert "Promised for w + 0.1: 0.1 · ∂ℓ/∂w = −0.00793. Found: −0.00725." in element.inner_text()
    weight = element.get_by_role("slider").first
    weight.press("ArrowRight")
    assert weight.get_attribute("aria-valuetext") == "0.9"


@pytest.mark.parametrize(
    "numbers, bet, said",
    [
        ((-3.2, -3.8, -1.2, 0.5), "rise", "Your bet was right"),  # though the derivative is below zero
        ((-3.2, -3.8, -1.2, 0.5), "fall", "Your bet was wrong"),
        ((0.8, -0.2, 0.0, 1.0), "fall", "Neither: the loss stays as it is"),
    ],
)
def test_a_bet_on_a_step_is_judged_by_the_step(explorable, numbers, bet, said):
    page, element = explorable("unit")
    for name, value in zip("wbxy", numbers):
        element.get_by_role("slider", name=name, exact=True).fill(str(value))
    button(element, bet).click()
    assert heard(page, element).startswith(f"{said}: the derivative")


def test_stepper_forward_back_and_bad_numbers(explorable):
    page, element = explorable("stepper")
    title, lines = element.locator(".x-title"), element.locator(".x-lines")
    assert title.inner_text().startswith("Step 1 of 7.") and button(element, "Back").is_disabled()
    for _ in range(2):
        button(element, "Next").press("Enter")
    assert "0.298371" in lines.inner_text() and heard(page, element).startswith("Step 3 of 7. The loss")
    button(element, "Back").press("Enter")
    assert title.inner_text().startswith("Step 2 of 7.")
    button(element, "Back").press("Enter")
    assert title.inner_text().startswith("Step 1 of 7.") and page.evaluate(NOT_LOST), "the focus"
    button(element, "Next").press("Enter")
    element.locator("summary").click()
    field = element.get_by_label("w₅")
    assert field.get_attribute("inputmode") != "decimal", "a telephone's keys for decimals have no minus"
    field.fill("lots")
    field.press("Enter")
    assert field.get_attribute("aria-invalid") == "true" and "a number from −20 to 20" in element.inner_text()
    assert "0.4000" in lines.inner_text(), "the picture keeps its last good state"
    field.fill("0,5")
    field.press("Enter")
    assert field.get_attribute("aria-invalid") == "false" and "0.5000" in lines.inner_text()


def test_linked_parts_light_up_together(explorable):
    page, element = explorable("linked")
    assert element.locator(".x-code").first.is_hidden(), "first the bet"
    button(element, "delta[l+1] @ W[l+1].T").press("Enter")
    assert heard(page, element) == "No, delta[l+1] @ W[l+1]." and element.locator(".x-code").first.is_visible()
    part = element.get_by_role("button", name=re.compile("the weights above")).first
    part.focus()
    lit = element.locator(".x-lit")
    assert lit.count() > 2 and {lit.nth(k).evaluate("e => e.tagName") for k in range(lit.count())} >= {"BUTTON", "line"}
    assert heard(page, element).startswith("No, "), "the focus reads out the part's name, and it is not said twice"
    part.press("Enter")
    assert heard(page, element) == "W^(l+1), the weights above"


def test_shapes_refuse_and_let_through(explorable):
    page, element = explorable("shapes")
    assert "refused" in element.inner_text()
    element.get_by_label("first factor").select_option("(W³)ᵀ")
    assert "And it is δ²." in heard(page, element)
    element.get_by_label("first factor").select_option("W³")
    element.get_by_role("checkbox").check()
    assert "But it is not δ²" in heard(page, element)


@pytest.mark.long
def test_ucurve_and_kink(explorable):
    page, element = explorable("ucurve")
    assert element.locator("canvas").is_hidden(), "first the bet"
    element.get_by_role("slider").press("ArrowLeft")
    assert heard(page, element) == "", "no answer before the bet"
    button(element, "near 10⁻⁸").press("Enter")
    assert heard(page, element).startswith("No, near 10⁻⁵. With h = ") and element.locator("canvas").is_visible()
    element.get_by_label("method").select_option("complex")
    element.get_by_role("slider").press("Home")
    assert re.search(r"relative error is (?:\d\.\d · 10⁻¹[⁶⁷]|0\b)", heard(page, element))
    assert "Every small step is as good" in heard(page, element)
    element.get_by_label("method").select_option("forward")
    element.get_by_label("precision").select_option("single")
    element.get_by_label("added to the cost").select_option("1000000")
    assert "No step of this curve is any good." in heard(page, element)
    page, element = explorable("kink")
    picture = element.locator("svg")
    assert "right" not in picture.get_attribute("aria-label"), "no answer before the bet"
    button(element, "the gradient").click()
    assert "the gradient is" in picture.get_attribute("aria-label")
    element.get_by_role("slider", name="w", exact=True).fill("0.52")
    assert "reaches over the kink" in heard(page, element)
    element.get_by_role("slider", name="w", exact=True).fill("0.5")
    assert "no derivative: its slope is −3 to the right and 0 to the left" in heard(page, element)
    found = re.search(r"central difference −(\d\.\d+)\..* their mean, −1\.5, plus h\.", heard(page, element))
    assert float(found[1]) == 1.45, "h is 0.05"


@pytest.mark.long
def test_penalty_signal_and_map(explorable):
    page, element = explorable("lambda")
    button(element, "at no λ").click()
    assert heard(page, element).startswith("No, at λ = 0.")
    element.get_by_role("checkbox").check()
    assert re.search(r"at λ = 0.1 ✗, and 10⁻\S+ at λ = 0 ✓", heard(page, element))
    element.get_by_label("penalty λ").select_option("0")
    assert heard(page, element).count("✓") == 1
    element.get_by_role("checkbox").uncheck()
    element.get_by_label("penalty λ").select_option("10")
    assert "✗" not in heard(page, element)
    page, element = explorable("signal")
    button(element, "it survives").click()
    assert heard(page, element).startswith("Yes (tanh, 10 layers, scale 1.0).")
    element.get_by_label("activation").select_option("sigmoid")
    assert "Forwards the signal dies out" in heard(page, element), "that units differ by constants is no signal"
    assert "Backwards it dies out" in heard(page, element)
    page, element = explorable("xor_map")
    first = element.get_by_role("button", name="start 1, 1")
    first.press("ArrowRight")
    element.get_by_role("button", name="start 1, 2").press("Enter")
    said = heard(page, element)
    assert said.startswith("Bet first")
    element.get_by_role("button", name="start 1, 2").press("Enter")
    assert heard(page, element) != said, "the same words are heard again only if something changes"
    button(element, "It will").click()
    start = element.get_by_role("button", name="start 1, 2")
    line = element.locator(".x-watch .x-words")
    at_once = start.evaluate("e => { e.click(); return e.closest('.x-play').textContent; }")
    assert "start 1, 2" in at_once and "Your bet was" not in at_once, "the page answers before the run"
    line.filter(has_text="Your bet was").wait_for()
    assert re.match("Your bet was (right|wrong): start 1, 2", heard(page, element))
    assert element.get_by_role("button", name=re.compile("start 1, 2: (solved|not solved)")).count() == 1
    element.locator(".x-cell").nth(40).click()
    page.keyboard.press("ArrowLeft")
    stops = element.locator(".x-cell[tabindex='0']")
    assert stops.count() == 1 and stops.evaluate("e => e === document.activeElement"), "one stop for the Tab key"


def test_doctor_s_map(explorable):
    page, element = explorable("doctor_map")
    assert element.locator("td[data-wrong=true]").count()
    options = element.get_by_role("group", name="Which mistake?").get_by_role("button")
    assert options.count() == 4
    options.first.press("Enter")
    assert re.match("(Yes|No): .*, layer [123].", heard(page, element))
    button(element, "Next patient").press("Enter")
    assert options.first.is_enabled()


@pytest.mark.long
def test_no_two_answers_about_a_patient_make_the_same_blocks_wrong(explorable):
    """A missing slope of layer 2 and deltas that skip the weights above it look the same, block by block."""
    _, element = explorable("doctor_map")
    options = element.get_by_role("group", name="Which mistake?").get_by_role("button")
    alike = [DEFECTS[name].title for name in ("slope-missing", "from-above-missing", "error-for-delta")]
    for _ in range(12):
        offered = [re.sub(r", layer \d.*", "", text) for text in options.all_inner_texts()]
        options.first.click()
        right = re.sub(r", layer \d.*", "", element.locator(".x-words").inner_text().split(": ", 1)[1])
        assert right not in alike or len({*offered} & {*alike}) == 1, offered
        button(element, "Next patient").click()


def test_the_playground_can_be_broken_and_mended(explorable):
    page, element = explorable("playground")
    meter = element.locator(".x-meter")
    assert meter.get_attribute("data-passed") == "true"
    button(element, "One epoch").press("Enter")
    assert heard(page, element).startswith("epoch 1, cost")
    element.get_by_label("bug").select_option("slope-of-a")
    assert meter.get_attribute("data-passed") == "false" and "worst at W[" in heard(page, element)
    rows = element.locator(".x-meter tr").all_inner_texts()
    assert ["✓" in row for row in rows[1:]] == [True, False, False], "the output is right, what lies below is wrong"
    assert "bug=slope-of-a" in page.url
    element.get_by_label("bug").select_option("none")
    assert meter.get_attribute("data-passed") == "true" and "The gradient check passes." in heard(page, element)
    assert "bug=" not in page.url


@pytest.mark.parametrize("settings", ["data=sine&start=0", "layers=4-4-4-4-4&hidden=sigmoid&start=0.01"])
def test_a_right_gradient_below_the_rounding_of_differences_is_not_condemned(explorable, settings):
    _, element = explorable("playground", hash=f"#{settings}")
    meter = element.locator(".x-meter")
    assert meter.get_attribute("data-passed") == "true"
    assert "as far as differences can tell" in meter.inner_text() and "too small for differences" in meter.inner_text()


@pytest.mark.parametrize(
    "settings",
    ["layers=4-4-4-4-4&hidden=sigmoid&start=0.01&bug=slope-missing", "start=0.01&bug=penalty-missing&lam=0.01"],
)
def test_two_numbers_that_show_a_fault_are_not_the_same_as_text(settings, explorable):
    _, element = explorable("playground", hash=f"#{settings}")
    verdict = element.locator(".x-verdict").inner_text()
    found = re.search(r"the backward pass says (.+), differences of the cost (.+)\.", verdict)
    assert found and found[1] != found[2]


def test_small_errors_have_digits(explorable):
    _, element = explorable("playground", hash="#bug=penalty-missing&lam=0.01")
    assert re.search(r"\d\.\d · 10⁻⁴ ✗", element.locator(".x-meter").inner_text())


def test_a_link_that_is_opened_on_the_open_page_is_followed(explorable):
    page, element = explorable("playground")
    with page.expect_navigation():
        page.evaluate("location.hash = '#rate=3'")
    element.get_by_label("learning rate").wait_for()
    assert element.get_by_label("learning rate").input_value() == "3"
    page.evaluate("""() => {
        window.kept = true;
        const told = new Promise(done => addEventListener("hashchange", () => setTimeout(done, 50)));
        location.hash = "#rate=3&data=moons";  // what is there is no other state
        return told;
    }""")
    assert page.evaluate("window.kept"), "and it trains on"


def test_the_playground_trains_diverges_and_says_so(explorable):
    page, element = explorable("playground", hash="#rate=10&hidden=relu&data=sine&bug=sign")
    assert element.get_by_label("learning rate").input_value() == "10", "the link holds the state"
    button(element, "Train").click()
    element.get_by_text("Diverged in epoch").first.wait_for()
    assert "Take a smaller learning rate" in heard(page, element)
    assert button(element, "Train").is_visible(), "it has stopped by itself"
    page, element = explorable("playground", hash="#rate=a&data=nothing")
    assert element.get_by_label("learning rate").input_value() == "0.3", "what a link cannot mean is left out"
    assert "not “a”, which the link asks for" in element.inner_text(), "and said beside its list"
    element.get_by_label("learning rate").select_option("0.1")
    assert "“a”" not in element.inner_text()
    element.get_by_label("learning rate").select_option("0.3")
    button(element, "Train").click()
    element.get_by_text(re.compile("epoch [1-9][0-9]+, cost")).first.wait_for()
    element.evaluate("e => e.endExplorable()")
    assert button(element, "Train").is_visible(), "nothing trains where nothing is shown any more"


@pytest.mark.long
def test_the_curve_of_the_playground_says_from_where_it_is(explorable):
    page, element = explorable("playground", hash="#layers=3&batch=all")
    button(element, "Train").click()
    past = element.get_by_text(re.compile("epoch (6[2-9]|[7-9][0-9]|[0-9]{2}[0-9])[0-9], cost")).first
    past.wait_for(timeout=600_000)  # an epoch a frame at most, and a slow machine has few frames
    button(element, "Pause").click()
    epoch = int(re.search(r"epoch (\d+), cost", element.inner_text())[1])
    assert f"at epoch {epoch - 599} to" in element.locator("canvas.x-strip").get_attribute("aria-label")


def test_the_two_columns_of_the_playground_end_together(explorable):
    _, element = explorable("playground")
    ends = element.evaluate("""e => [...e.querySelectorAll(".x-play > div")]
        .map(column => column.lastElementChild.getBoundingClientRect().bottom)""")
    assert len(ends) == 2 and abs(ends[0] - ends[1]) < 16
    curve = element.locator("canvas.x-strip")
    assert curve.evaluate("e => Math.abs(e.height / e.width - e.clientHeight / e.clientWidth)") < 0.02, (
        "it is not stretched"
    )


def test_a_module_that_does_not_arrive_leaves_picture_and_words(address, browser):
    page = browser.new_page()
    page.route("**/explorables/unit.js", lambda route: route.abort())
    page.goto(f"{address}book/chain_rule.html")
    element, picture = page.locator("[data-explorable=unit]"), page.locator("[data-explorable=unit] + .x-paper img")
    assert picture.is_hidden()
    element.scroll_into_view_if_needed()
    element.get_by_text("did not arrive").wait_for()
    assert picture.is_visible() and picture.get_attribute("alt")
    assert element.locator("button").count() == 0
    other = page.locator("[data-explorable=stepper] + .x-paper img")
    page.locator("[data-explorable=stepper]").scroll_into_view_if_needed()
    assert other.is_hidden(), "its own module is there"
    page.evaluate("document.documentElement.classList.add('no-modules')")  # as a script for old browsers does
    assert other.is_visible()
    assert page.locator("script[nomodule]").inner_text().count("no-modules") == 1
    page.close()


def test_from_a_file_and_without_javascript(site, browser):
    page = browser.new_page()
    page.goto((site / "book" / "index.html").as_uri())
    page.locator("[data-explorable=which_network][data-ready]").wait_for(state="attached")
    assert page.get_by_role("button", name="A has the bug").is_visible()
    page.close()
    bare = browser.browser.new_context(java_script_enabled=False).new_page()
    bare.goto((site / "book" / "one_minute.html").as_uri())
    still = bare.locator(".explorable img")
    assert still.first.is_visible() and still.first.get_attribute("alt")
    colour = "e => getComputedStyle(e).color"
    assert bare.locator(".highlight .kn").first.evaluate(colour) != bare.locator("article p").first.evaluate(colour)
    bare.goto((site / "book" / "playground.html").as_uri())
    picture = bare.locator("[data-explorable=playground] + .x-paper img")
    assert picture.is_visible() and picture.get_attribute("alt")
    bare.context.close()
