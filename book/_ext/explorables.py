"""Puts explorables on the pages: their stored picture and words, their state, and a script that runs their module."""

import base64
import hashlib
import json
import sys
from html import escape
from pathlib import Path

import myst_nb.core.render as rendering
from docutils import nodes
from docutils.parsers.rst import directives
from light_pages import png_size
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from bpcore.figures.explorables import FOLDER, MIME, module_text  # noqa: E402

STILLS = json.loads((ROOT / "book" / "_static" / "stills" / "stills.json").read_text(encoding="utf-8"))


class explorable(nodes.General, nodes.Element):
    """Attribute ``data``: what the cell stored; children: images, its pages or the one picture."""


class Renderer:
    """Tells myst-nb what to do with the output of an explorable."""

    mime_priority_overrides = [("*", MIME, 0)]

    @staticmethod
    def handle_mime(renderer, data, inline):
        if data.mime_type != MIME:
            return None
        node = explorable(data=data.content)
        for page in data.output_metadata.get(MIME, {}).get("pages", ()):
            node += stored_image(renderer, page) if page else nodes.image(uri="")
        return [node]


def stored_image(renderer, page):
    content = base64.b64decode(page)
    name = hashlib.sha256(content).hexdigest()[:24] + ".png"
    return nodes.image(uri=renderer.write_file([name], content, overwrite=False, exists_ok=True))


class Explorable(SphinxDirective):
    """``{explorable} name``: a module on a page that is no notebook; the content is what is read without JavaScript."""

    required_arguments = 1
    has_content = True
    option_spec = {"state": directives.unchanged, "picture": directives.uri}

    def run(self):
        state = json.loads(self.options.get("state", "{}"))
        node = explorable(data={"module": self.arguments[0], "state": state, "words": " ".join(self.content)})
        if "picture" in self.options:
            node += nodes.image(uri=self.options["picture"])
        return [node]


def take_pictures(app: Sphinx, doctree) -> None:
    """The picture of the stored state lies beside the explorable, as image/png: it becomes its own."""
    for node in list(doctree.findall(explorable)):
        bundle = node.parent
        while bundle is not None and "mime_bundle" not in bundle.get("nb_element", ""):
            bundle = bundle.parent
        found = (
            image
            for child in (bundle.children if bundle is not None else ())
            if child.get("mime_type") == "image/png"
            for image in child.findall(nodes.image)
        )
        picture = next(found, None)
        if picture is None:
            continue
        own = nodes.image(uri=picture["uri"])
        empty = next((page for page in node.children if not page["uri"]), None)
        if empty is not None:
            node.replace(empty, own)
        else:
            node.append(own)


def visit(self, node):
    data = node["data"]
    images = [page for page in node.children if page["uri"] in self.builder.images]
    addresses = [f"{self.builder.imgpath}/{self.builder.images[page['uri']]}" for page in images]
    at = data["state"].get("at", 0) if len(addresses) > 1 else 0
    state = {**data["state"], **({"pages": addresses} if len(addresses) > 1 else {})}
    text = json.dumps(state, ensure_ascii=False).replace("</", "<\\/")
    words = escape(data["words"])
    if addresses:
        alt = escape(data["state"]["words"][at]) if "words" in data["state"] else words
        width, height = png_size(Path(self.builder.srcdir, images[at]["uri"]))
        still = (
            f'<img class="x-still" src="{addresses[at]}" alt="{alt}" width="{width}" height="{height}" loading="lazy">'
        )
    else:
        still = f'<p class="x-still">{words}</p>'
    self.body.append(
        f'<div class="explorable" data-explorable="{data["module"]}"><script type="application/json">{text}</script>'
        f'<div class="x-controls"></div>{still}</div>{paper(data["module"], self.builder.imgpath)}\n'
    )
    raise nodes.SkipNode


def paper(module, images):
    """What stands on paper in its place: the question, the answers to choose from, and a picture after the bet."""
    if module not in STILLS:  # a slider, which has its picture
        return ""
    still = STILLS[module]
    width, height = still["png_width"] // 2, still["png_height"] // 2
    answers = "".join(f' <span class="x-option">{escape(answer)}</span>' for answer in still["answers"])
    return (
        f'<div class="x-paper"><p class="x-question">{escape(still["question"])}{answers}</p>'
        f'<img src="{images}/../_static/stills/{module}.png" alt="{escape(still["words"])}" width="{width}"'
        f' height="{height}" style="width: {width / 16}rem" loading="lazy"></div>'
    )


def skip(self, node):
    raise nodes.SkipNode


def write_modules(app: Sphinx, exception) -> None:
    """The modules as files, and each a second time as a classic script, since a page from file:// loads no module."""
    if exception or app.builder.format != "html":
        return
    folder = Path(app.outdir) / "_static" / "explorables"
    folder.mkdir(parents=True, exist_ok=True)
    for path in FOLDER.glob("*.js"):
        (folder / path.name).write_bytes(path.read_bytes())
        text = json.dumps(module_text(path.stem)).replace("</", "<\\/")
        script = f"(window.explorables ??= {{}})[{json.dumps(path.stem)}] = {text};\n"
        (folder / f"{path.stem}.classic.js").write_text(script, encoding="utf-8")
    (folder / "explorables.css").write_bytes((FOLDER / "explorables.css").read_bytes())


def add_loader(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    if doctree is not None and next(iter(doctree.findall(explorable)), None) is not None:
        app.add_js_file("explorables.js", defer="defer")
        # a browser that knows no modules understands nothing of the loader: it shows the pictures for paper
        app.add_js_file(None, body="document.documentElement.className += ' no-modules'", nomodule="nomodule")
        app.add_css_file("explorables/explorables.css")


def setup(app: Sphinx) -> dict:
    known = rendering.load_mime_renders
    rendering.load_mime_renders = lambda: [*known(), Renderer]
    app.add_node(explorable, html=(visit, None), latex=(skip, None), text=(skip, None))
    app.add_directive("explorable", Explorable)
    app.connect("doctree-read", take_pictures, priority=100)
    app.connect("html-page-context", add_loader)
    app.connect("build-finished", write_modules)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
