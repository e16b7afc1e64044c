"""Cuts short what one cell shows in the browser, where a page stands still for minutes under a million lines."""

import io
import sys


class Short(io.TextIOBase):
    """Passes on what a cell prints up to a number of lines and characters, and counts all of it."""

    encoding = "utf-8"
    most_lines, most_characters = 1000, 100_000

    def __init__(self, stream):
        self.stream = stream
        self.begin()

    def begin(self, *_):
        self.lines, self.characters, self.cut = 0, 0, False

    def write(self, text):
        room = text[: max(0, self.most_characters - self.characters)]
        kept = "".join(room.splitlines(keepends=True)[: max(0, self.most_lines - self.lines)])
        self.lines += text.count("\n")
        self.characters += len(text)
        if kept:
            self.stream.write(kept)
        if len(kept) < len(text) and not self.cut:  # said at once: a loop without an end has no last line
            self.cut = True
            self.stream.write("\n… More is printed, and left out: the page would stand still under it.\n")
        return len(text)

    def end(self, *_):
        if self.cut:
            self.stream.write(
                f"In all the cell printed {self.lines:,} lines with {self.characters:,} characters.\n"
                "To have all of them, print into a file, which File > Open then shows:\n"
                'with open("all.txt", "w") as file: print(…, file=file)\n'
                "or run the notebook in Jupyter on your own machine.\n"
            )


def short_results(format_whole):
    """The same function of an object, which cuts its text short: the last expression of a cell may have 50 MB."""

    def format_short(shown, *kinds, **named):
        data, about = format_whole(shown, *kinds, **named)
        text = data.get("text/plain", "")
        if len(text) > Short.most_characters:
            rest = (
                f"\n… and {len(text) - Short.most_characters:,} characters more, which the page would stand still under"
            )
            data["text/plain"] = text[: Short.most_characters] + rest
        return data, about

    return format_short


def shorten(shell):
    shell.display_formatter.format = short_results(shell.display_formatter.format)
    for name in ("stdout", "stderr"):
        stream = Short(getattr(sys, name))
        setattr(sys, name, stream)
        shell.events.register("pre_run_cell", stream.begin)
        shell.events.register("post_run_cell", stream.end)


if "pyodide_kernel" in sys.modules and not hasattr(sys.stdout, "most_lines"):  # in the browser, and once
    from IPython import get_ipython

    shorten(get_ipython())
