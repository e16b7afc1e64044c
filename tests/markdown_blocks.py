"""Reads MyST Markdown with the parser that the book is built with, and looks into its directives."""

import functools
import re

from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

EXTENSIONS = {  # as in _config.yml
    "amsmath",
    "attrs_block",
    "attrs_inline",
    "colon_fence",
    "deflist",
    "dollarmath",
    "linkify",
    "substitution",
}
DIRECTIVE = re.compile(r"\{([^}]+)\}")
NO_MARKDOWN_IN_IT = {
    "bibliography",
    "code",
    "code-block",
    "code-cell",
    "eval-rst",
    "literalinclude",
    "math",
    "mermaid",
    "raw",
    "sourcecode",
}


PARSER = create_md_parser(MdParserConfig(enable_extensions=EXTENSIONS), RendererHTML)
PARSER.disable("text_join")  # which would make an escaped dollar sign a plain one


@functools.cache
def parsed(text):
    """The tokens of a text; a build asks several times for those of each page."""
    return PARSER.parse(text)


def directive(token):
    """The name of the directive that a block is, or an empty text."""
    found = DIRECTIVE.match(token.info) if token.type in ("fence", "colon_fence") else None
    return found[1] if found else ""


def blocks(text, line=1):
    """Pairs (token, its first line): the blocks of a text, and in the place of a directive those that it holds."""
    for token in parsed(text):
        first = line + (token.map[0] if token.map else 0)
        if directive(token) and directive(token) not in NO_MARKDOWN_IN_IT:
            yield from blocks(without_options(token.content), first + 1)
        else:
            yield token, first


def without_options(content):
    """The content of a directive with its options, lines such as ``:label: x``, left empty."""
    options = re.match(r"(:[\w-]+:.*(\n|$))*", content)[0]
    return "\n" * options.count("\n") + content[len(options) :]
