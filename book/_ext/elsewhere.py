"""Buttons that open a chapter's plain notebook on Colab and Binder, once the repository's address is known."""

import os
import re

from sphinx.application import Sphinx

BRANCH = "notebooks"  # holds what .github/workflows/pages.yml puts there: the plain notebooks, and Binder's environment


def addresses(repository: str, name: str) -> dict[str, str]:
    """Service → where it opens the notebook; Colab reads from GitHub alone, Binder from GitLab too."""
    match = re.fullmatch(r"https://(github|gitlab)\.com/([\w.-]+)/([\w.-]+?)(?:\.git)?/?", repository)
    if not match:
        return {}
    host, owner, project = match.groups()
    where = f"gh/{owner}/{project}" if host == "github" else f"gl/{owner}%2F{project}"
    found = {"Binder": f"https://mybinder.org/v2/{where}/{BRANCH}?urlpath=lab/tree/{name}.ipynb"}
    if host == "github":
        found["Colab"] = f"https://colab.research.google.com/github/{owner}/{project}/blob/{BRANCH}/{name}.ipynb"
    return found


def offer_services(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    if doctree is None or "header_buttons" not in context or not app.env.doc2path(pagename).endswith(".ipynb"):
        return
    found = addresses(os.environ.get("REPOSITORY_URL", ""), pagename.rpartition("/")[2])
    buttons = [
        {"type": "link", "text": service, "tooltip": f"Open on {service}", "url": url} for service, url in found.items()
    ]
    if buttons:
        context["header_buttons"].append(
            {
                "type": "group",
                "icon": "fas fa-rocket",
                "tooltip": "Open this chapter on another site",
                "label": "launch-buttons",
                "buttons": buttons,
            }
        )


def setup(app: Sphinx) -> dict:
    app.connect("html-page-context", offer_services, priority=960)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
