"""Draws each explorable as a picture for paper: its module in Chromium, after the bet, without its controls."""

import argparse
import hashlib
import io
import json
import sys
import threading
from pathlib import Path

from chromium import start
from serve import site_server

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bpcore.figures import play  # noqa: E402
from bpcore.figures.explorables import FOLDER, MIME, module_text  # noqa: E402

STILLS = ROOT / "book" / "_static" / "stills"
LIST = STILLS / "stills.json"
WIDTH = 800  # in pixels: on paper, with its smaller letters, this is the width of the text

# What is pressed before the picture is taken: the true answer of the bet, and what shows most.
PRESSED = {
    "which_network": "press('B has the bug');",
    "unit": "press('fall');",
    "stepper": "press('o₁ alone'); for (let step = 0; step < 5; step++) press('Next');",
    "linked": "press('delta[l+1] @ W[l+1]');",
    "shapes": "press('8'); choose('(W³)ᵀ');",
    "ucurve": "press('near 10⁻⁵');",
    "kink": "turn(0, 0.47); press('the gradient');",
    "lambda": "all('[type=checkbox]')[0].click(); press('at λ = 0');",
    "signal": "press('it survives');",
    "xor_map": "press('It will'); for (const cell of all('.x-cell')) cell.click();"
    " for (let turn = 0; all('.x-cell').some(cell => cell.textContent === '·'); turn++) {"
    " if (turn > 1000) throw new Error('a cell has no answer'); await frames(); }",
    "doctor_map": "",
    "playground": "for (let k = 0; k < 60; k++) press('One epoch'); choose('slope-of-a'); press('One epoch');",
}

# What is asked above the picture of those that have no question of their own.
ASKED = {"which_network": "Which network has the bug?", "playground": play.playground.__doc__}

PAGE = """<!DOCTYPE html><html lang="en"><meta charset="utf-8"><link rel="stylesheet" href="explorables.css"><style>
body {{ width: {width}px; margin: 0; background: #fff; color: #111; font: 16px/1.45 system-ui, sans-serif; }}
body .explorable {{ --x-names: 0 !important; }}
body .explorable {{ width: fit-content; max-width: 100%; border: 0 !important; padding: 0 !important; margin: 0; }}
.x-slider input, .x-button, [aria-label="Your bet"], .x-row, details, .x-bet {{ display: none !important; }}
.x-slider, .x-choice {{ min-height: 0; }}
.x-name::after {{ content: ": "; white-space: pre; }}
.x-group {{ padding-bottom: .25rem; }}
.x-play {{ grid-template-columns: 8rem auto; }}
.x-play:has(canvas) {{ grid-template-columns: 1fr 1fr; width: {width}px; }}
.x-choice {{ display: block; }}
.x-numbers {{ display: inline-table; vertical-align: top; margin-right: 2rem; }}
.x-numbers caption, td:has(.x-bar) {{ white-space: nowrap; }}
.x-verdict, .x-panel figcaption, .x-lines {{ min-height: 0; }}
p {{ margin: .4rem 0; }}
</style><div class="explorable"><div class="x-controls"></div></div></html>"""

