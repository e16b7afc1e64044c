"""Explorables: JavaScript modules with which a reader plays, in a notebook and on a page of the site."""

import base64
import io
import re
from pathlib import Path

from .. import arguments

FOLDER = Path(__file__).parent
MIME = "application/vnd.every-gradient-checked+json"
IMPORT = re.compile(r'from "\./(\w+)\.js"')


def module_text(name):
    """The text of a module with what it imports put in: in a notebook ``./`` stands for no address."""

    def inlined(match):
        imported = base64.b64encode(module_text(match[1]).encode()).decode()
        return f'from "data:text/javascript;base64,{imported}"'

    return IMPORT.sub(inlined, (FOLDER / f"{name}.js").read_text(encoding="utf-8"))


# JupyterLab would take arrows, Enter and letters for itself, wherever in the module they are pressed.
KEEPS_ITS_KEYS = """\
import module from "data:text/javascript;base64,{}";
const render = ({{model, el}}) => {{
  el.addEventListener("focusin", ({{target}}) => {{ target.dataset.lmSuppressShortcuts = "true"; }});
  return module.render({{model, el}});
}};
export default {{render}};
"""


def widget_text(name):
    """The text of a module as anywidget runs it."""
    return KEEPS_ITS_KEYS.format(base64.b64encode(module_text(name).encode()).decode())


def png(figure, dpi=100):
    """A Matplotlib figure as the bytes of a PNG in base64, the same ones in each run; the figure is closed."""
    import matplotlib.pyplot as plt

    memory = io.BytesIO()
    figure.savefig(memory, format="png", dpi=dpi, metadata={"Software": None})
    plt.close(figure)
    return base64.b64encode(memory.getvalue()).decode()


def explorable(module, words, state, picture="", pages=()):
    """A widget that runs one of the modules in this folder; without anywidget, its picture and its words.

    What it stores in a notebook, beside the widget, is enough for a page without a kernel: the module's name, the
    state that it starts from, and a picture with words for readers without JavaScript.

    Parameters
    ----------
    module : str
        The file's name without its ending; it exports ``{render({model, el})}``.
    words : str
        What a reader who cannot see it is told.
    state : dict
        name → value of what the module reads by ``model.get(name)``; plain numbers, words, lists and dicts.
    picture : str
        A PNG in base64, shown where no script runs; none if empty.
    pages : sequence of str
        Further PNGs in base64 that the module can show, as its list ``pages``.

    Returns
    -------
    anywidget.AnyWidget, or without anywidget an object that shows the picture and the words

    Raises
    ------
    TypeError, ValueError
        If there is no such module.
    """
    arguments.one_of("module", module, {path.stem: path for path in sorted(FOLDER.glob("*.js"))})
    try:
        import anywidget
        import traitlets
    except ModuleNotFoundError:
        anywidget = None

    def mimebundle(self, **options):
        data, metadata = anywidget.AnyWidget._repr_mimebundle_(self, **options) if anywidget else ({}, {})
        data["text/plain"] = f"[{words}]"
        data[MIME] = {"module": module, "state": state, "words": words}
        if picture:
            data["image/png"] = picture
            # the picture that is shown first is stored once, beside these
            metadata = {**metadata, MIME: {"pages": ["" if page == picture else page for page in pages or [picture]]}}
        return data, metadata

    shown = {"_repr_mimebundle_": mimebundle, "__repr__": lambda self: f"[{words}]"}
    if anywidget is None:
        return type("Explorable", (), {**state, "pages": list(pages), **shown})()
    traits = {name: traitlets.Any(value).tag(sync=True) for name, value in {**state, "pages": list(pages)}.items()}
    members = {**traits, "_esm": widget_text(module), "_css": FOLDER / "explorables.css", **shown}
    return type("Explorable", (anywidget.AnyWidget,), members)()
