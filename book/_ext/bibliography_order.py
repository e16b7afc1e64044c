"""Sorts the bibliography as its labels are: what has no author stands under its key, and not under its title."""

from pybtex.plugin import register_plugin
from pybtex.style.formatting.alpha import Style as LabelsOfNames
from pybtex.style.sorting.author_year_title import SortingStyle as ByNames
from sphinx.application import Sphinx


class ByNamesOrKeys(ByNames):
    def sorting_key(self, entry):
        name, *rest = super().sorting_key(entry)
        return (entry.fields.get("key", "").lower() if not entry.persons else name, *rest)


class LabelsOfNamesInOrder(LabelsOfNames):
    default_sorting_style = "names_or_keys"


def setup(app: Sphinx) -> dict:
    register_plugin("pybtex.style.sorting", "names_or_keys", ByNamesOrKeys)
    register_plugin("pybtex.style.formatting", "names_or_keys", LabelsOfNamesInOrder)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