DRAW = """async ([name, state]) => {
    const {default: face} = await import(`./${name}.js`), el = document.querySelector(".explorable");
    const nothing = () => {}, model = {get: key => state[key], save_changes: nothing, on: nothing, off: nothing};
    model.set = (key, value) => { state[key] = value; };
    face.render({model, el});
    const all = selector => [...el.querySelectorAll(selector)];
    const press = text => {
        const found = all("button").find(button => button.textContent === text);
        if (!found) throw new Error(`${name} has no button "${text}", which PRESSED names`);
        found.click();
    };
    const choose = value => {
        const select = all("select").find(each => each.querySelector(`[value="${value}"]`));
        select.value = value;
        select.dispatchEvent(new Event("change"));
    };
    const turn = (place, value) => {
        const slider = all("[type=range]")[place];
        slider.value = value;
        slider.dispatchEvent(new Event("input"));
    };
    const bet = el.querySelector("[role=group][aria-label='Your bet'], [role=group][aria-label='Which mistake?']");
    const before = bet?.previousElementSibling, words = before?.matches(".x-words") ? before : null;
    const asked = bet?.querySelector("span") ?? words;
    const question = asked?.textContent ?? "", offered = bet?.querySelectorAll("button:not([hidden])") ?? [];
    const answers = [...offered].map(button => button.textContent);
    asked?.classList.add("x-bet");
    const frames = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    await frames();
    eval(PRESSED);
    await frames();
    const result = bet?.nextElementSibling;
    const said = [result, ...all("strong")].map(each => each?.textContent ?? "");
    const wrong = said.some(text => /^No\\b|bet was wrong/.test(text));
    if (/^Yes\\.$/.test(result?.textContent ?? "")) result.classList.add("x-bet");
    for (const each of all("select")) each.replaceWith(...each.selectedOptions[0].childNodes);
    for (const each of all("strong")) if (each.textContent.startsWith("Your bet")) each.remove();
    for (const node of all(".x-words, strong").flatMap(each => [...each.childNodes]))
        if (node.nodeType === 3) node.textContent = node.textContent.replace(/^(Yes|Your bet was (right|wrong)): /, "");
    await frames();
    const visible = each => each.offsetParent !== null && !each.closest(".x-bet");
    const lines = all(".x-words").filter(visible).map(each => each.textContent);
    const texts = [...all("[role=img]").map(each => each.ariaLabel), ...lines].filter(Boolean)
        .map(text => text.replace("Your bet was right: ", "").replace(/[^.!?]$/, "$&."));
    const cells = all(".x-heat td[data-wrong]").map(each => each.textContent);
    if (cells.length) texts.push(`Relative errors of the blocks W and b of layers 3, 2, 1: ${cells.join(", ")}.`);
    const twice = (text, place) => texts.some((other, k) => other.includes(text) && (other !== text || k < place));
    return {question, answers, wrong, words: texts.filter((text, place) => !twice(text, place)).join(" ")};
}"""


def states():
    """Module → the state with which the book shows it, for the explorables of chapters and of Markdown pages."""
    found = {}
    for path in sorted((ROOT / "book").glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            for output in cell.get("outputs", ()):
                stored = output.get("data", {}).get(MIME)
                if stored and stored["module"] != "pages":  # sliders have pictures
                    found[stored["module"]] = stored["state"]
    for path in sorted((ROOT / "book").glob("*.md")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("```{explorable} "):
                found[line.split()[1]] = {}
    return found


def made_of(name, state):
    """A digest of the module, its state and what is pressed, by which one sees whether a picture is that of today."""
    return hashlib.sha256("\n".join([module_text(name), json.dumps(state), PRESSED[name]]).encode()).hexdigest()[:24]


def draw(page, address, name, state):
    """The picture as a PNG with few colours, and its record."""
    from PIL import Image

    page.route("**/still.html", lambda route: route.fulfill(body=PAGE.format(width=WIDTH), content_type="text/html"))
    page.goto(f"{address}still.html")
    said = page.evaluate(DRAW.replace("eval(PRESSED)", PRESSED[name].rstrip(";")), [name, state])
    if said.pop("wrong"):
        raise ValueError(f"{name}: PRESSED holds an answer that is not the true one: {said['answers']}")
    said["question"] = said["question"] or ASKED[name]
    picture = Image.open(io.BytesIO(page.locator(".explorable").screenshot())).convert("RGB")
    packed = io.BytesIO()
    picture.quantize(128, dither=Image.Dither.NONE).save(packed, "PNG", optimize=True)
    size = {"png_width": picture.width, "png_height": picture.height}
    return packed.getvalue(), {**said, **size, "made_of": made_of(name, state)}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", help="names such as unit; those that have changed if none is given")
    wanted = parser.parse_args().modules
    from playwright.sync_api import sync_playwright

    known = states()
    if new := known.keys() - PRESSED.keys():
        sys.exit(f"PRESSED does not say what is pressed in {', '.join(sorted(new))}: an empty text where nothing is.")
    for name in wanted:
        if name not in known:
            sys.exit(f"The book shows no explorable {name!r}: it shows {', '.join(known)}.")
    stored = json.loads(LIST.read_text(encoding="utf-8")) if LIST.exists() else {}
    old = [name for name, state in known.items() if stored.get(name, {}).get("made_of") != made_of(name, state)]
    STILLS.mkdir(exist_ok=True)
    server = site_server(FOLDER)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = start(playwright)
        if browser is None:
            sys.exit("There is no Chromium, Chrome or Edge to draw with.")
        for name in wanted or old:
            page = browser.new_page(device_scale_factor=2, reduced_motion="reduce")
            picture, stored[name] = draw(page, f"http://127.0.0.1:{server.server_port}/", name, known[name])
            (STILLS / f"{name}.png").write_bytes(picture)
            print(f"{name}: {len(picture) // 1000} kB", flush=True)
            page.close()
    text = json.dumps({name: stored[name] for name in sorted(known) if name in stored}, ensure_ascii=False, indent=1)
    LIST.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
